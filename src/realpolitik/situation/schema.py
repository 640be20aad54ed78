"""The JSON Schema of the situation file (`rpol schema`), made from the table of keys: for editors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from realpolitik.situation.keys import CREDENCE, LAYERED, SECTIONS, SUPPORT, Key, Section
from realpolitik.situation.line_forms import LONG_KEYS, SHAPES

Schema = dict[str, Any]
SCALAR: Schema = {"type": ["string", "number", "boolean"]}
TEXTS: Schema = {"anyOf": [SCALAR, {"type": "array", "items": SCALAR}]}
_SIMPLE: Mapping[str, Schema] = {
    "text": SCALAR, "id": SCALAR, "quantity": SCALAR, "duration": SCALAR, "date": SCALAR, "term": SCALAR,
    "author": {"type": "string"}, "number": SCALAR, "ids": TEXTS, "texts": TEXTS, "claims": TEXTS,
    "yes": {"enum": [True, False, "yes", "no", "on", "off", "true", "false"]},
    "table": {"type": "object", "additionalProperties": SCALAR},
    "lines": {"type": ["array", "object"]},
    "queries": {"type": ["string", "array", "object"]}, "any": {},
}  # fmt: skip
# What a line in its short form looks like: as a text, or as the one key left of its colon.
_TEXTS: Mapping[str, str] = {
    "influences": r"\spulls\s.+\sto\s",
    "commitments": r"\sexempts\s",
    "checks": r"[(\[]",
}
_HEADS: Mapping[str, str] = {
    "influences": r"\s(raises|lowers|moves)\s",
    "interests": r"^((vital|major|minor|[0-9.].*|.+\(.*\))( goal)?|goal|never)$",
    "dependencies": r"\son\s.+\sfor\s",
    "commitments": r"\sdoes\s.+\sif\s|\sforbids\s",
    "checks": r"^[A-Za-z][\w.-]*$|[(\[]",
}


def json_schema() -> Schema:
    """The schema (draft 2020-12).

    >>> sorted(json_schema()["$defs"])[:3]
    ['actors', 'checks', 'commitments']
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Realpolitik situation",
        "description": "A system of actors, options, factors, influences and interests, as one readable file.",
        "type": "object",
        "properties": {section.name: _top(section) for section in SECTIONS},
        "additionalProperties": False,
        "$defs": {section.name: _section(section) for section in SECTIONS if section.form != "value"},
    }


def _top(section: Section) -> Schema:
    if section.form == "value":
        return _value(section.name, section.says, section.kind, section.choices, section.default)
    return {"description": section.says, "anyOf": [{"$ref": f"#/$defs/{section.name}"}, {"type": "null"}]}


def _value(name: str, says: str, kind: str, choices: tuple[str, ...], default: str) -> Schema:
    shape = {"enum": list(choices)} if kind == "choice" else dict(_SIMPLE[kind])
    if name in {"words"}:
        shape = {"type": "object", "additionalProperties": _SIMPLE["table"]}
    extra = {"default": default} if default else {}
    return {"title": name, "description": f"{says}. Default: {default}." if default else says, **extra, **shape}


def _key(key: Key) -> Schema:
    shape = _value(key.name, key.says, key.kind, key.choices, key.default)
    if key.kind == "choice" and key.name == "enter":
        shape = {
            **{k: v for k, v in shape.items() if k != "enum"},
            "anyOf": [{"enum": list(key.choices)}, {"type": "array"}],
        }
    return {**shape, "examples": [key.example]} if key.example else shape


def _entry(keys: tuple[Key, ...]) -> Schema:
    return {
        "type": ["object", "null"],
        "properties": {key.name: _key(key) for key in keys},
        "additionalProperties": False,
    }


def _section(section: Section) -> Schema:
    base: Schema = {"title": section.name, "description": section.says}
    if section.form == "lines by actor":
        return {**base, "type": "object", "additionalProperties": _lines(section.name)}
    if section.form == "lines":
        return {**base, **_lines(section.name)}
    if section.form == "items":
        return {**base, "type": "array", "items": _entry(section.keys)}
    if section.form == "groups":
        return {
            **base,
            "type": "object",
            "additionalProperties": {"type": "object", "additionalProperties": _reading(section)},
        }
    if section.name == "exchanges":
        legs = {r"\sgives$": {"description": "what this side gives: OPTION=level", **TEXTS}}
        return {**base, "type": "object", "additionalProperties": {**_entry(section.keys), "patternProperties": legs}}
    return {**base, "type": "object", "additionalProperties": _entry(section.keys)}


def _reading(section: Section) -> Schema:
    """A reading, or one of the keys that stand beside the readings of a group."""
    layered = {name: {"$ref": f"#/$defs/{name}"} for name in LAYERED}
    own = _entry(section.keys)
    own["properties"] = {**own["properties"], **layered}
    own["properties"]["instead"] = {"type": "object", "properties": layered, "additionalProperties": False}
    return {"anyOf": [own, TEXTS]}


def _lines(name: str) -> Schema:
    return {"type": "array", "items": {"anyOf": list(_line_forms(name))}, "description": SHAPES.get(name, "one a line")}


def _line_forms(name: str) -> list[Schema]:
    beside = (*SUPPORT, CREDENCE) if name == "influences" else SUPPORT
    common = {key.name: _key(key) for key in beside}
    forms: list[Schema] = []
    if name in _TEXTS:
        forms.append({"type": "string", "pattern": _TEXTS[name]})
    head = {_HEADS[name]: SCALAR}
    forms.append({"type": "object", "patternProperties": head, "properties": common, "additionalProperties": False})
    if name in LONG_KEYS:
        keys = {**{key: SCALAR for key in LONG_KEYS[name]}, **common}
        forms.append({"type": "object", "properties": keys, "additionalProperties": False})
    return forms
