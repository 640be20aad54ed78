"""National Material Capabilities of the Correlates of War Project (NMC, abridged file): power by state and year."""

from __future__ import annotations

from pathlib import Path

from realpolitik.claims.facts.importers.common import EVERYTHING, Imported, Wanted, read_rows
from realpolitik.claims.facts.model import Fact, Metric

WHAT = "NMC-60-abridged.csv or later (stateabb, ccode, year, milex, milper, irst, pec, tpop, upop, cinc)"
CITATION = "Correlates of War, National Material Capabilities (Singer 1987, International Interactions 14)"
COLUMNS = {
    "milex": Metric("spending", "military expenditure", "thousand current dollars (pounds before 1914)"),
    "milper": Metric("personnel", "military personnel", "thousand persons"),
    "irst": Metric("iron_steel", "iron and steel production", "thousand tons"),
    "pec": Metric("energy", "primary energy consumption", "thousand tons of coal"),
    "tpop": Metric("population", "population", "thousand persons"),
    "upop": Metric("urban_population", "urban population", "thousand persons"),
    "cinc": Metric("cinc", "Composite Index of National Capability", "share of the world"),
}


def import_capabilities(path: Path, wanted: Wanted = EVERYTHING) -> Imported:
    """Seven figures a state and year; -9 is missing.

    Raises:
        InputRefused: another file, or unknown codes, with the lines.
    """
    rows = read_rows(path, ("ccode", "year", "cinc"), WHAT)
    facts = []
    for line, row in rows:
        year = rows.year(line, row["year"])
        actor = rows.state(line, row["ccode"], "cow", year) if year else ""
        if actor and wanted.takes(year, actor):
            for column, metric in COLUMNS.items():
                value = rows.number(line, row.get(column, ""))
                if value is not None and value >= 0:
                    facts.append(Fact(actor, metric.id, year, value, value, metric.unit, "nmc"))
    rows.done()
    return Imported(tuple(facts), {item.id: item for item in COLUMNS.values()}, "nmc", CITATION)
