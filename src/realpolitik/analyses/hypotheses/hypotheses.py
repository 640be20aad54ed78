"""What follows under each rival hypothesis, and what does the evidence say of each?

Method: the readings of a group share their draws, so answers under each are paired. P(evidence | reading) is the
weighted share of draws (or mean fit, for graded reports and levels) under it; a ratio compares a reading with the rest
of its group, weighted by credence. Intervals: bootstrap over judgement draws (`compiled.discrimination`). The matrix
is that of the analysis of competing hypotheses (Heuer 1999, chapter 8). Evidence hangs together where the ratios of
the single pieces, multiplied, give the ratio of all of them together, which the ensemble has at first hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.analyses.hypotheses.evidence import Evidence, could_be_seen, evidence_rows, inconsistency
from realpolitik.analyses.hypotheses.sentences import sentences
from realpolitik.compiled.about import about
from realpolitik.compiled.answers import estimate
from realpolitik.compiled.asked import Asked, asked_words
from realpolitik.compiled.conditioning import FEWEST, effective
from realpolitik.compiled.discrimination import Contrasted
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.estimates import Estimate
from realpolitik.compiled.grounds import ground
from realpolitik.compiled.groups import classes_of, contrasted, credences_of, groups_of
from realpolitik.errors import RealpolitikError
from realpolitik.language.expression import Query, walk
from realpolitik.language.time import duration_words
from realpolitik.results.progress import Told, each, silent
from realpolitik.results.result import Labelled, Result
from realpolitik.results.statistics import mean
from realpolitik.situation.model import Hypothesis, Support

Reals = NDArray[np.float64]
Row = Mapping[str, Any]
COHERENCE = ("ratio_together", "ratio_multiplied", "overcounted", "overcounted_low", "overcounted_high")


def hypotheses(
    ensemble: Ensemble,
    asked: Sequence[Asked] = (),
    evidence: Sequence[Evidence] = (),
    *,
    group: str = "",
    by: float | None = None,
    told: Told = silent,
) -> Result:
    """What do the rival hypotheses say, and what says something of them?

    `asked` defaults to the first expression of every question of the situation; `evidence` to what everybody could see
    within `by` years (default: the first answer time). Rows: `answer`, `hypothesis`, `evidence`. Arrays, for each
    group: `ratio: GROUP` (evidence, reading).

    Raises `QuestionRefused` where there are no rivals, `ExpressionError` for what cannot be read.
    """
    groups = groups_of(ensemble, group)
    years = first_years(ensemble) if by is None else by
    answers, refused = _answers(ensemble, groups, asked, told)
    rows, arrays = list(answers), {}
    period = ensemble.model.calendar.whole(_duration(years))
    for item in groups:
        pieces = tuple(evidence) or could_be_seen(ensemble, item, period)
        if not pieces:
            continue
        found = contrasted(ensemble, item, np.array([piece.fits for piece in pieces]))
        made = tuple(evidence_rows(item, pieces, found))
        rows += [*_hypothesis_rows(ensemble, item, pieces, (found, made)), *made]
        arrays[f"ratio: {item.id}"] = _ratios(item, pieces, found)
    when = "as reported" if evidence else f"within {duration_words(12 * years)}"
    said = about(
        ensemble, evidence=when, refused=refused, interval_of_ratios="bootstrap over judgement draws, 5 to 95%"
    )
    question = f"What do the rival hypotheses say ({', '.join(item.id for item in groups)}), and what tells them apart?"
    trace = tuple(_trace(rows, groups))
    return Result("hypotheses", question, tuple(rows), tuple(sentences(rows, when)), arrays, said, trace)


def first_years(ensemble: Ensemble) -> float:
    """The first answer time, in years."""
    situation = ensemble.model.situation
    return min((item.years for item in situation.answers), default=situation.horizon.years)


def _duration(years: float) -> Any:
    from realpolitik.language.time import Duration  # noqa: PLC0415

    return Duration(12.0 * years)


def _answers(
    ensemble: Ensemble, groups: tuple[Hypothesis, ...], asked: Sequence[Asked], told: Told
) -> tuple[tuple[Row, ...], list[str]]:
    """Every answer under every reading; of the situation's own questions what is refused is only listed."""
    rows, refused = [], []
    own = not asked
    for item in each(list(asked) or _own(ensemble), told, lambda item: item.text):
        try:
            found = estimate(ensemble, item.expression)
        except RealpolitikError as problem:
            if not own:
                raise
            refused.append(f"{item.text}: {problem}")
            continue
        rows += [_answer_row(ensemble, group, item, found) for group in groups]
    return tuple(rows), refused


