"""What differs between two situations, entry by entry, and situations between them that have some of the differences.

Entries are known as the file knows them: things by id, lines by cause and effect (or actor and term). Names, notes,
positions and who stands behind an entry are no difference: they move no number.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from realpolitik.language.expression import Expression
from realpolitik.language.formatter import format_expression
from realpolitik.language.quantity import Quantity
from realpolitik.situation.model import Situation

MAPS = ("actors", "institutions", "factors", "options", "exchanges", "shocks", "scenarios", "credences")
LISTS = ("influences", "interests", "red_lines", "dependencies", "promises", "norms", "hypotheses")
SCALARS = ("as_of", "horizon", "period", "answers")
_KINDS = {
    "actors": "actor", "institutions": "institution", "factors": "factor", "options": "option",
    "exchanges": "exchange", "shocks": "shock", "scenarios": "scenario", "credences": "credence of a claim",
    "influences": "influence", "interests": "interest", "red_lines": "red line", "dependencies": "dependency",
    "promises": "commitment", "norms": "norm", "hypotheses": "hypothesis", "as_of": "date", "horizon": "horizon",
    "period": "period", "answers": "answer times",
}  # fmt: skip
_SILENT = {
    "support",
    "position",
    "column",
    "name",
    "aliases",
    "tags",
    "theatre",
    "low_end",
    "high_end",
    "leader",
    "text",
}
_SILENT |= {"says", "note", "end_column", "line"}


@dataclass(frozen=True)
class Edit:
    """One entry of one section that differs: `before` or `after` None where it is not there."""

    section: str
    key: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Change:
    """Edits that only make sense together (a new option and what refers to it), usually one."""

    edits: tuple[Edit, ...]

    @property
    def kind(self) -> str:
        """What kind of entry it is: influence, factor, ..."""
        return _KINDS[self.edits[0].section]

    @property
    def entry(self) -> str:
        """The entry, as the file knows it."""
        more = len(self.edits) - 1
        return f"{self.edits[0].key}{f' and {more} more that name it' if more else ''}"

    @property
    def before(self) -> str:
        """What was written of it, where the two differ."""
        return _told(self.edits[0], self.edits[0].before, self.edits[0].after)

    @property
    def after(self) -> str:
        """What is written of it in the other."""
        return _told(self.edits[0], self.edits[0].after, self.edits[0].before)

    @property
    def words(self) -> str:
        """The change in one line."""
        return f"{self.kind} {self.entry}: {self.before}, then {self.after}"


def changes(one: Situation, other: Situation) -> tuple[Change, ...]:
    """Everything that would have to change in `one` to make it `other`, in the order of the file's sections."""
    edits = [edit for section in (*SCALARS, *MAPS, *LISTS) for edit in _edits(section, one, other)]
    return tuple(_bundled(edits))


def between(one: Situation, chosen: Iterable[Change]) -> Situation:
    """`one` with some of the changes made."""
    made = one
    for change in chosen:
        for edit in change.edits:
            made = _applied(made, edit)
    return made


def _edits(section: str, one: Situation, other: Situation) -> Iterator[Edit]:
    left, right = _entries(one, section), _entries(other, section)
    for key in dict.fromkeys((*left, *right)):
        before, after = left.get(key), right.get(key)
        if plain(before) != plain(after):
            yield Edit(section, key, before, after)


def _entries(situation: Situation, section: str) -> Mapping[str, Any]:
    value = getattr(situation, section)
    if section in SCALARS:
        return {_KINDS[section]: value}
    if section in MAPS:
        return dict(value)
    out: dict[str, Any] = {}
    for item in value:
        out.setdefault(_key(item), []).append(item)
    return {key: items[0] if len(items) == 1 else tuple(items) for key, items in out.items()}


def _key(item: Any) -> str:
    return str(getattr(item, "key", "") or item.id)


def _applied(situation: Situation, edit: Edit) -> Situation:
    return replace(situation, **_section(situation, edit))


def _section(situation: Situation, edit: Edit) -> dict[str, Any]:
    """The section of an edit, with the edit made."""
    if edit.section in SCALARS:
        return {edit.section: edit.after}
    known = {key: value for key, value in _entries(situation, edit.section).items() if key != edit.key or edit.after}
    known |= {} if edit.after is None else {edit.key: edit.after}
    if edit.section in MAPS:
        return {edit.section: known}
    flat = [item for value in known.values() for item in (value if isinstance(value, tuple) else (value,))]
    return {edit.section: tuple(flat)}


def _bundled(edits: Sequence[Edit]) -> Iterator[Change]:
    """What comes or goes takes with it the edits that name it."""
    named = ("actors", "institutions", "factors", "options", "exchanges", "shocks")
    left = list(edits)
    for edit in edits:
        if edit in left and edit.section in named and (edit.before is None or edit.after is None):
            group = [edit, *(item for item in left if item is not edit and edit.key in _text(item))]
            left = [item for item in left if not any(item is taken for taken in group)]
            yield Change(tuple(group))
    yield from (Change((edit,)) for edit in left)


def _text(edit: Edit) -> str:
    return f"{edit.key} {plain(edit.before)} {plain(edit.after)}"


def plain(value: Any) -> Any:
    """What of a value moves numbers, as nested tuples and texts."""
    if isinstance(value, Expression):
        return format_expression(value)
    if is_dataclass(value) and not isinstance(value, type):
        return tuple(
            (item.name, plain(getattr(value, item.name))) for item in fields(value) if item.name not in _SILENT
        )
    if isinstance(value, Mapping):
        return tuple((key, plain(item)) for key, item in value.items())
    if isinstance(value, tuple | list):
        return tuple(plain(item) for item in value)
    return value


def _told(edit: Edit, value: Any, against: Any) -> str:
    if value is None:
        return "not there"
    if not is_dataclass(value) or isinstance(value, Quantity) or against is None or type(value) is not type(against):
        return _short(value)
    parts = [
        f"{item.name.replace('_', ' ')} {_short(getattr(value, item.name))}"
        for item in fields(value)
        if item.name not in _SILENT and plain(getattr(value, item.name)) != plain(getattr(against, item.name))
    ]
    return _levels(edit, value, "; ".join(parts))


def _levels(edit: Edit, value: Any, text: str) -> str:
    """The status quo of an option by the name of its level."""
    return text.replace(f"now {value.now}", f"now {value.levels[value.now]}") if edit.section == "options" else text


def _short(value: Any) -> str:
    """A value in a few words."""
    if value is None or (isinstance(value, str | tuple) and not value):
        return "none"
    if isinstance(value, Expression):
        return format_expression(value)
    if isinstance(value, Quantity):
        return value.text or f"{value.central:g}"
    if isinstance(value, int | float | str | dt.date):
        return f"{value:g}" if isinstance(value, float) else str(value)
    return _short_record(value)


def _short_record(value: Any) -> str:
    if hasattr(value, "months"):
        return value.text or f"{value.months:g} months"
    text = getattr(getattr(value, "support", None), "text", "")
    if text:
        return str(text)
    return ", ".join(map(_short, value)) if isinstance(value, tuple) and len(value) < 4 else "written otherwise"
