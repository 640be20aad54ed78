"""The usual assessment: the situation's own questions in order, the state of the system, gains by scenario, goals.

Nothing about any case is here: questions, scenarios, answer times and goals are the file's. Questions that turn on
foresight (`depth: 1`) are put to the second ensemble.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from realpolitik.compiled.about import about
from realpolitik.compiled.contrasts import SCALINGS, Contrast, loser_shares
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.factors import names_of
from realpolitik.compiled.holds import intervention
from realpolitik.compiled.measures import goal_reached, series
from realpolitik.compiled.phrases import term_words
from realpolitik.compiled.sentences import Asked, answer
from realpolitik.errors import RealpolitikError
from realpolitik.language.expression import Expression, Hold, Name, Query, Setting
from realpolitik.results.assessment import Answer, Assessment, Line, Move
from realpolitik.results.statistics import mean, quantiles
from realpolitik.situation.model import Question

COLUMNS = 6
HEADLINES = 5
NOBODY = "nobody"


@dataclass(frozen=True)
class Ensembles:
    """The main ensemble, the one for questions that turn on foresight, and what to tell as work goes on."""

    main: Ensemble
    foresight: Ensemble
    told: Callable[[str, int, int], None] = lambda text, done, total: None
    lift: bool = True


def assessment(ensembles: Ensembles) -> Assessment:
    """What does the situation say, in one page?"""
    ensemble = ensembles.main
    situation = ensemble.model.situation
    total = len(situation.questions) + min(COLUMNS, len(situation.scenarios)) + 1
    answers = tuple(_answers(ensembles, total))
    years = middle_answer(ensemble)
    moves = tuple(_moves(ensembles, years, total))
    ensembles.told("the state of the system", total - 1, total)
    return Assessment(
        title=situation.title,
        as_of=situation.as_of.isoformat(),
        answers_years=tuple(item.years for item in situation.answers),
        built_from=built_from(ensemble),
        answers=answers,
        system=tuple(_system(ensemble)),
        moves=moves,
        moves_years=years,
        goals=tuple(_goals(ensemble)),
        actors={name: actor.name for name, actor in situation.actors.items()},
        about=about(ensemble),
    )


def middle_answer(ensemble: Ensemble) -> float:
    """The middle answer time in years."""
    answers = ensemble.model.situation.answers
    return answers[len(answers) // 2].years if answers else ensemble.model.situation.horizon.years


def built_from(ensemble: Ensemble) -> dict[str, int]:
    """How many claims, and how many inputs rest on claims or on judgement."""
    inputs = ensemble.model.inputs.values()
    uncertain = list(inputs)
    return {
        "claims": len(ensemble.model.situation.credences),
        "on_claims": sum(not item.is_judgement for item in uncertain),
        "on_judgement": sum(item.is_judgement for item in uncertain),
    }


def _answers(ensembles: Ensembles, total: int) -> Iterator[Answer]:
    for number, question in enumerate(ensembles.main.model.situation.questions, 1):
        ensembles.told(question.text, number - 1, total)
        yield _answer(ensembles, number, question)


def _answer(ensembles: Ensembles, number: int, question: Question) -> Answer:
    ensemble = ensembles.foresight if question.depth == 1 else ensembles.main
    wrong = replace(ensemble, variant="shuffled", runs={}, known={}, known_scales={}) if ensembles.lift else None
    lines: list[Line] = []
    refused: list[str] = []
    for place, (expression, text) in enumerate(zip(question.ask, question.ask_texts, strict=True), 1):
        if told_already(expression, question.ask):
            continue
        try:
            lines.append(replace(answer(Asked(ensemble, expression, text, wrong)), handle=f"{number}.{place}"))
        except RealpolitikError as problem:
            refused.append(f"{text}: {problem}")
    settings = ensemble.settings
    return Answer(number, question.text, settings.depth, settings.draws, tuple(lines), tuple(refused))


def told_already(expression: Expression, asked: tuple[Expression, ...]) -> bool:
    """True where another line says it: a part of a gain asked as a whole, the share of a loser asked for."""
    if not isinstance(expression, Query):
        return False
    if expression.function == "share":
        return replace(expression, function="loser", subject=None) in asked
    return bool(expression.options) and replace(expression, options=()) in asked


def _moves(ensembles: Ensembles, years: float, total: int) -> Iterator[Move]:
    ensemble = ensembles.main
    questions = len(ensemble.model.situation.questions)
    for number, (name, scenario) in enumerate(list(ensemble.model.situation.scenarios.items())[:COLUMNS]):
        ensembles.told(f"who gains and who loses: {scenario.name}", questions + number, total)
        yield _move(ensemble, name, scenario.name, years)


def _move(ensemble: Ensemble, name: str, words: str, years: float) -> Move:
    held = intervention(ensemble.model, Setting(do=(Hold("scenario", name),)))
    contrast, weights = Contrast(ensemble, held), ensemble.draws.weight
    total, alone = contrast.gains(years), contrast.gains(years, "by itself")
    actors = ensemble.model.tables.actors
    gains = {
        actor: {
            "gain": mean(total[:, i], weights),
            "by_itself": mean(alone[:, i], weights),
            **dict(zip(("low", "high"), quantiles(total[:, i], weights, (0.05, 0.95)), strict=True)),
        }
        for i, actor in enumerate(actors)
    }
    names = (*actors, NOBODY)
    losers: dict[str, dict[str, float]] = {
        scaling: {
            who: mean(column, weights)
            for who, column in zip(names, loser_shares(contrast.gains(years, "total", scaling)).T, strict=True)
        }
        for scaling in SCALINGS
    }
    return Move(name, words, gains, losers)


def _system(ensemble: Ensemble) -> Iterator[Mapping[str, Any]]:
    """The factors that matter most: tagged `headline`, else those the most interests read."""
    situation, paths, calendar = ensemble.model.situation, ensemble.run(), ensemble.model.calendar
    for name in headlines(ensemble):
        factor = situation.factors[name]
        values = series(ensemble.model, paths, Name(name))
        times = [0.0, *(item.years for item in situation.answers)]
        periods = [round(years * calendar.per_year) for years in times]
        spots = [
            quantiles(values[:, t], ensemble.draws.weight, (0.05, 0.5, 0.95)) for t in periods if t < values.shape[1]
        ]
        path = [quantiles(values[:, t], ensemble.draws.weight, (0.5,))[0] for t in range(0, values.shape[1], 4)]
        yield {
            "id": name,
            "name": factor.name,
            "from": factor.low_end,
            "to": factor.high_end,
            "years": times[: len(spots)],
            "low": [spot[0] for spot in spots],
            "median": [spot[1] for spot in spots],
            "high": [spot[2] for spot in spots],
            "path": path,
        }


def headlines(ensemble: Ensemble) -> tuple[str, ...]:
    """Which factors stand for the state of the system."""
    situation = ensemble.model.situation
    tagged = tuple(name for name, factor in situation.factors.items() if "headline" in factor.tags)
    if tagged:
        return tagged
    counts = {name: 0 for name in situation.factors}
    for interest in situation.interests:
        for name in names_of(interest.term) & set(counts):
            counts[name] += 1
    order = sorted(counts, key=lambda name: -counts[name])
    return tuple(order[:HEADLINES])


def _goals(ensemble: Ensemble) -> Iterator[Mapping[str, Any]]:
    model, paths = ensemble.model, ensemble.run()
    for goal in model.situation.goals:
        yield {
            "actor": goal.actor,
            "text": term_words(model, goal.term),
            "term": goal.text,
            "by": (goal.by or model.calendar.date_of(model.calendar.periods)).isoformat(),
            "probability": mean(goal_reached(model, paths, goal), ensemble.draws.weight),
        }
