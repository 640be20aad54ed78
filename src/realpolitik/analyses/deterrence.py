"""Is a move deterred by a response? How likely must the response be for the mover to be indifferent, and how likely
is it here?

Method: the mover's gain from its move with the response held off (what it hopes for, G) and with the response held
(what it fears, L), each against neither, everybody else reacting. It is indifferent where (1 - p) G + p L = 0:

    p* = G / (G - L),    G > 0 > L

the critical risk of Ellsberg, The Theory and Practice of Blackmail (RAND P-3883, 1968), and of Snyder and Diesing,
Conflict Among Nations (1977). G <= 0: it does not want the move anyway (p* = 0). L >= 0: no response of this kind
deters it (p* above 1, shown as none). The model's own p: the share of draws in which the response is made within the
time asked about, once the move is held.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.about import about
from realpolitik.compiled.contrasts import LOSS
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.grounds import ground
from realpolitik.compiled.holds import Intervention
from realpolitik.compiled.unilateral import middle, reached, total_gains
from realpolitik.compiled.wording import actor_name, intervention_name
from realpolitik.dynamics.tables import Held
from realpolitik.errors import QuestionRefused
from realpolitik.language.expression import Compare, Expression, Name, walk
from realpolitik.language.likelihood import describe
from realpolitik.language.sentences import capital, share, signed
from realpolitik.results.result import Labelled, Result
from realpolitik.results.statistics import mean, quantiles, sampling_error
from realpolitik.situation.model import Situation

APART = 0.03  # probabilities under rival readings that differ by less are not told
Reals = NDArray[np.float64]
Row = Mapping[str, Any]


def critical_risk(hope: float, fear: float) -> float | None:
    """The probability of the response that makes the mover indifferent; None where no probability deters it.

    `hope` and `fear`: its gain without and with the response, against not moving, in any one unit.

    >>> critical_risk(10.0, -30.0), critical_risk(-1.0, -5.0), critical_risk(10.0, 2.0)
    (0.25, 0.0, None)
    """
    if hope <= 0:
        return 0.0
    return None if fear >= 0 else hope / (hope - fear)


def deterrence(
    ensemble: Ensemble, move: Intervention, response: Intervention, *, actor: str = "", years: float | None = None
) -> Result:
    """How likely must `response` be to keep `actor` from `move`, and how likely is it?

    `actor`: the mover (default: who alone holds the moved option). `years`: gains over the year ending then; default
    discounted by the mover's own patience over the whole run. Rows: one for each party of move and response, with its
    gain without (`hope`) and with (`fear`) the response, `answer` the difference; the mover's row has `critical`,
    `expected` and `deterred`, the share of draws in which the response is worth avoiding at the likelihood the model
    puts on it. Raises `QuestionRefused` where the two use the same option or hold something other than options.
    """
    model = ensemble.model
    mover = actor or _owner(ensemble, move)
    if mover not in model.tables.actors:
        raise QuestionRefused(f"'{mover}' is no actor; name who moves.")
    _refuse_overlap(move, response)
    gains = _gains(ensemble, move, response, years)
    expected = _expected(ensemble, move, response)
    rows = tuple(_row(ensemble, name, gains) for name in _parties(ensemble, mover, response))
    rows[0].update(_of_mover(ensemble, mover, gains, expected))
    done, answered = (intervention_name(model, item) for item in (move, response))
    question = f"Is '{done}' deterred by '{answered}'?"
    over = "discounted over the run" if years is None else f"in the year after {years:g}"
    told = _sentences(rows, answered)
    trace = tuple(_trace(ensemble, move, response))
    said = about(ensemble, unit="points", gains=over)
    return Result("deterrence", question, rows, told, {"gains": _array(ensemble, gains)}, said, trace)


def threats(situation: Situation) -> tuple[tuple[str, str], ...]:
    """The threats a file writes: promises that answer somebody else's move, as (move, response), in file order.

    A promise that waits for a factor threatens nobody's move by itself and is not among them.
    """
    found = []
    for item in situation.promises:
        answer = situation.options[item.option]
        response = f"{item.option}={answer.levels[item.level]}"
        found += [(move, response) for move in _moves_in(situation, item.trigger, {item.promiser, *answer.owners})]
    return tuple(dict.fromkeys(found))


def _moves_in(situation: Situation, trigger: Expression, own: set[str]) -> Iterator[str]:
    """The options of others at levels above none that a trigger waits for."""
    for node in walk(trigger):
        match node:
            case Compare(left=Name(text=name), op="=", right=Name(text=level)):
                option = situation.options.get(name)
                if option and level in option.levels[1:] and not own & set(option.owners):
                    yield f"{name}={level}"


def _array(ensemble: Ensemble, gains: tuple[Reals, Reals]) -> Labelled:
    actors, weight = ensemble.model.tables.actors, ensemble.draws.weight
    table = np.array([[mean(case[:, place], weight) for place in range(len(actors))] for case in gains])
    return Labelled(("case", "actor"), {"case": ("unanswered", "answered"), "actor": actors}, table, "points")


def _owner(ensemble: Ensemble, move: Intervention) -> str:
    options = ensemble.model.tables.options
    owners = {
        owner
        for hold in move.holds
        if hold.held is Held.OPTION
        for owner in ensemble.model.situation.options[options[hold.index]].owners
    }
    if len(owners) != 1:
        raise QuestionRefused("The move belongs to several parties or to none; name the one to be deterred.")
    return owners.pop()


def _trace(ensemble: Ensemble, move: Intervention, response: Intervention) -> Iterator[Row]:
    """The options of move and response, what each costs its holders, and the promises to make the response."""
    situation, tables = ensemble.model.situation, ensemble.model.tables
    for entry, held in (("move", move), ("response", response)):
        for hold in held.holds:
            option = situation.options[tables.options[hold.index]]
            for price in option.prices:
                if price.level == int(hold.value):
                    points = -100.0 * float(price.amount.central)
                    yield ground(f"{entry}, price in points", f"{option.id}, {price.actor}", points, price.support)
    answers = {(tables.options[hold.index], int(hold.value)) for hold in response.holds}
    for item in situation.promises:
        if (item.option, item.level) in answers:
            yield ground("promise of the response, likelihood", item.key, float(item.likelihood.central), item.support)


def _refuse_overlap(move: Intervention, response: Intervention) -> None:
    options = [{hold.index for hold in item.holds} for item in (move, response)]
    if any(hold.held is not Held.OPTION for hold in (*move.holds, *response.holds)) or not all(options):
        raise QuestionRefused("A move and its response are options held at a level, such as AAA.arm=on.")
    if options[0] & options[1]:
        raise QuestionRefused("The response uses the same option as the move.")
    for name, item in (("move", move), ("response", response)):
        if all(hold.value == quo.value for hold, quo in zip(item.holds, item.status_quo, strict=True)):
            raise QuestionRefused(f"The {name} is how things stand already; name a level that would be a change.")


def _gains(ensemble: Ensemble, move: Intervention, response: Intervention, years: float | None) -> tuple[Reals, Reals]:
    """Gains (draw, actor) of the move with the response held off, and of move and response, both against neither."""
    neither = (*move.status_quo, *response.status_quo)
    hope = Intervention((*move.holds, *response.status_quo), neither)
    fear = Intervention((*move.holds, *response.holds), neither)
    return total_gains(ensemble, hope, years), total_gains(ensemble, fear, years)


def _expected(ensemble: Ensemble, move: Intervention, response: Intervention) -> Reals:
    """In which draws the whole response is made within the middle answer time, once the move is held (draw,)."""
    starts = ensemble.model.tables.slot_start
    slots = [int(starts[hold.index]) + int(hold.value) for hold in response.holds]
    return np.asarray(reached(ensemble, move, middle(ensemble))[:, slots].all(axis=1), dtype=np.float64)


def _parties(ensemble: Ensemble, mover: str, response: Intervention) -> tuple[str, ...]:
    options = ensemble.model.tables.options
    owners = [ensemble.model.situation.options[options[hold.index]].owners for hold in response.holds]
    return tuple(dict.fromkeys((mover, *(owner for group in owners for owner in group))))


def _row(ensemble: Ensemble, actor: str, gains: tuple[Reals, Reals]) -> dict[str, Any]:
    weight, place = ensemble.draws.weight, ensemble.model.tables.actors.index(actor)
    hope, fear = (item[:, place] for item in gains)
    low, high = quantiles(fear - hope, weight, (0.05, 0.95))
    return {
        "actor": actor,
        "name": actor_name(ensemble.model, actor),
        "hope": mean(hope, weight),
        "fear": mean(fear, weight),
        "answer": mean(fear - hope, weight),
        "answer_low": low,
        "answer_high": high,
    }


def _of_mover(ensemble: Ensemble, actor: str, gains: tuple[Reals, Reals], expected: Reals) -> dict[str, Any]:
    """The mover's critical risk, the risk the model puts there, and how often the move does not pay at that risk."""
    weight, place = ensemble.draws.weight, ensemble.model.tables.actors.index(actor)
    hope, fear = (item[:, place] for item in gains)
    likely = mean(expected, weight)
    low, high = quantiles(_criticals(hope, fear), weight, (0.05, 0.95))
    return {
        "critical": critical_risk(mean(hope, weight), mean(fear, weight)),
        "critical_low": low,
        "critical_high": min(high, 1.0),
        "expected": likely,
        "expected_error": sampling_error(expected, weight),
        "expected_by_reading": _by_reading(ensemble, expected),
        "deterred": mean(((1 - likely) * hope + likely * fear < 0).astype(np.float64), weight),
        "wants_it": mean((hope > LOSS).astype(np.float64), weight),
    }


