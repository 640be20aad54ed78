"""How far several claims carry a fact: a belief interval, where unknown grades leave it open instead of halving it.

The rule "discount" (Shafer 1976, A Mathematical Theory of Evidence, chapter 11: discounting; Dempster's rule for
distinct origins):

1. Claims of one origin (linked by `repeats`, directly or through others) count once: the best graded speaks.
2. Each origin has a weight in [0, 1): the product of the weights of its two grades. F or 6 alone is left out of the
   product; F6 has no weight. A claim may also carry less because of its hedge: of its weight, the hedge's low end
   goes to the fact, what the high end leaves out goes against it, and the rest stays open.
3. Origins are combined by Dempster's rule. The answer is (belief, plausibility): what is supported, and what is not
   refuted. With nothing but F6 it is (0, 1): unknown, not one half.

Weights are a convention of this project; a project's own stand under `grades:` in claims.yaml. A rule of one's own
is any function of the same shape, passed as `rule`. Grades weigh evidence and never change a likelihood.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from types import MappingProxyType

from realpolitik.claims.model import Claim

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        **{"A": 0.95, "B": 0.8, "C": 0.6, "D": 0.35, "E": 0.15},
        **{"1": 0.95, "2": 0.8, "3": 0.6, "4": 0.35, "5": 0.15},
    }
)


@dataclass(frozen=True)
class Credence:
    """Belief and plausibility of a fact, in [0, 1], and the claims that counted (one for each origin)."""

    belief: float
    plausibility: float
    counted: tuple[str, ...]

    @property
    def is_unknown(self) -> bool:
        """True where nothing is supported and nothing refuted."""
        return self.belief == 0.0 and self.plausibility == 1.0


Rule = Callable[[Sequence[Claim], Sequence[Claim], Mapping[str, float]], Credence]


def credence(
    claims: Mapping[str, Claim],
    supporting: Iterable[str],
    against: Iterable[str] = (),
    *,
    weights: Mapping[str, float] | None = None,
    rule: Rule | None = None,
) -> Credence:
    """How far do these claims carry a fact, with those `against` it?

    >>> from realpolitik.language.quantity import constant
    >>> one = Claim("a", "It rains.", constant(1.0), reliability="B", credibility=2)
    >>> two = Claim("b", "It rains.", constant(1.0))
    >>> made = credence({"a": one, "b": two}, ["a", "b"])
    >>> round(made.belief, 6), made.plausibility
    (0.64, 1.0)
    """
    table = {**WEIGHTS, **(weights or {})}
    groups = origins(claims)
    chosen = [_one_each(claims, groups, ids, table) for ids in (supporting, against)]
    return (rule or discount)(chosen[0], chosen[1], table)


def origins(claims: Mapping[str, Claim]) -> dict[str, str]:
    """The origin of each claim: the first id of all that repeat one another, directly or through others.

    >>> from realpolitik.claims.model import Link
    >>> from realpolitik.language.quantity import constant
    >>> told = {"a": Claim("a", "", constant(1.0)), "b": Claim("b", "", constant(1.0), links=(Link("repeats", "a"),))}
    >>> origins(told)
    {'a': 'a', 'b': 'a'}
    """
    parent = {name: name for name in claims}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    order = {name: number for number, name in enumerate(claims)}
    for claim in claims.values():
        for other in claim.linked("repeats"):
            if other in parent:
                first, second = sorted((root(claim.id), root(other)), key=order.__getitem__)
                parent[second] = first
    return {name: root(name) for name in claims}


def weight(claim: Claim, table: Mapping[str, float] = WEIGHTS) -> float:
    """What the two grades of a claim weigh together, in [0, 1); 0 where both are unknown."""
    known = [table[grade] for grade in (claim.reliability, str(claim.credibility)) if grade in table]
    out = 1.0 if known else 0.0
    for item in known:
        out *= item
    return min(out, 0.999)


def discount(supporting: Sequence[Claim], against: Sequence[Claim], table: Mapping[str, float]) -> Credence:
    """The default rule: masses for and against from each origin, combined by Dempster's rule."""
    yes, no, open_ = 0.0, 0.0, 1.0
    for claims, sign in ((supporting, 1), (against, -1)):
        for claim in claims:
            low, high = claim.credence.low, claim.credence.high
            favour, oppose = weight(claim, table) * low, weight(claim, table) * (1.0 - high)
            yes, no, open_ = _combined((yes, no, open_), (favour, oppose) if sign > 0 else (oppose, favour))
    return Credence(yes, 1.0 - no, tuple(claim.id for claim in (*supporting, *against)))


def _combined(so_far: tuple[float, float, float], more: tuple[float, float]) -> tuple[float, float, float]:
    """Dempster's rule for two possibilities; what is contradicted is shared out in proportion."""
    yes, no, open_ = so_far
    favour, oppose = more
    rest = 1.0 - favour - oppose
    conflict = yes * oppose + no * favour
    scale = 1.0 - conflict
    return (
        (yes * (favour + rest) + open_ * favour) / scale,
        (no * (oppose + rest) + open_ * oppose) / scale,
        open_ * rest / scale,
    )


def _one_each(
    claims: Mapping[str, Claim], groups: Mapping[str, str], ids: Iterable[str], table: Mapping[str, float]
) -> list[Claim]:
    """The best graded claim of each origin, in the order given."""
    best: dict[str, Claim] = {}
    for name in ids:
        claim, origin = claims[name], groups[name]
        held = best.get(origin)
        if (weight(claim, table), claim.credence.low) > (
            (weight(held, table), held.credence.low) if held else (-inf, 0)
        ):
            best[origin] = claim
    return list(best.values())
