"""Suppose the top assumptions are wrong: which conclusions survive?

Devil's advocate (Heuer and Pherson, Structured Analytic Techniques, 3rd ed. 2020, "Key Assumptions Check" and
"Premortem Analysis"): each of the assumptions that carry most is set, in every draw, to either end of its own stated
interval (5th and 95th percentile), all else and all chance as before; then all of them at once, each at the end that is
worse for the conclusion at hand. A conclusion survives if what it says (likely or not, gain or loss, who) stays. Only
assumptions that the authors themselves hold uncertain are flipped: one written as a number cannot be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from realpolitik.compiled.about import about
from realpolitik.compiled.conclusions import MOVED, Conclusion, asked_alone, conclusions
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.grounds import ground
from realpolitik.compiled.inputs import Input
from realpolitik.compiled.nudged import Nudger
from realpolitik.errors import QuestionRefused
from realpolitik.language.sentences import counted, listed
from realpolitik.results.progress import Told, silent
from realpolitik.results.result import Labelled, Result

END = 1.6448536269514722
ENDS = ((-END, "low"), (END, "high"))
TOP = 5


@dataclass(frozen=True, eq=False)
class Flipped:
    """Conclusions with each input at each end (input, low or high), and with all at their worse ends (by handle)."""

    base: Mapping[str, Conclusion]
    inputs: tuple[Input, ...]
    single: Mapping[tuple[str, str], Mapping[str, Conclusion]]
    jointly: Mapping[str, Conclusion]

    def worse(self, handle: str, name: str) -> str:
        """The end of an input that is worse for a conclusion: that which moves it toward the other side."""
        base, away = self.base[handle], _away(self.base[handle])
        moves = {end: away * (self._value(handle, name, end) - base.value) for _, end in ENDS}
        return max(moves, key=moves.__getitem__)

    def _value(self, handle: str, name: str, end: str) -> float:
        found = self.single[name, end].get(handle)
        return found.value if found else self.base[handle].value

    def breakers(self, handle: str) -> tuple[tuple[Input, str, Conclusion], ...]:
        """The inputs that alone change what a conclusion says, with the end and what it then says."""
        out = []
        for item in self.inputs:
            end = self.worse(handle, item.name)
            now = self.single[item.name, end].get(handle)
            if now is not None and now.stance != self.base[handle].stance:
                out.append((item, end, now))
        return tuple(out)

    def survives_all(self, handle: str) -> bool:
        """Does it say the same with all at their worse ends?"""
        return handle in self.jointly and self.jointly[handle].stance == self.base[handle].stance


def _away(conclusion: Conclusion) -> float:
    """Which way its number would have to go to say something else."""
    middle = 0.5 if conclusion.unit in ("probability", "share", "level") and conclusion.value >= 0 else 0.0
    if conclusion.stance in ("lower", "higher", "no different"):
        middle = 0.0
    return -1.0 if conclusion.value > middle else 1.0


def premortem(ensemble: Ensemble, names: Sequence[str], told: Told = silent) -> Result:
    """Which conclusions survive if the named inputs are wrong, one by one and together?

    Rows: conclusions, those that fall first. Arrays: `value` (answer, input, end). Raises `QuestionRefused` where there
    is nothing to flip or to conclude.
    """
    inputs = _inputs(ensemble, names)
    flipped = _flipped(ensemble, inputs, told)
    if not flipped.base:
        raise QuestionRefused("No question here has a conclusion that could fall; write questions into the situation.")
    order = sorted(flipped.base, key=lambda handle: (-len(flipped.breakers(handle)), flipped.survives_all(handle)))
    rows = tuple(_row(flipped, handle) for handle in order)
    said = about(
        ensemble, flipped=[item.name for item in inputs], ends="5th and 95th percentile of the stated interval"
    )
    fallen = {item.name: sum(item in [b[0] for b in flipped.breakers(h)] for h in flipped.base) for item in inputs}
    entry = "flipped, and how many conclusions fall with it alone"
    trace = tuple(ground(entry, item.name, float(fallen[item.name]), item.support) for item in inputs)
    question = "If the assumptions that carry most are wrong, what still stands?"
    sentences = (*_sentences(flipped, order), *asked_alone(ensemble))
    return Result("premortem", question, rows, sentences, _arrays(flipped), said, trace)


def _inputs(ensemble: Ensemble, names: Sequence[str]) -> tuple[Input, ...]:
    known = ensemble.model.inputs
    found = [known[name] for name in names if name in known and not known[name].quantity.is_constant]
    if not found:
        raise QuestionRefused("There is no assumption to flip: none of those named is given as an interval.")
    return tuple(found)


def _flipped(ensemble: Ensemble, inputs: tuple[Input, ...], told: Told) -> Flipped:
    nudger = Nudger(ensemble, thin=True)
    asked: list[dict[str, float]] = [{}, *({item.name: score} for item in inputs for score, _ in ENDS)]
    made = [nudger.at(scores) for scores in asked]
    found = list(_answered(made, frozenset(), told, "one by one"))
    labels = [(item.name, end) for item in inputs for _, end in ENDS]
    single = dict(zip(labels, found[1:], strict=True))
    partly = Flipped(found[0], inputs, single, {})
    return Flipped(found[0], inputs, single, _joint(nudger, partly, told))


def _joint(nudger: Nudger, flipped: Flipped, told: Told) -> dict[str, Conclusion]:
    """Every conclusion with all inputs at the ends that are worse for it; those with the same ends share a run."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for handle in flipped.base:
        ends = tuple(flipped.worse(handle, item.name) for item in flipped.inputs)
        groups.setdefault(ends, []).append(handle)
    scores = {word: score for score, word in ENDS}
    made = [
        nudger.at({item.name: scores[end] for item, end in zip(flipped.inputs, ends, strict=True)}) for ends in groups
    ]
    wanted = [frozenset(handles) for handles in groups.values()]
    found: dict[str, Conclusion] = {}
    with ThreadPoolExecutor(max_workers=2) as pool:
        for done, part in enumerate(pool.map(conclusions, made, wanted)):
            told("assumptions flipped together", done, len(made))
            found |= part
    return found


