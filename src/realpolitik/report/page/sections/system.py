"""How the system works: who moves what, who wants what, who needs what from whom, and the deals on the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from realpolitik.language.sentences import counted, listed
from realpolitik.report.figures import FIGURES, Table
from realpolitik.report.page.blocks import Block, Fold, Grid, Head, Picture, Section, para
from realpolitik.report.page.words import Words, words_of

Data = Mapping[str, Any]


def system(data: Data) -> Iterator[Section]:
    """The system in one picture, and the part of each actor on demand."""
    words, net = words_of(data), data["network"]
    nodes, links = net["nodes"], net["links"]
    actors = [node for node in nodes if node["kind"] == "actor"]
    blocks: list[Block] = [
        para(
            f"{counted(len(actors), 'actor')} and {counted(len(nodes) - len(actors), 'factor')}. A line from an actor "
            "means that an option it holds, alone or with others, moves the factor. What somebody does in answer to "
            "others is no line here: it comes out of interests and options when the model runs."
        ),
        Picture(FIGURES["network"](nodes, links, wide=1200.0, anchors="#name-"), broad=True),
        *_needs(data, words),
        *_deals(data, words),
    ]
    parts = [_part(actor, nodes, links) for actor in actors]
    blocks.append(Fold("Each actor's part in it", tuple(part for part in parts if part)))
    yield Section("system", "How the system works", tuple(blocks))


def _part(actor: Data, nodes: list[Data], links: list[Data]) -> Block:
    title = f"{actor['name']}: what it moves and what it cares for"
    return Picture(FIGURES["network"](nodes, links, focus=actor["id"], title=title, wide=900.0, anchors="#name-"))


def _needs(data: Data, words: Words) -> Iterator[Block]:
    if not data.get("needs"):
        return
    yield Head("Who needs what from whom")
    rows = tuple(
        (
            words.readable(row["who"]),
            words.readable(row["on"]),
            row["good"],
            row["share"],
            row["replaced"] or "-",
            _by(row),
        )
        for row in data["needs"]
    )
    columns = ("who", "needs from", "what", "share of the need", "of a cut, replaced", "rests on")
    yield Grid(Table(columns, rows), cited=5, known=words.claims)


def _by(row: Data) -> str:
    return ", ".join(row["claims"]) or "judgement"


def _deals(data: Data, words: Words) -> Iterator[Block]:
    if not data.get("deals"):
        return
    yield Head("Deals on the table")
    rows = tuple((row["name"], *_legs(row, words), _by(row)) for row in data["deals"])
    yield Grid(Table(("deal", "each gives", "rests on"), rows), cited=2, known=words.claims)


def _legs(row: Data, words: Words) -> tuple[str]:
    return (listed(f"{words.readable(leg['giver'])}: {leg['gives']} ({leg['level']})" for leg in row["legs"]),)