def _own(ensemble: Ensemble) -> list[Asked]:
    """The first expression of every question that does not itself choose a reading."""
    found = []
    for question in ensemble.model.situation.questions:
        for expression, text in zip(question.ask, question.ask_texts, strict=True):
            if not any(isinstance(node, Query) and node.setting.under for node in walk(expression)):
                found.append(Asked(expression, text))
                break
    return found


def _answer_row(ensemble: Ensemble, group: Hypothesis, item: Asked, found: Estimate) -> Row:
    classes = classes_of(ensemble, group)
    means = [mean(found.values, found.weights * row) for row in classes]
    most, least = int(np.nanargmax(means)), int(np.nanargmin(means))
    low, high = found.spread
    error = _paired_error(found, ensemble.draws.index, classes[most], classes[least])
    return {
        "what": "answer",
        "group": group.id,
        "name": asked_words(ensemble.model, item.expression),
        "value": found.value,
        "unit": found.unit,
        "by": dict(zip((reading.id for reading in group.readings), means, strict=True)),
        "low": low,
        "high": high,
        "range": means[most] - means[least],
        "range_error": error,
        "told_apart": bool(means[most] - means[least] > 3 * error + 1e-12),
        "ask": item.text,
        **({"who": found.leading} if found.names else {}),
    }


def _paired_error(found: Estimate, index: NDArray[np.int32], one: Reals, other: Reals) -> float:
    """The standard error of the difference of two readings' means, judgement draws being shared."""
    _, place = np.unique(index, return_inverse=True)
    count = int(place.max()) + 1
    sides = []
    for row in (one, other):
        weight = np.bincount(place, found.weights * row, count)
        total = np.bincount(place, found.weights * row * np.nan_to_num(found.values), count)
        sides.append(np.divide(total, weight, out=np.zeros(count), where=weight > 0))
    return float((sides[0] - sides[1]).std(ddof=1) / np.sqrt(count)) if count > 1 else float("inf")


def _hypothesis_rows(
    ensemble: Ensemble, group: Hypothesis, pieces: Sequence[Evidence], found: tuple[Contrasted, tuple[Row, ...]]
) -> Iterator[Row]:
    """Credence before and after, inconsistency, and whether the pieces hang together; after only for reports."""
    apart, rows = found
    credence = credences_of(ensemble, group)
    joint = np.prod([piece.fits for piece in pieces], axis=0)
    fitting = effective(ensemble.draws.weight * joint)
    real = pieces[0].reported and fitting >= FEWEST
    together = contrasted(ensemble, group, joint[None, :])
    after, low, high = together.posterior(credence)
    for place, reading in enumerate(group.readings):
        yield {
            "what": "hypothesis",
            "group": group.id,
            "name": reading.id,
            "says": reading.says,
            "credence": float(credence[place]),
            "after": float(after[place]) if real else None,
            "after_low": float(low[place]) if real else None,
            "after_high": float(high[place]) if real else None,
            **(_coherence(apart, together, joint, place) if real else dict.fromkeys(COHERENCE)),
            "inconsistency": inconsistency(rows, reading.id) if pieces[0].reported else None,
            "fitting": fitting if pieces[0].reported else None,
            "claims": reading.support.claims,
        }


def _coherence(apart: Contrasted, together: Contrasted, joint: Reals, place: int) -> dict[str, float]:
    """For one reading: the ratio of all pieces at once, of the single ones multiplied, and their quotient."""
    found = (
        together.ratio[place, 0],
        np.prod(apart.ratio[place]),
        *(part[place] for part in apart.overcounting(joint)),
    )
    return dict(zip(COHERENCE, map(float, found), strict=True))


def _ratios(group: Hypothesis, pieces: Sequence[Evidence], found: Contrasted) -> Labelled:
    names = tuple(reading.id for reading in group.readings)
    words = tuple(piece.words for piece in pieces)
    return Labelled(("evidence", "reading"), {"evidence": words, "reading": names}, found.ratio.T, "likelihood ratio")


def _trace(rows: Sequence[Row], groups: tuple[Hypothesis, ...]) -> Iterator[Row]:
    """The readings and reports, with who stands behind them."""
    for item in groups:
        for reading in item.readings:
            credence = next(
                (row["credence"] for row in rows if row["what"] == "hypothesis" and row["name"] == reading.id), 0.0
            )
            yield ground(f"{item.id}, credence", reading.id, credence, reading.support)
    for row in rows:
        if row["what"] == "evidence" and row["kind"] == "reported":
            yield ground("reported, and how far it was believed", row["name"], row["believed"], Support(row["claims"]))
