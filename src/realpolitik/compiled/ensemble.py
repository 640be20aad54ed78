"""Runs shared between questions: each distinct intervention is run once, on the same draws, and remembered.

A run is known by what it was made of (model, draws, seed, depth, what was held, what was replayed): the same key means
the same bytes, so a store may answer from disk.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.ablation import without
from realpolitik.compiled.compiler import compile  # noqa: A004  (the field's word)
from realpolitik.compiled.fingerprint import code_digest
from realpolitik.compiled.model import Model
from realpolitik.dynamics.engine import simulate
from realpolitik.dynamics.tables import Draws, Hold, Paths, Plan
from realpolitik.errors import QuestionRefused, did_you_mean

Variant = Literal["", "shuffled", "signs", "structure"]
Progress = Callable[[int, int], None]
Kernel = Literal["auto", "native", "batched", "literal"]
KERNELS = ("auto", "native", "batched", "literal")


@dataclass(frozen=True)
class Settings:
    """How large a run is: `draws` of judgements (a power of two), chance `replicas` of each, `depth` of look-ahead.

    `kernel` and `threads` change the time, never the answer. `lookahead` "quick" is an approximation in single
    precision whose choices differ in a few of a thousand (docs/decisions/0004).
    """

    draws: int = 256
    replicas: int = 1
    depth: int = 0
    seed: int = 1
    kernel: Kernel = "auto"
    threads: int = 0
    lookahead: Literal["exact", "quick"] = "exact"

    def __post_init__(self) -> None:
        if self.draws < 1 or self.draws & (self.draws - 1):
            near = 1 << max(0, self.draws.bit_length() - (0 if self.draws > 0 else 1))
            raise QuestionRefused(f"{self.draws} draws: the number must be a power of two, for example {near}.")
        if self.depth not in (0, 1):
            raise QuestionRefused(f"Depth {self.depth}: look-ahead is 0 (others stay as they are) or 1 (others reply).")
        if self.kernel not in KERNELS:
            raise QuestionRefused(f"'{self.kernel}' is no kernel. {did_you_mean(self.kernel, KERNELS)}")
        if self.lookahead not in ("exact", "quick"):
            raise QuestionRefused(f"'{self.lookahead}' is no look-ahead: expected exact or quick.")
        if not 0 <= self.seed < 2**64:
            raise QuestionRefused(f"Seed {self.seed}: expected a whole number from 0 below 2^64.")

    @property
    def identity(self) -> str:
        """What of the settings changes the answer."""
        quick = "" if self.lookahead == "exact" else f" lookahead={self.lookahead}"
        return f"draws={self.draws} replicas={self.replicas} depth={self.depth} seed={self.seed}{quick}"


class Store(Protocol):
    """Where finished runs are kept between processes."""

    def load(self, key: str) -> Paths | None:
        """The run kept under a key, or None."""

    def save(self, key: str, paths: Paths) -> None:
        """Keep a run, wholly or not at all."""


@dataclass(eq=False)
class Ensemble:
    """One model on one set of draws. `variant` asks the same of deliberately wrong weights (see `analyses.null`)."""

    model: Model
    settings: Settings = field(default_factory=Settings)
    variant: Variant = ""
    store: Store | None = None
    progress: Progress | None = None
    worth_keeping: float = 0.2  # seconds: a run that takes less is made again sooner than read
    runs: dict[str, Paths] = field(default_factory=dict)
    known: dict[str, Draws] = field(default_factory=dict)
    known_scales: dict[str, NDArray[np.float64]] = field(default_factory=dict)
    known_ablations: dict[tuple[str, ...], Ensemble] = field(default_factory=dict)

    @property
    def draws(self) -> Draws:
        """The draws of every run: rows by combination, draw, replica."""
        if "draws" not in self.known:
            settings = self.settings
            made = self.model.draws(0, settings.draws, seed=settings.seed, replicas=settings.replicas)
            self.known["draws"] = varied(self.model, made, self.variant, settings.seed)
        return self.known["draws"]

    def run(
        self, holds: tuple[Hold, ...] = (), *, replay: tuple[Hold, ...] | None = None, review: bool = True
    ) -> Paths:
        """The paths with `holds` held; with `replay`, all else repeats the decisions of the run that holds `replay`."""
        key = self.key(holds, replay, review)
        if key not in self.runs:
            self.runs[key] = self._stored(key) or self._made(key, holds, replay, review)
        return self.runs[key]

    def ablated(self, names: tuple[str, ...]) -> Ensemble:
        """The same draws of the situation without some of its entries (see `compiled.ablation`)."""
        if names not in self.known_ablations:
            model = compile(without(self.model.situation, names))
            self.known_ablations[names] = Ensemble(model, self.settings, self.variant, self.store, self.progress)
        return self.known_ablations[names]

    def key(self, holds: tuple[Hold, ...], replay: tuple[Hold, ...] | None, review: bool) -> str:
        """What a run is made of, as a digest."""
        text = f"{code_digest()}|{self.digest}|{self.settings.identity}|{self.variant}|{holds!r}|{replay!r}|{review}"
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def digest(self) -> str:
        """The model's digest, computed once."""
        return self._digest or self._remember()

    _digest: str = ""

    def _remember(self) -> str:
        self._digest = self.model.digest
        return self._digest

    def has(self, holds: tuple[Hold, ...] = (), *, replay: tuple[Hold, ...] | None = None, review: bool = True) -> bool:
        """True where the run needs no time: it is in memory."""
        return self.key(holds, replay, review) in self.runs

    def _stored(self, key: str) -> Paths | None:
        return self.store.load(key) if self.store else None

    def _made(self, key: str, holds: tuple[Hold, ...], replay: tuple[Hold, ...] | None, review: bool) -> Paths:
        levels = None if replay is None else self.run(replay).levels
        settings, began = self.settings, time.monotonic()
        paths = simulate(
            self.model.tables,
            self.draws,
            Plan(holds=holds, replay=levels, review=review),
            seed=settings.seed,
            depth=settings.depth,
            kernel=settings.kernel,
            floating="float64" if settings.lookahead == "exact" else "float32",
            lookahead=settings.lookahead,
            threads=settings.threads,
            progress=self.progress,
        )
        if self.store and time.monotonic() - began >= self.worth_keeping:
            self.store.save(key, paths)
        return paths


