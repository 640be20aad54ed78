"""What do dated reports change: who is seen differently now, which hypothesis gained, how do the answers move?

Method: the ensemble is conditioned on the reports (`compiled.conditioning`), each weighed by its grade
(`compiled.observations`). Forecast against event: the probability the prior gave to each reported event, or the place
of a reported level in the prior's distribution. An input counts as learned about where the mean of its score moves by
more than chance alone would in 95% of cases, all inputs considered (Bonferroni; standard error 1 / sqrt(histories),
histories being those in which it holds).
Answers are the same question asked of both ensembles; a move below three sampling errors is not told from chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.about import about
from realpolitik.compiled.answers import estimate
from realpolitik.compiled.asked import Asked, asked_words
from realpolitik.compiled.conditioning import Conditioned, conditioned
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.estimates import Estimate
from realpolitik.compiled.grounds import ground
from realpolitik.compiled.input_words import WORLD, input_words, timed_words, whom
from realpolitik.compiled.inputs import Input
from realpolitik.compiled.observations import Observation, observation_words, seen
from realpolitik.compiled.particles import prior, sampler_of
from realpolitik.compiled.sampling import Sampler
from realpolitik.compiled.scores import brier, log_score
from realpolitik.compiled.wording import actor_name
from realpolitik.errors import QuestionRefused
from realpolitik.language.expression import Query
from realpolitik.language.likelihood import describe
from realpolitik.language.normal import normal_quantile
from realpolitik.language.sentences import capital, counted, level, listed, share, signed, two_digits
from realpolitik.results.progress import Told, silent
from realpolitik.results.result import Labelled, Result
from realpolitik.results.statistics import mean, quantiles
from realpolitik.situation.model import Support

Reals = NDArray[np.float64]
Row = Mapping[str, Any]
SURPRISE = 0.2
TOLD = 5
SPAN = ("before", "after", "before_low", "before_high", "after_low", "after_high")
LISTED = 20
FAR = 0.25  # standard deviations: a judgement that moves less is said to move little


def assimilate(
    ensemble: Ensemble, observations: Sequence[Observation], asked: Sequence[Asked] = (), told: Told = silent
) -> Result:
    """What do the reports change?

    Rows: `observation` (before, after, score), `hypothesis` (weights), `input` (what was learned, most first), `answer`
    (value and interval before and after). Arrays: `weight` (combination, when) and `shift` (input) in prior standard
    deviations. `asked`: questions beside the situation's own about the untouched run.

    Raises `QuestionRefused` where nothing was reported, nothing fits, or the ensemble collapses.
    """
    if not observations:
        raise QuestionRefused("Nothing was observed, so nothing is learned. Give reports with --saw or in a file.")
    found = conditioned(ensemble, tuple(observations), told)
    seen_rows = tuple(_observed(ensemble, found, item) for item in observations)
    readings = tuple(_readings(ensemble, found))
    learned, noise = _learned(ensemble, found)
    answers = tuple(_answers(ensemble, found, (*_own(ensemble), *asked)))
    sentences = (
        *_forecast_sentences(seen_rows),
        _size_sentence(found),
        *_reading_sentences(readings),
        *_learned_sentences(ensemble, learned, noise),
        *_answer_sentences(answers),
    )
    shown = [row for place, row in enumerate(learned) if place < LISTED or row["told_apart"]]
    rows = (*seen_rows, *readings, *shown, *answers)
    title = f"What {'does' if len(observations) == 1 else 'do'} {counted(len(observations), 'report')} change?"
    extra = _about(found, noise, seen_rows)
    arrays = _arrays(ensemble, readings, learned)
    return Result("assimilate", title, rows, sentences, arrays, about(ensemble, **extra), tuple(_trace(seen_rows)))


def _observed(ensemble: Ensemble, found: Conditioned, item: Observation) -> Row:
    model = ensemble.model
    before, after = seen(model, ensemble.run(), item), seen(model, found.posterior.run(), item)
    weight, later = ensemble.draws.weight, found.posterior.draws.weight
    row: dict[str, Any] = {
        "what": "observation",
        "name": observation_words(model, item),
        "grade": item.grade or "none given",
        "believed": item.believed,
        "claims": item.claims,
        "at": str(item.position),
    }
    if item.level is None:
        given = mean(before, weight)
        return {**row, "kind": "event", "before": given, "after": mean(after, later), "brier": (1.0 - given) ** 2}
    value, _ = item.level
    place = mean((before < value) + 0.5 * (before == value), weight)
    low, high = quantiles(before, weight, (0.05, 0.95))
    span = {"low": low, "high": high, "reported": value, "place": place}
    return {**row, "kind": "level", "before": mean(before, weight), "after": mean(after, later), **span}


def _readings(ensemble: Ensemble, found: Conditioned) -> Iterator[Row]:
    """The weight of every reading before and after, with the sampling error of the latter."""
    combos = ensemble.model.combos
    late = np.bincount(found.particles.combination, minlength=len(combos)) / found.particles.count
    early = np.array([combo.weight for combo in combos])
    for group in ensemble.model.situation.hypotheses:
        for reading in group.readings:
            holds = np.array([(group.id, reading.id) in combo.names for combo in combos])
            before, after = float(early[holds].sum() / early.sum()), float(late[holds].sum())
            yield {
                "what": "hypothesis",
                "group": group.id,
                "name": reading.id,
                "before": before,
                "after": after,
                "error": float(np.sqrt(max(after * (1 - after), 0.0) / found.histories)),
            }


def _learned(ensemble: Ensemble, found: Conditioned) -> tuple[tuple[Row, ...], float]:
    """What moved about every uncertain input, most first, and how far chance alone would move the furthest of them.

    An input is judged by its own score: what the numbers of one table of words share is not learned about each of them.
    """
    model, seed = ensemble.model, ensemble.settings.seed
    inputs = [item for item in model.inputs.values() if not item.quantity.is_constant]
    sequences, start = prior(ensemble)
    samplers = (sampler_of(model, seed, sequences, start), sampler_of(model, seed, found.sequences, found.particles))
    beyond = float(normal_quantile(1.0 - 0.025 / max(1, len(inputs))))
    rows = [_input_row(ensemble, found, item, samplers) for item in inputs]
    rows.sort(key=lambda row: -abs(row["shift"]) / row["error"])
    told = tuple({**row, "told_apart": abs(row["shift"]) > beyond * row["error"]} for row in rows)
    return told, beyond / float(np.sqrt(found.histories))


def _input_row(
    ensemble: Ensemble, found: Conditioned, item: Input, samplers: tuple[Sampler, Sampler]
) -> dict[str, Any]:
    held = (_held(item, ensemble.draws.combination), _held(item, found.particles.combination))
    if min(part.sum() for part in held) <= 0:
        held = (np.ones(len(held[0])), np.ones(len(held[1])))
    weights = (ensemble.draws.weight * held[0], found.posterior.draws.weight * held[1])
    values = (item.quantity.at(sampler.scored(item.name, item.quantity.family)) for sampler in samplers)
    before, after = (
        quantiles(np.asarray(value, float), weight, (0.05, 0.5, 0.95))
        for value, weight in zip(values, weights, strict=True)
    )
    means = [mean(sampler.score(item.name), weight) for sampler, weight in zip(samplers, weights, strict=True)]
    return {
        "what": "input",
        "name": input_words(ensemble.model, item),
        "input": item.name,
        "whom": whom(ensemble.model, item),
        "before": before[1],
        "after": after[1],
        "before_low": before[0],
        "before_high": before[2],
        "after_low": after[0],
        "after_high": after[2],
        "shift": means[1] - means[0],
        "error": 1.0 / float(np.sqrt(found.histories * held[1].mean())),
        "claims": item.support.claims,
        "author": item.support.author,
    }


def _held(item: Input, combination: NDArray[Any]) -> Reals:
    return np.asarray(item.mask[combination], dtype=np.float64)


def _own(ensemble: Ensemble) -> Iterator[Asked]:
    """The situation's own questions about the untouched run: they need no further run."""
    for question in ensemble.model.situation.questions:
        for expression, text in zip(question.ask, question.ask_texts, strict=True):
            free = isinstance(expression, Query) and expression.setting == type(expression.setting)()
            if free and getattr(expression, "function", "") in ("P", "E", "first"):
                yield Asked(expression, text)


