"""The ensemble given what was observed: importance weights, tempered, with rejuvenation.

Method: sequential Monte Carlo along the powers of the likelihood (Del Moral, Doucet & Jasra 2006, J. R. Stat. Soc. B
68(3), sections 2 and 3.3; the next power is chosen so that half of the effective sample is kept: Jasra et al. 2011,
Scand. J. Stat. 38(1), section 3.3). At each power: reweight, resample (systematic), then move every particle by steps
that leave the prior as it is (scores by the preconditioned Crank-Nicolson step, Cotter et al. 2013, Stat. Sci. 28(3),
equation 4.3; at times a fresh key of chance or another combination of hypotheses), taken with probability
min(1, (L'/L)^power). The product of the mean weights estimates the probability density of the observations.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.observations import Observation, last_period, log_fit, log_likelihood, observation_words
from realpolitik.compiled.particles import Particles, Sequences, draws_of, paths_of, prior
from realpolitik.errors import QuestionRefused
from realpolitik.results.progress import Told, silent

Reals = NDArray[np.float64]
KEPT = 0.5  # share of the effective sample that a step may leave
SWEEPS, LAST_SWEEPS = 4, 8  # moves of every particle after a step, and after the last
MOST_STEPS = 40
FEWEST = 16.0  # effective histories below which nothing is said
FRESH_CHANCE, OTHER_READING = 0.3, 0.2
NEW_KEYS = 1 << 24


@dataclass(frozen=True, eq=False)
class Conditioned:
    """The ensemble after the observations, and how well it could be had.

    `posterior` answers every question as the prior ensemble does. `plain` is the effective sample size of weighting
    alone, `rows` that of the prior, `histories` that of the end (see `histories_of`); `accepted` the share of moves
    taken; `powers` the tempering; `log_evidence` the log of the estimated probability (density) of the observations.
    """

    posterior: Ensemble
    particles: Particles
    sequences: Sequences
    plain: float
    rows: float
    histories: float
    accepted: float
    powers: tuple[float, ...]
    log_evidence: float


def effective(weights: Reals) -> float:
    """Kish's effective sample size (sum w)^2 / sum w^2; 0 where all weights are 0.

    >>> effective(np.array([1.0, 1.0, 0.0, 0.0]))
    2.0
    """
    square = float((weights**2).sum())
    return float(weights.sum()) ** 2 / square if square > 0 else 0.0


def conditioned(ensemble: Ensemble, observations: tuple[Observation, ...], told: Told = silent) -> Conditioned:
    """The ensemble given the observations.

    Raises `QuestionRefused` where no draw fits an observation, or too few distinct histories are left to speak for it.
    """
    model, weight = ensemble.model, ensemble.draws.weight
    logs = log_likelihood(model, ensemble.run(), observations)
    _refuse_impossible(ensemble, observations, logs)
    with np.errstate(under="ignore"):
        plain = effective(weight * np.exp(logs - logs.max()))
    sequences, particles = prior(ensemble)
    work = _Work(ensemble, observations, sequences, last_period(model, observations), told)
    found = work.run(particles, logs, weight / weight.sum())
    return replace(found, plain=plain, rows=effective(weight))


def _refuse_impossible(ensemble: Ensemble, observations: tuple[Observation, ...], logs: Reals) -> None:
    """Name the observations that no draw fits, or that no draw fits together."""
    if np.isfinite(logs).any():
        return
    model, paths = ensemble.model, ensemble.run()
    alone = [item for item in observations if not np.isfinite(log_fit(model, paths, item)).any()]
    what = "; ".join(observation_words(model, item) for item in alone or observations)
    together = "" if alone else "together "
    raise QuestionRefused(
        f"No draw fits {together}what was observed ({what}). The model does not expect it at all: ask with more "
        "--draws, give the report a grade below certainty (grade B2), or mend the situation."
    )


@dataclass(eq=False)
class _Work:
    """One conditioning under way; `reach` is the size of the moves, adapted to what is accepted."""

    ensemble: Ensemble
    observations: tuple[Observation, ...]
    sequences: Sequences
    periods: int
    told: Told
    reach: float = 0.5
    tried: int = 0
    taken: float = 0.0
    born: int = 0

    def __post_init__(self) -> None:
        self.dealer = np.random.Generator(np.random.Philox(key=[self.ensemble.settings.seed, 0xC0D1]))

    def run(self, particles: Particles, logs: Reals, weight: Reals) -> Conditioned:
        """From the prior (power 0) to the posterior (power 1)."""
        power, evidence, powers = 0.0, 0.0, [0.0]
        self.born = particles.count
        while power < 1.0:
            self.told(f"conditioning, power {power:.2f}", round(100 * power), 100)
            step = self._next(power, logs, weight)
            best = float(logs.max())
            grown = weight * np.exp((step - power) * (logs - best))
            evidence += float(np.log(grown.sum())) + (step - power) * best
            chosen = systematic(grown, particles.count, self.dealer)
            particles, logs = particles.chosen(chosen), logs[chosen]
            weight = np.full(particles.count, 1.0 / particles.count)
            power = step
            powers.append(power)
            particles, logs = self._moved(particles, logs, power, SWEEPS if power < 1.0 else LAST_SWEEPS)
            if len(powers) > MOST_STEPS:
                raise QuestionRefused(_collapsed(f"after {MOST_STEPS} steps the weights are still uneven"))
        return self._finished(particles, weight, tuple(powers), evidence)

    def _next(self, power: float, logs: Reals, weight: Reals) -> float:
        """The largest next power that keeps the given share of the effective sample, by bisection."""
        wanted = KEPT * effective(weight)

        def kept(step: float) -> float:
            with np.errstate(under="ignore"):
                return effective(weight * np.exp((step - power) * (logs - logs.max())))

        if kept(1.0) >= wanted:
            return 1.0
        low, high = power, 1.0
        for _ in range(40):
            middle = (low + high) / 2.0
            low, high = (middle, high) if kept(middle) >= wanted else (low, middle)
        return max(low, power + 1e-6)

    def _moved(self, particles: Particles, logs: Reals, power: float, sweeps: int) -> tuple[Particles, Reals]:
        for _ in range(sweeps):
            other = self._proposed(particles)
            found = self._logs(other)
            odds = power * (found - logs)
            yes = np.log(self.dealer.random(particles.count)) < odds
            particles, logs = particles.where(yes, other), np.where(yes, found, logs)
            share = float(yes.mean())
            self.tried, self.taken = self.tried + 1, self.taken + share
            self.reach = float(np.clip(self.reach * (1.4 if share > 0.4 else 0.6 if share < 0.2 else 1.0), 0.02, 0.95))
        return particles, logs

    def _proposed(self, particles: Particles) -> Particles:
        """Every particle moved a little, some with fresh chance, some under another reading."""
        dealer, count = self.dealer, particles.count
        noise = dealer.standard_normal(particles.z.shape)
        z = np.sqrt(1.0 - self.reach**2) * particles.z + self.reach * noise
        fresh = dealer.random(count) < FRESH_CHANCE
        key = np.where(fresh, dealer.integers(NEW_KEYS, 2**31 - 1, count), particles.key)
        weights = np.array([combo.weight for combo in self.ensemble.model.combos])
        other = dealer.choice(len(weights), count, p=weights / weights.sum())
        combination = np.where(dealer.random(count) < OTHER_READING, other, particles.combination)
        own = np.arange(self.born, self.born + count)
        self.born += count
        memory = particles.memory * np.sqrt(1.0 - self.reach**2)
        return replace(particles, z=z, key=key, combination=combination, own=own, memory=memory)

    def _logs(self, particles: Particles) -> Reals:
        ensemble, even = self.ensemble, np.full(particles.count, 1.0 / particles.count)
        draws = draws_of(ensemble.model, ensemble.settings.seed, self.sequences, particles, even)
        return log_likelihood(ensemble.model, paths_of(ensemble, draws, self.periods), self.observations)

    def _finished(self, particles: Particles, weight: Reals, powers: tuple[float, ...], evidence: float) -> Conditioned:
        ensemble = self.ensemble
        draws = draws_of(ensemble.model, ensemble.settings.seed, self.sequences, particles, weight)
        posterior = Ensemble(ensemble.model, ensemble.settings, progress=ensemble.progress, known={"draws": draws})
        histories = histories_of(particles)
        if histories < FEWEST:
            raise QuestionRefused(_collapsed(f"only {histories:.0f} of {particles.count} draws still speak for it"))
        kept = (histories, self.taken / max(1, self.tried), powers, evidence)
        return Conditioned(posterior, particles, self.sequences, 0.0, 0.0, *kept)


def _collapsed(why: str) -> str:
    return (
        f"The ensemble collapses under what was observed: {why}. What the model holds possible hardly overlaps with "
        "the reports; ask with more --draws, allow for error (wider intervals, grades), or mend the situation."
    )


def histories_of(particles: Particles) -> float:
    """How many independent draws the particles are worth.

    The size of an independent sample whose means scatter as theirs do: copies of one particle count once, and two
    that descend from one draw of the prior are correlated by the product of their memories of it.
    """
    count = particles.count
    _, place, copies = np.unique(particles.own, return_inverse=True, return_counts=True)
    memory = np.zeros(len(copies))
    memory[place] = particles.memory
    shared = np.bincount(np.unique(particles.origin, return_inverse=True)[1], particles.memory)
    return count**2 / float((copies.astype(float) ** 2 * (1.0 - memory**2)).sum() + (shared**2).sum())


def systematic(weights: Reals, count: int, dealer: np.random.Generator) -> NDArray[np.int64]:
    """`count` places drawn in proportion to weights with one random number (Kitagawa 1996, JCGS 5(1), appendix).

    >>> dealer = np.random.Generator(np.random.Philox(1))
    >>> systematic(np.array([0.5, 0.0, 0.5]), 4, dealer).tolist()
    [0, 0, 2, 2]
    """
    reached = np.cumsum(weights) / weights.sum()
    spots = (np.arange(count) + dealer.random()) / count
    return np.minimum(np.searchsorted(reached, spots), len(weights) - 1)
