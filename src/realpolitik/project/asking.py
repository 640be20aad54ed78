"""A document's attributions by a language model instead of the rules: asked once, kept, verified; or a kept answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from realpolitik.errors import QuestionRefused

if TYPE_CHECKING:
    from realpolitik.sources.attribution.model import Attribution
    from realpolitik.sources.document import Document

Told = Callable[[str], None]


@dataclass(frozen=True)
class Model:
    """Whom to ask: `name` at `endpoint`, spoken to by `api` (openai, anthropic); `agreed`: the text may be sent.

    `replay`: the file of a kept answer; then nothing is sent.
    """

    name: str = ""
    endpoint: str = ""
    api: str = "openai"
    agreed: bool = False
    replay: Path | None = None

    @property
    def wanted(self) -> bool:
        """Is a model, or a kept answer, to be read at all?"""
        return bool(self.name or self.replay)


def attributions(document: Document, model: Model, told: Told = lambda text: None) -> tuple[Attribution, ...]:
    """What the model proposes and the document bears out; what is refused, and what is sent where, goes to `told`.

    Speakers are resolved as those of the rules are: name at first full mention, role, state.
    Raises `QuestionRefused` where nothing may be sent or nothing usable comes back, `InputRefused` for a kept answer
    that is about another document.
    """
    from realpolitik.sources.language_model.kept import kept_answer  # noqa: PLC0415
    from realpolitik.sources.language_model.verified import verified  # noqa: PLC0415

    answer = kept_answer(model.replay, document) if model.replay else _sent(document, model, told)
    taken, refused = verified(document, answer)
    for item in refused:
        told(f"refused: {item}")
    if refused:
        told(f"{len(taken)} taken, {len(refused)} refused.")
    return resolved(document, taken)


def resolved(document: Document, taken: tuple[Attribution, ...]) -> tuple[Attribution, ...]:
    """The same attributions with speakers, states named and dates found as the rules find them."""
    from realpolitik.sources.attribution.extract import completed  # noqa: PLC0415

    return completed(document.text, taken)


def _sent(document: Document, model: Model, told: Told) -> str:
    from realpolitik.sources.language_model.asking import message  # noqa: PLC0415
    from realpolitik.sources.language_model.backends import Anthropic, OpenAI, host_of  # noqa: PLC0415
    from realpolitik.sources.language_model.kept import keep  # noqa: PLC0415

    if not model.endpoint:
        raise QuestionRefused("Say where the model is: --endpoint https://HOST/PATH (http://localhost:PORT/v1).")
    host, asked = host_of(model.endpoint), message(document)
    leaves = f"The whole text of '{document.name}' ({len(document.text):,} characters) is sent to {host}"
    if not model.agreed:
        raise QuestionRefused(f"{leaves}. Nothing was sent yet: say --yes to agree.")
    told(f"{leaves}.")
    backend = (Anthropic if model.api == "anthropic" else OpenAI)(model.endpoint, model.name)
    answer = backend.answer(asked)
    when = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    place = keep(document, model.name, model.endpoint, answer, when)
    told(f"The raw answer is kept: {place} (again: --replay {place})")
    return answer
