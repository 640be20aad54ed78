"""Which joint outcomes hold: what nobody would leave, what others' answers keep in place, and how one gets there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from realpolitik.language.likelihood import percent
from realpolitik.language.sentences import signed
from realpolitik.report.figures import Table
from realpolitik.report.joint_picture import of_situation
from realpolitik.report.page.blocks import Block, Bullets, Fold, Grid, Head, Picture, Section, para

Data = Mapping[str, Any]
Rows = Sequence[Mapping[str, Any]]
COALITION = ("CNash", "CGMR", "CSMR", "CSEQ")
INTRODUCTION = (
    "Every combination of the options in the game is valued for every actor in every draw, the other options staying "
    "as they are. R: nobody gains by changing its own moves. SEQ: whoever does is met by an answer that pays those who "
    "give it and leaves it no better off. Joint options and exchanges come about where the others prefer them."
)


def outcomes(data: Data) -> Iterator[Section]:
    """The joint outcomes of the options whose decisions differ most, or nothing where they could not be judged."""
    found = data.get("outcomes")
    if not found:
        return
    blocks: list[Block] = [para(INTRODUCTION), *_told(found["sentences"]), *_picture(found["about"]["picture"])]
    blocks += [_table(found["rows"]), *_coalitions(found["rows"])]
    blocks += [
        *_reasons(found["rows"]),
        Fold("Where each option stands in the stable outcomes", (_levels(found["rows"]),)),
    ]
    yield Section("outcomes", "Which joint outcomes hold", tuple(blocks))


def _told(sentences: Sequence[str]) -> Iterator[Block]:
    """What is said of an outcome, and below it what belongs to it (sentences set in)."""
    below: list[str] = []
    for text in (*sentences, ""):
        if text.startswith("  "):
            below.append(text.strip())
            continue
        if below:
            yield Bullets(tuple(para(item) for item in below))
            below = []
        if text:
            yield para(text)


def _picture(picture: Mapping[str, Any]) -> Iterator[Block]:
    """The states shown, and the moves that improve in most draws."""
    figure = of_situation(picture)
    if figure:
        yield Picture(figure, broad=True)


def _table(rows: Rows) -> Block:
    columns = ("outcome", "R", "SEQ", "no coalition leaves it", "reached by improvements")
    shares = ("R", "SEQ", "coalition_proof", "reached")
    body = tuple((row["words"], *(percent(row[name]) for name in shares)) for row in rows if "outcome" in row)
    return Grid(Table(columns, body, frozenset(range(1, 5))))


def _coalitions(rows: Rows) -> Iterator[Block]:
    """How often each outcome holds against every coalition, once those outside it may answer."""
    found = {row["outcome"]: row["words"] for row in rows if "outcome" in row}
    judged = [row for row in rows if "for_every_coalition" in row]
    if judged:
        columns = ("against every coalition", *COALITION)
        body = tuple(
            (found[row["for_every_coalition"]], *(_interval(row, name) for name in COALITION)) for row in judged
        )
        told = "Share of draws, with a 90% interval for sampling error. CNash: no coalition gains by leaving. CGMR: "
        told += "those outside can answer so that it no longer does; CSMR: whatever it then replies; CSEQ: by answers "
        told += "that pay those who give them."
        yield Fold(
            "Which outcomes hold against every coalition",
            (para(told), Grid(Table(columns, body, frozenset(range(1, 5))))),
        )


def _interval(row: Mapping[str, Any], name: str) -> str:
    if row[name] is None:
        return "not judged"
    return f"{percent(row[name])} ({percent(row[f'{name}_low'])} to {percent(row[f'{name}_high'])})"


def _reasons(rows: Rows) -> Iterator[Block]:
    """Who leaves the outcome looked into, and for what."""
    leaving = [row for row in rows if "cost_to_stay" in row]
    if leaving:
        yield Head("What would have to change for things to stay as they are")
        body = tuple(
            (row["actor"], percent(row["leaves"]), row["for"], signed(row["gain"]), signed(row["cost_to_stay"]))
            for row in leaving
        )
        columns = ("who would leave", "in", "mostly for", "gain, points", "points that would keep it")
        yield Grid(Table(columns, body, frozenset((1, 3, 4))))


def _levels(rows: Rows) -> Block:
    body = tuple((row["name"], row["level"], percent(row["in_stable_outcomes"])) for row in rows if "level" in row)
    return Grid(Table(("option", "level", "in the stable outcomes"), body, frozenset((2,))))
