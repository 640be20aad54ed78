"""How firm an answer is, and how far the whole can be trusted: likelihood and confidence never share a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from realpolitik.language.likelihood import band_of, describe
from realpolitik.language.sentences import counted, share

Line = Mapping[str, Any]
FEW = 5
"""Fewer documents than this are a thin base: confidence is low whatever the numbers say."""


def confidence(built: Mapping[str, int], documents: int) -> dict[str, Any]:
    """How far the whole can be trusted, and why. Rule: low with fewer than `FEW` documents or with more inputs on
    judgement than on claims; else moderate. High is for people to say, not for a model.

    >>> confidence({"claims": 9, "on_claims": 3, "on_judgement": 1}, 7)["word"]
    'moderate'
    """
    judged, claimed = built["on_judgement"], built["on_claims"]
    base = f"{counted(documents, 'document')} and {counted(built['claims'], 'claim')}"
    because = f"It rests on {base}; {share(judged / max(1, judged + claimed))} of the inputs are judgement."
    word = "low" if documents < FEW or judged > claimed else "moderate"
    return {"word": word, "because": because}


def judgements(answers: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """For each question the lines that stand on the first page, each with a sentence on what could turn it."""
    return [
        {
            "number": answer["number"],
            "question": answer["question"],
            "lines": [{**line, "firm": firmness(line)} for line in leading(answer["lines"])],
            "refused": answer["refused"],
        }
        for answer in answers
    ]


def leading(lines: Sequence[Line]) -> Iterator[Line]:
    """The first line of an answer, and the first of another kind (who loses, after a gain)."""
    kinds: list[str] = []
    for line in lines:
        kind = str(line["data"].get("unit", ""))
        if kind not in kinds and len(kinds) < 2:
            kinds.append(kind)
            yield line


def firmness(line: Line) -> str:
    """Does the answer turn on the rival hypotheses?

    >>> firmness({"data": {"unit": "points", "by_hypothesis": [-1.0, 3.0]}})
    'Its sign turns on which rival hypothesis is true.'
    >>> firmness({"data": {"unit": "probability", "by_hypothesis": [0.6, 0.7]}})
    'Whichever rival hypothesis is true, it stays likely.'
    """
    data = line["data"]
    unit, values = str(data.get("unit", "")), [value for value in data.get("by_hypothesis", ()) if value is not None]
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    if unit in ("probability", "share") and low >= 0.0 and high <= 1.0:
        word = band_of(low).words[0]
        if word == band_of(high).words[0]:
            return f"Whichever rival hypothesis is true, it stays {word}."
        return f"It turns on which rival hypothesis is true: {describe(low)} to {describe(high)}."
    return "Its sign turns on which rival hypothesis is true." if unit == "points" and low < 0 < high else ""