def _answers(ensemble: Ensemble, found: Conditioned, asked: Sequence[Asked]) -> Iterator[Row]:
    for item in asked:
        _refuse_ablation(item)
        before, after = estimate(ensemble, item.expression), estimate(found.posterior, item.expression)
        error = float(np.hypot(before.error, after.error))
        yield {
            "what": "answer",
            "name": asked_words(ensemble.model, item.expression),
            "unit": after.unit,
            "before": before.value,
            "after": after.value,
            "before_low": before.spread[0],
            "before_high": before.spread[1],
            "after_low": after.spread[0],
            "after_high": after.spread[1],
            "error": error,
            "told_apart": abs(after.value - before.value) > 3 * error,
            "ask": item.text,
            **_leading(before, after),
        }


def _refuse_ablation(item: Asked) -> None:
    if isinstance(item.expression, Query) and item.expression.setting.without:
        raise QuestionRefused(f"'{item.text}': without(...) asks of another model than the one that learned.")


def _leading(before: Estimate, after: Estimate) -> dict[str, Any]:
    """Of a question about who: the names."""
    return {"who_before": before.leading, "who_after": after.leading} if after.names else {}


def _forecast_sentences(rows: tuple[Row, ...]) -> Iterator[str]:
    events = [row for row in rows if row["kind"] == "event"]
    graded = [row for row in events if row["believed"] > 0]
    if graded:
        expected = sum(row["before"] > 0.5 for row in graded)
        said = [row["before"] for row in graded]
        yield (
            f"Of {counted(len(graded), 'reported event')} the model expected {expected} (Brier score of what was "
            f"reported {brier(said, [1.0] * len(said)):.2f}; always saying one half gives 0.25)."
        )
    for row in sorted(events, key=lambda row: row["before"]):
        word = "A surprise" if row["before"] < SURPRISE else "Forecast and event"
        yield (
            f"{word}: {row['name']}: {describe(row['before'])} before it was reported; now {share(row['after'])} "
            f"{_graded(row)}."
        )
    for row in (row for row in rows if row["kind"] == "level"):
        inside = "inside" if row["low"] <= row["reported"] <= row["high"] else "outside"
        yield (
            f"Level: {row['name']} (reported) lies {inside} what the model held possible, {level(row['low'])} to "
            f"{level(row['high'])} in 90% of draws {_graded(row)}."
        )


