"""States behind names; homonyms kept apart."""

from __future__ import annotations

import csv
import re

import pytest

from realpolitik.sources.attribution.actors import cow_codes, mentions
from realpolitik.sources.attribution.describing import describe
from realpolitik.sources.attribution.lexicon import data


def codes(text: str) -> list[str]:
    return [mention.actor.iso3 for mention in mentions(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Paris and the Élysée disagreed with Berlin.", ["FRA", "FRA", "DEU"]),
        ("The U.S. and South Korea met in Brasília.", ["USA", "KOR", "BRA"]),
        ("Valeska Paris left. Paris said nothing.", []),
        ("Michael Jordan met Jordanian officials in Amman.", ["JOR", "JOR"]),
        ("Jordan Smith and Chad Miller came from Chad.", ["TCD"]),
        ("Police in Atlanta, Georgia, and in Athens, Ohio, met.", []),
        ("Tbilisi said Georgia would vote.", ["GEO", "GEO"]),
        ("Niger is not Nigeria; Guinea is not Guinea-Bissau.", ["NER", "NGA", "GIN", "GNB"]),
        ("Ships in the South China Sea and the Indian Ocean", []),
        ("The Washington Post said Washington had agreed.", ["USA", "USA"]),
        ("Congo and Kinshasa", ["COD", "COD"]),
        ("Congo", []),
        ("Latin American states and North American ones", []),
        ("The Paris Agreement and the Korean War", []),
        ("the Dominican Republic and Dominica", ["DOM", "DMA"]),
        ("a turkey, a china cup and a white house", []),
    ],
)
def test_names_lead_to_states(text: str, wanted: list[str]) -> None:
    assert codes(text) == wanted


def test_spans_of_actors_are_literal() -> None:
    text = "France’s envoy met the U.S.-led group in Kyiv."
    assert [text[m.span.start : m.span.end] for m in mentions(text)] == ["France", "U.S.", "Kyiv"]


def test_tables_are_whole() -> None:
    rows = list(csv.DictReader(data("states.csv").splitlines()))
    assert len(rows) == len({row["iso3"] for row in rows}) >= 195
    assert all(re.fullmatch(r"[A-Z]{3}", row["iso3"]) for row in rows)
    numbers = [code for code in cow_codes().values() if code is not None]
    assert len(numbers) == len(set(numbers)) >= 194
    assert all(row["demonyms"] for row in rows if row["iso3"] not in {"COG", "COD", "DMA", "VAT"})
    known = {row["iso3"] for row in rows}
    assert {row["iso3"] for row in csv.DictReader(data("metonyms.csv").splitlines())} - {""} <= known


@pytest.mark.parametrize(
    ("phrase", "name", "kind", "role", "affiliation"),
    [
        ("Coast Guard director General Ana Ruiz", "Ana Ruiz", "person", "director", "Coast Guard"),
        ("Ana Ruiz, editor at large at the Coast Gazette,", "Ana Ruiz", "person", "editor at large", "Coast Gazette"),
        ("the environment minister, Ana Ruiz", "Ana Ruiz", "person", "environment minister", None),
        ("Deputy Foreign Minister Ana Ruiz", "Ana Ruiz", "person", "Deputy Foreign Minister", None),
        ("the Faroese writer Ana Ruiz", "Ana Ruiz", "person", "writer", None),
        ("Ana Ruiz of The Globe and Mail", "Ana Ruiz", "person", None, "The Globe and Mail"),
        ("two diplomats", "two diplomats", "anonymous", None, None),
        ("a report by the agency", "report by the agency", "document", None, None),
        ("Aland's energy ministry", "energy ministry", "government", None, None),
        ("the Russian daily Kommersant", "Kommersant", "media", None, None),
    ],
)
def test_phrases_tell_name_role_and_affiliation(
    phrase: str, name: str, kind: str, role: str | None, affiliation: str | None
) -> None:
    told = describe(phrase)
    assert (told.name, told.kind, told.role, told.affiliation) == (name, kind, role, affiliation)
