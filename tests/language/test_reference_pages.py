"""The reference pages say what the code does: tables entry by entry, every example read."""

import re
from pathlib import Path

import pytest

from realpolitik.language.likelihood import ICD_203, PHIA, band_for
from realpolitik.language.parser import parse_query, parse_term
from realpolitik.language.quantity import read_quantity
from realpolitik.language.words import TABLES, word_table

PAGES = Path(__file__).parents[2] / "docs" / "reference"
WORDS = (PAGES / "words.md").read_text(encoding="utf-8")
EXPRESSIONS = (PAGES / "expressions.md").read_text(encoding="utf-8")


def rows(head: str) -> list[list[str]]:
    """The body of the table that begins with this head."""
    body = WORDS.split(f"| {head} |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in body]


def examples(kind: str) -> list[str]:
    """The lines of every fenced block of a kind."""
    return [line for block in re.findall(rf"```{kind}\n(.*?)```", EXPRESSIONS, re.S) for line in block.splitlines()]


@pytest.mark.parametrize("table", ["size", "weight", "steadiness", "hedge"])
def test_tables_of_words_are_complete_and_exact(table: str) -> None:
    listed = {word: (float(low), float(high)) for words, low, high in rows(table) for word in words.split(", ")}
    assert listed == word_table(table)
    assert set(TABLES) == {"size", "weight", "steadiness", "hedge", "likelihood"}


def test_lexicons_are_complete_and_exact() -> None:
    found = rows("ICD 203")
    assert [(row[1], row[3]) for row in found] == [
        (icd.text, phia.text) for icd, phia in zip(ICD_203, PHIA, strict=True)
    ]
    for row, icd, phia in zip(found, ICD_203, PHIA, strict=True):
        assert {band_for(word) for word in row[0].split(", ")} == {icd}
        assert {band_for(word, "phia") for word in row[2].split(", ")} == {phia}


@pytest.mark.parametrize("text", examples("term"))
def test_terms(text: str) -> None:
    assert parse_term(text)


@pytest.mark.parametrize("text", examples("query"))
def test_queries(text: str) -> None:
    assert parse_query(text)


def test_numbers() -> None:
    written = re.findall(r"`([^`]+)`", "\n".join(" ".join(row[:1]) for row in rows("Written")))
    assert len(written) == 12
    for text in written:
        scale = "positive" if "point" in text or "lognormal" in text else "level"
        unit = "per year" if "per year" in text else ""
        assert read_quantity(text, scale, unit=unit).text == text  # type: ignore[arg-type]
