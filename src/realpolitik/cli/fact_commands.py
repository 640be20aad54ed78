"""`rpol facts`: the figures beside the claims; importing official files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from realpolitik.cli.engine import AsJson, tell
from realpolitik.cli.strict import StrictApp
from realpolitik.errors import QuestionRefused

if TYPE_CHECKING:
    from realpolitik.claims.facts import Fact, FactsTable
    from realpolitik.claims.facts.importers import Wanted

Actors = Annotated[str, typer.Option("--actors", help="Only these, by ISO letters: FRA,DEU.")]
Years = Annotated[str, typer.Option("--years", help="Only these: 2000 or 1990-2000.")]


def register(app: typer.Typer) -> None:
    """Add the sub-commands `facts show`, `facts ratio`, `facts import`."""
    facts = StrictApp(help="Published figures, by metric, year and source.", no_args_is_help=True)
    facts.command("show")(show)
    facts.command("ratio")(ratio)
    facts.command("import")(import_)
    app.add_typer(facts, name="facts")


def show(
    situation: Annotated[str, typer.Argument(help="A project folder or a bundled project.")],
    name: Annotated[str, typer.Argument(help="A metric or concept; without one: what there is.")] = "",
    actor: Annotated[str, typer.Argument(help="An actor or group.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show what was published of a metric for an actor or group, or which metrics, concepts and groups there are."""
    table = _table(situation)
    if name and actor:
        found = table.fact(name, actor)
        tell(map(_fact_line, found), {"facts": [_fact_data(fact) for fact in found]}, as_json)
        return
    lines = [f"{metric.id}  {metric.name} ({metric.unit})" for metric in table.metrics.values()]
    sets = {**table.concepts, **table.groups}
    lines += [f"{word} = {', '.join(members)}" for word, members in sets.items()]
    metrics = [{"id": item.id, "name": item.name, "unit": item.unit} for item in table.metrics.values()]
    concepts, groups = ({word: list(of) for word, of in given.items()} for given in (table.concepts, table.groups))
    tell(lines, {"metrics": metrics, "concepts": concepts, "groups": groups}, as_json)


def _fact_line(fact: Fact) -> str:
    note = f"  ({fact.note})" if fact.note else ""
    value = f"{fact.low:.6g}" if fact.low == fact.high else f"{fact.low:.6g} to {fact.high:.6g}"
    return f"{fact.metric} {fact.year}  {value} {fact.unit}  [{fact.source}]{note}"


def _fact_data(fact: Fact) -> dict[str, Any]:
    return {key: value for key, value in vars(fact).items() if key != "position"}


def ratio(
    situation: Annotated[str, typer.Argument(help="A project folder or a bundled project.")],
    name: Annotated[str, typer.Argument(help="A metric or concept.")],
    over: Annotated[str, typer.Argument(help="An actor or group.")],
    under: Annotated[str, typer.Argument(help="The actor or group it is divided by.")],
    as_json: AsJson = False,
) -> None:
    """Divide one actor's figures by another's, for each metric, year and source: does a sentence depend on them?"""
    found = [(item, "; ".join(filter(None, (item.over.note, item.under.note))))
             for item in _table(situation).ratios(name, over, under)]  # fmt: skip
    lines = [f"{item.label}: {item.value:.4g} times" + (f"  ({notes})" if notes else "") for item, notes in found]
    tell(lines, {"ratios": [{"of": i.label, "ratio": i.value, "note": notes} for i, notes in found]}, as_json)


def import_(
    kind: Annotated[str, typer.Argument(help="What the file is: cow-nmc, cow-trade, atop, world-bank, ...")],
    file: Annotated[Path, typer.Argument(help="The file as downloaded from its provider.")],
    actors: Actors = "",
    years: Years = "",
    project: Annotated[Path | None, typer.Option("--project", help="Add to facts.yaml of this project.")] = None,
    as_json: AsJson = False,
) -> None:
    """Read an official file you downloaded; unknown codes are refused with their lines."""
    from realpolitik.claims.facts import FactsTable as Table  # noqa: PLC0415
    from realpolitik.claims.facts import read_facts_file  # noqa: PLC0415
    from realpolitik.claims.facts.importers import import_file  # noqa: PLC0415
    from realpolitik.claims.facts.writer import facts_text  # noqa: PLC0415
    from realpolitik.sources.atomic import write_atomically  # noqa: PLC0415

    made = import_file(kind, file, _wanted(actors, years))
    for note in made.notes:
        typer.echo(f"note: {note}", err=True)
    if as_json:
        tell((), {"citation": made.citation, "facts": [_fact_data(fact) for fact in made.facts]}, as_json)
        return
    path = project / "facts.yaml" if project else None
    known = read_facts_file(path) if path else Table()
    text = facts_text(known.merged(made.facts, {made.source: made.citation}, made.metrics))
    if path is None or _has_comments(path):
        typer.echo(text, nl=False)
        if path:
            typer.echo(
                f"{path} has comments, which writing it anew would lose: take over what is new by hand.", err=True
            )
        return
    write_atomically(path, text.encode("utf-8"))
    typer.echo(f"{len(made.facts)} figures read; {path} written.")


def _has_comments(path: Path) -> bool:
    return path.is_file() and any(line.lstrip().startswith("#") for line in path.read_text("utf-8").splitlines())


def _wanted(actors: str, years: str) -> Wanted:
    from realpolitik.claims.facts.importers import Wanted as Part  # noqa: PLC0415

    first, _, last = years.partition("-")
    if years and not (first.isdecimal() and (last or first).isdecimal()):
        raise QuestionRefused(f"'{years}' are no years.  Write 2000 or 1990-2000.")
    chosen = frozenset(item.strip().upper() for item in actors.split(",") if item.strip())
    return Part(chosen, int(first or 0), int(last or first or 9999))


def _table(situation: str) -> FactsTable:
    from realpolitik.claims.facts import read_facts_file  # noqa: PLC0415
    from realpolitik.project.locate import locate  # noqa: PLC0415

    path = locate(situation)
    folder = path if path.is_dir() else path.parent
    table = read_facts_file(folder / "facts.yaml")
    if not table.facts:
        raise QuestionRefused(f"{folder} has no figures (facts.yaml).")
    return table
