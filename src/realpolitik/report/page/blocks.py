"""What a report is made of, free of any form: spans of text, paragraphs, lists, tables, pictures, folds."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from typing import Any, Literal

from realpolitik.report.figures.figure import Figure, Table


@dataclass(frozen=True)
class Span:
    """Some words; `link`: the id they lead to; `claim`: they are a reference to that claim (a footnote in Word)."""

    words: str
    kind: Literal["", "strong", "soft", "code"] = ""
    link: str = ""
    claim: str = ""


@dataclass(frozen=True)
class Para:
    """A paragraph; `id` is where links lead; `kind`: lead, note or plain."""

    spans: tuple[Span, ...]
    kind: Literal["", "lead", "note", "question"] = ""
    id: str = ""


@dataclass(frozen=True)
class Bullets:
    """A list of paragraphs."""

    items: tuple[Para, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Grid:
    """A table; `links`: (row, column) to the id its cell leads to; `ids`: where links to rows lead; `cited`: the column
    whose cells name claims, each of which (of `known`) is a link.
    """

    table: Table
    caption: str = ""
    links: dict[tuple[int, int], str] = field(default_factory=dict)
    ids: tuple[str, ...] = ()
    cited: int = -1
    known: Container[str] = ()


@dataclass(frozen=True)
class Picture:
    """A figure; `broad`: it wants a page across in print."""

    figure: Figure
    broad: bool = False


@dataclass(frozen=True)
class Head:
    """A heading within a section."""

    words: str
    id: str = ""


@dataclass(frozen=True)
class Fold:
    """Blocks behind one line, opened on demand; whole in print."""

    summary: str
    blocks: tuple[Any, ...]


Block = Para | Bullets | Grid | Picture | Head | Fold


@dataclass(frozen=True)
class Section:
    """A section of the report; `first`: it belongs on the first page, before the contents."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    first: bool = False


def para(*spans: Span | str, kind: Literal["", "lead", "note", "question"] = "", id: str = "") -> Para:  # noqa: A002
    """A paragraph from spans and plain words.

    >>> para("It ", Span("holds", "strong")).spans[0]
    Span(words='It ', kind='', link='', claim='')
    """
    return Para(tuple(Span(item) if isinstance(item, str) else item for item in spans), kind, id)
