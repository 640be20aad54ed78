"""What probably happens, and who gains and loses by what could be done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from realpolitik.language.likelihood import describe
from realpolitik.language.sentences import listed, share, signed
from realpolitik.language.time import duration_words, short_duration
from realpolitik.report.figures import FIGURES, Table
from realpolitik.report.figures.heatmap import by_row
from realpolitik.report.page.blocks import Block, Bullets, Fold, Grid, Head, Para, Picture, Section, para
from realpolitik.report.page.words import Words, why_links, words_of

Data = Mapping[str, Any]
SHOWN, MOVED = 16, 0.03
SCALINGS = {
    "top": "in points of the top interest",
    "sum": "against the sum of all interests",
    "range": "against the largest gain or loss any single move could bring",
}


def futures(data: Data) -> Iterator[Section]:
    """What each will probably do, where the factors go, which goals are reached."""
    found = data["futures"]
    moving = [item for item in found["options"] if max(item["use"]) - min(item["use"]) >= MOVED]
    moving.sort(key=lambda item: min(item["use"]) - max(item["use"]))
    still = len(found["options"]) - len(moving)
    blocks: list[Block] = [para("With nothing held: every party decides by its own interests.")]
    if moving:
        blocks.append(Picture(FIGURES["strips"](moving[:SHOWN], found["dates"])))
    if still:
        blocks.append(
            para(
                f"{still} further levels of options change their use by less than {share(MOVED)} throughout.",
                kind="note",
            )
        )
    blocks += [Head("Where the system goes"), *_fans(data), Head("Goals"), Bullets(tuple(_goals(data)))]
    depth = "" if data["about"]["depth"] else " In everybody's look-ahead the others stay as they are (depth 0)."
    note = f"Share of draws in which a level is in use then; a question's 'within' counts every time before.{depth}"
    blocks.append(Fold("Every option at every answer time", (para(note, kind="note"), _options(data))))
    yield Section("futures", "What each will probably do", tuple(blocks))


def _fans(data: Data) -> Iterator[Block]:
    levels = {item["id"]: item["levels"] for item in data["futures"]["factors"]}
    for row in data["assessment"]["system"]:
        series = {**row, "dates": data["futures"]["dates"], "levels": levels[row["id"]]}
        yield Picture(FIGURES["fan"](series))


def _goals(data: Data) -> Iterator[Para]:
    words = words_of(data)
    names = data["assessment"]["actors"]
    for item in data["assessment"]["goals"]:
        goal = f"{names[item['actor']]}: {words.readable(item['text'], expression=True)} by {item['by'][:4]}"
        yield para(f"{goal}: {describe(item['probability'])}.")


def _options(data: Data) -> Block:
    rows = [row for row in data["futures"]["rows"] if row["what"] == "option"]
    years = list(dict.fromkeys(row["years"] for row in rows))
    table: dict[str, list[str]] = {}
    for row in rows:
        table.setdefault(row["name"], [share(row["now"])]).append(share(row["probability"]))
    columns = ("option", "now", *(short_duration(value) for value in years))
    return Grid(
        Table(columns, tuple((name, *cells) for name, cells in table.items()), frozenset(range(1, len(columns))))
    )


def gains(data: Data) -> Iterator[Section]:
    """Who gains and who loses: the overview, then each scenario near and far, under every scaling, with why."""
    made, words = data["assessment"], words_of(data)
    if not made["moves"]:
        return
    years = made["moves_years"]
    names = made["actors"]
    columns = [move["name"] for move in made["moves"]]
    table = {name: {move["name"]: move["gains"][key]["gain"] for move in made["moves"]} for key, name in names.items()}
    blocks: list[Block] = [
        para(
            f"Points of each actor's own interests after {duration_words(12 * years)}, against the same course held at "
            "the status quo. By itself: all others decide as they would have. Through reactions: the rest."
        ),
        Picture(FIGURES["heatmap"](list(table), columns, by_row(table, columns), wide=860.0)),
    ]
    for found in data["gains"]:
        blocks += _scenario(found, data, words)
    yield Section("gains", "Who gains and who loses", tuple(blocks))


def _scenario(found: Data, data: Data, words: Words) -> Iterator[Block]:
    years = data["assessment"]["moves_years"]
    now = [row for row in found["rows"] if row["years"] == years] or found["rows"]
    yield Head(f"If {found['name']}", f"gains-{found['id']}")
    yield Picture(FIGURES["forest"](now, unit=f"points after {duration_words(12 * years)}"))
    yield para(*_scalings(found, data["assessment"]["actors"], years))
    ids = data.get("whys", {}).get("gains", {}).get(found["id"], {})
    if ids:
        told = [para(f"{words.names.get(actor, actor)}", *why_links([name])) for actor, name in ids.items()]
        yield Bullets(tuple(told))
    yield Fold("Near and far, by itself and through reactions", (_near_and_far(found),))


def _scalings(found: Data, names: Mapping[str, str], years: float) -> Iterator[str]:
    """Who loses most under each way of comparing; contested where they differ."""
    place = found["years"].index(years) if years in found["years"] else -1
    leading = []
    for scaling, shares in zip(found["scalings"], found["losing"][place], strict=True):
        best = max(range(len(shares)), key=shares.__getitem__)
        loser = found["losers"][best]
        leading.append((names.get(loser, loser), SCALINGS.get(scaling, scaling), shares[best]))
    several = {name for name, _, _ in leading}
    if len(several) == 1:
        told = listed(f"{how} ({share(part)} of draws)" for _, how, part in leading)
        yield f"Most often the one who loses most: {several.pop()}, by all three ways of comparing: {told}."
    else:
        told = listed(f"{name} {how} ({share(part)} of draws)" for name, how, part in leading)
        yield f"Most often the one who loses most: {told}. So who loses most is contested."


def _near_and_far(found: Data) -> Grid:
    years = list(found["years"])
    by_actor: dict[str, list[str]] = {}
    for row in found["rows"]:
        cells = by_actor.setdefault(row["name"], [])
        cells += [
            signed(row["by_itself"]),
            signed(row["through_reactions"]),
            f"{signed(row['gain'])} ({signed(row['low'])} to {signed(row['high'])})",
        ]
    columns = ["actor"]
    for value in years:
        columns += [f"{short_duration(value)} by itself", "reactions", "together (90% of draws)"]
    rows = tuple((name, *cells) for name, cells in by_actor.items())
    return Grid(Table(tuple(columns), rows, frozenset(range(1, len(columns)))))
