"""Under which conditions is a statement true: where in the space of the inputs do its cases crowd?

Method: scenario discovery. PRIM peels a box (see `compiled.boxes`) over the inputs most related to the cases and over
the rival readings; CART asks questions of the same (see `compiled.trees`). The same search with the inputs dealt to the
draws at random says what density chance alone would give.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from realpolitik.compiled.about import about
from realpolitik.compiled.boxes import Box, Cloud, Limit, chosen, parting, peeled, quasi_p, settled
from realpolitik.compiled.clouds import DEALS, Field
from realpolitik.compiled.drawn import Column, Drawn
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.statements import cases
from realpolitik.compiled.trees import Leaf, leaves
from realpolitik.errors import QuestionRefused
from realpolitik.language.expression import Expression
from realpolitik.language.sentences import counted, listed, share
from realpolitik.results.result import Labelled, Result

Row = Mapping[str, Any]
FEWEST = 32
FEWEST_CASES = 8


@dataclass(frozen=True, eq=False)
class Found:
    """What was found: the field, its cloud, the whole trajectory, the number of the box in it that is told."""

    field: Field
    number: int

    @cached_property
    def cloud(self) -> Cloud:
        """The cases in the space of the columns looked at."""
        return self.field.cloud(self.field.as_drawn, self.field.which)

    @cached_property
    def trail(self) -> list[Box]:
        """Every step of the peeling."""
        return peeled(self.cloud)

    @cached_property
    def box(self) -> Box:
        """The box that is told: pasted, and without limits that chance would explain."""
        return settled(self.cloud, self.trail[self.place])

    @cached_property
    def _best(self) -> int:
        return chosen(self.cloud, self.trail)

    @property
    def place(self) -> int:
        """Its number in the trajectory. Raises `QuestionRefused` for one that is not there."""
        if self.number > len(self.trail) - 1:
            raise QuestionRefused(f"There is no box {self.number}; the last is {len(self.trail) - 1}.")
        return self.number if self.number >= 0 else self._best

    @cached_property
    def chance(self) -> int:
        """In how many of 20 deals the same search parts cases from others as well."""
        own = parting(self.box, self.cloud.density) - 1e-12
        seed = self.field.drawn.ensemble.settings.seed
        return sum(value >= own for value in self.field.by_chance(seed))

    @property
    def trusted(self) -> bool:
        """True where chance alone hardly does as well."""
        return self.chance <= DEALS // 20

    @cached_property
    def tree(self) -> list[Leaf]:
        """The groups of the tree."""
        return leaves(self.cloud)


def discover(ensemble: Ensemble, statement: Expression, text: str, box: int = -1) -> Result:
    """Where does a statement hold?

    `box`: which of the trajectory to tell (0 is the whole space); -1: that which parts cases from others best. Rows:
    one for each step of the peeling, then the groups of the tree. Arrays: `trajectory` (box, measure). Raises
    `QuestionRefused` where fewer than 8 draws are cases, or fewer than 8 are not.
    """
    drawn = Drawn(ensemble)
    true, weights = cases(ensemble, statement)
    _refuse_few(drawn, true, weights)
    found = Found(Field(drawn, true, weights), box)
    limits = tuple(_limits(found))
    more = {
        "limits": limits,
        "chosen": found.place,
        "chance": found.chance,
        "trusted": found.trusted,
        "cases": found.cloud.density,
    }
    rows = (*_steps(found), *_groups(found))
    question = f"Where does it hold: {text}?"
    return Result(
        "discover", question, rows, tuple(_sentences(found, text, limits)), _arrays(found), about(ensemble, **more)
    )


def _refuse_few(drawn: Drawn, true: Any, weights: Any) -> None:
    """Cases are counted by draw: under several readings one draw is one case."""
    folded, mass = drawn.folded(true.astype(np.float64), weights)
    some, total = folded[mass > 0], int((mass > 0).sum())
    if total < FEWEST:
        raise QuestionRefused(f"{counted(total, 'draw')} cannot show a scenario; from {FEWEST} up: --draws 256.")
    for number, what in ((int((some > 0).sum()), "It holds"), (int((some < 1).sum()), "It fails")):
        if number < FEWEST_CASES:
            raise QuestionRefused(
                f"{what} in {counted(number, 'draw')} of {total}: too few to describe (at least {FEWEST_CASES}). "
                "Move the threshold, or take more draws."
            )


def _limits(found: Found) -> Iterator[dict[str, Any]]:
    """Each limit of the box; `low`, `high`, `least`, `most` in points or percent where it is read so."""
    chances = quasi_p(found.cloud, found.box)
    for limit, p in zip(found.box.limits, chances, strict=True):
        column, values = found.field.columns[limit.number], found.cloud.inputs[:, limit.number]
        least, most = float(values.min()), float(values.max())
        yield {
            "id": column.name,
            "name": column.words,
            "words": limit_words(column, limit),
            "low": max(limit.low, least) * column.scale,
            "high": min(limit.high, most) * column.scale,
            "least": least * column.scale,
            "most": most * column.scale,
            "labels": sorted(column.labels[round(label)] for label in limit.labels or ()),
            "quasi_p": p,
            "claims": column.claims,
            "author": column.author,
        }


def limit_words(column: Column, limit: Limit) -> str:
    """A limit in words."""
    if limit.labels is not None:
        names = listed((f"'{column.labels[round(label)]}'" for label in sorted(limit.labels)), "or")
        return f"the reading of '{column.name}' is {names}"
    if column.kind == "link":
        told = column.words.removeprefix("whether ").removesuffix(" at all")
        return f"{told} {'indeed' if limit.low > 0 else 'not at all'}"
    if np.isfinite(limit.low) and np.isfinite(limit.high):
        return f"{column.words} is {column.write(limit.low)} to {column.write(limit.high)}"
    if np.isfinite(limit.low):
        return f"{column.words} is above {column.write(limit.low)}"
    return f"{column.words} is below {column.write(limit.high)}"


def _steps(found: Found) -> Iterator[Row]:
    for number, box in enumerate(found.trail):
        yield {
            "box": number,
            "told": "this one" if number == found.place else "",
            "coverage": box.coverage,
            "density": box.density,
            "mass": box.mass,
            "limits": len(box.limits),
            "restricted": "; ".join(limit_words(found.field.columns[item.number], item) for item in box.limits),
        }


def _groups(found: Found) -> Iterator[Row]:
    for leaf in found.tree:
        yield {
            "group": _where(found, leaf.limits) or "all draws",
            "density": leaf.density,
            "coverage": leaf.coverage,
            "mass": leaf.mass,
        }


def _where(found: Found, limits: tuple[Limit, ...]) -> str:
    return listed(limit_words(found.field.columns[item.number], item) for item in limits) if limits else ""


def _sentences(found: Found, text: str, limits: tuple[Row, ...]) -> Iterator[str]:
    box = found.box
    yield f"'{text}' is true in {share(found.cloud.density)} of draws."
    if not limits:
        yield "No limit of any input tells its cases from the others by more than chance would."
        return
    yield (
        f"They crowd where {listed(row['words'] for row in limits)}: {share(box.density)} of the draws there are "
        f"cases, and {share(box.coverage)} of all cases lie there ({share(box.mass)} of all draws)."
    )
    yield from _trust(found)
    if found.trusted:
        yield from (_limit_told(row) for row in limits)
        yield from _tree_told(found)


def _trust(found: Found) -> Iterator[str]:
    dealt = (
        f"with the inputs dealt to the draws at random, the same search does as well in {found.chance} of {DEALS} tries"
    )
    if found.trusted:
        yield f"Chance hardly explains it: {dealt}."
        return
    more = 4 * found.field.drawn.ensemble.settings.draws
    yield f"It cannot be told from chance: {dealt}. Do not lean on it; more draws may show more: --draws {more}."


def _limit_told(row: Row) -> str:
    chance = "under 1%" if row["quasi_p"] < 0.01 else f"{100 * row['quasi_p']:.0f}%"
    return f"Did it not matter that {row['words']}, the chance of so many cases would be {chance}."


def _tree_told(found: Found) -> Iterator[str]:
    if len(found.tree) < 2:
        return
    told = (
        f"{_where(found, leaf.limits)}: {share(leaf.density)} of {share(leaf.mass)} of the draws"
        for leaf in _outer(found)
    )
    yield f"Asked as questions (a tree, not held against chance), cases are most where {'; fewest where '.join(told)}."


def _outer(found: Found) -> tuple[Leaf, Leaf]:
    return found.tree[0], found.tree[-1]


def _arrays(found: Found) -> dict[str, Labelled]:
    names = ("coverage", "density", "mass", "limits")
    values = np.array([[box.coverage, box.density, box.mass, len(box.limits)] for box in found.trail])
    return {
        "trajectory": Labelled(("box", "measure"), {"box": tuple(range(len(found.trail))), "measure": names}, values)
    }
