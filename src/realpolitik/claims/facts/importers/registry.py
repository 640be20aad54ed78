"""The files that can be imported, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from realpolitik.claims.facts.importers import capabilities, pairs, united_nations, wide
from realpolitik.claims.facts.importers.common import EVERYTHING, Imported, Wanted
from realpolitik.errors import QuestionRefused, did_you_mean


@dataclass(frozen=True)
class Importer:
    """One kind of file: what it is, where it is published, and what reads it."""

    expects: str
    site: str
    read: Callable[[Path, Wanted], Imported]


COW = "correlatesofwar.org"
IMPORTERS: Mapping[str, Importer] = MappingProxyType(
    {
        "cow-nmc": Importer(capabilities.WHAT, COW, capabilities.import_capabilities),
        "cow-alliances": Importer(pairs.ALLIANCES, COW, pairs.import_alliances),
        "cow-trade": Importer(pairs.TRADE, COW, pairs.import_trade),
        "atop": Importer(pairs.ATOP, "atopdata.org", pairs.import_atop),
        "world-bank": Importer(wide.WORLD_BANK, "data.worldbank.org", wide.import_world_bank),
        "sipri-spending": Importer(wide.SIPRI, "sipri.org/databases/milex", wide.import_sipri_spending),
        "sipri-transfers": Importer(wide.TRANSFERS, "sipri.org/databases/armstransfers", wide.import_transfers),
        "un-votes": Importer(united_nations.VOTES, "dataverse.harvard.edu", united_nations.import_votes),
        "un-ideal-points": Importer(united_nations.POINTS, "dataverse.harvard.edu", united_nations.import_ideal_points),
    }
)


def import_file(kind: str, path: Path, wanted: Wanted = EVERYTHING) -> Imported:
    """The figures of a downloaded file.

    Raises:
        QuestionRefused: no such kind of file.
        InputRefused: another file than the kind names, or unknown codes, with the lines.
    """
    if kind not in IMPORTERS:
        raise QuestionRefused(f"'{kind}' is no kind of file.  {did_you_mean(kind, IMPORTERS)}".strip())
    return IMPORTERS[kind].read(path, wanted)
