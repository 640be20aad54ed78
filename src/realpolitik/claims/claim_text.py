"""Changing a claims.yaml as text: a claim added, or keys of one set; everything else, comments too, stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from realpolitik.claims.written.findings import Collector
from realpolitik.claims.written.nodes import MapNode, to_data
from realpolitik.claims.written.yaml_text import read_text
from realpolitik.errors import QuestionRefused

Keys = Mapping[str, str | int]
PLAIN = re.compile(r"[A-Za-z0-9][\w ,.;()/'-]*")
SPECIAL = re.compile(r"(?i)[\d.,e+-]+|yes|no|true|false|null|on|off")


def with_claim(text: str, name: str, keys: Keys) -> str:
    """The file with one claim more, at its end.

    >>> print(with_claim("claims:\\n  c1:\\n    paraphrase: It rains.\\n", "c2", {"paraphrase": "It: pours."}), end="")
    claims:
      c1:
        paraphrase: It rains.
      c2:
        paraphrase: "It: pours."
    """
    data = _data(text)
    known = data.get("claims", data)
    if isinstance(known, Mapping) and name in known:
        raise QuestionRefused(f"There is a claim '{name}' already.")
    if not text.strip():
        text = "claims:\n"
    inside = "claims" in data or text == "claims:\n"
    indent = "  " if inside else ""
    lines = [f"{indent}{name}:", *(f"{indent}  {key}: {scalar(value)}" for key, value in keys.items())]
    made = _inserted(text, lines) if inside else text.rstrip("\n") + "\n" + "\n".join(lines) + "\n"
    return _verified(text, made, name, keys)


def _inserted(text: str, lines: list[str]) -> str:
    """The lines at the end of the section `claims:`."""
    rows = text.rstrip("\n").split("\n")
    start = next(number for number, row in enumerate(rows) if row.startswith("claims:"))
    end = next((number for number in range(start + 1, len(rows)) if re.match(r"[^\s#]", rows[number])), len(rows))
    while end > start + 1 and not rows[end - 1].strip():
        end -= 1
    return "\n".join([*rows[:end], *lines, *rows[end:]]) + "\n"


def with_keys(text: str, name: str, keys: Keys) -> str:
    """The file with some keys of a claim set (added where they are not there yet).

    >>> print(with_keys("c1:\\n  paraphrase: It rains.  # today\\n", "c1", {"credibility": 2}), end="")
    c1:
      paraphrase: It rains.  # today
      credibility: 2
    """
    rows = text.split("\n")
    start = next(
        (number for number, row in enumerate(rows) if re.match(rf"\s*{re.escape(name)}:\s*(#.*)?$", row)), None
    )
    if start is None:
        raise QuestionRefused(f"'{name}' is not written over several lines in this file; edit it by hand.")
    deep = len(rows[start]) - len(rows[start].lstrip())
    end = start + 1
    while end < len(rows) and (not rows[end].strip() or len(rows[end]) - len(rows[end].lstrip()) > deep):
        end += 1
    while not rows[end - 1].strip():
        end -= 1
    block = rows[start + 1 : end]
    for key, value in keys.items():
        line = f"{' ' * (deep + 2)}{key}: {scalar(value)}"
        place = next((number for number, row in enumerate(block) if row.startswith(f"{' ' * (deep + 2)}{key}:")), None)
        block = [*block, line] if place is None else [*block[:place], line, *block[place + 1 :]]
    return _verified(text, "\n".join([*rows[: start + 1], *block, *rows[end:]]), name, keys)


def scalar(value: str | int) -> str:
    """A value as YAML: plain where that is safe, else in double quotes on one line.

    >>> scalar("It rains."), scalar("a: b # c"), scalar('say "no"')
    ('It rains.', '"a: b # c"', '"say \\\\"no\\\\""')
    """
    text = " ".join(str(value).split())
    if re.fullmatch(r"[A-Za-z0-9][\w ,.;()/'-]*", text) and not re.fullmatch(
        r"(?i)[\d.,eE+-]+|yes|no|true|false|null|on|off", text
    ):
        return text
    if isinstance(value, int):
        return text
    return '"' + "".join(_escaped(letter) for letter in text) + '"'


def _escaped(letter: str) -> str:
    if letter in '"\\':
        return f"\\{letter}"
    hidden = not letter.isprintable()
    return f"\\u{ord(letter):04x}" if hidden and 0x9F < ord(letter) < 0x10000 else " " if hidden else letter


def _verified(before: str, after: str, name: str, keys: Keys) -> str:
    """The new text, if nothing but the claim has changed in it."""
    old, new = _data(before), _data(after)
    changed = new.get("claims", new)[name]
    if any(str(changed.get(key)) != " ".join(str(value).split()) for key, value in keys.items()):
        raise QuestionRefused("The claim cannot be written without changing what it says; edit the file by hand.")
    for data in (old, new):
        data.get("claims", data).pop(name, None)
    if not old.get("claims", True):
        old.pop("claims")
        new.pop("claims") if not new["claims"] else None
    if old != new:
        raise QuestionRefused("The claims file cannot be changed without touching other claims; edit it by hand.")
    return after


def _data(text: str) -> dict[str, Any]:
    found = Collector()
    node = read_text(text, found, "claims.yaml") if text.strip() else None
    found.raise_if_errors()
    data = to_data(node) if isinstance(node, MapNode) else {}
    assert isinstance(data, dict)
    if data.get("claims", {}) is None or data.get("claims", {}) == "":
        data["claims"] = {}
    return data
