"""What the situation's own questions come to, each as a stance that either survives a change or does not.

A stance is the least that a reader takes away: likely or not (above 55%, below 45%), who loses most, gain or loss (by
half a point), up or down (by 0.02). Levels without a comparison are low, middling or high in thirds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from realpolitik.compiled.answers import Estimate, estimate, sign_open
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.phrases import query_words
from realpolitik.compiled.wording import actor_name
from realpolitik.errors import RealpolitikError
from realpolitik.language.expression import Arithmetic, Expression, Query
from realpolitik.language.likelihood import band_of, percent
from realpolitik.language.sentences import level, listed, share, signed

SMALL = 0.5
SIGN_OPEN = "sign open"
MOVED = {"probability": 0.02, "share": 0.02, "points": 1.0, "level": 0.02}
"""Less than this is no move worth telling."""


@dataclass(frozen=True)
class Conclusion:
    """`handle`: question.place; `text` as written, `words` what is asked; `stance`: what it comes to, `shown`: by how
    much; `word`: the screen's own word for it, finer than the stance, by which alone a change is judged.
    """

    handle: str
    text: str
    words: str
    unit: str
    value: float
    stance: str
    shown: str
    word: str = ""

    @property
    def told(self) -> str:
        """In the words of the first screen: of likelihood, or that the sign is open; else the stance."""
        return self.word or self.stance

    @property
    def said(self) -> str:
        """What it comes to, and the number."""
        return f"{self.told} ({self.shown})"

    def moved(self, before: Conclusion) -> float:
        """How far it is from what it was, in units of what is worth telling."""
        return abs(self.value - before.value) / MOVED[self.unit]


def asked_alone(ensemble: Ensemble) -> tuple[str, ...]:
    """A sentence where questions the first screen answers with replies foreseen are asked here without."""
    questions = ensemble.model.situation.questions
    deep = [str(number) for number, question in enumerate(questions, 1) if question.depth == 1]
    if not deep or ensemble.settings.depth:
        return ()
    which = f"Question {deep[0]} is" if len(deep) == 1 else f"Questions {listed(deep)} are"
    return (f"{which} asked here as if the others stood still; the first screen answers with replies foreseen.",)


def conclusions(ensemble: Ensemble, handles: frozenset[str] = frozenset()) -> dict[str, Conclusion]:
    """The conclusions by handle (all, or those named); a question that cannot be answered is left out."""
    return {item.handle: item for item in _each(ensemble, handles)}


def _each(ensemble: Ensemble, handles: frozenset[str]) -> Iterator[Conclusion]:
    for number, question in enumerate(ensemble.model.situation.questions, 1):
        for place, (expression, text) in enumerate(zip(question.ask, question.ask_texts, strict=True), 1):
            handle = f"{number}.{place}"
            if handles and handle not in handles:
                continue
            try:
                found = estimate(ensemble, expression)
            except RealpolitikError:
                continue
            if found.unit in MOVED:
                yield concluded(ensemble, handle, expression, text, found)


def concluded(ensemble: Ensemble, handle: str, expression: Expression, text: str, found: Estimate) -> Conclusion:
    """One answer as a conclusion."""
    words = _words(ensemble, expression, text)
    difference = isinstance(expression, Arithmetic)
    stance = _stance(ensemble, found, difference)
    shown, word = _shown(found, difference), _word(found, difference)
    return Conclusion(handle, text, words, found.unit, found.value, stance, shown, word)


def _word(found: Estimate, difference: bool) -> str:
    """The word the first screen has for it, where that is another than the stance."""
    if found.unit == "points":
        return SIGN_OPEN if sign_open(found) else ""
    if found.names or difference or found.unit not in ("probability", "share"):
        return ""
    return band_of(min(1.0, max(0.0, found.value))).words[0]


def _words(ensemble: Ensemble, expression: Expression, text: str) -> str:
    if not isinstance(expression, Query) or expression.function in ("loser", "gain", "share", "rank"):
        return text
    return query_words(ensemble.model, expression)


def _stance(ensemble: Ensemble, found: Estimate, difference: bool) -> str:
    if found.names:
        return f"{actor_name(ensemble.model, found.leading)} loses most"
    if found.unit == "points":
        return _side(found.value, SMALL, ("a loss", "neither gain nor loss", "a gain"))
    if difference:
        return _side(found.value, 0.02, ("lower", "no different", "higher"))
    if found.unit in ("probability", "share"):
        return _side(found.value - 0.5, 0.05, ("unlikely", "about even", "likely"))
    return _side(found.value - 0.5, 1 / 6, ("low", "middling", "high"))


def _side(value: float, width: float, words: tuple[str, str, str]) -> str:
    return words[0] if value < -width else words[2] if value > width else words[1]


def _shown(found: Estimate, difference: bool) -> str:
    if found.unit == "points":
        return f"{signed(found.value)} points"
    if found.unit in ("probability", "share"):
        likely = min(1.0, max(0.0, found.value))
        shown = share(likely) if found.names else percent(likely)
        return f"{100 * found.value:+.0f} percentage points" if difference else shown
    return f"{found.value:+.2f}" if difference else level(found.value)
