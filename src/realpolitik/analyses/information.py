"""What would it be worth to know before choosing: which input, if known, would change an actor's choice of plan?

Method: the actor's own utility under each plan, on the same draws and the same chance; perfect and partial perfect
information by regression (see `compiled.voi`). A plan is what `do(...)` holds; everybody else decides as usual.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.about import about
from realpolitik.compiled.contrasts import POINT, Contrast
from realpolitik.compiled.drawn import Column, Drawn
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.holds import Intervention
from realpolitik.compiled.voi import Choice, worth_of_groups
from realpolitik.compiled.wording import actor_name
from realpolitik.errors import QuestionRefused
from realpolitik.language.sentences import counted, listed, share, signed
from realpolitik.language.time import duration_words
from realpolitik.results.progress import Told, each, silent
from realpolitik.results.result import Labelled, Result
from realpolitik.results.statistics import mean, sampling_error

Row = Mapping[str, Any]
FEWEST = 32
TOLD = 5
AS_IT_STANDS = "as it stands"


@dataclass(frozen=True)
class Named:
    """A plan: its name and what it holds."""

    name: str
    held: Intervention


@dataclass(frozen=True, eq=False)
class Choosing:
    """Who chooses between which plans, and over which year it counts; benefits in points."""

    ensemble: Ensemble
    actor: str
    plans: tuple[Named, ...]
    years: float
    told: Told = silent

    @cached_property
    def drawn(self) -> Drawn:
        """What draws differ in."""
        return Drawn(self.ensemble)

    @cached_property
    def rows(self) -> NDArray[np.float64]:
        """The actor's utility under each plan in points (row, plan)."""
        number = self.ensemble.model.tables.actors.index(self.actor)
        window = Contrast(self.ensemble, Intervention()).window(self.years)
        made = [
            self.ensemble.run(plan.held.holds).utility[:, window, number].mean(axis=1) / POINT
            for plan in each(self.plans, self.told, lambda plan: plan.name)
        ]
        return np.stack(made, axis=1)

    @cached_property
    def choice(self) -> Choice:
        """The choice by draw."""
        weights = self.ensemble.draws.weight
        folded = [self.drawn.folded(column, weights)[0] for column in self.rows.T]
        whole = self.drawn.folded(weights, weights)[1]
        inputs = np.stack([column.values for column in self.drawn.columns], axis=1)
        return Choice(np.stack(folded, axis=1), whole, inputs, self.ensemble.settings.seed)

    @property
    def best(self) -> Named:
        """Today's choice."""
        return self.plans[self.choice.best]


