"""Pairs and groups: who can press whom, whose interests overlap, what an agreement is worth, rules, contingencies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from realpolitik.language.sentences import level, share, signed
from realpolitik.language.time import duration_words
from realpolitik.report.figures import FIGURES, Table
from realpolitik.report.page.blocks import Block, Bullets, Fold, Grid, Picture, Section, para
from realpolitik.report.page.words import Words, draws_note, words_of

Data = Mapping[str, Any]
SMALL = 0.05
NOTE = "Orange: against each other, blue: the same way, as wide as the number is large; blank: hardly related."


def leverage(data: Data) -> Iterator[Section]:
    """Who can cost whom how much, in words, as a picture of positions, and for every pair."""
    found = data.get("leverage")
    if not found:
        return
    words = words_of(data)
    blocks: list[Block] = [
        para(
            f"What one actor can cost or give another by a move of its own, in points after {_after(found)}, everybody "
            "else's decisions as they are; and whether the threat would be carried out."
        ),
        _told(found, words),
        Picture(FIGURES["quadrant"](_points(found, words), up="leverage, points", across="exposure, points")),
        *draws_note(found),
        Fold("Every pair", (_pairs(found, words),)),
    ]
    yield Section("leverage", "Who can press whom", tuple(blocks))


def _told(found: Data, words: Words) -> Block:
    return Bullets(tuple(para(*words.spans(sentence)) for sentence in found["sentences"]))


def _points(found: Data, words: Words) -> list[dict[str, Any]]:
    return [{"name": words.readable(row["id"]), "x": row["exposure"], "y": row["leverage"]} for row in found["points"]]


def _pairs(found: Data, words: Words) -> Block:
    rows = tuple(
        (
            row["name"],
            row["over_name"],
            row["cost_words"] or "-",
            signed(row["cost"]),
            signed(row["cost_own"]),
            "-" if row["carried_out"] is None else share(row["carried_out"]),
        )
        for row in found["rows"]
    )
    columns = ("who", "over whom", "strongest move", "costs the other", "costs itself", "carried out if provoked")
    return Grid(Table(columns, rows, frozenset({3, 4, 5})))


def alignment(data: Data) -> Iterator[Section]:
    """Whose interests overlap: a table of squares, and the closest and farthest pairs."""
    found = data.get("alignment")
    if not found:
        return
    words = words_of(data)
    names = [words.readable(name) for name in found["actors"]]
    values = [[0.0 if value is None else value for value in row] for row in found["values"]]
    told = {"write": _cosine, "small": SMALL, "title": "Whose interests overlap", "note": NOTE}
    picture = FIGURES["heatmap"](names, names, values, **told)
    blocks: list[Block] = [
        para(
            "Cosine of what each would have moved in the world and which way, by the interests written: 1 the same, 0 "
            "unrelated, -1 against each other."
        ),
        Picture(picture, broad=True),
        _told(found, words),
        *draws_note(found),
    ]
    yield Section("alignment", "Whose interests overlap, and where they part", tuple(blocks))


def _cosine(value: float) -> str:
    """Two decimals, no sign before a zero.

    >>> _cosine(-0.001), _cosine(-0.25)
    ('0.00', '-0.25')
    """
    text = level(value)
    return text.lstrip("-") if float(text) == 0 else text


def coalitions(data: Data) -> Iterator[Section]:
    """What the agreement most asked about is worth."""
    found = data.get("coalitions")
    if found:
        words = words_of(data)
        yield Section(
            "coalitions",
            "What an agreement is worth, and to whom",
            (_asked(found), _told(found, words), *draws_note(found)),
        )


def _asked(found: Data) -> Block:
    return para(found["question"], kind="lead")


def norms(data: Data) -> Iterator[Section]:
    """Rules broken, promises kept."""
    found = data.get("norms")
    if found:
        yield Section("norms", "Which rules are broken, and who keeps its word", (_told(found, words_of(data)),))


def _after(found: Data) -> str:
    return duration_words(12 * found["years"])


def contingencies(data: Data) -> Iterator[Section]:
    """Would it hold, with and without help."""
    found = data.get("contingencies")
    if not found:
        return
    intro = para(
        f"A side model: the condition is taken to begin after {_after(found)}, likely or not; nothing feeds "
        "back into what anybody decides."
    )
    yield Section("contingencies", "If it came to the worst", (intro, _told(found, words_of(data))))
