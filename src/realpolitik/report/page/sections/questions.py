"""The situation's own questions, each a section: every asked line, its number, what it turns on and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from realpolitik.report.page.blocks import Block, Bullets, Section, Span, para
from realpolitik.report.page.words import Words, led, words_of

Data = Mapping[str, Any]


def questions(data: Data) -> Iterator[Section]:
    """One section for each question."""
    words = words_of(data)
    for item in data["assessment"]["answers"]:
        yield Section(f"q{item['number']}", item["question"], tuple(_blocks(item, data, words)))


def _blocks(item: Data, data: Data, words: Words) -> Iterator[Block]:
    lines = [
        para(*words.spans(line["text"]), *led(line["ask"], data), id=f"q{item['number']}-{place}")
        for place, line in enumerate(item["lines"], 1)
    ]
    yield Bullets(tuple(lines))
    for refused in item["refused"]:
        yield para(Span("Not answered: ", "strong"), refused)
    how = (
        "others reply to a move in the movers' minds"
        if item["depth"]
        else "a mover takes the others to stay as they are"
    )
    told = data["about"]["depth"]
    other = item["depth"] != told and any(line["data"].get("unit") not in ("points", "share") for line in item["lines"])
    note = f" A [why] of a likelihood or level is worked out at depth {told}: its numbers are not those above."
    yield para(f"{item['draws']} draws; {how} (depth {item['depth']}).{note if other else ''}", kind="note")
