"""Patterns over the options: one place per option, Y, N, a level's digit, or '-' for any."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from realpolitik.conflicts.findings import Findings
from realpolitik.conflicts.located import Node
from realpolitik.conflicts.model import Option, Vector

MAX_STATES = 100_000
MAX_PREFIXES = 400_000


@dataclass(frozen=True)
class Pattern:
    """`places[k]`: the levels option k may have. `fixed`: the options that are not free."""

    places: tuple[tuple[int, ...], ...]
    fixed: tuple[tuple[int, tuple[int, ...]], ...]

    def matches(self, vector: Sequence[int]) -> bool:
        """Does the vector (or its beginning, if all fixed places lie in it) match?"""
        return all(vector[k] in levels for k, levels in self.fixed)

    def size(self) -> int:
        """How many vectors match?"""
        out = 1
        for levels in self.places:
            out *= len(levels)
        return out

    def vectors(self) -> Iterable[Vector]:
        """All vectors that match."""
        return product(*self.places)


def read_pattern(node: Node, options: Sequence[Option], findings: Findings) -> Pattern | None:
    """Read one pattern, as a text or a list with one entry per option; reports what is wrong with it."""
    letters = _letters(node, findings)
    if letters is None:
        return None
    if len(letters) != len(options):
        expected = f"one for each option in order: {', '.join(o.name for o in options)}"
        message = f"The pattern '{''.join(letters)}' has {len(letters)} places; expected {len(options)}"
        findings.error(node, f"{message}, {expected}.")
        return None
    places = [_levels(node, letter, o, findings) for letter, o in zip(letters, options, strict=True)]
    if not all(places):
        return None
    fixed = [(k, p) for k, p in enumerate(places) if len(p) < len(options[k].levels)]
    return Pattern(tuple(places), tuple(fixed))


def _letters(node: Node, findings: Findings) -> list[str] | None:
    if isinstance(node.value, str):
        return list(node.value)
    if isinstance(node.value, list) and all(item.text is not None for item in node.items):
        return [item.text or "-" for item in node.items]
    findings.error(node, f"Expected a pattern such as 'Y-N', found {node.kind()}.")
    return None


def _levels(node: Node, letter: str, option: Option, findings: Findings) -> tuple[int, ...]:
    count = len(option.levels)
    meanings = {"-": tuple(range(count)), "N": (0,), "Y": tuple(range(1, count))}
    meanings |= {str(k): (k,) for k in range(count)}
    if letter not in meanings:
        allowed = "Y, N or -" if count == 2 else f"N, Y, - or a level 0 to {count - 1}"
        message = f"'{letter}' cannot stand for '{option.name}' in a pattern; expected {allowed}."
        findings.error(node, message)
        return ()
    return meanings[letter]


def feasible_vectors(options: Sequence[Option], infeasible: Sequence[Pattern]) -> list[Vector] | None:
    """Every vector that no pattern matches, in order of its label; None if there are too many to list.

    Options are fixed one after another, those first that the shortest patterns speak of, and what matches a pattern is
    dropped as soon as all of the pattern's options are fixed.
    """
    order = _constrained_first(len(options), infeasible)
    place = {k: n for n, k in enumerate(order)}
    closing: list[list[tuple[tuple[int, tuple[int, ...]], ...]]] = [[] for _ in options]
    for pattern in infeasible:
        if not pattern.fixed:
            return []
        fixed = tuple((place[k], levels) for k, levels in pattern.fixed)
        closing[max(n for n, _ in fixed)].append(fixed)
    prefixes: list[Vector] = [()]
    for k, patterns in zip(order, closing, strict=True):
        longer = ((*p, level) for p in prefixes for level in range(len(options[k].levels)))
        prefixes = [p for p in longer if not any(all(p[n] in levels for n, levels in fixed) for fixed in patterns)]
        if len(prefixes) > MAX_PREFIXES:
            return None
    found = [tuple(p[place[k]] for k in range(len(options))) for p in prefixes]
    return sorted(found, key=lambda v: v[::-1]) if len(found) <= MAX_STATES else None


def _constrained_first(count: int, infeasible: Sequence[Pattern]) -> list[int]:
    """The options in the order of the shortest patterns that fix them; then the free ones."""
    by_length = sorted(infeasible, key=lambda pattern: len(pattern.fixed))
    spoken = (k for pattern in by_length for k, _ in pattern.fixed)
    return list(dict.fromkeys((*spoken, *range(count))))


def label_of(vector: Vector, options: Sequence[Option]) -> str:
    """The decimal label: the sum of 2^index over options that are Y (mixed radix with several levels).

    >>> label_of((1, 0, 1), [Option("a", 0), Option("b", 0), Option("c", 0)])
    '5'
    """
    total, weight = 0, 1
    for level, option in zip(vector, options, strict=True):
        total, weight = total + level * weight, weight * len(option.levels)
    return str(total)
