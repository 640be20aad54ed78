"""Files about pairs of states by year: formal alliances (COW, ATOP) and trade (COW)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from realpolitik.claims.facts.importers.common import EVERYTHING, Imported, Rows, Wanted, read_rows
from realpolitik.claims.facts.model import Fact, Metric

ALLIANCES = "alliance_v4.1_by_dyad_yearly.csv (ccode1, ccode2, defense, neutrality, nonaggression, entente, year)"
ATOP = "atop5_1ddyr.csv or atop5_1dy.csv (mem1, mem2, year, defense, offense, neutral, nonagg, consul)"
TRADE = "Dyadic_COW_4.0.csv (ccode1, ccode2, year, flow1, flow2)"
CITE_ALLIANCES = "Correlates of War, Formal Alliances v4.1 (Gibler 2009, International Military Alliances 1648-2008)"
CITE_ATOP = (
    "Alliance Treaty Obligations and Provisions 5.1 (Leeds, Ritter, Mitchell and Long 2002, Int. Interactions 28)"
)
CITE_TRADE = (
    "Correlates of War, Trade v4.0 (Barbieri, Keshk and Pollins 2009, Conflict Management and Peace Science 26)"
)


def import_alliances(path: Path, wanted: Wanted = EVERYTHING) -> Imported:
    """Obligations of each pair and year (1 or 0), in both directions; several treaties of a pair count once."""
    kinds = ("defense", "neutrality", "nonaggression", "entente")
    rows = read_rows(path, ("ccode1", "ccode2", "year", *kinds), ALLIANCES)
    facts = _obligations(rows, ("ccode1", "ccode2"), kinds, "cow_alliances", wanted)
    return Imported(facts, _ties(kinds, "cow_alliances"), "cow_alliances", CITE_ALLIANCES)


def import_atop(path: Path, wanted: Wanted = EVERYTHING) -> Imported:
    """Obligations of each pair and year (1 or 0), as ATOP codes them."""
    kinds = ("defense", "offense", "neutral", "nonagg", "consul")
    rows = read_rows(path, ("mem1", "mem2", "year", *kinds), ATOP)
    facts = _obligations(rows, ("mem1", "mem2"), kinds, "atop", wanted)
    return Imported(facts, _ties(kinds, "atop"), "atop", CITE_ATOP)


def import_trade(path: Path, wanted: Wanted = EVERYTHING) -> Imported:
    """Imports of each side from the other, in million current dollars; -9 is missing."""
    rows = read_rows(path, ("ccode1", "ccode2", "year", "flow1", "flow2"), TRADE)
    metric = Metric("imports_from", "imports from the partner", "million current dollars")
    facts = []
    for line, row in rows:
        pair = _pair(rows, line, row, ("ccode1", "ccode2"), wanted)
        for (year, actor, partner), column in zip(pair, ("flow1", "flow2"), strict=False):
            value = rows.number(line, row[column])
            if value is not None and value >= 0:
                facts.append(Fact(actor, metric.id, year, value, value, metric.unit, "cow_trade", partner=partner))
    rows.done()
    return Imported(tuple(facts), {metric.id: metric}, "cow_trade", CITE_TRADE)


def _ties(kinds: Sequence[str], source: str) -> Mapping[str, Metric]:
    return {f"{source}_{kind}": Metric(f"{source}_{kind}", f"{kind} obligation", "0 or 1", False) for kind in kinds}


def _obligations(
    rows: Rows, members: tuple[str, str], kinds: Sequence[str], source: str, wanted: Wanted
) -> tuple[Fact, ...]:
    found: dict[tuple[str, str, int, str], float] = {}
    for line, row in rows:
        for year, actor, partner in _pair(rows, line, row, members, wanted):
            for kind in kinds:
                value = rows.number(line, row[kind])
                key = (actor, partner, year, f"{source}_{kind}")
                if value is not None and value >= 0:
                    found[key] = max(found.get(key, 0.0), float(value > 0))
    rows.done()
    return tuple(
        Fact(actor, metric, year, value, value, "0 or 1", source, partner=partner)
        for (actor, partner, year, metric), value in found.items()
    )


def _pair(
    rows: Rows, line: int, row: Mapping[str, str], members: tuple[str, str], wanted: Wanted
) -> list[tuple[int, str, str]]:
    """The pair in both directions (year, actor, partner); nothing where it is unknown or not wanted."""
    year = rows.year(line, row["year"])
    first, second = (rows.state(line, row[name], "cow", year) if year else "" for name in members)
    if not (first and second) or not wanted.takes(year, first, second):
        return []
    return [(year, first, second), (year, second, first)]
