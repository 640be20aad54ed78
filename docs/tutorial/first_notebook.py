"""A first look, in a notebook: each cell is one question."""

# %% [markdown]
# # A first look, in a notebook
#
# Each cell below is one question. Open the file as a notebook (Jupyter with jupytext, VS Code, marimo) or run it as it
# stands: `python docs/tutorial/first_notebook.py`. The tests run it too.

# %%
import realpolitik as rp

project = rp.open("northeast-asia", draws=32)
project  # noqa: B018  (a cell shows its last value)

# %% [markdown]
# ## What will each party probably do?
# In a notebook the answer shows its picture, then its table. `sentences` has it in words.

# %%
futures = project.futures()
futures  # noqa: B018

# %% [markdown]
# ## Who gains and who loses by a move?
# `do` takes any option, factor, shock or scenario of the situation.
# By itself: everyone else decides as they would have.

# %%
gains = project.gains("scenario trio")
gains  # noqa: B018

# %% [markdown]
# ## Why?
# The parts add up to the gain; `because()` walks on from each to the links, the choices and the claims it rests on.

# %%
why = project.why("CHN", "scenario trio", years=3.0)
why.because()[:3], why.sources[:3]

# %% [markdown]
# ## The same as labelled arrays
# Every number has its axes: here years, part (by itself, through reactions) and actor.

# %%
gains.data["gain"].sel(actor="CHN")

# %% [markdown]
# ## A picture of your own
# Pictures take plain rows and give an object with `svg`, `title` and `table`.

# %%
from realpolitik.report.figures import FIGURES  # noqa: E402

after_three_years = [row for row in gains.rows if row["years"] == 3.0]
picture = FIGURES["forest"](after_three_years, wide=640.0)
picture  # noqa: B018

# %% [markdown]
# ## Any question of the expression language

# %%
answer = project.ask("P(TRIO.institution=institutionalised by 3 years | do(scenario transfer))")
print(answer)
