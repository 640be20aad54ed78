"""Attributions as plain data: the scorer's spans, full JSON with W3C selectors, and text to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from realpolitik.sources.attribution.model import Attribution, Span, Speaker


def as_spans(name: str, found: Sequence[Attribution]) -> dict[str, list[dict[str, Any]]]:
    """`{file: [{content, source, cue, hedges, origin}]}`, spans as [start, end] in code points.

    >>> from realpolitik.sources.attribution.extract import extract
    >>> as_spans("a.txt", extract("The talks failed, the envoy said."))["a.txt"][0]["source"]
    [[18, 27]]
    """
    return {name: [_spans(item) for item in found]}


def _spans(item: Attribution) -> dict[str, Any]:
    plain: dict[str, Any] = {
        key: [list(span) for span in spans]
        for key, spans in (("content", item.content), ("source", item.source), ("cue", item.cue))
    }
    plain["hedges"] = [list(hedge.span) for hedge in item.hedges]
    if item.chain:
        plain["origin"] = item.chain[-1].speaker.name
    return plain


def as_json(text: str, found: Sequence[Attribution]) -> list[dict[str, Any]]:
    """Everything known about each attribution; spans are selectors with exact, prefix and suffix."""
    return [_full(text, item) for item in found]


def _full(text: str, item: Attribution) -> dict[str, Any]:
    return {
        "type": item.kind,
        "rule": item.rule,
        "polarity": item.polarity,
        "carried_source": item.carried,
        "core": not item.optional,
        "content": [span.selector(text) for span in item.content],
        "source": [span.selector(text) for span in item.source],
        "cue": [span.selector(text) for span in item.cue],
        "speaker": _speaker(item.speaker),
        "chain": [
            {**(_speaker(step.speaker) or {}), "mention": step.mention.selector(text), "cue": _maybe(text, step.cue)}
            for step in item.chain
        ],
        "hedges": [{**h.span.selector(text), "scope": h.scope, "kind": h.kind} for h in item.hedges],
        "actors": [{"start": span.start, "end": span.end, "iso3": code} for span, code in item.actors],
        "dates": [{"start": span.start, "end": span.end, "date": value} for span, value in item.dates],
    }


def _maybe(text: str, span: Span | None) -> dict[str, Any] | None:
    return span.selector(text) if span else None


def _speaker(speaker: Speaker | None) -> dict[str, Any] | None:
    if speaker is None:
        return None
    keys = ("name", "kind", "country", "role", "affiliation")
    return {key: getattr(speaker, key) for key in keys}


def as_text(text: str, found: Sequence[Attribution]) -> Iterator[str]:
    """One block of lines an attribution, to read.

    >>> from realpolitik.sources.attribution.extract import extract
    >>> words = "The talks may fail, the envoy of France said."
    >>> print("\\n".join(as_text(words, extract(words))))
    envoy of France [FRA], indirect
      The talks may fail
      hedged: may
    """
    for item in found:
        yield ", ".join([_who(item), item.kind, *(["denial"] if item.polarity == "negative" else [])])
        yield from (f"  {text[span.start : span.end]}" for span in item.content)
        if item.chain:
            yield "  through: " + " > ".join(step.speaker.name for step in item.chain)
        if item.hedges:
            yield "  hedged: " + ", ".join(text[hedge.span.start : hedge.span.end] for hedge in item.hedges)


def _who(item: Attribution) -> str:
    if item.speaker is None:
        return "nobody named"
    speaker = item.speaker
    details = ", ".join(part for part in (speaker.role, speaker.affiliation) if part)
    country = f" [{speaker.country}]" if speaker.country else ""
    return speaker.name + (f" ({details})" if details else "") + country
