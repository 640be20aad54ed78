"""Codes of states, aware of the year: ISO 3166-1 alpha-3, Correlates of War, Gleditsch and Ward.

`codes.csv` is this project's table, one line a spell of membership, after the State System Membership List v2016 of the
Correlates of War Project and the list of Gleditsch and Ward (1999, International Interactions 25), with the letters of
ISO 3166-1 and ISO 3166-3 (states that are no more, such as YUG, SCG, CSK, DDR, YMD). Spells that reach the end of those
lists are open. A state without letters (a kingdom of 1860) has its number as id, for example `cow300`. A code outside
its years is unknown, and what is unknown is refused, never guessed.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from realpolitik.errors import QuestionRefused, did_you_mean

System = Literal["iso3", "cow", "gw"]
TABLE = Path(__file__).with_name("codes.csv")
OPEN = 9999


@dataclass(frozen=True)
class Spell:
    """A state as a member of one system, from `first` to `last` year (9999: still)."""

    system: str
    code: int
    iso3: str
    name: str
    first: int
    last: int

    @property
    def id(self) -> str:
        """ISO letters, else system and number."""
        return self.iso3 or f"{self.system}{self.code}"

    def has(self, year: int | None) -> bool:
        """True where the state was a member in that year; None: in any."""
        return year is None or self.first <= year <= self.last


@cache
def spells() -> tuple[Spell, ...]:
    """The whole table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Spell(
                row["system"], int(row["code"]), row["iso3"], row["name"], int(row["first"]), int(row["last"] or OPEN)
            )
            for row in csv.DictReader(file)
        )


@cache
def id_of(code: str | int, system: System, year: int | None = None) -> str:
    """The ISO letters (or own id) of a code in a year.

    Raises `QuestionRefused` for a code that is unknown, or unknown in that year.

    >>> id_of(255, "cow", 1930), id_of(260, "cow", 1970), id_of(345, "cow", 1970), id_of(345, "cow", 2010)
    ('DEU', 'DEU', 'YUG', 'SRB')
    """
    given = str(code).strip()
    same = [item for item in spells() if given == _written(item, system)]
    fits = [item for item in same if item.has(year)]
    if fits:
        return fits[-1].id
    raise QuestionRefused(_unknown(given, system, year, same))


def code_of(letters: str, system: System, year: int | None = None) -> int:
    """The number of a state in a year; in a year of transition that of the later spell.

    Raises `QuestionRefused` where the state was no member of the system in that year.

    >>> code_of("DEU", "cow", 1970), code_of("DEU", "gw", 2000), code_of("NOR", "cow", 2000)
    (260, 260, 385)
    """
    same = [item for item in spells() if item.system == system and item.id == letters.strip()]
    fits = [item for item in same if item.has(year)]
    if fits:
        return max(fits, key=lambda item: (item.first, item.last)).code
    raise QuestionRefused(_unknown(letters, system, year, same))


def known_ids() -> frozenset[str]:
    """Every id the table has."""
    return frozenset(item.id for item in spells())


def _written(item: Spell, system: System) -> str:
    if system == "iso3":
        return item.iso3
    return str(item.code) if item.system == system else ""


def _unknown(given: str, system: System, year: int | None, same: Iterable[Spell]) -> str:
    names = {"iso3": "ISO letters", "cow": "a Correlates of War code", "gw": "a Gleditsch and Ward code"}
    years = "; ".join(
        f"{item.name} ({item.id}, {item.code}) {item.first}-{'' if item.last == OPEN else item.last}" for item in same
    )
    if years:
        others = [item for spell in same for item in spells() if item.code == spell.code and item.has(year)]
        instead = f"  In {year} {others[-1].code} was {others[-1].name} ({others[-1].id})." if others else ""
        return f"'{given}' was no state in {year}: {years}.{instead}"
    hint = did_you_mean(given.upper(), known_ids()) if system == "iso3" else ""
    return f"'{given}' is not {names[system]}.  {hint}".strip()
