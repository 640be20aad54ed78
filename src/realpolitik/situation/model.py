"""A situation as checked, read-only objects: what the file says, with every name resolved and every size a `Quantity`.

Built only by the reader (`situation.reader`) and the builder (`situation.builder`), which run the same checks; read by
`compiled`. Nothing here computes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from realpolitik.errors import Position
from realpolitik.language.expression import Expression, Hold
from realpolitik.language.quantity import Quantity
from realpolitik.language.time import Duration
from realpolitik.situation.parties import EVERYBODY, UNSIGNED, Actor, Institution, Named, Support, Visibility

__all__ = [
    "Actor",
    "Check",
    "Dependency",
    "Effect",
    "Exchange",
    "Factor",
    "Flow",
    "Goal",
    "Hypothesis",
    "Indicator",
    "Influence",
    "Institution",
    "Interest",
    "Leg",
    "Named",
    "Norm",
    "Option",
    "Price",
    "Promise",
    "Question",
    "Reading",
    "RedLine",
    "Scenario",
    "Shock",
    "Situation",
    "Support",
    "Visibility",
]


@dataclass(frozen=True)
class Flow:
    """One inflow (rate > 0) or outflow (rate < 0) of a stock: term times rate, rate in the stock's unit per year."""

    term: Expression
    rate: Quantity
    outflow: bool = False
    support: Support = UNSIGNED


@dataclass(frozen=True)
class Factor:
    """Something with a level. `now` is in the factor's own unit (range `low`..`high`); the engine works in [0, 1].

    kind: "level" (anchored), "stock" (flows, no anchor) or "derived" (`formula`, no influences).
    half_life None = immediate. `trend` is the signed swing per `trend_per`. `start_support`: who judged `now`.
    """

    id: str
    name: str
    low_end: str
    high_end: str
    kind: Literal["level", "stock", "derived"]
    now: Quantity | None
    low: float = 0.0
    high: float = 1.0
    unit: str = ""
    half_life: Duration | None = None
    keeps: Literal["", "rises", "falls", "both"] = ""
    trend: Quantity | None = None
    trend_per: Duration | None = None
    noise: Quantity | None = None
    flows: tuple[Flow, ...] = ()
    formula: Expression | None = None
    visibility: Visibility = EVERYBODY
    theatre: str = ""
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    support: Support = UNSIGNED
    start_support: Support = UNSIGNED


@dataclass(frozen=True)
class Price:
    """What holding `level` costs `actor` while held: fraction of a full swing of its top interest (1 point = 0.01)."""

    actor: str
    level: int
    amount: Quantity
    support: Support = UNSIGNED


@dataclass(frozen=True)
class Option:
    """A move. `owners` act together when there are several (a joint option); `levels[0]` = not used; `now`: an index.

    `requires` maps a level's index to its condition (exact). `switch` costs once per change, per party, as a fraction.
    `withholds` = (good, from actor). `review` = period between reviews; `review_on` brings one forward.
    """

    id: str
    name: str
    owners: tuple[str, ...]
    levels: tuple[str, ...]
    now: int
    review: Duration
    prices: tuple[Price, ...] = ()
    switch: Mapping[str, Quantity] = field(default_factory=dict)
    institution: str = ""
    enter: Literal["all agree", "most agree", "members, in order"] = "all agree"
    leave: Literal["any", "all agree"] = "any"
    review_on: Expression | None = None
    requires: Mapping[int, Expression] = field(default_factory=dict)
    irreversible: bool = False
    fickle: float = 0.0
    withholds: tuple[str, str] | None = None
    visibility: Visibility = EVERYBODY
    theatre: str = ""
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    support: Support = UNSIGNED


@dataclass(frozen=True)
class Leg:
    """One side's part of an exchange: `giver`'s `option` at `level` (index, above 0)."""

    giver: str
    option: str
    level: int


@dataclass(frozen=True)
class Exchange:
    """A deal whose legs rise together by everyone's consent; afterwards each leg is its giver's own option."""

    id: str
    name: str
    legs: tuple[Leg, ...]
    review: Duration
    support: Support = UNSIGNED


@dataclass(frozen=True)
class Influence:
    """`cause kind effect: size [after delay] [if condition]`; the condition is already multiplied into `term`.

    kind "swing": `size` is the signed swing (lowers = negative already). kind "pull": `size` is the level pulled to.
    `term` = cause and condition together (a product); `cause` alone is kept for sentences.
    `key` = same cause and effect.
    """

    key: str
    cause: Expression
    term: Expression
    effect: str
    kind: Literal["swing", "pull"]
    size: Quantity
    verb: Literal["raises", "lowers", "moves", "pulls"]
    delay: Duration | None = None
    condition: Expression | None = None
    support: Support = UNSIGNED


@dataclass(frozen=True)
class Interest:
    """`actor` wants `term` (weight > 0 more, < 0 less).

    `rank` is the word or "" for a number. `key` = same actor and term.
    """

    key: str
    actor: str
    term: Expression
    weight: Quantity
    sign: int
    rank: str = ""
    is_goal: bool = False
    by: dt.date | None = None
    support: Support = UNSIGNED


@dataclass(frozen=True)
class Goal:
    """`actor` aims at `term` (exact) by a date; reported as a probability, of no weight by itself."""

    actor: str
    term: Expression
    by: dt.date | None
    text: str
    support: Support = UNSIGNED