def _by_reading(ensemble: Ensemble, expected: Reals) -> tuple[float, ...]:
    """The model's probability under each combination of hypotheses that has weight."""
    draws = ensemble.draws
    chosen = ((draws.combination == number) & (draws.weight > 0) for number in np.unique(draws.combination))
    return tuple(mean(expected[rows], draws.weight[rows]) for rows in chosen if rows.any())


def _criticals(hope: Reals, fear: Reals) -> Reals:
    """p* in each draw (draw,): 0 where the move is not wanted, above 1 where nothing deters."""
    deters = (fear < 0) & (hope > 0)
    found = np.divide(hope, hope - fear, out=np.full(hope.shape, 2.0), where=deters)
    return np.where(hope <= 0, 0.0, found)


def _sentences(rows: tuple[Row, ...], answered: str) -> tuple[str, ...]:
    row, *others = rows
    stakes = (
        f"{row['name']}: {signed(row['hope'])} points if the move stays unanswered, {signed(row['fear'])} if "
        f"'{answered}' follows."
    )
    often = f"In {share(row['deterred'])} of draws the move does not pay at the risk the model puts there."
    return (_verdict(row, answered), stakes, often, *(_answer_sentence(other) for other in others))


def _answer_sentence(row: Row) -> str:
    return (
        f"{row['name']}, by answering rather than letting it pass: {signed(row['answer'])} points "
        f"({signed(row['answer_low'])} to {signed(row['answer_high'])} in 90% of draws)."
    )


def _verdict(row: Row, answered: str) -> str:
    readings = row["expected_by_reading"]
    apart = len(readings) > 1 and max(readings) - min(readings) >= APART
    over = f"; {share(min(readings))} to {share(max(readings))} over the hypotheses" if apart else ""
    model = f"The model puts '{answered}' at {describe(row['expected'])}{over}"
    if row["critical"] is None:
        return (
            f"{row['name']} would move whatever comes: no likelihood of '{answered}' would deter it, since the move "
            f"pays even then. {model}."
        )
    if row["critical"] == 0.0:
        return f"{row['name']} does not gain by the move even unanswered, so it needs no deterring. {model}."
    enough = "so it is deterred on average" if row["expected"] > row["critical"] else "so it is not deterred on average"
    between = f"{share(row['critical_low'])} to {share(row['critical_high'])} in 90% of draws"
    need = f"{row['name']} is indifferent at a {share(row['critical'])} chance of '{answered}' ({between})"
    return f"{capital(need)}. {model}, {enough}."
