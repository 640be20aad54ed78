"""What differs between two situations, and which difference moved which conclusion?

Method: the situations' entries are compared one by one. Each conclusion of the first situation's questions that moved
is attributed to the differences: by the Shapley value where there are at most `FEW` (every subset of the differences is
run; Shapley, "A value for n-person games", 1953, pp. 307-317: a difference gets its mean contribution over all orders
in which they could be made), else one after another in the order of the file (stated; what two do only together then
counts for the later). All runs share draws and chance, so parts add up to the whole. Attribution uses fewer draws, each
under one combination of hypotheses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from math import comb
from typing import Any

import numpy as np

from realpolitik.compiled.about import about
from realpolitik.compiled.compiler import compile  # noqa: A004  (the field's word)
from realpolitik.compiled.conclusions import MOVED, Conclusion, asked_alone, conclusions
from realpolitik.compiled.ensemble import Ensemble, Settings
from realpolitik.compiled.grounds import ground
from realpolitik.compiled.thinned import thinned
from realpolitik.errors import QuestionRefused, RealpolitikError
from realpolitik.language.sentences import counted, listed, signed
from realpolitik.results.progress import Told, silent
from realpolitik.results.result import Labelled, Result
from realpolitik.situation.changes import Change, between, changes
from realpolitik.situation.model import Situation

FEW = 4
TOLD = 6
DRAWS = 64
DRAWS_IN_ORDER = 32
Worth = Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Attribution:
    """`parts` (conclusion handle -> part of each change, in its own unit), and `how` they were found."""

    parts: Mapping[str, tuple[float, ...]]
    how: str


def difference(one: Ensemble, other: Ensemble, names: tuple[str, str], told: Told = silent) -> Result:
    """What differs, and what each difference moved. Rows: the differences; then the conclusions that moved, each with
    its parts. Arrays: `part` (conclusion, change). Raises `QuestionRefused` where the two do not differ.
    """
    found = changes(one.model.situation, other.model.situation)
    if not found:
        raise QuestionRefused(f"{names[0]} and {names[1]} do not differ in anything that moves a number.")
    before, after = conclusions(one), _answered(one, other)
    moved = _moved(before, after)
    chosen = [handle for handle, _ in moved[:TOLD]]
    attribution = attributed(one, found, frozenset(chosen), told) if chosen else Attribution({}, "nothing moved")
    rows = (*_change_rows(found), *_rows(before, after, moved, attribution, found))
    said = about(one, compared=list(names), attribution=attribution.how, moved=len(moved))
    told_ = (*_sentences(before, after, moved, attribution, found, names), *asked_alone(one))
    question = f"What differs between {names[0]} and {names[1]}, and what does it change?"
    return Result(
        "diff", question, rows, told_, _arrays(attribution, found), said, _grounds(found, attribution, before)
    )


def _answered(one: Ensemble, other: Ensemble) -> dict[str, Conclusion]:
    """The first situation's questions, asked of the second."""
    situation = replace(other.model.situation, questions=one.model.situation.questions)
    return conclusions(replace(other, model=replace(other.model, situation=situation), _digest=""))


def _moved(before: Mapping[str, Conclusion], after: Mapping[str, Conclusion]) -> list[tuple[str, float]]:
    """Handles of what moved enough to tell, reversals first, then by size."""
    both = [handle for handle in before if handle in after]
    moved = [
        (handle, after[handle].moved(before[handle]))
        for handle in both
        if after[handle].moved(before[handle]) > 1.0 or after[handle].stance != before[handle].stance
    ]
    return sorted(moved, key=lambda item: (after[item[0]].stance == before[item[0]].stance, -item[1]))


def attributed(one: Ensemble, found: Sequence[Change], handles: frozenset[str], told: Told) -> Attribution:
    """Each change's part of each conclusion's move."""
    exact = len(found) <= FEW
    asked = _asking(one, found, handles, DRAWS if exact else DRAWS_IN_ORDER)
    if exact:
        subsets = [frozenset(c) for size in range(len(found) + 1) for c in combinations(range(len(found)), size)]
        worth = dict(zip(subsets, _each(asked, subsets, told), strict=True))
        parts = {handle: shapley(len(found), lambda s, h=handle: worth[s][h]) for handle in handles}  # type: ignore[misc]
        return Attribution(parts, f"Shapley value over {counted(len(found), 'difference')}, every subset run")
    steps = [frozenset(range(n)) for n in range(len(found) + 1)]
    worths = list(_each(asked, steps, told))
    parts = {handle: tuple(after[handle] - before[handle] for before, after in pairwise(worths)) for handle in handles}
    return Attribution(parts, f"one after another in the order of the file, {counted(len(found), 'difference')}")


def shapley(count: int, worth: Callable[[frozenset[int]], float]) -> tuple[float, ...]:
    """Shapley values of `count` players under a worth of coalitions.

    Two hold a left glove, one a right one, a pair is worth 1: the one with the right glove completes it in four of
    six orders.

    >>> [round(v, 4) for v in shapley(3, lambda s: float(2 in s and len(s) > 1))]
    [0.1667, 0.1667, 0.6667]
    """
    found = []
    for player in range(count):
        others = [n for n in range(count) if n != player]
        found.append(
            sum(
                (worth(frozenset(s) | {player}) - worth(frozenset(s))) / (count * comb(count - 1, size))
                for size in range(count)
                for s in combinations(others, size)
            )
        )
    return tuple(found)


