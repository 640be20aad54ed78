"""The uncertain inputs: what each is called, who stands behind it, and which column of `Draws` it fills.

A `Column` is one column of one array of `Draws`. It is filled by `Fill`s: a quantity, a transformation into the
engine's own scale, and the combinations of hypotheses in which it holds. Everything an analyst could be wrong about is
one `Input` with a stable name; its name is the key of its sequence of draws.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.combinations import Mask
from realpolitik.language.quantity import Quantity
from realpolitik.situation.model import Support

Values = NDArray[np.float64]
Transform = Callable[[Values], Values]
Role = Literal[
    "start", "size", "pull", "delay", "half-life", "trend", "noise", "rate", "dependence", "weight", "price",
    "norm price", "switch", "steadiness", "likelihood", "chance", "effect",
]  # fmt: skip


def same(values: Values) -> Values:
    """The values as they are."""
    return values


def log_odds(swing: Values) -> Values:
    """Swing about the middle to log-odds: e = 4 artanh(d), d in (-1, 1).

    >>> float(log_odds(np.array([0.0]))[0])
    0.0
    """
    return 4.0 * np.arctanh(np.clip(swing, -0.999999, 0.999999))


@dataclass(frozen=True)
class Input:
    """One uncertain (or constant) number of the situation; `element` is what it belongs to, in the file's words."""

    name: str
    role: Role
    element: str
    quantity: Quantity
    support: Support
    mask: Mask

    @property
    def is_judgement(self) -> bool:
        """True where no claim stands behind it."""
        return self.support.is_judgement


@dataclass(frozen=True)
class Fill:
    """How a column is filled where `mask` (combination,) holds: by an input or, where that is None, by a known `value`.

    `claims`: the link exists with their credence, or with its own `credence` where one is written, else the value is 0.
    """

    mask: Mask
    input: Input | None = None
    value: float = 0.0
    transform: Transform = same
    claims: tuple[str, ...] = ()
    credence: Quantity | None = None


@dataclass
class Columns:
    """The columns of every array of `Draws`, as they are added; `fallback` fills where no input holds."""

    fills: dict[str, list[list[Fill]]] = field(default_factory=dict)
    fallback: dict[str, list[float]] = field(default_factory=dict)

    def add(self, array: str, fills: list[Fill], fallback: float = 0.0) -> int:
        """Append a column; its number."""
        self.fills.setdefault(array, []).append(fills)
        self.fallback.setdefault(array, []).append(fallback)
        return len(self.fills[array]) - 1

    def inputs(self) -> tuple[Input, ...]:
        """Every input once, in the order added."""
        every = (fill.input for table in self.fills.values() for column in table for fill in column)
        return tuple({item.name: item for item in every if item is not None}.values())
