"""The parts of a report about what an answer rests on: what carries its spread, where it holds, what reverses it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from realpolitik.errors import QuestionRefused, RealpolitikError
from realpolitik.language.expression import Expression, Query
from realpolitik.project import sensitive as ask

if TYPE_CHECKING:
    from realpolitik.project.report import Asked

MOST = 3


def _questions(asked: Asked, functions: tuple[str, ...]) -> Iterator[tuple[Expression, str]]:
    """The first line of each of the situation's questions that asks for one of these, among those asked at the depth
    of the report: at another, the answer would be another.
    """
    for question in asked.project.situation.questions:
        pairs = zip(question.ask, question.ask_texts, strict=True)
        found = next((pair for pair in pairs if isinstance(pair[0], Query) and pair[0].function in functions), None)
        if found is not None and (question.depth or 0) == asked.project.settings.depth:
            yield found


def _spread(asked: Asked) -> list[dict[str, Any]]:
    """What carries the spread of the first questions."""
    found = []
    for _, text in _questions(asked, ("gain", "P", "loser", "E")):
        try:
            made = ask.sensitivity(asked.project, text)
        except QuestionRefused:
            continue
        about = {name: made.about[name] for name in ("base", "unit", "floor")}
        found.append({"ask": text, "sentences": made.sentences, "rows": made.rows, **about})
        if len(found) == MOST:
            break
    return found


def _scenario(asked: Asked) -> dict[str, Any]:
    """Where the first gain that goes either way is a loss, or the first event of open outcome happens."""
    for query, text in _questions(asked, ("gain", "P")):
        gain = isinstance(query, Query) and query.function == "gain"
        try:
            made = ask.discover(asked.project, f"{text} < 0" if gain else text)
        except RealpolitikError:
            continue
        if made.about["limits"] and made.about["trusted"]:
            trail = [row for row in made.rows if "box" in row]
            kept = {name: made.about[name] for name in ("limits", "chosen", "chance")}
            return {"ask": text, "sentences": made.sentences, "trail": trail, **kept}
    raise QuestionRefused("No question of the situation has an answer that goes either way by input.")


def _reversal(asked: Asked) -> dict[str, Any]:
    """What would reverse the first answer about who loses most, or the first gain."""
    text = next((text for _, text in _questions(asked, ("loser",))), "")
    text = text or next((text for _, text in _questions(asked, ("gain",))), "")
    if not text:
        raise QuestionRefused("No question of the situation concludes who loses or gains.")
    found = ask.flip(asked.quick, text, told=asked.told)
    draws = asked.quick.settings.draws
    return {"ask": text, "sentences": found.sentences, "rows": found.rows, "draws": draws}


SENSITIVE: Mapping[str, Callable[[Asked], Any]] = {"spread": _spread, "scenario": _scenario, "reversal": _reversal}
"""The parts by name, in the order they are asked for."""
