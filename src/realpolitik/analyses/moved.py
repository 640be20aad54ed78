"""What moved, by how much, and because of which change: the situation's own questions before and after.

Both ensembles use the same draws and the same chance, so what differs is the change alone. An answer counts as moved
where it differs by more than `SMALL` and by more than two sampling errors. Where there are several changes each is
also run alone: an answer moved because of those that move it alone, or because of all together where none does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.sentences import Asked, answer
from realpolitik.errors import RealpolitikError
from realpolitik.language.sentences import share, signed
from realpolitik.results.assessment import Line

SMALL: Mapping[str, float] = {"probability": 0.02, "share": 0.02, "points": 1.0, "level": 0.02}
Ensembles = Callable[[int], Ensemble]
"""The ensemble at a depth of foresight (0 or 1)."""


@dataclass(frozen=True)
class Moved:
    """One answer that moved: as asked, in words before and after, by how much (in `unit`), through which changes."""

    question: str
    ask: str
    before: str
    after: str
    by: float
    unit: str
    because: tuple[int, ...]


def answers(
    ensembles: Ensembles, told: Callable[[str], None] = lambda text: None, foresight: bool = True
) -> dict[str, tuple[str, Line]]:
    """Every line of the situation's questions by what is asked, with the question it belongs to.

    Without `foresight`, questions that turn on it are left out: they take most of the time.
    """
    out: dict[str, tuple[str, Line]] = {}
    situation = ensembles(0).model.situation
    for question in situation.questions:
        if question.depth and not foresight:
            continue
        told(question.text)
        for expression, text in zip(question.ask, question.ask_texts, strict=True):
            try:
                out[text] = (question.text, answer(Asked(ensembles(question.depth or 0), expression, text)))
            except RealpolitikError:
                continue
    return out


def moved(
    before: Mapping[str, tuple[str, Line]],
    after: Mapping[str, tuple[str, Line]],
    alone: Sequence[Mapping[str, tuple[str, Line]]] = (),
) -> tuple[Moved, ...]:
    """The answers that moved, the largest first; `alone`: the answers with each change alone, in order."""
    found = []
    for ask, (question, old) in before.items():
        if ask not in after:
            continue
        new = after[ask][1]
        if _differs(old, new):
            causes = [n for n, lines in enumerate(alone) if ask in lines and _differs(old, lines[ask][1])]
            unit = str(new.data.get("unit", ""))
            by = float(new.data["value"]) - float(old.data["value"])
            because = tuple(causes or range(len(alone)))
            found.append(Moved(question, ask, _words(old), _words(new), by, unit, because))
    return tuple(sorted(found, key=lambda item: -abs(item.by) / SMALL.get(item.unit, 1.0)))


def _differs(old: Line, new: Line) -> bool:
    one, other = old.data.get("value"), new.data.get("value")
    if one is None or other is None:
        return False
    errors = [float(line.data.get("sampling_error") or 0.0) for line in (old, new)]
    least = max(SMALL.get(str(new.data.get("unit", "")), 0.02), 2.0 * (errors[0] ** 2 + errors[1] ** 2) ** 0.5)
    return abs(float(other) - float(one)) > least or old.data.get("leading") != new.data.get("leading")


def _words(line: Line) -> str:
    data: Mapping[str, Any] = line.data
    unit, value = str(data.get("unit", "")), float(data["value"])
    if unit == "points":
        return f"{signed(value)} points"
    told = share(min(1.0, max(0.0, value))) if unit in ("probability", "share") else f"{value:.2f}"
    return f"{data['leading']} {told}" if data.get("leading") else told


def sentences(found: Sequence[Moved], whys: Sequence[str], asked: int) -> Iterator[str]:
    """What moved, in words; `whys`: one reason for each change.

    >>> list(sentences((), ("p-001",), 3))
    ['None of 3 answers moved.']
    """
    if not found:
        yield f"None of {asked} answers moved."
        return
    yield f"{len(found)} of {asked} answers moved."
    for item in found:
        because = "; ".join(whys[number] for number in item.because)
        yield f"{item.ask}: {item.before}, now {item.after}" + (f"  (because of {because})" if because else "")