@dataclass(frozen=True)
class RedLine:
    """`never: term`: costs a full swing of the top interest where it holds."""

    key: str
    actor: str
    term: Expression
    support: Support = UNSIGNED


@dataclass(frozen=True)
class Dependency:
    """`who` on `on` for `good`: share in [0, 1], and the share of a cut that others would replace."""

    key: str
    who: str
    on: str
    good: str
    share: Quantity
    replaced: Quantity | None = None
    support: Support = UNSIGNED


@dataclass(frozen=True)
class Promise:
    """`promiser does option=level if trigger: likelihood [for T]`; an institution as promiser = one lottery for all."""

    key: str
    promiser: str
    option: str
    level: int
    trigger: Expression
    likelihood: Quantity
    lasting: Duration | None = None
    support: Support = UNSIGNED


@dataclass(frozen=True)
class Norm:
    """`norm forbids option[=level] to actor: price` or `norm exempts option`; level None = any level above 0."""

    key: str
    norm: str
    kind: Literal["forbids", "exempts"]
    option: str
    level: int | None = None
    actor: str = ""
    price: Quantity | None = None
    support: Support = UNSIGNED


@dataclass(frozen=True)
class Effect:
    """What a shock does to a factor: "sets" its level (own unit) or "shifts" it by a signed swing."""

    factor: str
    kind: Literal["sets", "shifts"]
    amount: Quantity


@dataclass(frozen=True)
class Shock:
    """A chance event: per-year `chance` while `condition` (exact) holds, or `on` a date with that chance.

    `lasting` None = for good.
    """

    id: str
    name: str
    chance: Quantity
    effects: tuple[Effect, ...]
    on: dt.date | None = None
    condition: Expression | None = None
    once: bool = True
    lasting: Duration | None = None
    support: Support = UNSIGNED


@dataclass(frozen=True)
class Reading:
    """One rival hypothesis: entries it adds, or puts in place of those with the same key. chance None = the rest."""

    id: str
    says: str
    chance: Quantity | None
    influences: tuple[Influence, ...] = ()
    interests: tuple[Interest, ...] = ()
    goals: tuple[Goal, ...] = ()
    red_lines: tuple[RedLine, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    promises: tuple[Promise, ...] = ()
    norms: tuple[Norm, ...] = ()
    shocks: Mapping[str, Shock] = field(default_factory=dict)
    factors: Mapping[str, Factor] = field(default_factory=dict)
    options: Mapping[str, Option] = field(default_factory=dict)
    actors: Mapping[str, Actor] = field(default_factory=dict)
    drops: tuple[str, ...] = ()
    support: Support = UNSIGNED


@dataclass(frozen=True)
class Hypothesis:
    """A group of readings of which exactly one is true."""

    id: str
    readings: tuple[Reading, ...]
    support: Support = UNSIGNED


@dataclass(frozen=True)
class Scenario:
    """A named what-if: what is held, openly and secretly, from when to when."""

    id: str
    name: str
    do: tuple[Hold, ...]
    secretly: tuple[Hold, ...] = ()
    start: dt.date | None = None
    end: dt.date | None = None
    support: Support = UNSIGNED


@dataclass(frozen=True)
class Question:
    """A line of the screen: its text, and the expressions that answer it."""

    text: str
    ask: tuple[Expression, ...]
    ask_texts: tuple[str, ...]
    depth: int | None = None
    position: Position = field(default_factory=Position)


@dataclass(frozen=True)
class Check:
    """A claim (or none) and the expression that tests it."""

    claim: str
    expression: Expression
    text: str
    position: Position = field(default_factory=Position)


@dataclass(frozen=True)
class Indicator:
    """What to watch, for what, with p(if) and p(if not)."""

    watch: str
    when: Expression | None
    purpose: str
    p_if: Quantity | None
    p_else: Quantity | None
    support: Support = UNSIGNED


@dataclass(frozen=True)
class Situation:
    """Everything the file says. Mappings keep the file's order.

    `digest` is the SHA-256 of the canonical text of all layers.
    """

    title: str
    as_of: dt.date
    horizon: Duration
    period: Literal["quarter", "month", "week", "day"]
    answers: tuple[Duration, ...]
    actors: Mapping[str, Actor]
    factors: Mapping[str, Factor]
    options: Mapping[str, Option]
    institutions: Mapping[str, Institution] = field(default_factory=dict)
    exchanges: Mapping[str, Exchange] = field(default_factory=dict)
    influences: tuple[Influence, ...] = ()
    interests: tuple[Interest, ...] = ()
    goals: tuple[Goal, ...] = ()
    red_lines: tuple[RedLine, ...] = ()
    dependencies: tuple[Dependency, ...] = ()
    promises: tuple[Promise, ...] = ()
    norms: tuple[Norm, ...] = ()
    shocks: Mapping[str, Shock] = field(default_factory=dict)
    hypotheses: tuple[Hypothesis, ...] = ()
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    checks: tuple[Check, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    names: Mapping[str, Named] = field(default_factory=dict)
    credences: Mapping[str, Quantity] = field(default_factory=dict)
    judged_by: Support = UNSIGNED
    note: str = ""
    path: str = ""
    digest: str = ""
