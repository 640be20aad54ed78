"""Precision and recall of attributions against annotated texts, by the rules of the annotation's own scorer.

Gold and found items are paired one to one by the overlap of letters and digits of their content; optional gold items
count neither for nor against. A pair passes at an intersection over union of one half.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from realpolitik.sources.attribution.model import Attribution

Spans = Iterable[tuple[int, int]]


@dataclass
class Score:
    """Counts over texts."""

    gold: int = 0
    found: int = 0
    right: int = 0
    direct: int = 0
    direct_found: int = 0
    sources: int = 0
    sources_right: int = 0
    hedges: int = 0
    hedges_right: int = 0
    hedges_said: int = 0
    countries_right: int = 0
    countries_wrong: int = 0
    polarity_wrong: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.found

    @property
    def recall(self) -> float:
        return self.right / self.gold


def letters(text: str, spans: Spans) -> set[int]:
    return {i for start, end in spans for i in range(start, end) if text[i].isalnum()}


def gold_spans(items: Sequence[dict[str, Any]]) -> list[tuple[int, int]]:
    return [(item["start"], item["end"]) for item in items]


def pairs(text: str, gold: Sequence[dict[str, Any]], found: Sequence[Attribution]) -> dict[int, tuple[int, float]]:
    """For each gold item the index of its found item and the overlap of their contents."""
    wanted = [letters(text, gold_spans(item["content"])) for item in gold]
    given = [letters(text, item.content) for item in found]
    rated = [(len(a & b) / len(a | b), i, j) for i, a in enumerate(wanted) for j, b in enumerate(given) if a & b]
    chosen: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for value, i, j in sorted(rated, key=lambda item: (-item[0], item[1], item[2])):
        if i not in chosen and j not in taken:
            chosen[i] = (j, value)
            taken.add(j)
    return chosen


def add(score: Score, text: str, gold: Sequence[dict[str, Any]], found: Sequence[Attribution]) -> None:
    """Count one text into `score`."""
    chosen = pairs(text, gold, found)
    optional = {chosen[i][0] for i, item in enumerate(gold) if not item["core"] and i in chosen}
    score.found += len(found) - len(optional)
    for i, item in enumerate(gold):
        if not item["core"]:
            continue
        score.gold += 1
        score.direct += item["type"] == "direct"
        score.hedges += len(item["hedges"])
        j, value = chosen.get(i, (-1, 0.0))
        if value >= 0.5:
            score.right += 1
            _pair(score, text, item, found[j])


def _pair(score: Score, text: str, item: dict[str, Any], found: Attribution) -> None:
    score.direct_found += item["type"] == "direct"
    score.polarity_wrong += item["polarity"] != found.polarity
    if item["source"]:
        score.sources += 1
        score.sources_right += bool(letters(text, gold_spans(item["source"])) & letters(text, found.source))
    spans = [tuple(hedge.span) for hedge in found.hedges]
    score.hedges_right += sum(any(s < y and x < e for x, y in spans) for s, e in gold_spans(item["hedges"]))
    score.hedges_said += len(spans)
    country = found.speaker.country if found.speaker else None
    wanted = item["country"] if "country" in item else (item.get("speaker") or {}).get("country")
    score.countries_right += country == wanted
    score.countries_wrong += country not in {None, wanted}