def information(
    ensemble: Ensemble, actor: str, plans: Sequence[Named], years: float | None = None, told: Told = silent
) -> Result:
    """What is it worth to an actor to know more before it chooses?

    To the plans named, `as it stands` is added: their options held at the status quo. Rows: one for each plan, then one
    for each input worth more than noise. Arrays: `worth` (input), in points. Raises `QuestionRefused` for fewer than 32
    draws or no plan.
    """
    if ensemble.settings.draws < FEWEST:
        raise QuestionRefused(f"{counted(ensemble.settings.draws, 'draw')}: too few; from {FEWEST} up: --draws 256.")
    if not plans:
        raise QuestionRefused("A choice needs a plan: --plans 'AAA.arm=on; scenario cutoff'.")
    answers = ensemble.model.situation.answers
    after = years if years is not None else answers[len(answers) // 2].years if answers else 1.0
    asked = Choosing(ensemble, actor, (_standing(plans), *plans), after, told)
    name = actor_name(ensemble.model, actor)
    known = tuple(sorted((*_inputs(asked), *_readings(asked)), key=lambda row: -row["worth"]))
    more = {"perfect": _perfect(asked), "floor": asked.choice.floor, "best": asked.best.name, "years": after}
    return Result(
        "information",
        f"What would it be worth to {name} to know, before it chooses between {_listed(asked)}?",
        (*_plan_rows(asked), *known),
        tuple(_sentences(asked, name, known, more)),
        _arrays(asked),
        about(ensemble, actor=actor, unit="points", **more),
    )


def _listed(asked: Choosing) -> str:
    return listed((f"'{plan.name}'" for plan in asked.plans), "and")


def _standing(plans: Sequence[Named]) -> Named:
    """Every option of the plans held as it is now."""
    kept = {(hold.held, hold.index): hold for plan in plans for hold in plan.held.status_quo}
    return Named(AS_IT_STANDS, Intervention(tuple(kept.values())))


def _perfect(asked: Choosing) -> float:
    """Knowing everything, the true readings and chance included."""
    weights = asked.ensemble.draws.weight / asked.ensemble.draws.weight.sum()
    return float(weights @ asked.rows.max(axis=1) - (weights @ asked.rows).max())


def _plan_rows(asked: Choosing) -> Iterator[Row]:
    weights, base = asked.ensemble.draws.weight, asked.rows[:, 0]
    first = asked.rows.argmax(axis=1)
    for number, plan in enumerate(asked.plans):
        gain = asked.rows[:, number] - base
        folded, whole = asked.drawn.folded(gain, weights)
        yield {
            "plan": plan.name,
            "gain": mean(gain, weights),
            "sampling_error": sampling_error(folded, whole),
            "best_in": mean((first == number).astype(np.float64), weights),
            "chosen": "today's choice" if number == asked.choice.best else "",
        }


def _inputs(asked: Choosing) -> Iterator[Row]:
    choice = asked.choice
    if choice.floor <= 0 and choice.worth.max() <= 0:
        return
    for number in np.flatnonzero(choice.worth > choice.floor):
        column = asked.drawn.columns[number]
        picked = choice.chosen(int(number))
        changed = picked != choice.best
        yield {
            "id": column.name,
            "name": column.words,
            "worth": float(choice.worth[number]),
            "changes_in": float(choice.shares @ changed),
            "where": _where(asked, column, picked),
            "claims": column.claims,
            "author": column.author,
        }


def _where(asked: Choosing, column: Column, picked: NDArray[np.intp]) -> str:
    """In which values of an input another plan is better."""
    told = []
    for number in sorted(set(picked.tolist()) - {asked.choice.best}):
        own, rest = column.values[picked == number], column.values[picked != number]
        told.append(f"'{asked.plans[number].name}' {_range(column, own, rest)}")
    return "; ".join(told)


def _range(column: Column, own: NDArray[np.float64], rest: NDArray[np.float64]) -> str:
    if column.kind == "link":
        return f"where it is {column.write(float(own[0]))}"
    if own.max() < rest.min():
        return f"below {column.write((own.max() + rest.min()) / 2)}"
    if own.min() > rest.max():
        return f"above {column.write((own.min() + rest.max()) / 2)}"
    return f"about {column.write(float(own.min()))} to {column.write(float(own.max()))}"


def _readings(asked: Choosing) -> Iterator[Row]:
    weights = asked.ensemble.draws.weight
    for column in asked.drawn.readings:
        worth, best = worth_of_groups(asked.rows, weights, column.values.astype(np.intp))
        others = {label: number for label, number in best.items() if number != asked.choice.best}
        clear = {label: number for label, number in others.items() if _clear(asked, column, label, number)}
        if clear:
            parts = [f"'{asked.plans[number].name}' under '{column.labels[label]}'" for label, number in clear.items()]
            shares = sum(weights[column.values == label].sum() for label in clear) / weights.sum()
            yield {
                "id": column.name,
                "name": column.words,
                "worth": worth,
                "changes_in": float(shares),
                "where": "; ".join(parts),
                "claims": (),
                "author": "",
            }


def _clear(asked: Choosing, column: Column, label: int, number: int) -> bool:
    """True where under a reading a plan beats today's choice by two standard errors."""
    rows = column.values == label
    gap = (asked.rows[:, number] - asked.rows[:, asked.choice.best])[rows]
    weights = asked.ensemble.draws.weight[rows]
    return mean(gap, weights) > 2 * sampling_error(gap, weights)


def _sentences(asked: Choosing, name: str, known: tuple[Row, ...], more: Mapping[str, Any]) -> Iterator[str]:
    yield _today(asked, name)
    yield (
        f"Knowing everything beforehand, chance included, would be worth {more['perfect']:.1f} points: no study can be "
        "worth more."
    )
    if not known:
        yield f"No single input, if known, would change the choice{_noise(more)}."
        return
    for row in known[:TOLD]:
        yield (
            f"To know {row['name']} is worth {row['worth']:.2f} points; it would change the choice in "
            f"{share(row['changes_in'])} of cases: {row['where']}."
        )
    rest = len(asked.drawn.columns) + len(asked.drawn.readings) - len(known)
    yield f"{counted(rest, 'other input')} would not change it, if known{_noise(more)}."


def _noise(more: Mapping[str, Any]) -> str:
    """How much an input that says nothing seems worth, where it seems worth anything."""
    return f" (inputs that say nothing seem worth up to {more['floor']:.2f} points)" if more["floor"] >= 0.005 else ""


def _today(asked: Choosing, name: str) -> str:
    """Today's choice, and whether it is clear."""
    choice = asked.choice
    order = np.argsort(-choice.means, kind="stable")
    gap = asked.rows[:, order[0]] - asked.rows[:, order[1]]
    folded, whole = asked.drawn.folded(gap, asked.ensemble.draws.weight)
    lead, error = mean(folded, whole), sampling_error(folded, whole)
    wins = mean((asked.rows.argmax(axis=1) == choice.best).astype(np.float64), asked.ensemble.draws.weight)
    told = (
        f"With what is known, {name} does best with '{asked.best.name}' after {duration_words(12 * asked.years)}: "
        f"{signed(lead)} points against '{asked.plans[order[1]].name}', and best of all in {share(wins)} of draws"
    )
    return f"{told}." if abs(lead) > 2 * error else f"{told}; the two are within two sampling errors ({2 * error:.1f})."


def _arrays(asked: Choosing) -> dict[str, Labelled]:
    names = tuple(column.name for column in asked.drawn.columns)
    return {"worth": Labelled(("input",), {"input": names}, asked.choice.worth, "points")}