def _graded(row: Row) -> str:
    if row["grade"] == "none given":
        return "(taken at its word: no grade)"
    weigh = "says nothing" if row["believed"] == 0 else f"believed {share(row['believed'])}"
    return f"(grade {row['grade']}: {weigh})"


def _size_sentence(found: Conditioned) -> str:
    steps = len(found.powers) - 1
    return (
        f"Weighting alone would leave {found.plain:.0f} of {found.rows:.0f} effective draws; in "
        f"{counted(steps, 'tempered step')}, with {share(found.accepted)} of moves accepted, {found.histories:.0f} "
        "distinct histories speak for it."
    )


def _reading_sentences(rows: tuple[Row, ...]) -> Iterator[str]:
    for group in dict.fromkeys(row["group"] for row in rows):
        own = [row for row in rows if row["group"] == group]
        moved = [row for row in own if abs(row["after"] - row["before"]) > 3 * row["error"]]
        told = listed(f"'{row['name']}' {share(row['before'])} to {share(row['after'])}" for row in own)
        verdict = "" if moved else "; no more than sampling error: these reports do not tell them apart"
        yield f"Hypotheses, {group}: {told}{verdict}."


def _learned_sentences(ensemble: Ensemble, rows: tuple[Row, ...], noise: float) -> Iterator[str]:
    telling = [row for row in rows if row["told_apart"]]
    names = {name: actor_name(ensemble.model, name) for name in ensemble.model.tables.actors}
    about_whom = dict.fromkeys(names.get(row["whom"], WORLD) for row in telling)
    if not telling:
        yield f"No single judgement moves beyond chance ({noise:.2f} standard deviations); what was learned is spread."
        return
    far = (
        ""
        if max(abs(row["shift"]) for row in telling) >= FAR
        else "; none moves far: most of what was learned is what happened"
    )
    yield (
        f"Learned about {listed(about_whom)}: {counted(len(telling), 'judgement')} of {len(rows)} "
        f"{'moves' if len(telling) == 1 else 'move'} beyond chance ({noise:.2f} standard deviations){far}."
    )
    for row in telling[:TOLD]:
        item = ensemble.model.inputs[row["input"]]
        told = {key: _number(item, row[key]) for key in SPAN}
        yield (
            f"{capital(row['name'])}: {told['before']} to {told['after']} ({told['before_low']} to "
            f"{told['before_high']} before, {told['after_low']} to {told['after_high']} now)."
        )


