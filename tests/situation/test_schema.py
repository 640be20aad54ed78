"""The JSON Schema accepts the good files, refuses unknown keys, and describes every key."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from realpolitik.situation.keys import SECTIONS
from realpolitik.situation.schema import json_schema

GOOD = Path(__file__).parent / "good"
FILES = sorted([*GOOD.glob("*.yaml"), GOOD / "harbour" / "situation.yaml"])
SCHEMA = json_schema()
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "number": int | float, "null": type(None)}


def load(text):
    """YAML 1.2 as editors see it, dates as texts."""
    yaml = YAML(typ="safe", pure=True)
    yaml.constructor.add_constructor("tag:yaml.org,2002:timestamp", lambda maker, node: node.value)
    return yaml.load(text)


def fits(value, schema):
    """The part of JSON Schema that the published schema uses."""
    if "$ref" in schema and not fits(value, SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]]):
        return False
    if "anyOf" in schema and not any(fits(value, item) for item in schema["anyOf"]):
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(isinstance(value, TYPES[kind]) for kind in kinds):
        return False
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        return False
    if isinstance(value, list):
        return all(fits(item, schema.get("items", {})) for item in value)
    return fits_object(value, schema) if isinstance(value, dict) else True


def fits_object(value, schema):
    for key, item in value.items():
        rules = [schema["properties"][key]] if key in schema.get("properties", {}) else []
        rules += [rule for pattern, rule in schema.get("patternProperties", {}).items() if re.search(pattern, str(key))]
        other = schema.get("additionalProperties", True)
        if not rules and other is False:
            return False
        if not all(fits(item, rule) for rule in rules or ([other] if isinstance(other, dict) else [])):
            return False
    return True


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_accepts_the_good_files(path):
    assert fits(load(path.read_text(encoding="utf-8")), SCHEMA)


@pytest.mark.parametrize(
    "change",
    [
        ("mills: {from", "mills: {form"),
        ("interests:", "interest:"),
        ("missiles raises unrest", "missiles rises unrest"),
        ("enter: all agree", "enter: some agree"),
        ("- never: reports > 0.8", "- nevr: reports > 0.8"),
        ("chance: 0.6", "chanse: 0.6"),
        ("once: yes", "once: perhaps"),
    ],
)
def test_refuses_what_the_reader_refuses(change):
    text = (GOOD / "toy.yaml").read_text(encoding="utf-8")
    assert change[0] in text
    assert not fits(load(text.replace(*change)), SCHEMA)


def test_every_key_is_described():
    assert set(SCHEMA["properties"]) == {section.name for section in SECTIONS}
    for section in SECTIONS:
        assert section.says
        for key in section.keys:
            assert key.says, f"{section.name}.{key.name}"


def test_a_real_validator_agrees():
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for path in FILES:
        assert not list(validator.iter_errors(load(path.read_text(encoding="utf-8"))))
