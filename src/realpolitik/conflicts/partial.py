"""Partial orders from pairs: closed under transitivity, circles found."""

from __future__ import annotations

from collections.abc import Sequence

Sets = tuple[frozenset[int], ...]


def partial_order(
    n: int, strict: Sequence[tuple[int, int]], ties: Sequence[tuple[int, int]]
) -> tuple[Sets, Sets] | list[int]:
    """What is better than each state and what is unknown, from pairs (better, worse) and (equal, equal).

    If a > b and b > c then a > c; tied states are better and worse than the same others. Returns a circle of
    states instead if the strict pairs contain one.

    >>> better, unknown = partial_order(3, [(0, 1)], [])
    >>> sorted(better[1]), sorted(unknown[1])
    ([0], [2])
    >>> partial_order(2, [(0, 1), (1, 0)], [])
    [0, 1, 0]
    """
    group = _groups(n, ties)
    above: dict[int, set[int]] = {g: set() for g in group}
    for better, worse in strict:
        above[group[worse]].add(group[better])
    order = _worst_last(above)
    if isinstance(order, list):
        return order
    closed: dict[int, set[int]] = {}
    for g in order:
        closed[g] = above[g].union(*(closed[b] for b in above[g]))
    return _sets(n, group, closed)


def _groups(n: int, ties: Sequence[tuple[int, int]]) -> list[int]:
    """Every state's group of tied states, named by one of them."""
    parent = list(range(n))

    def root(s: int) -> int:
        while parent[s] != s:
            parent[s] = parent[parent[s]]
            s = parent[s]
        return s

    for a, b in ties:
        parent[root(b)] = root(a)
    return [root(s) for s in range(n)]


def _worst_last(above: dict[int, set[int]]) -> tuple[int, ...] | list[int]:
    """The groups, every one after all that are better; or a circle."""
    done: dict[int, None] = {}
    for start, directly in above.items():
        path = {} if start in done else {start: iter(directly)}
        while path:
            g, better = next(reversed(path.items()))
            following = next((b for b in better if b not in done), None)
            if following is None:
                done[g] = None
                path.popitem()
            elif following in path:
                circle = list(path)[list(path).index(following) :]
                return [following, *circle[::-1]]
            else:
                path[following] = iter(above[following])
    return tuple(done)


def _sets(n: int, group: Sequence[int], closed: dict[int, set[int]]) -> tuple[Sets, Sets]:
    members: dict[int, list[int]] = {}
    for s, g in enumerate(group):
        members.setdefault(g, []).append(s)
    better = tuple(frozenset(t for g in closed[group[s]] for t in members[g]) for s in range(n))
    known = [set(better[s]) | set(members[group[s]]) for s in range(n)]
    for s in range(n):
        for t in better[s]:
            known[t].add(s)
    return better, tuple(frozenset(range(n)) - frozenset(k) for k in known)
