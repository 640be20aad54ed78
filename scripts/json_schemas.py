"""Write the JSON Schema of what each verb prints with `--json`, and the page about them.

    python scripts/json_schemas.py

The shapes are those of the answers to `json_cases.LINES`, merged for each verb; the meanings are in `json_words.WORDS`.
A key that a merged answer lacks somewhere is optional. A test makes them again and compares.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from json_cases import ROOT, answers
from json_words import MAPS, WORDS

FOLDER = ROOT / "src" / "realpolitik" / "cli" / "schemas"
PAGE = ROOT / "docs" / "reference" / "json.md"
DEEPEST = 5
NAMES = {str: "string", bool: "boolean", int: "number", float: "number"}
FIXED = re.compile(r"[@$]?[a-z0-9]+(_[a-z0-9]+)*|rp:\w+|C?(R|Nash|GMR|SMR|S?SEQ|SIM)(_low|_high)?")
"""Keys that are words of ours, and concepts of stability; a mapping with any other key is one of ids or names."""

Schema = dict[str, Any]


def shape(values: Sequence[Any], name: str = "", depth: int = 0) -> Schema:
    """What all of `values` have in common: types, keys, items. A number may always be missing (null).

    >>> shape([{"a": 1}, {"a": 2.5, "b": "x"}])["required"]
    ['a']
    >>> shape([1, 2.5])
    {'type': ['null', 'number']}
    """
    kinds = {NAMES[type(item)] for item in values if type(item) in NAMES}
    kinds |= {"null"} if "number" in kinds or any(item is None for item in values) else set()
    found: Schema = {}
    lists = [item for item in values if isinstance(item, list)]
    mappings = [item for item in values if isinstance(item, dict)]
    if lists:
        kinds.add("array")
        inner = [item for part in lists for item in part]
        found |= {"items": shape(inner, name, depth + 1)} if inner and depth < DEEPEST else {}
    if mappings:
        kinds.add("object")
        found |= _keys(mappings, name, depth) if depth < DEEPEST else {}
    kind = {"type": next(iter(kinds)) if len(kinds) == 1 else sorted(kinds)} if kinds else {}
    return kind | found


def _keys(mappings: Sequence[Mapping[str, Any]], name: str, depth: int) -> Schema:
    values: dict[str, list[Any]] = defaultdict(list)
    for item in mappings:
        for key, value in item.items():
            values[key].append(value)
    if not values:
        return {}
    if name in MAPS or not all(FIXED.fullmatch(key) for key in values):
        return {"additionalProperties": shape([one for some in values.values() for one in some], "", depth + 1)}
    properties = {key: _described(key, shape(some, key, depth + 1)) for key, some in values.items()}
    always = sorted(key for key, some in values.items() if len(some) == len(mappings))
    return {"properties": properties, **({"required": always} if always else {})}


def _described(key: str, found: Schema) -> Schema:
    return {"description": WORDS[key], **found} if key in WORDS else found


def schemas() -> tuple[dict[str, Schema], dict[str, list[Any]]]:
    """The schema of every verb, and the answers it was made from."""
    told: dict[str, list[Any]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        for verb, found in answers(Path(folder)):
            told[verb].append(found)
    told.pop("schema")  # it prints schemas
    return {verb: _whole(verb, found) for verb, found in told.items()}, dict(told)


def _whole(verb: str, found: Sequence[Any]) -> Schema:
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"rpol {verb} --json"}
    return head | shape(found)


def text(schema: Schema) -> str:
    """The file of a schema."""
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def file_of(verb: str) -> str:
    """The name of its file."""
    return f"{verb.replace(' ', '-')}.json"


HEAD = """\
# JSON

Made from the program by `scripts/json_schemas.py`; do not edit by hand.

Every verb that answers or writes takes `--json`: exactly one JSON value on standard output, in UTF-8; notes, warnings
and progress go to standard error; the [exit code](errors.md) is the same as without. `rpol schema VERB` prints the
JSON Schema (draft 2020-12) of what a command prints with `--json`, `rpol schema` alone that of the situation file.
What is listed as required was there in every answer the schemas were made from. Keys may be added in any version;
what may change, and when, is under [public interface](../explanation/public-interface.md).

A number that does not exist is `null`, never NaN. Probabilities and shares are between 0 and 1, gains are in points
(hundredths of a full swing of the actor's own top interest), times in years from `as_of`. In Python the same is
`result.as_json()`.

Most answers are one **result**: `kind` (the verb's), `question` (in words), `sentences` (the answer in words, most
important first), `rows` (the tidy table), `about` (model digest, draws, seed, depth, what kind of interval), `trace`
(what the answer rests on) and `sources` (the claims behind it).

| Verb | Prints | Columns of its rows, or keys |
|---|---|---|
"""


def page(found: Mapping[str, Schema]) -> str:
    """The page: one line for each verb, then every word used."""
    lines = [_line(verb, found[verb]) for verb in sorted(found)]
    used = sorted({key for schema in found.values() for key in _all_keys(schema)} & set(WORDS))
    words = [f"| `{key}` | {WORDS[key]} |" for key in used]
    return "\n".join((HEAD.rstrip("\n"), *lines, "", "## Words", "", "| Key | Means |", "|---|---|", *words, ""))


def _line(verb: str, schema: Schema) -> str:
    many = schema.get("type") == "array"
    properties = (schema.get("items", {}) if many else schema).get("properties", {})
    rows = properties.get("rows", {}).get("items", {}).get("properties")
    columns = ", ".join(f"`{key}`" for key in rows or properties)
    what = "result" if rows else "object"
    printed = f"a list of {what}s" if many else f"{'a' if rows else 'an'} {what}"
    return f"| [`rpol {verb}`](cli.md#rpol-{verb.replace(' ', '-')}) | {printed} | {columns} |"


def _all_keys(schema: Any) -> set[str]:
    if not isinstance(schema, dict):
        return set()
    inner = [*schema.get("properties", {}).values(), schema.get("items"), schema.get("additionalProperties")]
    return set(schema.get("properties", {})) | {key for item in inner for key in _all_keys(item)}


def main() -> None:
    """Write them."""
    found, _ = schemas()
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.json"):
        old.unlink()
    for verb, schema in found.items():
        (FOLDER / file_of(verb)).write_text(text(schema), encoding="utf-8")
    PAGE.write_text(page(found), encoding="utf-8")


if __name__ == "__main__":
    main()
