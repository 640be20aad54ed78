"""How work tells how far it is: one call for each piece begun."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import TypeVar

Told = Callable[[str, int, int], None]
"""Told of the piece that begins, how many are finished, how many there are."""
T = TypeVar("T")


def silent(text: str, done: int, total: int) -> None:
    """Tell nobody."""


def each(items: Collection[T], told: Told, name: Callable[[T], str]) -> Iterator[T]:
    """The items, one after another, each announced as it begins.

    >>> list(each(["a", "b"], lambda *what: print(*what), str.upper))
    A 0 2
    B 1 2
    ['a', 'b']
    """
    for done, item in enumerate(items):
        told(name(item), done, len(items))
        yield item
