"""Commands that print JSON, each asked of something small: what the published schemas are made from and held to.

Every line is typed in one folder (see `prepare`), in this order; `--json` and few draws are added.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import shlex
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DRAWS = 32

LINES = """
run strait.yaml
run readings.yaml
futures readings.yaml
futures strait.yaml
gains strait.yaml --do ALA.arm
gains readings.yaml --do AAA.arm
compare readings.yaml --do AAA.arm --vs-free
null strait.yaml -q 'gain(BOR at 3 years | do(ALA.arm))'
null strait.yaml -q 'loser(| do(ALA.arm))'
ask strait.yaml -q 'P(tension > 0.5 at 3 years | do(ALA.arm))'
ask strait.yaml -q 'gain(BOR at 3 years | do(ALA.arm))'
ask strait.yaml -q 'loser(| do(ALA.arm))'
ask strait.yaml -q 'gain(BOR at 3 years | do(ALA.arm)) < 0'
ask readings.yaml -q 'P(leak by 1 year)'
ask readings.yaml -q 'E[noise after 2 years | do(AAA.arm)]'
why strait.yaml 1
why readings.yaml 2
hindcast northeast-asia
leverage supplier.yaml
leverage strait.yaml
deterrence supplier.yaml --move BYS.ships --response SUP.parts=stop --actor BYS
alignment supplier.yaml
alignment strait.yaml
coalitions strait.yaml
coalitions supplier.yaml
balance northeast-asia --lists RUS:JPN --metric gdp --year 2022
norms strait.yaml
norms supplier.yaml
contingencies supplier.yaml
policy strait.yaml --for ALA
policy readings.yaml --for BBB
diff strait.yaml toy.yaml
diff readings.yaml strait.yaml
premortem strait.yaml
sensitivity strait.yaml 'gain(BOR at 3 years | do(ALA.arm))'
flip strait.yaml 'gain(BOR at 3 years | do(ALA.arm)) < 0'
discover readings.yaml 'E[noise after 2 years] > 0.25'
information strait.yaml --actor ALA --plans 'ALA.arm; ALA.port=leased'
hypotheses readings.yaml
hypotheses strait.yaml
indicators readings.yaml
assimilate readings.yaml --saw 'noise at 2024-06: 0.4 to 0.6'
find mine metal
walk northeast-asia --no-verdicts
coverage mine
assumptions mine
cite mine
cite northeast-asia
check strait.yaml
check wrong.yaml
check northeast-asia
fmt toy.yaml
new begun --yes
schema
explain-defaults
glossary
glossary depth
report strait.yaml
export strait.yaml --as csv
import strait-csv --out again.yaml
export strait.yaml --as graphml --out net.graphml
export strait.yaml --as conflict --out game.json
draft article.txt --out drafted
read article.txt mine --outlet Gazette
claims proposals mine
claims edit p-001 mine --by me --set paraphrase='Aland will sell less metal.'
claims accept p-001 mine --by me
read second.txt mine --outlet Gazette
claims reject p-002 mine --by me
claims test mine
claims test mine --tensions
sources extract article.txt
sources add article.txt --project mine
sources verify --project mine
sources verify --project northeast-asia
forecast add leak 'Does it leak?' --rule 'the Gazette says so' --due 2099-12-31 -q 'P(leak by 1 year)'
forecast say leak 0.3 --by me
forecast record readings.yaml --question leak
forecast resolve leak yes --source Gazette
forecast score
forecast list
facts show mine
facts show mine gdp AAA
facts ratio mine gdp AAA BBB
facts import world-bank bank.csv
elicit sheet readings.yaml --all --out sheet.csv
elicit merge filled.csv readings.yaml --out panel.yaml
sweep plan.yaml --workers 1
stability mill.json
stability strait.yaml
paths mill.json
paths strait.yaml
inverse mill.json --state 1
inverse strait.yaml --outcome 'ALA.arm=on'
"""

ARTICLE = """Gazette, 3 June 2025.

Aland's trade minister, Ada Lind, said on Monday that Aland will restrict exports of refined metal next year.
"We will not sell what we need ourselves," she told reporters. According to a Borduria official, the plant
will probably be delayed.
"""

SECOND = """Gazette, 5 June 2025.

