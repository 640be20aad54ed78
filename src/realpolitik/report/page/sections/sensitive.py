"""What the answers rest on: what carries their spread, where one holds, what would reverse one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from realpolitik.language.sentences import level, share, signed
from realpolitik.report.figures import FIGURES, Figure
from realpolitik.report.page.blocks import Block, Bullets, Head, Picture, Section, para
from realpolitik.report.page.sections.first import heading
from realpolitik.report.page.words import Words, words_of

Data = Mapping[str, Any]
ENDS = "The answer where the input lies in the highest (full) and lowest (light) tenth of its draws, the rest as drawn."
WRITERS: Mapping[str, Callable[[float], str]] = {"points": signed, "probability": share, "share": share}


def spread_picture(rows: Sequence[Data], base: float, unit: str) -> Figure:
    """Which inputs move an answer, as bars."""
    return FIGURES["tornado"](rows, base, unit=unit, write=WRITERS.get(unit, level), note=ENDS)


def box_picture(limits: Sequence[Data], trail: Sequence[Data], chosen: int) -> Figure:
    """A box, and every step by which it was peeled."""
    drawn = [row for row in limits if not row["labels"]]
    return FIGURES["box"](drawn, trail, chosen, **({} if drawn else {"title": "A box of rival readings only"}))


def spread(data: Data) -> Iterator[Section]:
    """What carries the spread of the first answers."""
    found = data.get("spread")
    if not found:
        return
    words = words_of(data)
    blocks: list[Block] = [
        para(
            "Which inputs the answers hang on, by the draws already made. What cannot be told from noise is not ranked."
        )
    ]
    for item in found:
        blocks += [Head(heading(item["ask"], data) or words.readable(item["ask"])), _told(item, words)]
        if item["rows"]:
            blocks.append(Picture(spread_picture(item["rows"], item["base"], item["unit"])))
    yield Section("spread", "What carries the answers", tuple(blocks))


def scenario(data: Data) -> Iterator[Section]:
    """Where a statement holds."""
    found = data.get("scenario")
    if not found:
        return
    words = words_of(data)
    picture = Picture(box_picture(found["limits"], found["trail"], found["chosen"]))
    about = heading(found["ask"], data) or words.readable(found["ask"])
    loss = ": a loss" if found["ask"].startswith("gain") else ""
    lead = para(f"{about}{loss}. Cases are the draws in which it is so.", kind="lead")
    yield Section("scenario", "Under which conditions it is so", (lead, _told(found, words), picture))


def reversal(data: Data) -> Iterator[Section]:
    """What would reverse a conclusion."""
    found = data.get("reversal")
    if not found:
        return
    words = words_of(data)
    lead = para(heading(found["ask"], data) or words.readable(found["ask"]), kind="lead")
    note = para(f"Looked for with {found['draws']} draws.", kind="note")
    yield Section("reversal", "What would reverse the first conclusion", (lead, _told(found, words), note))


def _told(found: Data, words: Words) -> Block:
    return Bullets(tuple(para(*words.spans(sentence)) for sentence in found["sentences"]))
