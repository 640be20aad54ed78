"""Figures as they were published: each with its metric, year, source and unit, none of them "the" figure.

A question such as "is A nine times B?" has one answer for each metric, year and source. The table keeps them
apart, so that "depends on the metric" can be the answer.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from realpolitik.errors import Position, QuestionRefused, did_you_mean


@dataclass(frozen=True)
class Metric:
    """What is measured. `adds`: totals of a group of states make sense (persons do, shares of trade do not)."""

    id: str
    name: str
    unit: str
    adds: bool = True


@dataclass(frozen=True)
class Fact:
    """One published figure, `low` to `high` in `unit` (equal where one number was published).

    `missing`: of a total, the members without a figure. `partner`: of a figure about two states, the other one.
    """

    actor: str
    metric: str
    year: int
    low: float
    high: float
    unit: str
    source: str
    note: str = ""
    partner: str = ""
    missing: tuple[str, ...] = ()
    position: Position = field(default_factory=Position, compare=False)

    @property
    def value(self) -> float:
        """The middle of what was published."""
        return (self.low + self.high) / 2


@dataclass(frozen=True)
class Ratio:
    """Two figures of one metric and year divided: `low` to `high` times."""

    over: Fact
    under: Fact

    @property
    def low(self) -> float:
        """The smallest quotient the two figures allow."""
        return self.over.low / self.under.high

    @property
    def high(self) -> float:
        """The largest quotient the two figures allow."""
        return self.over.high / self.under.low if self.under.low > 0 else math.inf

    @property
    def value(self) -> float:
        """The quotient of the middles."""
        return self.over.value / self.under.value

    @property
    def label(self) -> str:
        """Metric, year, and the source or both sources."""
        both = dict.fromkeys((self.over.source, self.under.source))
        return f"{self.over.metric} {self.over.year}, {' / '.join(both)}"


@dataclass(frozen=True)
class FactsTable:
    """Every figure of a project. `concepts` names kinds of metric ("military": persons, spending); `groups` names
    sets of actors whose figures are added up; `sources` gives the citation of each source.
    """

    facts: tuple[Fact, ...] = ()
    metrics: Mapping[str, Metric] = field(default_factory=dict)
    concepts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)

    def fact(
        self, name: str, actor: str, year: int | None = None, metric: str | None = None, source: str | None = None
    ) -> list[Fact]:
        """What was published of `name` (a metric or a concept) for an actor or group, by metric, year, source.

        Raises `QuestionRefused` for a name or actor the table does not have.

        >>> table = FactsTable((Fact("AAA", "gdp", 2020, 9, 9, "USD", "wb"),), {"gdp": Metric("gdp", "output", "USD")})
        >>> [(item.year, item.value) for item in table.fact("gdp", "AAA")]
        [(2020, 9.0)]
        """
        wanted = self._metrics(name) if metric is None else self._metrics(metric)
        found = self._total(actor) if actor in self.groups else self._of(actor)
        return sorted(
            (
                item
                for item in found
                if item.metric in wanted and year in (None, item.year) and source in (None, item.source)
            ),
            key=lambda item: (wanted.index(item.metric), item.year, item.source, item.partner),
        )

    def ratios(self, name: str, over: str, under: str, year: int | None = None) -> list[Ratio]:
        """`over` divided by `under`, for every metric and year both have; within one source where there is one."""
        pairs: dict[tuple[str, int], tuple[list[Fact], list[Fact]]] = defaultdict(lambda: ([], []))
        for side, actor in enumerate((over, under)):
            for item in self.fact(name, actor, year):
                pairs[(item.metric, item.year)][side].append(item)
        return [ratio for tops, bottoms in pairs.values() for ratio in _ratios(tops, bottoms)]

    def merged(self, more: Iterable[Fact], sources: Mapping[str, str], metrics: Mapping[str, Metric]) -> FactsTable:
        """The table with figures of an imported file in it; the same figure again replaces the old one.

        A metric whose unit differs from the table's metric of that name gets the source's name added to its own.
        """
        named = {name: self._free(metric, next(iter(sources), "")) for name, metric in metrics.items()}
        known = {_key(item): item for item in self.facts}
        for item in more:
            new = replace(item, metric=named[item.metric].id)
            known[_key(new)] = new
        added = {metric.id: metric for metric in named.values()}
        return replace(
            self, facts=tuple(known.values()), sources={**self.sources, **sources}, metrics={**added, **self.metrics}
        )

    def _free(self, metric: Metric, source: str) -> Metric:
        held = self.metrics.get(metric.id)
        return metric if held is None or held.unit == metric.unit else replace(metric, id=f"{metric.id}_{source}")

    def _metrics(self, name: str) -> tuple[str, ...]:
        if name in self.concepts:
            return self.concepts[name]
        if name in self.metrics:
            return (name,)
        known = [*self.concepts, *self.metrics]
        raise QuestionRefused(f"There are no facts called '{name}'.  {did_you_mean(name, known)}".strip())

    def _of(self, actor: str) -> list[Fact]:
        found = [item for item in self.facts if item.actor == actor]
        if found:
            return found
        known = [*{item.actor for item in self.facts}, *self.groups]
        raise QuestionRefused(f"There are no facts about '{actor}'.  {did_you_mean(actor, known)}".strip())

    def _total(self, group: str) -> list[Fact]:
        """Sums over a group, for every metric, year and source that lack at most one member."""
        cells: dict[tuple[str, int, str], list[Fact]] = defaultdict(list)
        for item in self.facts:
            adds = self.metrics[item.metric].adds if item.metric in self.metrics else False
            if item.actor in self.groups[group] and adds and not item.partner:
                cells[(item.metric, item.year, item.source)].append(item)
        made = [_sum(group, self.groups[group], items) for items in cells.values()]
        return [item for item in made if len(item.missing) <= 1]


def _key(fact: Fact) -> tuple[str, str, str, int, str]:
    return (fact.actor, fact.partner, fact.metric, fact.year, fact.source)


def _sum(group: str, members: Sequence[str], items: Sequence[Fact]) -> Fact:
    """A total; who has no figure is named, not guessed."""
    missing = tuple(member for member in members if member not in {item.actor for item in items})
    note = f"without {', '.join(missing)}" if missing else ""
    low, high = sum(item.low for item in items), sum(item.high for item in items)
    return replace(items[0], actor=group, low=low, high=high, note=note, missing=missing)


def _ratios(tops: Sequence[Fact], bottoms: Sequence[Fact]) -> Iterator[Ratio]:
    """Pairs of one source; where the two sides share none, every pair."""
    shared = {item.source for item in tops} & {item.source for item in bottoms}
    for top in tops:
        for bottom in bottoms:
            same = top.source == bottom.source
            if bottom.value and (same if shared else True):
                yield Ratio(top, bottom)
