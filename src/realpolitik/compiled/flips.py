"""The search for the smallest change of inputs that reverses a statement, with a bounded number of looks.

A look moves some inputs to known values in every draw and asks again, on the same draws and the same chance. Looks are
quick: each draw under one combination of hypotheses; their margin is the whole ensemble's, plus the change the quick
look shows. What is found is looked at once more on all rows.

Order: the inputs to which the margin is most related in the draws at hand, each at the end of its stated range that is
worse for the statement; where one reverses it, how little of it suffices (bisection on its standard-normal score).
Else the strongest together, two at first. Else the same beyond the stated ranges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from realpolitik.compiled.drawn import Column, Drawn
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.givendata import orthonormal
from realpolitik.compiled.nudged import Nudger
from realpolitik.compiled.statements import Margin, margin
from realpolitik.language.expression import Expression

END = 1.6448536269514722
BEYOND = 3.5
HALVINGS = 4
SINGLES = 12
BISECTED = 3
TOGETHER = 4
Scores = Mapping[str, float]


@dataclass(frozen=True)
class Move:
    """One input moved: its column, and which way (`sign` of its score; of a link +1 there, -1 absent)."""

    column: Column
    sign: int

    def score(self, size: float) -> float:
        """The score when it is moved so far; a link is there or absent, whatever the size."""
        if self.column.kind == "link":
            return 1e-9 if self.sign > 0 else 1.0 - 1e-9
        return self.sign * size

    def value(self, size: float) -> float:
        """The input's own value there."""
        if self.column.item is None:
            return float(self.sign > 0)
        return float(np.asarray(self.column.item.quantity.at(self.score(size))))


@dataclass(frozen=True)
class Flip:
    """Moves that reverse the statement when each goes so far (`size`, in standard deviations of what is stated).

    `margin` there; `sure`: looked at on all rows.
    """

    moves: tuple[Move, ...]
    size: float
    margin: float
    sure: bool = False

    @property
    def beyond(self) -> bool:
        """True where it lies outside the stated range."""
        return self.size > END + 1e-9


@dataclass(eq=False)
class Search:
    """`statement` holds in `ensemble` (`sign` +1) or not (-1); `leader` of a bare question about who. `looks`: most."""

    ensemble: Ensemble
    statement: Expression
    sign: int
    leader: str = ""
    looks: int = 40
    told: Callable[[int], None] = lambda done: None
    known: dict[tuple[tuple[str, float], ...], float] = field(default_factory=dict)
    trail: list[Flip] = field(default_factory=list)

    @cached_property
    def base(self) -> Margin:
        """By how much the conclusion, as it is now, holds."""
        return self._margin(self.ensemble)

    @cached_property
    def error(self) -> float:
        """One standard error of that margin, rows of one draw taken together."""
        share = self.base.weights / self.base.weights.sum()
        parts = np.bincount(Drawn(self.ensemble).draw, share * (self.base.rows - self.base.value))
        return float(np.sqrt((parts**2).sum()))

    @cached_property
    def line(self) -> float:
        """Below which margin it is reversed: 0, or clearly below where it is open as it stands."""
        return 0.0 if self.base.value >= 2 * self.error else -2 * self.error

    def _margin(self, ensemble: Ensemble) -> Margin:
        found = margin(ensemble, self.statement, self.leader)
        return found if self.sign > 0 else found.turned()

    @cached_property
    def _quick(self) -> Nudger:
        return Nudger(self.ensemble, thin=len(self.ensemble.model.combos) > 1)

    def look(self, scores: Scores) -> float:
        """The margin with inputs moved (a quick look)."""
        key = tuple(sorted(scores.items()))
        if key not in self.known:
            self.told(len(self.known))
            self.known[key] = self._margin(self._quick.at(scores)).value
        return self.known[key]

    def shifted(self, scores: Scores) -> float:
        """The whole ensemble's margin, plus the change a quick look shows."""
        return self.base.value + self.look(scores) - self.look({})

    @property
    def exhausted(self) -> bool:
        """True where no look is left."""
        return len(self.known) >= self.looks

    def at(self, moves: tuple[Move, ...], size: float) -> float:
        """The margin when all moves go so far; kept in `trail`."""
        value = self.shifted({move.column.name: move.score(size) for move in moves})
        self.trail.append(Flip(moves, size, value))
        return value

    def ensemble_at(self, found: Flip) -> Ensemble:
        """All rows with the moves made."""
        scores = {move.column.name: move.score(found.size) for move in found.moves}
        return Nudger(self.ensemble).at(scores)

    def checked(self, found: Flip) -> Flip:
        """A flip looked at on all rows, a little farther where needed; not `sure` where it does not hold there."""
        size = found.size
        for _ in range(3):
            value = self._margin(self.ensemble_at(replace(found, size=size))).value
            if value < self.line:
                return replace(found, size=size, margin=value, sure=True)
            size *= 1.15
        return replace(found, margin=value)


