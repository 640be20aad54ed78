"""Gambit's strategic games (`.nfg`, payoff and outcome form), read as conflicts (`nfg_writer` writes them).

Each player is an actor with one option whose levels are its strategies; payoffs become rankings. Format:
Gambit manual, "The strategic game (.nfg) file format".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from realpolitik.conflicts.model import Conflict, Option, Preference, State, Vector
from realpolitik.conflicts.moves import implied_moves
from realpolitik.conflicts.patterns import MAX_STATES
from realpolitik.conflicts.preferences import dense
from realpolitik.errors import Finding, InputRefused, Position

_TOKEN = re.compile(r'[\s,]*(?:"((?:[^"\\]|\\.)*)"|([{}])|([^\s{}",]+))')
_NUMBER = re.compile(r"[-+]?\d{1,15}(?:/0{0,14}[1-9]\d{0,14}|(?:\.\d{0,15})?(?:[eE][-+]?\d{1,2})?)")


@dataclass(frozen=True)
class StrategicGame:
    """`strategies[player]` names; `payoffs` (profile, player), the first player's strategy changing
    fastest.
    """

    title: str
    players: tuple[str, ...]
    strategies: tuple[tuple[str, ...], ...]
    payoffs: tuple[tuple[Fraction, ...], ...]


class _Tokens:
    def __init__(self, text: str, file: str) -> None:
        self.file, self.text, self.next = file, text, 0
        self.starts = [0, *(m.end() for m in re.finditer("\n", text))]
        self.found = [(m.group(1), m.group(2) or m.group(3), m.start(m.lastindex or 0)) for m in _TOKEN.finditer(text)]

    def fail(self, message: str) -> InputRefused:
        offset = self.found[self.next][2] if self.next < len(self.found) else len(self.text)
        line = bisect_right(self.starts, offset)
        position = Position(self.file, line, offset - self.starts[line - 1] + 1)
        return InputRefused([Finding("error", message, position, "See Gambit's .nfg format, version 1.")])

    @property
    def word(self) -> str:
        """The next unquoted token; empty at the end or before a quoted text."""
        return self.found[self.next][1] or "" if self.next < len(self.found) else ""

    def quoted(self) -> str:
        text = self.found[self.next][0] if self.next < len(self.found) else None
        if text is None:
            raise self.fail("Expected a text in double quotes.")
        self.next += 1
        return re.sub(r"\\(.)", r"\1", text)

    def take(self, *words: str) -> str:
        if self.word not in words:
            raise self.fail(f"Expected {' or '.join(words)}.")
        self.next += 1
        return self.found[self.next - 1][1] or ""

    def texts(self) -> list[str]:
        self.take("{")
        out = []
        while self.word != "}":
            out.append(self.quoted())
        self.take("}")
        return out

    def number(self) -> Fraction:
        word = self.word
        if not _NUMBER.fullmatch(word):
            raise self.fail("Expected a number.")
        self.next += 1
        return Fraction(word)

    def numbers(self) -> list[Fraction]:
        out = []
        while self.next < len(self.found) and self.word not in ("{", "}"):
            out.append(self.number())
        return out


def read_game(text: str, file: str = "") -> StrategicGame:
    """A strategic game from `.nfg` text. Raises InputRefused with the position of what is wrong.

    >>> read_game('NFG 1 R "t" { "A" "B" } { 2 2 } 3 3 5 0 0 5 1 1').payoffs[1]
    (Fraction(5, 1), Fraction(0, 1))
    """
    tokens = _Tokens(text, file)
    if _TOKEN.sub("", text).strip(" \t\r\n,"):
        raise tokens.fail("A quotation mark is missing.")
    tokens.take("NFG")
    tokens.take("1")
    tokens.take("R", "D")
    title = tokens.quoted()
    players = tuple(tokens.texts())
    strategies = _strategies(tokens, len(players))
    if tokens.next < len(tokens.found) and tokens.found[tokens.next][0] is not None:
        tokens.quoted()
    size = 1
    for names in strategies:
        size *= len(names)
    if not 1 <= size <= MAX_STATES or not players:
        raise tokens.fail(f"Expected at least one player and 1 to {MAX_STATES:,} profiles.")
    payoffs = _outcomes(tokens, size, len(players)) if tokens.word == "{" else _payoffs(tokens, size, len(players))
    return StrategicGame(title, players, strategies, payoffs)


def _strategies(tokens: _Tokens, players: int) -> tuple[tuple[str, ...], ...]:
    """Either one number per player or one list of names per player."""
    tokens.take("{")
    out: list[tuple[str, ...]] = []
    while tokens.word != "}":
        if tokens.word == "{":
            out.append(tuple(tokens.texts()))
            continue
        count = tokens.number()
        if count.denominator != 1 or not 1 <= count <= MAX_STATES:
            raise tokens.fail("Expected a number of strategies, at least 1.")
        out.append(tuple(str(k + 1) for k in range(int(count))))
    tokens.take("}")
    if len(out) != players:
        raise tokens.fail(f"Expected strategies for {players} players, found {len(out)}.")
    return tuple(out)


def _payoffs(tokens: _Tokens, size: int, players: int) -> tuple[tuple[Fraction, ...], ...]:
    numbers = tokens.numbers()
    if len(numbers) != size * players:
        raise tokens.fail(f"Expected {size * players} payoffs, found {len(numbers)}.")
    return tuple(tuple(numbers[k : k + players]) for k in range(0, len(numbers), players))


def _outcomes(tokens: _Tokens, size: int, players: int) -> tuple[tuple[Fraction, ...], ...]:
    tokens.take("{")
    table: list[tuple[Fraction, ...]] = [(Fraction(0),) * players]
    while tokens.word == "{":
        tokens.take("{")
        tokens.quoted()
        row = tuple(tokens.numbers())
        if len(row) != players:
            raise tokens.fail(f"Expected {players} payoffs in an outcome, found {len(row)}.")
        table.append(row)
        tokens.take("}")
    tokens.take("}")
    chosen = tokens.numbers()
    if len(chosen) != size or not all(c.denominator == 1 and 0 <= c < len(table) for c in chosen):
        raise tokens.fail(f"Expected {size} numbers of outcomes, 0 to {len(table) - 1}.")
    return tuple(table[int(c)] for c in chosen)


def parse_nfg(text: str, file: str = "") -> Conflict:
    """A strategic game as a conflict: states are strategy profiles, labelled in the order of the file from
    1.
    """
    game = read_game(text, file)
    players = _distinct([name or f"Player {k + 1}" for k, name in enumerate(game.players)])
    options = tuple(Option("strategy", k, names) for k, names in enumerate(game.strategies))
    profiles = choices([len(names) for names in game.strategies])
    states = tuple(State(str(n), (vector,)) for n, vector in enumerate(profiles, 1))
    moves = implied_moves(len(players), options, states)
    frozen = tuple(tuple(tuple(sorted(row)) for row in actor) for actor in moves)
    ranks = (dense([float(row[k]) for row in game.payoffs]) for k in range(len(players)))
    preferences = tuple(Preference("payoffs", rank) for rank in ranks)
    return Conflict(game.title, players, options, states, frozen, preferences)


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Players of one name are told apart by their number."""
    return tuple(f"{name} [{k}]" if names.count(name) > 1 else name for k, name in enumerate(names, 1))


def choices(sizes: Sequence[int]) -> list[Vector]:
    """Every combination of levels, the first option changing fastest.

    >>> choices([2, 2])
    [(0, 0), (1, 0), (0, 1), (1, 1)]
    """
    return [choice[::-1] for choice in product(*(range(size) for size in reversed(sizes)))]