Borduria's envoy, Bo Strand, said on Wednesday that Borduria will lease the harbour to Aland.
"""
FACTS = """metrics:
  gdp: {name: output, unit: USD}
sources: {wb: a bank}
series:
  - metric: gdp
    source: wb
    values:
      AAA: {2020: 90, 2021: 100}
      BBB: {2020: 10, 2021: 8 to 12}
"""
BANK = (
    '"Data Source","World Development Indicators",\n\n"Last Updated Date","2024-05-30",\n\n'
    '"Country Name","Country Code","Indicator Name","Indicator Code","2000",\n'
    '"Norway","NOR","GDP (current US$)","NY.GDP.MKTP.CD","171000",\n'
)
PLAN = "situations:\n  - readings.yaml\nseeds:\n  - 1\ndraws: 8\n"


def prepare(folder: Path) -> None:
    """What the lines speak of: situations of the tests, a project of one's own, an article, figures, a plan."""
    tests = ROOT / "tests"
    for source in (
        "cases/strait.yaml", "situation/good/toy.yaml", "updating/cases/readings.yaml", "leverage/cases/supplier.yaml",
        "conflicts/mill.json",
    ):  # fmt: skip
        shutil.copy(tests / source, folder)
    shutil.copytree(ROOT / "src" / "realpolitik" / "projects" / "rare-metals", folder / "mine")
    (folder / "wrong.yaml").write_text("situation: Wrong\nactors:\n  AAA: {nmae: Aland}\n", encoding="utf-8")
    written = {
        "article.txt": ARTICLE,
        "second.txt": SECOND,
        "mine/facts.yaml": FACTS,
        "bank.csv": BANK,
        "plan.yaml": PLAN,
    }
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8")


@cache
def application() -> Any:
    """The command line with every verb."""
    import typer  # noqa: PLC0415

    entry = importlib.import_module("realpolitik.cli.main")
    if not entry.app.registered_commands:
        entry._register()
    return typer.main.get_command(entry.app)


def verb_of(words: list[str]) -> str:
    """The command a line names: `claims test` of `claims test mine`."""
    group = getattr(application().commands[words[0]], "commands", {})
    return " ".join(words[:2]) if len(words) > 1 and words[1] in group else words[0]


def options(verb: str) -> set[str]:
    """The options of a command."""
    found = application()
    for word in verb.split():
        found = found.commands[word]
    return {name for item in found.params for name in item.opts}


def verbs() -> set[str]:
    """Every command that prints JSON."""
    found = application().commands
    names = {f"{name} {inner}" for name, group in found.items() for inner in getattr(group, "commands", ())}
    return {name for name in {*found, *names} if "--json" in options(name)} | {"schema"}


def typed(line: str) -> list[str]:
    """The words of a line, with `--json` and few draws where the command takes them."""
    words = shlex.split(line)
    known = options(verb_of(words))
    return [
        *words,
        *(["--draws", str(DRAWS)] if "--draws" in known else []),
        *(["--json"] if "--json" in known else []),
    ]


def answer(line: str) -> Any:
    """What a line prints, as data. Raises `ValueError` where it is no JSON."""
    out, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors), contextlib.suppress(SystemExit):
        application().main(typed(line), standalone_mode=False)
    try:
        return json.loads(out.getvalue())
    except ValueError as problem:
        raise ValueError(f"rpol {line}: no JSON, but {out.getvalue()[:200]!r} {errors.getvalue()[:300]}") from problem


def answers(folder: Path) -> Iterator[tuple[str, Any]]:
    """Every line's command and what it prints, asked one after another in `folder`, which becomes the present one."""
    prepare(folder)
    with contextlib.chdir(folder):
        for line in LINES.strip().splitlines():
            if line.startswith("elicit merge"):
                fill_sheet()
            yield verb_of(shlex.split(line)), answer(line)


def fill_sheet() -> None:
    """An analyst's sheet with the first input filled in."""
    head, first, *rest = Path("sheet.csv").read_text(encoding="utf-8").splitlines()
    name = first.split(",", 1)[0]
    filled = f"{name},,,0.2,0.3,0.5,a guess,R. Example"
    Path("filled.csv").write_text("\n".join((head, filled, *rest)) + "\n", encoding="utf-8")