def _number(item: Input, value: float) -> str:
    if timed := timed_words(item, value):
        return timed
    return two_digits(value) if abs(value) >= 10 else f"{value:.2g}"


def _answer_sentences(rows: tuple[Row, ...]) -> Iterator[str]:
    moved = sorted((row for row in rows if row["told_apart"]), key=lambda row: -abs(row["after"] - row["before"]))
    if rows and not moved:
        yield "No answer moves beyond sampling error."
    for row in moved[:TOLD]:
        yield f"{capital(row['name'])}: {_told(row, 'before')} before, {_told(row, 'after')} now."


def _told(row: Row, when: str) -> str:
    value, span = row[when], (row[f"{when}_low"], row[f"{when}_high"])
    if row["unit"] == "probability":
        return describe(value)
    if f"who_{when}" in row:
        return f"{row[f'who_{when}']} ({share(value)})"
    write = signed if row["unit"] == "points" else level
    return f"{write(value)} ({write(span[0])} to {write(span[1])})"


def _about(found: Conditioned, noise: float, rows: tuple[Row, ...]) -> dict[str, Any]:
    said = [row["before"] for row in rows if row["kind"] == "event" and row["believed"] > 0]
    return {
        "effective_draws_before": found.rows,
        "effective_draws_by_weighting": found.plain,
        "effective_histories": found.histories,
        "accepted": found.accepted,
        "powers": found.powers,
        "log_evidence": found.log_evidence,
        "noise": noise,
        "brier": brier(said, [1.0] * len(said)) if said else None,
        "log_score": log_score(said, [1.0] * len(said)) if said else None,
    }


def _arrays(ensemble: Ensemble, readings: tuple[Row, ...], learned: tuple[Row, ...]) -> dict[str, Labelled]:
    names = tuple(f"{row['group']}: {row['name']}" for row in readings)
    weights = np.array([[row["before"], row["after"]] for row in readings]).reshape(len(readings), 2)
    when = ("before", "after")
    shifts = np.array([row["shift"] for row in learned])
    inputs = tuple(row["input"] for row in learned)
    return {
        "weight": Labelled(("reading", "when"), {"reading": names, "when": when}, weights, "probability"),
        "shift": Labelled(("input",), {"input": inputs}, shifts, "prior standard deviations"),
    }


def _trace(rows: tuple[Row, ...]) -> Iterator[Row]:
    """The reports, with the claims behind them and what each was believed."""
    for row in rows:
        yield ground("reported, and how far it was believed", row["name"], row["believed"], Support(row["claims"]))