def _answered(
    made: Sequence[Ensemble], handles: frozenset[str], told: Told, what: str
) -> Iterator[dict[str, Conclusion]]:
    pool = ThreadPoolExecutor(max_workers=2)
    try:
        for done, found in enumerate(pool.map(lambda ensemble: conclusions(ensemble, handles), made)):
            told(f"assumptions flipped {what}", done, len(made))
            yield found
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _row(flipped: Flipped, handle: str) -> Mapping[str, Any]:
    base, breakers = flipped.base[handle], flipped.breakers(handle)
    together = flipped.jointly.get(handle)
    return {
        "answer": handle,
        "asked": base.text,
        "says": base.said,
        "falls_to": len(breakers),
        "breakers": [f"{item.name} {end}: {now.said}" for item, end, now in breakers],
        "all_at_once": together.said if together else "no answer",
        "survives": not breakers and flipped.survives_all(handle),
    }


def _arrays(flipped: Flipped) -> dict[str, Labelled]:
    handles, ends = tuple(flipped.base), tuple(end for _, end in ENDS)
    table = np.array([
        [
            [flipped.single[item.name, end][h].value if h in flipped.single[item.name, end] else np.nan for end in ends]
            for item in flipped.inputs
        ]
        for h in handles
    ])  # fmt: skip
    coords = {"answer": handles, "input": tuple(item.name for item in flipped.inputs), "end": ends}
    return {"value": Labelled(("answer", "input", "end"), coords, table, "the answer's own unit")}


def _sentences(flipped: Flipped, order: Sequence[str]) -> Iterator[str]:
    fragile = [handle for handle in order if flipped.breakers(handle)]
    joint = [handle for handle in order if handle not in fragile and not flipped.survives_all(handle)]
    firm = [handle for handle in order if handle not in fragile and handle not in joint]
    count = counted(len(flipped.inputs), "assumption")
    yield (
        f"Of {counted(len(flipped.base), 'conclusion')}, {len(firm)} survive whatever of {count} is wrong within "
        f"its own stated interval; {len(fragile)} can fall to one alone, {len(joint)} more only to all together."
    )
    for handle in fragile:
        base = flipped.base[handle]
        causes = [f"{_side(item, end)} ({now.said})" for item, end, now in flipped.breakers(handle)]
        yield f"{handle} {base.words}: {base.said}; falls with {listed(causes, 'or')}."
    for handle in joint:
        base = flipped.base[handle]
        yield f"{handle} {base.words}: {base.said}; only all together turn it ({flipped.jointly[handle].said})."
    if firm:
        yield f"Untouched: {listed([f'{handle} ({flipped.base[handle].told})' for handle in firm])}."
    yield _flat(flipped)


def _flat(flipped: Flipped) -> str:
    """Which of the assumptions moves nothing worth telling."""
    idle = [
        item.name
        for item in flipped.inputs
        if not any(
            now.moved(flipped.base[handle]) > 1.0 and now.unit in MOVED
            for _, end in ENDS
            for handle, now in flipped.single[item.name, end].items()
        )
    ]
    names = listed([item.name for item in flipped.inputs])
    return f"Flipped: {names}.{f' Moves nothing: {listed(idle)}.' if idle else ''}"


def _side(item: Input, end: str) -> str:
    """An input at one end of its interval."""
    return f"{item.name} at its {end} end (stated: {item.quantity.text})"
