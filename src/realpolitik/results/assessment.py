"""The usual assessment: the situation's own questions answered, the system's state, who gains and who loses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from realpolitik.results.result import plain


@dataclass(frozen=True)
class Line:
    """One answered expression: the sentence, the expression, its numbers, its `handle` (question.line)."""

    text: str
    ask: str
    data: Mapping[str, Any] = field(default_factory=dict)
    handle: str = ""


@dataclass(frozen=True)
class Answer:
    """One question of the situation with its lines; `refused` says what could not be answered, and why."""

    number: int
    question: str
    depth: int
    draws: int
    lines: tuple[Line, ...]
    refused: tuple[str, ...] = ()


@dataclass(frozen=True)
class Move:
    """One column of the table of gains: what is done, and each actor's gain in points with its parts."""

    id: str
    name: str
    gains: Mapping[str, Mapping[str, float]]
    losers: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Assessment:
    """Everything the first screen and the report's first page say."""

    title: str
    as_of: str
    answers_years: tuple[float, ...]
    built_from: Mapping[str, int]
    answers: tuple[Answer, ...]
    system: tuple[Mapping[str, Any], ...]
    moves: tuple[Move, ...]
    moves_years: float
    goals: tuple[Mapping[str, Any], ...]
    actors: Mapping[str, str]
    about: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """The assessment as plain data."""
        whole: dict[str, Any] = plain(
            {
                **{name: getattr(self, name) for name in vars(self) if name not in ("answers", "moves")},
                "answers": [{**vars(item), "lines": [vars(line) for line in item.lines]} for item in self.answers],
                "moves": [vars(item) for item in self.moves],
            }
        )
        return whole
