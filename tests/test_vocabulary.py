"""One word for one thing: what neighbouring fields call a thing of ours, by the glossary, is not what we call it."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import api_reference  # noqa: E402
import cli_reference  # noqa: E402
import json_schemas  # noqa: E402

GLOSSARY = ROOT / "docs" / "glossary.md"


@cache
def foreign() -> dict[str, str]:
    """Words of neighbouring fields -> our own word, from the brackets of the glossary."""
    rows = re.findall(r"^\| ([^|]+) \| [^|]*\(\*([^*|]+)\*\)", GLOSSARY.read_text(encoding="utf-8"), flags=re.M)
    return {word.strip(): ours for ours, words in rows for word in words.split(",")}


def schema_keys(schema: Any) -> Iterator[str]:
    """Every key that a schema names."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for inner in schema.values():
            yield from schema_keys(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from schema_keys(inner)


def file_keys() -> Iterator[str]:
    from realpolitik.situation.schema import json_schema  # noqa: PLC0415

    yield from schema_keys(json_schema())


def answer_keys() -> Iterator[str]:
    for path in json_schemas.FOLDER.glob("*.json"):
        yield from schema_keys(json.loads(path.read_text(encoding="utf-8")))


def commands() -> Iterator[str]:
    for name, command in cli_reference.commands(cli_reference.application()):
        yield from (name, cli_reference._text(command.help))
        for item in command.params:
            yield from (item.name, cli_reference._text(item.help))


def python() -> Iterator[str]:
    yield api_reference.PAGE.read_text(encoding="utf-8")


def web() -> Iterator[str]:
    from realpolitik.web.texts import TEXTS  # noqa: PLC0415

    yield from TEXTS.values()


def headings() -> Iterator[str]:
    for page in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")):
        yield from re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.M)


SURFACES = {"file": file_keys, "json": answer_keys, "cli": commands, "python": python, "web": web, "docs": headings}


def said(texts: Iterator[str]) -> set[str]:
    """Foreign words in texts and identifiers, singular or plural."""
    whole = " ".join(texts).replace("_", " ").lower()
    return {word for word in foreign() if re.search(rf"\b{re.escape(word)}(?:s|es)?\b", whole)}


OWN_SENSE = {
    "case": "what somebody works on, in prose; what a verdict on a claim speaks of",
    "decision maker": "the key of a conflict's file, which other programs share",
    "event": "a condition at a time, of which a probability is asked",
    "indicator": "a sign to watch: a section of the file, a verb",
    "intervention": "what is held from outside by `do`, as a Python type",
    "model": "the compiled situation; a language model",
    "move": "a change of an option in a conflict, and what a party does in the seat",
    "node": "a point of a network that is drawn or exported",
    "precision": "how sharp an answer is to be",
    "preference": "the order of states in a conflict, where there is nothing but an order",
    "promise": "a commitment to do something, unlike a norm",
    "run": "one execution of the engine, which is kept",
    "threat": "a move held out to keep somebody from something: leverage, deterrence",
}
"""Words that neighbouring fields use for one of our things, and that mean another thing here."""


@pytest.mark.parametrize("name", SURFACES)
def test_no_foreign_word_names_a_thing_of_ours(name: str) -> None:
    strays = {word: f"say {foreign()[word]}" for word in said(SURFACES[name]()) if word not in OWN_SENSE}
    assert not strays


def test_every_word_with_a_sense_of_its_own_is_said_somewhere() -> None:
    assert set(OWN_SENSE) <= {word for texts in SURFACES.values() for word in said(texts())}


def test_the_glossary_gives_words_to_look_for() -> None:
    assert len(foreign()) >= 30
    assert foreign()["player"] == "actor"
    assert said(iter(["How many players there are"])) == {"player"}


def test_words_of_the_glossary_stand_in_order_and_once() -> None:
    tables = GLOSSARY.read_text(encoding="utf-8").split("\n\n")
    for table in (part for part in tables if part.startswith("| Word")):
        words = re.findall(r"^\| ([^|]+) \|", table, flags=re.M)[2:]
        assert len(words) == len(set(words))


def test_keys_of_answers_are_written_in_one_way() -> None:
    assert not {key for key in answer_keys() if not json_schemas.FIXED.fullmatch(key)}