def _asking(
    one: Ensemble, found: Sequence[Change], handles: frozenset[str], draws: int
) -> Callable[[frozenset[int]], Worth]:
    settings = Settings(
        draws=min(draws, one.settings.draws), seed=one.settings.seed, depth=one.settings.depth,
        kernel=one.settings.kernel, threads=1,
    )  # fmt: skip

    def worth(chosen: frozenset[int]) -> Worth:
        situation: Situation = between(one.model.situation, [found[n] for n in sorted(chosen)])
        model = compile(situation)
        made = thinned(model.draws(0, settings.draws, seed=settings.seed))
        answers = conclusions(Ensemble(model, settings, known={"draws": made}), handles)
        return {handle: answers[handle].value if handle in answers else float("nan") for handle in handles}

    return worth


def _each(asked: Callable[[frozenset[int]], Worth], subsets: Sequence[frozenset[int]], told: Told) -> Iterator[Worth]:
    pool = ThreadPoolExecutor(max_workers=2)
    try:
        for done, worth in enumerate(pool.map(asked, subsets)):
            told("situations between the two", done, len(subsets))
            yield worth
    except RealpolitikError as problem:
        raise QuestionRefused(f"A situation between the two cannot be run: {problem}") from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _change_rows(found: Sequence[Change]) -> Iterator[Mapping[str, Any]]:
    for change in found:
        yield {"kind": change.kind, "entry": change.entry, "before": change.before, "after": change.after}


def _rows(
    before: Mapping[str, Conclusion],
    after: Mapping[str, Conclusion],
    moved: Sequence[tuple[str, float]],
    attribution: Attribution,
    found: Sequence[Change],
) -> Iterator[Mapping[str, Any]]:
    for handle, _ in moved:
        parts = attribution.parts.get(handle, ())
        yield {
            "answer": handle,
            "asked": before[handle].text,
            "was": before[handle].said,
            "is": after[handle].said,
            "reversed": before[handle].stance != after[handle].stance,
            "change": after[handle].value - before[handle].value,
            "parts": {change.entry: part for change, part in _largest(found, parts, before[handle].unit)},
        }


def _largest(found: Sequence[Change], parts: Sequence[float], unit: str) -> list[tuple[Change, float]]:
    """Parts worth telling, largest first, at most four."""
    pairs = sorted(zip(found, parts, strict=False), key=lambda pair: -abs(pair[1]))
    return [(change, part) for change, part in pairs if abs(part) >= MOVED[unit] / 2][:4]


def _arrays(attribution: Attribution, found: Sequence[Change]) -> dict[str, Labelled]:
    if not attribution.parts:
        return {}
    handles = tuple(sorted(attribution.parts))
    table = np.array([attribution.parts[handle] for handle in handles])
    coords = {"answer": handles, "change": tuple(change.entry for change in found)}
    return {"part": Labelled(("answer", "change"), coords, table, "the answer's own unit")}


def _grounds(
    found: Sequence[Change], attribution: Attribution, before: Mapping[str, Conclusion]
) -> tuple[Mapping[str, Any], ...]:
    """Who stands behind what moved most answers."""
    out = []
    for n, change in enumerate(found):
        entry = change.edits[0].after or change.edits[0].before
        support = getattr(entry, "support", None)
        count = sum(abs(parts[n]) >= MOVED[before[handle].unit] / 2 for handle, parts in attribution.parts.items())
        if support is not None and count:
            out.append(ground("what differs, and how many of the answers told it moved", change.entry, count, support))
    return tuple(sorted(out, key=lambda row: -float(row["change"]))[:12])


def _sentences(
    before: Mapping[str, Conclusion],
    after: Mapping[str, Conclusion],
    moved: Sequence[tuple[str, float]],
    attribution: Attribution,
    found: Sequence[Change],
    names: tuple[str, str],
) -> Iterator[str]:
    reversed_ = [handle for handle, _ in moved if before[handle].stance != after[handle].stance]
    yield (
        f"{names[0]} and {names[1]} differ in {counted(len(found), 'entry', 'entries')}; of "
        f"{counted(len(before), 'answer')} {len(moved)} moved and {len(reversed_)} changed what they say."
    )
    for handle, _ in moved[:TOLD]:
        yield _moved_sentence(
            before[handle], after[handle], _largest(found, attribution.parts.get(handle, ()), before[handle].unit)
        )
    if attribution.parts:
        yield f"Parts: {attribution.how}; on fewer draws than the answers, so they are rougher."


def _moved_sentence(one: Conclusion, other: Conclusion, parts: Sequence[tuple[Change, float]]) -> str:
    verb = "was" if one.stance != other.stance else "stays"
    text = (
        f"{one.handle} {one.words}: {verb} {one.said}, is now {other.said}"
        if verb == "was"
        else (f"{one.handle} {one.words}: stays {one.told}, {one.shown} then {other.shown}")
    )
    moved = [f"{change.kind} {change.entry} {_part(part, one.unit)}" for change, part in parts]
    return f"{text}; by {listed(moved)}." if moved else f"{text}."


def _part(part: float, unit: str) -> str:
    if unit == "points":
        return f"({signed(part)})"
    return f"({100 * part:+.0f} percentage points)" if unit in ("probability", "share") else f"({part:+.2f})"
