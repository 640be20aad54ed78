"""Annexes: every explanation, every claim, every name, every input."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from realpolitik.report.figures import FIGURES, Table
from realpolitik.report.page.blocks import Block, Bullets, Fold, Grid, Head, Para, Picture, Section, Span, para
from realpolitik.report.page.words import Words, draws_note, words_of

Data = Mapping[str, Any]


def whys(data: Data) -> Iterator[Section]:
    """Every number that was explained: its parts, what carried them, and the claims behind."""
    found = data.get("whys", {}).get("results", {})
    words = words_of(data)
    blocks: list[Block] = (
        [para("Where a number has a [why], it leads here; from here to who said so.")] if found else []
    )
    for name, item in found.items():
        blocks += _why(name, item, data, words)
    if blocks:
        yield Section("whys", "Annex: why", tuple(blocks))


def _why(name: str, item: Data, data: Data, words: Words) -> Iterator[Block]:
    yield Head(words.readable(item["question"]), name)
    yield Bullets(tuple(para(*words.spans(sentence)) for sentence in item["sentences"]))
    if item["rows"]:
        rows = [{**row, "entry": words.entry(_bare(row))} for row in item["rows"]]
        yield Picture(FIGURES["waterfall"](rows, wide=820.0))
    chain = data.get("chains", {}).get(name)
    if chain and len(chain["nodes"]) > 2:
        yield Fold("What carried it, as a picture", (_chain(chain),))
    draws = item["about"].get("draws")
    if draws and draws != data["about"]["draws"]:
        yield from draws_note({"draws": draws})
    cited = [row["id"] for row in item["sources"]]
    if cited:
        yield para("Rests on: ", *words.cited(cited))


def _bare(row: Data) -> str:
    """The entry without the claims in brackets."""
    return CLAIMS.sub("", str(row["entry"]))


def _chain(chain: Data) -> Picture:
    return Picture(
        FIGURES["network"](
            chain["nodes"],
            chain["links"],
            title="From what is held or chosen to the one who gains or loses",
            note="Numbers: change of the level, mean over draws. Full line: up; dashed: down; thin: judgement.",
            wide=900.0,
        )
    )


def claims(data: Data) -> Iterator[Section]:
    """Every claim: who said it, through whom, with what caution, where, and what became of it."""
    found = data.get("evidence", {}).get("claims", {})
    if not found:
        return
    words = words_of(data)
    verdicts = {row["claim"]: row["verdict"] for row in data.get("verdicts", {}).get("rows", ())}
    told = [_claim(item, words, verdicts.get(name, "")) for name, item in found.items()]
    note = "In our words; the documents' own words stand in them." + (
        " Quotes come from the copies at hand, and only where they verify." if data["about"]["quotes"] else ""
    )
    yield Section("claims", "Annex: the claims", (para(note, kind="note"), Bullets(tuple(told))))


CLAIMS = re.compile(r" \((?:after )?[\w-]*\d[\w-]*(?:, (?:after )?[\w-]*\d[\w-]*)*\)(?=;|$)")


def _claim(item: Data, words: Words, verdict: str) -> Para:
    through = [name for name in item["chain"] if name != item["speaker"]]
    chain = f", through {' < '.join(through)}" if through else ""
    hedge = f", \u201c{item['hedge']}\u201d" if item["hedge"] else ""
    spans: list[Span | str] = [
        Span(item["id"], "strong"),
        f" {item['speaker']}{chain}{hedge} ({item['grade']}; {item['where']}): {item['paraphrase']}",
    ]
    if item["quote"]:
        spans.append(Span(f" \u201c{item['quote']}\u201d", "soft"))
    in_model = "; ".join(words.readable(CLAIMS.sub("", label)) for label in item["in_model"])
    kept = (
        f" In the model: {in_model}." if in_model else f" Not in the model: {item['reason']}." if item["reason"] else ""
    )
    spans.append(Span(kept + (f" Verdict: {verdict}." if verdict else ""), "soft"))
    return para(*spans, id=f"claim-{item['id']}")


def names(data: Data) -> Iterator[Section]:
    """Every name: parties, factors, options, and what is only named."""
    found, words = data["names"], words_of(data)
    parties = [
        para(
            Span(item["name"], "strong"),
            f" ({item['id']})",
            f"; also {', '.join(item['also'])}" if item["also"] else "",
            id=f"name-{item['id']}",
        )
        for item in found["parties"]
    ]
    factors = [para(*_factor(item, data, words), id=f"name-{item['id']}") for item in found["factors"]]
    options = [
        para(
            Span(item["name"], "strong"),
            f" ({item['id']}): {', '.join(item['levels'])}; now {item['now']}",
            id=f"name-{item['id']}",
        )
        for item in found["options"]
    ]
    named = [
        para(Span(item["name"], "strong"), f": {item['what']}", id=f"name-{item['id']}") for item in found["named"]
    ]
    groups = (
        ("Parties and bodies", parties),
        ("What has a level", factors),
        ("What can be done", options),
        ("Also named", named),
    )
    blocks: list[Block] = []
    for title, told in groups:
        if told:
            blocks += [Head(title), Bullets(tuple(told))]
    yield Section("names", "Annex: names", tuple(blocks))


def _factor(item: Data, data: Data, words: Words) -> Iterator[Span | str]:
    """A factor with its ends, and the influences that move it, each with its claims or as judgement."""
    yield Span(item["name"], "strong")
    yield f" ({item['id']}): 0 {item['from']}, 1 {item['to']}"
    rows = [row for row in data["network"]["influences"] if row["effect"] == item["id"]]
    for place, row in enumerate(rows):
        yield "; moved by: " if place == 0 else "; "
        bare = re.sub(rf"(raises|lowers|moves|pulls) {re.escape(item['id'])}\b", r"\1 it", CLAIMS.sub("", row["text"]))
        yield f"{words.readable(bare, expression=True)} ("
        yield from words.cited(row["claims"]) if row["claims"] else (Span("judgement"),)
        yield ")"


def inputs(data: Data) -> Iterator[Section]:
    """Every uncertain input with its interval and who stands behind it."""
    words = words_of(data)
    rows = tuple(
        (
            words.readable(item["name"], expression=True),
            item["value"],
            ", ".join(item["claims"]) or f"judgement ({item['author'] or 'nobody named'})",
        )
        for item in data["inputs"]
    )
    table = Grid(Table(("input", "value or interval", "rests on"), rows), cited=2, known=words.claims)
    yield Section("inputs", "Annex: all inputs", (Fold(f"{len(rows)} inputs", (table,)),))
