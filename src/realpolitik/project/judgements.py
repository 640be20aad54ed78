"""How firm an answer is, and how far the whole can be trusted: likelihood and confidence never share a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from realpolitik.language.likelihood import band_of
from realpolitik.language.sentences import counted, share, signed

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
    """Does the answer turn on the rival hypotheses, or on the judgements within them?

    >>> firmness({"data": {"unit": "points", "value": 2.0, "low": -1.0, "high": 4.0, "by_hypothesis": [1.0, 3.0]}})
    'Its sign is open: nine draws in ten lie between -1.0 and +4.0.'
    """
    data = line["data"]
    values = [value for value in data.get("by_hypothesis", ()) if value is not None]
    parts = [_over_hypotheses(str(data.get("unit", "")), values)]
    low, high = data.get("low"), data.get("high")
    if data.get("unit") == "points" and low is not None and high is not None and low < 0 < high:
        parts.append(f"Its sign is open: nine draws in ten lie between {signed(low)} and {signed(high)}.")
    return " ".join(part for part in parts if part)


def _over_hypotheses(unit: str, values: Sequence[float]) -> str:
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    if unit in ("probability", "share") and low >= 0.0 and high <= 1.0:
        words = [band_of(value).words[0] for value in (low, high)]
        if words[0] == words[1]:
            return "The rival hypotheses leave the word as it is."
        return f"It turns on the rival hypotheses: from {words[0]} ({share(low)}) to {words[1]} ({share(high)})."
    if unit == "points" and low < 0 < high:
        return f"Its sign turns on the rival hypotheses ({signed(low)} to {signed(high)})."
    return ""
