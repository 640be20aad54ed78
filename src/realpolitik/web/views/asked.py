"""Questions asked by a button: what each needs from the page, and its answer with pictures. One registry for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from realpolitik.errors import QuestionRefused
from realpolitik.language.expression import Query
from realpolitik.project import advice, leverage, sensitive, updating
from realpolitik.project.project import Project
from realpolitik.results.progress import Told
from realpolitik.results.result import Result
from realpolitik.web.drawing import drawn
from realpolitik.web.state import listed, text

MOST_PLANS = 256
LONGEST = 4_000
Picture = dict[str, Any]
Made = tuple[Result, list[Picture]]


@dataclass(frozen=True)
class Asked:
    """One question: the project (on few draws), what the page sent, and whom to tell of progress."""

    project: Project
    body: Mapping[str, Any]
    told: Told

    @property
    def names(self) -> dict[str, str]:
        """The actors' names by id."""
        return {key: item.name for key, item in self.project.situation.actors.items()}

    def chosen(self, what: str) -> list[str]:
        """A list of ids the page sent."""
        return [text(item, what, 80) for item in listed(self.body.get(what), what)]

    def lines(self, what: str) -> list[str]:
        """What was written, a line each; blank lines say nothing."""
        return [line.strip() for line in text(self.body.get(what), what, LONGEST).splitlines() if line.strip()]

    def line(self) -> str:
        """The question meant: an expression, or the number of a question of the situation."""
        return text(self.body.get("line"), "line") or "1"


# Pairs and groups


def who_presses(asked: Asked) -> Made:
    """Who has leverage over whom."""
    from realpolitik.report.figures.heatmap import heatmap  # noqa: PLC0415

    found, names = leverage.leverage(asked.project, told=asked.told), asked.names
    cost = found.arrays["cost"]
    rows, columns = ([names.get(name, name) for name in cost.coords[axis]] for axis in cost.dims)
    title = "What each party (row) can cost each other (column) by one move of its own, in points"
    return found, [drawn(heatmap(rows, columns, cost.values.tolist(), title=title))]


def alignment(asked: Asked) -> Made:
    """Whose interests overlap."""
    from realpolitik.report.figures.heatmap import heatmap  # noqa: PLC0415

    found, names = leverage.alignment(asked.project, told=asked.told), asked.names
    table = found.arrays["alignment"]
    actors = [names.get(name, name) for name in table.coords["actor"]]
    title, values = "1: both would move the world the same way; -1: against each other", table.values.tolist()
    picture = heatmap(actors, actors, values, write=lambda value: f"{value:.2f}", note="", title=title, small=0.05)
    return found, [drawn(picture)]


def coalitions(asked: Asked) -> Made:
    """What the agreement most asked about is worth."""
    return leverage.coalitions(asked.project), []


def norms(asked: Asked) -> Made:
    """Which rules are broken."""
    return leverage.norms(asked.project), []


def contingencies(asked: Asked) -> Made:
    """Would it hold, with and without help."""
    return leverage.contingencies(asked.project), []


def stability(asked: Asked) -> Made:
    """Which joint outcomes of two to five options hold."""
    focal = asked.chosen("focal")
    unknown = [name[:60] for name in focal if name not in asked.project.situation.options]
    if unknown or not 2 <= len(focal) <= 5:
        raise QuestionRefused("Choose two to five options of the situation.")
    from realpolitik.report.joint_picture import of_situation  # noqa: PLC0415

    found = asked.project.stability(tuple(focal), told=asked.told)
    figure = of_situation(found.about["picture"])
    return found, [drawn(figure)] if figure else []


# What to do


def policy(asked: Asked) -> Made:
    """What those chosen should do: the plans written, else a search; nobody chosen: those who hold the agreement."""
    who, plans = asked.chosen("who"), asked.lines("plans")
    if not who and not plans:
        return advice.usual_policy(asked.project), []
    if not who:
        raise QuestionRefused("Choose who plans: plans are options of theirs.")
    return advice.policy(asked.project, who, plans=plans, most=MOST_PLANS, told=asked.told), []


def premortem(asked: Asked) -> Made:
    """What survives if the assumptions that carry most are wrong."""
    return advice.premortem(asked.project, told=asked.told), []


# What it rests on


def assumptions(asked: Asked) -> Made:
    """Which judgements carry the answers."""
    from realpolitik.project.evidence import assumptions as found  # noqa: PLC0415

    return found(asked.project), []


def sensitivity(asked: Asked) -> Made:
    """Which inputs carry the spread of an answer."""
    from realpolitik.report.page.sections.sensitive import spread_picture  # noqa: PLC0415

    found = sensitive.sensitivity(asked.project, asked.line())
    about = found.about
    return found, [drawn(spread_picture(found.rows, about["base"], about["unit"]))] if found.rows else []


def flip(asked: Asked) -> Made:
    """What would reverse a conclusion."""
    return sensitive.flip(asked.project, asked.line(), told=asked.told), []


def discover(asked: Asked) -> Made:
    """Under which conditions a statement holds; of a gain: when it is a loss."""
    from realpolitik.report.page.sections.sensitive import box_picture  # noqa: PLC0415

    expression, line = sensitive.asked(asked.project, asked.line())
    gain = isinstance(expression, Query) and expression.function == "gain"
    found = sensitive.discover(asked.project, f"{line} < 0" if gain else line)
    trail = [row for row in found.rows if "box" in row]
    limits = found.about["limits"]
    return found, [drawn(box_picture(limits, trail, found.about["chosen"]))] if limits else []


# Evidence


def hypotheses(asked: Asked) -> Made:
    """What rival hypotheses say, and the evidence of them."""
    from realpolitik.report.page.sections.updating import matrices  # noqa: PLC0415

    found = updating.hypotheses(asked.project, saw=asked.lines("saw"), told=asked.told)
    pieces = [row for row in found.rows if row["what"] == "evidence"]
    return found, [drawn(item) for item in matrices(pieces)]


def indicators(asked: Asked) -> Made:
    """What to watch."""
    return updating.indicators(asked.project, asked.lines("outcomes"), told=asked.told), []


def assimilate(asked: Asked) -> Made:
    """What dated reports change."""
    return updating.assimilate(asked.project, asked.lines("saw"), told=asked.told), []


ANALYSES: Mapping[str, Callable[[Asked], Made]] = {
    "leverage": who_presses,
    "alignment": alignment,
    "coalitions": coalitions,
    "norms": norms,
    "contingencies": contingencies,
    "stability": stability,
    "policy": policy,
    "premortem": premortem,
    "assumptions": assumptions,
    "sensitivity": sensitivity,
    "flip": flip,
    "discover": discover,
    "hypotheses": hypotheses,
    "indicators": indicators,
    "assimilate": assimilate,
}
"""The questions by the name the page uses."""


def tables(rows: Sequence[Mapping[str, Any]], most: int = 300) -> list[dict[str, Any]]:
    """Rows as tables: those with the same columns together, in the order they come.

    >>> tables([{"a": 1}, {"b": 2}, {"a": 3}])
    [{'columns': ['a'], 'rows': [[1], [3]]}, {'columns': ['b'], 'rows': [[2]]}]
    """
    found: dict[tuple[str, ...], list[list[Any]]] = {}
    for row in rows[:most]:
        found.setdefault(tuple(row), []).append(list(row.values()))
    return [{"columns": list(columns), "rows": cells} for columns, cells in found.items()]
