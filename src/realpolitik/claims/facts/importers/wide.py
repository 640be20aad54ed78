"""Files with one column a year (World Bank indicators, SIPRI's military expenditure), and SIPRI's arms transfers."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from realpolitik.claims.facts.codes import known_ids
from realpolitik.claims.facts.importers.common import EVERYTHING, Imported, Rows, Wanted, read_rows
from realpolitik.claims.facts.model import Fact, Metric
from realpolitik.errors import did_you_mean
from realpolitik.sources.attribution.actors import names

WORLD_BANK = (
    "API_INDICATOR_DS2_en_csv_v2_NUMBER.csv (Country Name, Country Code, Indicator Name, Indicator Code, years)"
)
SIPRI = "one sheet of SIPRI-Milex-data, saved as CSV (Country, then one column a year)"
TRANSFERS = "a trade register or TIV table of SIPRI as CSV (Supplier, Recipient, Year, TIV)"
CITE_WORLD_BANK = "World Bank, World Development Indicators (CC BY 4.0)"
CITE_SIPRI = "Stockholm International Peace Research Institute, Military Expenditure Database"
CITE_TRANSFERS = "Stockholm International Peace Research Institute, Arms Transfers Database"
AGGREGATES = frozenset(
    """AFE AFW ARB CEB CSS EAP EAR EAS ECA ECS EMU EUU FCS HIC HPC IBD IBT IDA IDB IDX INX LAC LCN LDC LIC LMC LMY LTE
    MEA MIC MNA NAC OED OSS PRE PSS PST SAS SSA SSF SST TEA TEC TLA TMN TSA TSS UMC WLD CHI""".split()  # noqa: SIM905
)
"""Codes of the World Bank for groups of states; left out, and counted."""


def import_world_bank(path: Path, wanted: Wanted = EVERYTHING) -> Imported:
    """One indicator by state and year. Groups of states are left out; territories without a code of their own too."""
    rows = read_rows(path, ("Country Name", "Country Code", "Indicator Name", "Indicator Code"), WORLD_BANK)
    facts: list[Fact] = []
    metrics: dict[str, Metric] = {}
    left: dict[str, None] = {}
    for line, row in rows:
        code = row["Country Code"].strip()
        if code in AGGREGATES or code in _territories():
            left[code] = None
        elif code not in known_ids():
            rows.problem(line, f"'{code}' ({row['Country Name']}) is no known state.", did_you_mean(code, known_ids()))
        else:
            metric = _indicator(row)
            metrics[metric.id] = metric
            facts += _years(rows, line, row, code, metric, "world_bank", wanted)
    rows.done()
    notes = (f"{len(left)} groups and territories left out: {', '.join(left)}.",) if left else ()
    return Imported(tuple(facts), metrics, "world_bank", CITE_WORLD_BANK, notes)


def _indicator(row: Mapping[str, str]) -> Metric:
    code, name = row["Indicator Code"].strip(), row["Indicator Name"].strip()
    unit = re.search(r"\(([^()]*)\)\s*$", name)
    return Metric(re.sub(r"\W+", "_", code.lower()), name, unit[1] if unit else "", "%" not in name)


def import_sipri_spending(path: Path, wanted: Wanted = EVERYTHING) -> Imported:
    """Military expenditure by state and year, in the unit of the sheet; '. .' and 'xxx' are missing."""
    rows = read_rows(path, ("Country",), SIPRI, begins="Country")
    metric = Metric("sipri_spending", "military expenditure", "as on the sheet (see its head)")
    facts: list[Fact] = []
    left: dict[str, None] = {}
    for line, row in rows:
        name = row["Country"].strip()
        figures = [cell for cell in list(row.values())[1:] if cell.strip()]
        actor = _named(name)
        if actor:
            facts += _years(rows, line, row, actor, metric, "sipri", wanted)
        elif not figures:
            left[name] = None
        else:
            rows.problem(line, f"'{name}' is no known state.", "Use the sheet as published, with names in English.")
    rows.done()
    notes = (f"headings left out: {', '.join(left)}.",) if left else ()
    return Imported(tuple(facts), {metric.id: metric}, "sipri", CITE_SIPRI, notes)


def import_transfers(path: Path, wanted: Wanted = EVERYTHING) -> Imported:
    """Arms delivered by supplier to recipient and year, in millions of trend-indicator values, summed."""
    rows = read_rows(path, (), TRANSFERS)
    columns = {name.lower(): name for name in rows.header}
    keys = [next((columns[name] for name in options if name in columns), "") for options in TRANSFER_COLUMNS]
    if not all(keys):
        rows.problem(1, "columns for supplier, recipient, year and value are not all there.", f"Expected: {TRANSFERS}.")
        rows.done()
    metric = Metric("arms_from", "arms delivered by the partner", "million trend-indicator values")
    sums: dict[tuple[str, str, int], float] = {}
    for line, row in rows:
        year, value = rows.year(line, row[keys[2]]), rows.number(line, row[keys[3]])
        supplier, recipient = (_known(rows, line, row[key]) for key in keys[:2])
        if year and value is not None and supplier and recipient and wanted.takes(year, supplier, recipient):
            pair = (recipient, supplier, year)
            sums[pair] = sums.get(pair, 0.0) + value
    rows.done()
    facts = tuple(
        Fact(actor, metric.id, year, value, value, metric.unit, "sipri_transfers", partner=partner)
        for (actor, partner, year), value in sums.items()
    )
    return Imported(facts, {metric.id: metric}, "sipri_transfers", CITE_TRANSFERS)


TRANSFER_COLUMNS = (
    ("supplier", "supplier country", "from"),
    ("recipient", "recipient country", "to"),
    ("year", "year of delivery", "delivery year"),
    ("tiv", "tiv_million", "tiv delivery values", "sipri tiv for total order", "value"),
)


def _known(rows: Rows, line: int, name: str) -> str:
    actor = _named(name.strip())
    if not actor:
        rows.problem(line, f"'{name}' is no known state.", "Use the table as published, with names in English.")
    return actor


def _named(name: str) -> str:
    """The state of an English name as SIPRI writes it, "" where there is none."""
    found = names().get(name)
    return _spellings().get(name) or (found.iso3 if found and found.kind == "state" else "")


@cache
def _spellings() -> dict[str, str]:
    """Spellings of this provider, and states that are no more."""
    with Path(__file__).with_name("names.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"]: row["iso3"] for row in csv.DictReader(file)}


def _years(
    rows: Rows, line: int, row: Mapping[str, str], actor: str, metric: Metric, source: str, wanted: Wanted
) -> Iterator[Fact]:
    for column, text in row.items():
        if column and re.fullmatch(r"\d{4}(\.0)?", column) and wanted.takes(int(column[:4]), actor):
            value = rows.number(line, text or "")
            if value is not None:
                yield Fact(actor, metric.id, int(column[:4]), value, value, metric.unit, source)


def _territories() -> frozenset[str]:
    """Letters of places that are in no list of states."""
    from realpolitik.sources.attribution.actors import cow_codes  # noqa: PLC0415

    other = {"ABW", "ASM", "BMU", "CUW", "CYM", "FRO", "GIB", "GRL", "GUM", "HKG", "IMN", "MAC", "MAF", "MNP", "NCL"}
    other |= {"PRI", "PSE", "PYF", "SXM", "TCA", "VGB", "VIR", "XKX"}
    return frozenset({code for code, number in cow_codes().items() if number is None} | other) - known_ids()
