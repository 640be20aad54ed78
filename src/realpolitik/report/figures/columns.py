"""Places for the boxes of a network: in columns by who comes before whom, within a column in an order of few crossings.

The method is that of layered drawing (Sugiyama, Tagawa & Toda 1981, IEEE Trans. SMC 11(2)): cycles are opened by
turning the links that close them; each box stands right of what it follows; long links pass through gaps kept for them;
orders are improved by sweeps of barycentres. Everything is decided by the order given, so the same network is drawn
the same way each time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

SWEEPS = 24
Link = tuple[str, str]


@dataclass
class Columns:
    """`columns`: names (and gaps, named by tuples) from left to right, top to bottom. `ways`: what each link passes."""

    columns: list[list[object]] = field(default_factory=list)
    ways: dict[Link, list[object]] = field(default_factory=dict)


def columns(names: Sequence[str], links: Sequence[Link], most: int = 12) -> Columns:
    """The columns of a network; `most`: no more boxes than this in one column, the rest go one further.

    >>> columns(["a", "b", "c"], [("a", "b"), ("b", "c")]).columns
    [['a'], ['b'], ['c']]
    """
    forward = _opened(names, list(dict.fromkeys(link for link in links if link[0] != link[1])))
    rank = _ranks(names, forward, most)
    found = Columns([[] for _ in range(max(rank.values(), default=0) + 1)])
    for name in names:
        found.columns[rank[name]].append(name)
    for start, end in forward:
        _lay(found, start, end, rank)
    neighbours = _neighbours(found)
    for sweep in range(SWEEPS):
        _sweep(found, neighbours, down=sweep % 2 == 0)
    return found


def _opened(names: Sequence[str], links: Sequence[Link]) -> list[Link]:
    """The links with those turned that would close a cycle, found by walking from each name in order."""
    after: dict[str, list[str]] = {name: [] for name in names}
    for start, end in links:
        after[start].append(end)
    state: dict[str, int] = {}
    turned: set[Link] = set()

    def walk(name: str) -> None:
        state[name] = 1
        for end in after[name]:
            if state.get(end) == 1:
                turned.add((name, end))
            elif end not in state:
                walk(end)
        state[name] = 2

    for name in names:
        if name not in state:
            walk(name)
    return [(end, start) if (start, end) in turned else (start, end) for start, end in links]


def _ranks(names: Sequence[str], links: Sequence[Link], most: int) -> dict[str, int]:
    """The column of each name: right of all it follows, as far left as there is room."""
    before: dict[str, list[str]] = {name: [] for name in names}
    for start, end in links:
        before[end].append(start)
    rank: dict[str, int] = {}
    filled: dict[int, int] = {}
    waiting = list(names)
    while waiting:
        ready = [name for name in waiting if all(item in rank for item in before[name])] or waiting[:1]
        for name in ready:
            column = max((rank[item] + 1 for item in before[name] if item in rank), default=0)
            while filled.get(column, 0) >= most:
                column += 1
            rank[name] = column
            filled[column] = filled.get(column, 0) + 1
        waiting = [name for name in waiting if name not in rank]
    return rank


def _lay(found: Columns, start: str, end: str, rank: Mapping[str, int]) -> None:
    """The gaps a long link passes through."""
    left, right = sorted((rank[start], rank[end]))
    gaps: list[object] = [(start, end, column) for column in range(left + 1, right)]
    for column, gap in zip(range(left + 1, right), gaps, strict=True):
        found.columns[column].append(gap)
    ordered = gaps if rank[start] <= rank[end] else gaps[::-1]
    found.ways[start, end] = [start, *ordered, end]


def _neighbours(found: Columns) -> dict[object, list[object]]:
    neighbours: dict[object, list[object]] = {}
    for way in found.ways.values():
        for one, other in pairwise(way):
            neighbours.setdefault(one, []).append(other)
            neighbours.setdefault(other, []).append(one)
    return neighbours


def _sweep(found: Columns, neighbours: Mapping[object, list[object]], *, down: bool) -> None:
    """Order each column by the mean place of its neighbours in the column before (or after)."""
    order = range(1, len(found.columns)) if down else range(len(found.columns) - 2, -1, -1)
    for number in order:
        fixed = found.columns[number - 1 if down else number + 1]
        place = {name: (spot + 0.5) / len(fixed) for spot, name in enumerate(fixed)}
        own = {name: (spot + 0.5) / len(found.columns[number]) for spot, name in enumerate(found.columns[number])}
        weight = {}
        for name in found.columns[number]:
            near = [place[item] for item in neighbours.get(name, []) if item in place]
            weight[name] = sum(near) / len(near) if near else own[name]
        found.columns[number].sort(key=lambda name: (weight[name], own[name]))
