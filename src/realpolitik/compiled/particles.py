"""A population of possible worlds: what each draw is made of, laid open so that it can be moved and run again.

A particle is one combination of hypotheses, one score for every sequence of an uncertain input (standard normal; the
decisions whether hedged links exist count as one each), and one key of chance. Its prior is that of the ensemble: so
many independent standard normals, a key, a combination by credence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.model import Model
from realpolitik.compiled.sampling import Sampler, sample
from realpolitik.dynamics.engine import simulate
from realpolitik.dynamics.tables import Draws, Paths, Plan
from realpolitik.language.normal import normal_cdf, normal_quantile

Reals = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Sequences:
    """The sequences a model draws from: `scores` by name, and those that decide whether links exist."""

    scores: tuple[str, ...]
    decisions: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All, in the order of the rows of `Particles.z`."""
        return (*self.scores, *self.decisions)


@dataclass(frozen=True, eq=False)
class Particles:
    """`z` (sequence, particle) scores; `combination`, `key`, `replica` of chance (particle,).

    `origin` is the draw of the prior each descends from, `own` a number for each distinct history, `memory` the
    correlation of its scores with those of its origin (particle,).
    """

    z: Reals
    combination: Ints
    key: Ints
    replica: Ints
    origin: Ints
    own: Ints
    memory: Reals

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.key)

    def chosen(self, places: Ints) -> Particles:
        """Some of them, in that order, with repetitions."""
        parts = {name: value[..., places] for name, value in vars(self).items()}
        return Particles(**parts)

    def where(self, better: NDArray[np.bool_], other: Particles) -> Particles:
        """These, but the other's where `better` (particle,)."""
        parts = {name: np.where(better, getattr(other, name), value) for name, value in vars(self).items()}
        return Particles(**parts)


def prior(ensemble: Ensemble) -> tuple[Sequences, Particles]:
    """The ensemble's own draws as particles: one for each row, in the order of its rows."""
    model, draws = ensemble.model, ensemble.draws
    index = draws.index.astype(np.int64)
    sampler = Sampler(ensemble.settings.seed, index, model.situation.credences)
    sample(model.columns, model.combos, sampler, counts=model.counts)
    sequences = Sequences(tuple(sampler.known), tuple(sampler.decided))
    decided = [np.asarray(normal_quantile(values)) for values in sampler.decided.values()]
    z = np.array([*sampler.known.values(), *decided]).reshape(len(sequences.names), len(index))
    kept = (draws.combination.astype(np.int64), index, draws.replica.astype(np.int64))
    return sequences, Particles(z, *kept, index.copy(), np.arange(len(index)), np.ones(len(index)))


def sampler_of(model: Model, seed: int, sequences: Sequences, particles: Particles) -> Sampler:
    """The scores of the particles, in the form from which columns are filled."""
    first = len(sequences.scores)
    known = dict(zip(sequences.scores, particles.z[:first], strict=True))
    decided = {
        name: np.asarray(normal_cdf(row)) for name, row in zip(sequences.decisions, particles.z[first:], strict=True)
    }
    return Sampler(seed, particles.key, model.situation.credences, known=known, decided=decided)


def draws_of(model: Model, seed: int, sequences: Sequences, particles: Particles, weight: Reals) -> Draws:
    """The particles as draws of the kernel, one row each, with these weights."""
    sampler = sampler_of(model, seed, sequences, particles)
    every = sample(model.columns, model.combos, sampler, counts=model.counts)
    rows = every.rows(particles.combination * particles.count + np.arange(particles.count))
    parts = {name: getattr(rows, name) for name in vars(rows)}
    return Draws(**{**parts, "replica": particles.replica.astype(np.int32), "weight": weight.copy()})


def paths_of(ensemble: Ensemble, draws: Draws, periods: int) -> Paths:
    """What happens in these draws up to a period: the same as in a run to the horizon, sooner."""
    settings = ensemble.settings
    return simulate(
        replace(ensemble.model.tables, periods=periods),
        draws,
        Plan(),
        seed=settings.seed,
        depth=settings.depth,
        kernel=settings.kernel,
        threads=settings.threads,
    )
