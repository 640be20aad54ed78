"""A situation as tables, one for each section, and back without loss: what a spreadsheet can edit.

The first columns say the form of a section. `id`: a mapping, one row for an entry. `no`: a list, one row for an item.
`id` and `no`: items under each id (interests). Other columns are keys. Of a line (`cause raises effect: strong`) the
part left of the colon stands under `line`, the rest under `value`; a plain item stands under `value`. A value that is
itself a list or mapping is written as JSON, as is a text that would read as such.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from realpolitik.errors import Finding, InputRefused

PLAIN, ID, NUMBER, LINE, VALUE = "situation", "id", "no", "line", "value"
TWO_WORDS = ("do secretly",)
Sheet = list[list[str]]


def to_tables(data: Mapping[str, Any]) -> dict[str, Sheet]:
    """Plain data of a situation file as sheets by section; plain keys stand together in the sheet `situation`.

    >>> to_tables({"situation": "A", "factors": {"x": {"now": "0.3"}}})["factors"]
    [['id', 'now'], ['x', '0.3']]
    """
    plain = [[key, cell(value)] for key, value in data.items() if not isinstance(value, dict | list)]
    sheets = {PLAIN: [["id", "value"], *plain]}
    for key, value in data.items():
        if isinstance(value, dict) and value and all(isinstance(item, list) for item in value.values()):
            rows = [((name, str(i)), item) for name, items in value.items() for i, item in enumerate(items, 1)]
            sheets[key] = _sheet((ID, NUMBER), rows)
        elif isinstance(value, dict):
            sheets[key] = _sheet((ID,), [((name,), item) for name, item in value.items()])
        elif isinstance(value, list):
            sheets[key] = _sheet((NUMBER,), [((str(i),), _lined(item)) for i, item in enumerate(value, 1)])
    return sheets


def _sheet(heads: tuple[str, ...], rows: Sequence[tuple[tuple[str, ...], Any]]) -> Sheet:
    keys = list(dict.fromkeys(key for _, item in rows for key in _keyed(item)))
    return [
        [*heads, *map(_head, keys)],
        *([*head, *(cell(_keyed(item).get(key)) for key in keys)] for head, item in rows),
    ]


def _lined(item: Any) -> Any:
    """An item with its line and the value of it apart.

    >>> _lined({"a raises b": "strong", "claims": ["c1"]})
    {'line': 'a raises b', 'value': 'strong', 'claims': ['c1']}
    """
    first = next(iter(item), "") if isinstance(item, dict) else ""
    if not _is_line(first) or {LINE, VALUE} & set(item):
        return item
    rest = {key: value for key, value in item.items() if key != first}
    return {LINE: first, VALUE: item[first], **rest}


def _is_line(key: str) -> bool:
    """Is a first key a line of the language rather than the name of a key?"""
    return bool(re.search(r"[^a-z_ ]", key)) or (" " in key and key not in TWO_WORDS)


def _keyed(item: Any) -> dict[str, Any]:
    """The cells of an entry. One whose own keys would be taken for another thing is kept whole."""
    if isinstance(item, dict) and (VALUE not in item or LINE in item):
        return item or {VALUE: item}
    return {VALUE: item}


def _head(key: str) -> str:
    """A key as a heading; one that looks like the leading columns is quoted.

    >>> _head("id"), _head("now")
    ('"id"', 'now')
    """
    return json.dumps(key) if key in (ID, NUMBER) or key.startswith('"') else key


def cell(value: Any) -> str:
    """A value as a cell: text as it is, the rest as JSON; nothing as an empty cell.

    >>> cell("0.3"), cell(["a"]), cell(""), cell(None)
    ('0.3', '["a"]', '""', '')
    """
    if value is None:
        return ""
    if isinstance(value, str) and value and value[0] not in '[{"':
        return value
    return json.dumps(value, ensure_ascii=False)


def from_tables(sheets: Mapping[str, Sheet]) -> dict[str, Any]:
    """The data that sheets hold; unknown sheets become sections, which the reader of situations will name.

    Raises:
        InputRefused: with every cell that cannot be read.
    """
    wrong: list[Finding] = []
    data: dict[str, Any] = {}
    for name, sheet in sheets.items():
        if sheet:
            found = _section(name, sheet, wrong)
            data.update(found) if name == PLAIN else data.__setitem__(name, found)
    if wrong:
        raise InputRefused(wrong)
    return data


def _section(name: str, sheet: Sheet, wrong: list[Finding]) -> Any:
    heads = list(sheet[0])
    rows = [(number, [*row, *[""] * (len(heads) - len(row))]) for number, row in enumerate(sheet[1:], 2) if any(row)]
    if heads[:2] == [ID, NUMBER]:
        lines: dict[str, list[Any]] = {}
        for number, row in rows:
            lines.setdefault(row[0], []).append(_entry(heads[2:], row[2:], (name, number), wrong))
        return lines
    if heads[:1] == [ID]:
        return {row[0]: _entry(heads[1:], row[1:], (name, number), wrong) for number, row in rows}
    if heads[:1] == [NUMBER]:
        return [_entry(heads[1:], row[1:], (name, number), wrong) for number, row in rows]
    hint = "Begin it with a column 'id' or 'no'; leave the first row as it was exported."
    wrong.append(Finding("error", f"sheet '{name}' has no column that says its form.", hint=hint))
    return {}


def _entry(heads: Sequence[str], row: Sequence[str], place: tuple[str, int], wrong: list[Finding]) -> Any:
    cells = dict(_cells(heads, row, place, wrong))
    if LINE in cells:
        return {cells.pop(LINE): cells.pop(VALUE, ""), **cells}
    return cells[VALUE] if set(cells) == {VALUE} else cells


def _cells(
    heads: Sequence[str], row: Sequence[str], place: tuple[str, int], wrong: list[Finding]
) -> Iterator[tuple[str, Any]]:
    for head, text in zip(heads, row, strict=False):
        if text == "":
            continue
        key = json.loads(head) if head.startswith('"') else head
        try:
            yield key, json.loads(text) if text[0] in '[{"' else text
        except ValueError as problem:
            hint = 'Lists and mappings are JSON here, such as ["a", "b"]; a text that begins so needs quotes.'
            told = f"sheet '{place[0]}', row {place[1]}, column '{key}': '{text[:60]}' cannot be read: {problem}."
            wrong.append(Finding("error", told, hint=hint))
