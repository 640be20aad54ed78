"""Moves and rules: which moves a run makes, which rule each breaks, and which factors a broken rule wears down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.combinations import Entry
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.factors import names_of
from realpolitik.compiled.model import Model
from realpolitik.dynamics.tables import Paths
from realpolitik.situation.model import Norm

Reals = NDArray[np.float64]
Bools = NDArray[np.bool_]
Status = Literal["violates", "exempt", "clean"]


@dataclass(frozen=True, eq=False)
class Logged:
    """One kind of move: an option taken to a level. `made` (draw, time): in which periods of which draws."""

    option: str
    level: int
    status: Status
    rules: tuple[Norm, ...]
    made: Bools
    stands_at_start: bool


def norm_entries(model: Model) -> list[Entry[Norm]]:
    """Every rule, with the combinations of hypotheses in which it holds."""
    return model.union.keyed(model.situation.norms, lambda reading: reading.norms, lambda item: item.key)


def rules_of(model: Model, option: str, level: int) -> tuple[Status, tuple[Norm, ...]]:
    """What the rules say of an option at a level: broken ones, else those that exempt it, else nothing.

    A rule that names no level forbids every level above 0, and exempts every level.
    """
    named = [entry.item for entry in norm_entries(model) if entry.item.option == option]
    broken = tuple(r for r in named if r.kind == "forbids" and (level > 0 if r.level is None else r.level == level))
    exempting = tuple(r for r in named if r.kind == "exempts" and r.level in (None, level))
    if broken:
        return "violates", broken
    return ("exempt", exempting) if exempting else ("clean", ())


def move_log(model: Model, paths: Paths) -> Iterator[Logged]:
    """Every kind of move that is made in some draw, or that stands at the start (above level 0, or exempt)."""
    for number, option in enumerate(model.situation.options.values()):
        before = np.concatenate([np.full((len(paths.levels), 1), option.now), paths.levels[:, :-1, number]], axis=1)
        for level in range(len(option.levels)):
            made = (paths.levels[:, :, number] == level) & (before != level)
            status, rules = rules_of(model, option.id, level)
            if made.any() or (level == option.now and (level > 0 or status == "exempt")):
                yield Logged(option.id, level, status, rules, made, level == option.now)


@dataclass(frozen=True)
class Erosion:
    """A rule, the factor its breaches wear down, and the options that do so."""

    norm: str
    factor: str
    options: tuple[str, ...]
    claims: tuple[str, ...]


def erosions(model: Model) -> tuple[Erosion, ...]:
    """What breaches of each rule wear down, by the file's own evidence.

    A factor counts where a forbidden option is in the cause of an influence that lowers it, and the influence cites a
    claim that the rule's line cites too.
    """
    found: dict[tuple[str, str], Erosion] = {}
    for entry in norm_entries(model):
        norm = entry.item
        for influence in model.situation.influences:
            shared = set(influence.support.mentioned) & set(norm.support.mentioned)
            lowers = influence.kind == "swing" and float(influence.size.central) < 0
            if norm.kind == "forbids" and shared and lowers and norm.option in names_of(influence.cause):
                known = found.get((norm.norm, influence.effect))
                options = (*(known.options if known else ()), norm.option)
                claims = (*(known.claims if known else ()), *influence.support.mentioned)
                unique = (tuple(dict.fromkeys(options)), tuple(dict.fromkeys(claims)))
                found[(norm.norm, influence.effect)] = Erosion(norm.norm, influence.effect, *unique)
    return tuple(found.values())


def price_paid(ensemble: Ensemble, norm: Norm) -> Reals:
    """What breaking a rule costs per draw while broken, in points (draw,)."""
    forbidding = [entry.item for entry in norm_entries(ensemble.model) if entry.item.kind == "forbids"]
    column = next(number for number, item in enumerate(forbidding) if item is norm)
    return np.asarray(100.0 * ensemble.draws.norm_price[:, column])
