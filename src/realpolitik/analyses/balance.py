"""How do two lists of actors compare, in a metric that is named? A share of a capability, never a chance of winning.

Method: figures as published (`facts.yaml`), for each metric, year and source that both lists have. A list counts as
its largest member plus c times the rest, where c in [0, 1] is how far it acts as one: 0 the largest alone, 1 all of
it. The share is the contest share a^m / (a^m + b^m) (Tullock, Efficient Rent Seeking, 1980; m = 1: plain proportion).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from realpolitik.claims.facts.model import Fact, FactsTable
from realpolitik.errors import QuestionRefused
from realpolitik.language.sentences import capital, listed, share
from realpolitik.results.result import Result

Row = Mapping[str, Any]
COOPERATION = (0.0, 0.5, 1.0)


@dataclass(frozen=True)
class Bloc:
    """A list of actors or groups, and how far it acts as one."""

    members: tuple[str, ...]
    cooperation: float | None = None


def contest_share(one: float, two: float, m: float = 1.0) -> float:
    """a^m / (a^m + b^m); one half where both are zero.

    >>> contest_share(3.0, 1.0), contest_share(3.0, 1.0, m=2.0), contest_share(0.0, 0.0)
    (0.75, 0.9, 0.5)
    """
    total = one**m + two**m
    return one**m / total if total > 0 else 0.5


def strength(values: Sequence[float], cooperation: float) -> float:
    """The largest member plus `cooperation` times the rest.

    >>> strength([5.0, 3.0, 2.0], 0.5)
    7.5
    """
    largest = max(values, default=0.0)
    return largest + cooperation * (sum(values) - largest)


def balance(
    facts: FactsTable, left: Bloc, right: Bloc, metric: str, *, year: int | None = None, m: float = 1.0
) -> Result:
    """What share of a capability does each of two lists of actors have?

    Rows: one for each metric, year, source and degree of cooperation, with both strengths, the left share and who has
    no figure. Without `year` the latest in which at most one member has no figure. Raises `QuestionRefused` for an
    unknown metric, a list without any figure, or an actor on both lists.
    """
    both = set(left.members) & set(right.members)
    if both:
        raise QuestionRefused(f"{listed(sorted(both))} stands on both lists.")
    rows = tuple(
        row for found in _tables(facts, left, right, metric, year) for row in _rows(facts, *found, left, right, m)
    )
    if not rows:
        raise QuestionRefused(f"No year and source has '{metric}' for both lists.")
    names = [listed(bloc.members) for bloc in (left, right)]
    return Result(
        "balance",
        f"How do {names[0]} compare with {names[1]} in {metric}?",
        rows,
        tuple(_sentences(rows, *names)),
        {},
        {"metric": metric, "exponent": m, "notice": "a share of a capability, not a chance of winning"},
    )


Key = tuple[str, int, str]


def _tables(
    facts: FactsTable, left: Bloc, right: Bloc, metric: str, year: int | None
) -> Iterator[tuple[Key, dict[str, Fact], dict[str, Fact]]]:
    """Figures of both sides by metric, year and source; the latest year of each metric where none is asked for."""
    sides = [_figures(facts, bloc, metric, year) for bloc in (left, right)]
    shared = [key for key in sides[0] if key in sides[1]]
    wanted = len(left.members) + len(right.members)
    for name in dict.fromkeys(key[0] for key in shared):
        missing = {key: wanted - len(sides[0][key]) - len(sides[1][key]) for key in shared if key[0] == name}
        full = [key for key, lacking in missing.items() if lacking <= max(1, min(missing.values()))]
        latest = max(key[1] for key in full)
        for key in full:
            if key[1] == latest:
                yield key, sides[0][key], sides[1][key]


def _figures(facts: FactsTable, bloc: Bloc, metric: str, year: int | None) -> dict[Key, dict[str, Fact]]:
    found: dict[Key, dict[str, Fact]] = {}
    for member in bloc.members:
        for item in _known(facts, member, metric, year):
            adds = facts.metrics[item.metric].adds if item.metric in facts.metrics else False
            if adds and not item.partner:
                found.setdefault((item.metric, item.year, item.source), {})[member] = item
    return found


def _known(facts: FactsTable, member: str, metric: str, year: int | None) -> list[Fact]:
    """The figures of a member; none where the table does not know it (it is then named as missing)."""
    actors = {item.actor for item in facts.facts} | set(facts.groups)
    return facts.fact(metric, member, year) if member in actors else []


def _rows(
    facts: FactsTable, key: Key, one: dict[str, Fact], two: dict[str, Fact], left: Bloc, right: Bloc, m: float
) -> Iterator[Row]:
    values = [[item.value for item in side.values()] for side in (one, two)]
    missing = [name for bloc, side in ((left, one), (right, two)) for name in bloc.members if name not in side]
    for degrees in _degrees(left, right):
        sums = [strength(side, degree) for side, degree in zip(values, degrees, strict=True)]
        yield {
            "metric": key[0],
            "metric_name": facts.metrics[key[0]].name,
            "unit": facts.metrics[key[0]].unit,
            "year": key[1],
            "source": facts.sources.get(key[2], key[2]),
            "cooperation": degrees,
            "left": sums[0],
            "right": sums[1],
            "share": contest_share(sums[0], sums[1], m),
            "missing": tuple(missing),
        }


def _degrees(left: Bloc, right: Bloc) -> Iterator[tuple[float, float]]:
    """The degrees of cooperation shown: as asked, or none, half and full on both sides."""
    if left.cooperation is None and right.cooperation is None:
        yield from ((degree, degree) for degree in COOPERATION)
        return
    yield tuple(1.0 if bloc.cooperation is None else bloc.cooperation for bloc in (left, right))  # type: ignore[misc]


def _sentences(rows: tuple[Row, ...], left: str, right: str) -> Iterator[str]:
    """One for each metric, year and source, over its degrees of cooperation."""
    for key in dict.fromkeys((row["metric"], row["year"], row["source"]) for row in rows):
        same = [row for row in rows if (row["metric"], row["year"], row["source"]) == key]
        told = [f"{share(row['share'])} {_acting(row)}" for row in same]
        last = same[-1]
        missing = f"; no figure for {listed(last['missing'])}" if last["missing"] else ""
        yield (
            f"{capital(last['metric_name'])}, {last['year']}: of what both lists have, {left} have {listed(told)} "
            f"({_figure(last['left'])} against {_figure(last['right'])} {last['unit']} in the last case{missing}). "
            "This is a share of a capability, not a chance of winning."
        )


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _acting(row: Row) -> str:
    one, two = row["cooperation"]
    if one == two:
        return {0.0: "by the largest members alone", 1.0: "all acting as one"}.get(
            one, f"acting as one to {share(one)}"
        )
    return f"acting as one to {share(one)} the others to {share(two)}"