def varied(model: Model, draws: Draws, variant: Variant, seed: int) -> Draws:
    """The draws with weights of interests shuffled within their words, with signs only, or with structure only."""
    if not variant:
        return draws
    weights = {"shuffled": _shuffled, "signs": _signs, "structure": _structure}[variant](model, draws, seed)
    return Draws(**{**{name: getattr(draws, name) for name in vars(draws)}, "weight_of_interest": weights})


def _generator(seed: int, row: int) -> np.random.Generator:
    return np.random.Generator(np.random.Philox(key=[seed, row]))


def _shuffled(model: Model, draws: Draws, seed: int) -> NDArray[np.float64]:
    """Within each word (vital, major, minor, or none) signed weights are dealt anew among its lines, per draw."""
    weights = draws.weight_of_interest.copy()
    ranks = np.array([_rank(model, column) for column in range(weights.shape[1])])
    for row, index in enumerate(draws.index):
        dealer = _generator(seed, int(index))
        for rank in sorted(set(ranks)):
            lines = np.flatnonzero((ranks == rank) & (weights[row] != 0.0))
            weights[row, lines] = weights[row, dealer.permutation(lines)]
    return weights


def _rank(model: Model, column: int) -> str:
    fills = model.columns.fills["weight_of_interest"][column]
    return fills[0].input.quantity.word if fills and fills[0].input else ""


def _signs(model: Model, draws: Draws, seed: int) -> NDArray[np.float64]:
    """Every weight its actor's top weight, its sign kept."""
    top = model.tables.top_weight[model.tables.interest_actor]
    signs: NDArray[np.float64] = np.sign(draws.weight_of_interest) * top
    return signs


def _structure(model: Model, draws: Draws, seed: int) -> NDArray[np.float64]:
    """Every weight its actor's top weight, its sign tossed per draw and line."""
    signs = np.abs(_signs(model, draws, seed))
    tosses = np.array([_generator(seed + 1, int(n)).integers(0, 2, signs.shape[1]) for n in draws.index])
    tossed: NDArray[np.float64] = signs * (2.0 * tosses.reshape(signs.shape) - 1.0)
    return tossed
