"""Annexes: every explanation, every claim, every name, every input."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from realpolitik.report.figures import FIGURES, Table
from realpolitik.report.page.blocks import Block, Bullets, Fold, Grid, Head, Para, Picture, Section, Span, para
from realpolitik.report.page.words import Words, words_of

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
    cited = [row["id"] for row in item["sources"]]
    if cited:
        yield para("Rests on: ", *words.cited(cited))


def _bare(row: Data) -> str:
    """The entry without the claims in brackets."""
    text = str(row["entry"])
    return text.rpartition(" (")[0] if row.get("claims") and text.endswith(")") else text


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


def _claim(item: Data, words: Words, verdict: str) -> Para:
    chain = f", through {' < '.join(item['chain'])}" if item["chain"] else ""
    hedge = f", \u201c{item['hedge']}\u201d" if item["hedge"] else ""
    spans: list[Span | str] = [
        Span(item["id"], "strong"),
        f" {item['speaker']}{chain}{hedge} ({item['grade']}; {item['where']}): {item['paraphrase']}",
    ]
    if item["quote"]:
        spans.append(Span(f" \u201c{item['quote']}\u201d", "soft"))
    in_model = "; ".join(words.readable(label) for label in item["in_model"])
    kept = (
        f" In the model: {in_model}." if in_model else f" Not in the model: {item['reason']}." if item["reason"] else ""
    )
    spans.append(Span(kept + (f" Verdict: {verdict}." if verdict else ""), "soft"))
    return para(*spans, id=f"claim-{item['id']}")


def names(data: Data) -> Iterator[Section]:
    """Every name: parties, factors, options, and what is only named."""
    found = data["names"]
    parties = [
        para(
            Span(item["name"], "strong"),
            f" ({item['id']})",
            f"; also {', '.join(item['also'])}" if item["also"] else "",
            id=f"name-{item['id']}",
        )
        for item in found["parties"]
    ]
    factors = [
        para(
            Span(item["name"], "strong"), f" ({item['id']}): 0 {item['from']}, 1 {item['to']}", id=f"name-{item['id']}"
        )
        for item in found["factors"]
    ]
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
    table = Grid(Table(("input", "value or interval", "rests on"), rows))
    yield Section("inputs", "Annex: all inputs", (Fold(f"{len(rows)} inputs", (table,)),))