def candidates(search: Search, count: int = SINGLES) -> list[Move]:
    """The inputs to which the margin is most related in the draws at hand, each the way that lowers it."""
    drawn = Drawn(search.ensemble)
    folded, weights = drawn.folded(search.base.signal, search.base.weights)
    kept = weights > 0
    inputs = np.stack([column.values for column in drawn.columns], axis=1)[kept]
    share = weights[kept] / weights.sum()
    cosine = orthonormal(inputs, share, 1)[:, :, 0]
    related = cosine @ (np.sqrt(share) * (folded[kept] - np.average(folded[kept], weights=share)))
    falling = np.sign([np.sum(row * (column - column.mean())) for row, column in zip(cosine, inputs.T, strict=True)])
    slope = related * falling
    order = np.argsort(-np.abs(slope), kind="stable")[:count]
    return [Move(drawn.columns[i], -1 if slope[i] > 0 else 1) for i in order]


def singles(search: Search, moves: list[Move]) -> Iterator[Flip]:
    """Each move at the end of its stated range."""
    for move in moves:
        if search.exhausted:
            return
        yield Flip((move,), END, search.at((move,), END))


def halved(search: Search, found: Flip, low: float = 0.0) -> Flip:
    """How little of a flip suffices: bisection between `low`, where it is not reversed, and its size."""
    if all(move.column.kind == "link" for move in found.moves):
        return found
    best = found
    for _ in range(HALVINGS):
        if search.exhausted:
            break
        size = (low + best.size) / 2
        value = search.at(found.moves, size)
        if value < search.line:
            best = replace(best, size=size, margin=value)
        else:
            low = size
    return best


def together(search: Search, ordered: list[Move], size: float) -> Flip | None:
    """The fewest of the strongest moves that reverse it when all go so far; None where they do not."""
    for count in range(2, min(TOGETHER, len(ordered)) + 1):
        if search.exhausted:
            return None
        moves = tuple(ordered[:count])
        value = search.at(moves, size)
        if value < search.line:
            return _pruned(search, Flip(moves, size, value))
    return None


def _pruned(search: Search, found: Flip) -> Flip:
    """Without the moves it does not need, weakest first."""
    for move in reversed(found.moves):
        fewer = tuple(item for item in found.moves if item is not move)
        if len(fewer) < 2 or search.exhausted:
            return found
        value = search.at(fewer, found.size)
        if value < search.line:
            found = replace(found, moves=fewer, margin=value)
    return found


def smallest(search: Search, tried: list[Flip]) -> list[Flip]:
    """The smallest flips: single ones, smallest first; else one of several moves; else beyond the stated ranges."""
    flips = sorted((item for item in tried if item.margin < search.line), key=lambda item: item.margin)[:BISECTED]
    if flips:
        return sorted((halved(search, item) for item in flips), key=lambda item: item.size)
    ordered = [item.moves[0] for item in sorted(tried, key=lambda item: item.margin)]
    found = together(search, ordered, END)
    if found is not None:
        return [halved(search, found)]
    return _farther(search, ordered)


def _farther(search: Search, ordered: list[Move]) -> list[Flip]:
    """Beyond the stated ranges: the two strongest singly, then together."""
    movable = [move for move in ordered if move.column.kind == "number"]
    for move in movable[:2]:
        if search.exhausted:
            return []
        value = search.at((move,), BEYOND)
        if value < search.line:
            return [halved(search, Flip((move,), BEYOND, value), END)]
    found = together(search, movable, BEYOND)
    return [halved(search, found, END)] if found is not None else []
