"""Which judgements carry the conclusions? Inputs without a claim, ranked by how far an answer goes with them.

Method: every judgement varies over its own interval in the same draws that answer the headline questions, so no run
is added. For each input and headline answer (the situation's questions): Spearman's rank correlation over judgement
draws (hypotheses and chance averaged within a draw), and the swing: mean answer in the upper third of the values of the
input minus that in the lower third. An input counts by its largest swing, in units of what is worth telling
(`compiled.conclusions.MOVED`), among the answers whose correlation with it is above `noise`; without any, by its
largest correlation. `noise` is what the largest correlation
would reach in 95% of cases if no input mattered (permutations of the answers, keyed by the seed): below it an input is
not told apart from chance at this number of draws. Correlation sees monotone effects only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.about import about
from realpolitik.compiled.answers import Estimate, estimate
from realpolitik.compiled.checking.reading import thresholds
from realpolitik.compiled.conclusions import MOVED, asked_alone
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.inputs import Input
from realpolitik.compiled.sampling import Sampler
from realpolitik.errors import QuestionRefused, RealpolitikError
from realpolitik.language.expression import Expression
from realpolitik.results.result import Result

Reals = NDArray[np.float64]
PERMUTATIONS = 200
FEWEST = 16
TOLD = 8


@dataclass(frozen=True, eq=False)
class Headline:
    """One headline answer: its place among the questions (question.expression), its words, a value for each draw."""

    handle: str
    text: str
    unit: str
    values: Reals


def assumptions(ensemble: Ensemble) -> Result:
    """The key assumptions. Rows: one for each judgement, the most telling first; fixed ones last, without effect.

    Raises `QuestionRefused` where there are too few draws, no judgement that varies, or no numeric answer.
    """
    count = ensemble.settings.draws
    if count < FEWEST:
        raise QuestionRefused(f"{count} draws are too few to rank assumptions; ask with --draws {FEWEST} or more.")
    judged = [item for item in ensemble.model.inputs.values() if item.is_judgement]
    varied = [item for item in judged if not item.quantity.is_constant]
    answers, refused = headlines(ensemble)
    if not varied or not any(np.ptp(item.values) > 0 for item in answers):
        raise QuestionRefused("There is no judgement that varies, or no question with a number to rank it by.")
    sampler = Sampler(ensemble.settings.seed, np.arange(count), ensemble.model.situation.credences)
    inputs = np.array(
        [sampler.score(item.name) for item in varied]
    )  # own scores: what words share is not its own effect
    found = np.array([answer.values for answer in answers if np.ptp(answer.values) > 0])
    rho = rank_correlations(inputs, found)
    noise = chance_level(inputs, found, ensemble.settings.seed)
    rows = _rows(varied, [item for item in answers if np.ptp(item.values) > 0], inputs, rho, noise)
    rows += [_fixed(item) for item in judged if item.quantity.is_constant]
    said = about(ensemble, noise=noise, refused=list(refused), judgements=len(judged), fixed=len(judged) - len(varied))
    question = "Which judgements carry the conclusions?"
    sentences = _sentences(rows, noise, len(judged), answers, checks_on(ensemble))
    first = " ".join((sentences[0], *asked_alone(ensemble)))
    return Result("assumptions", question, tuple(rows), (first, *sentences[1:]), {}, said)


def going_with(ensemble: Ensemble, expression: Expression, most: int = 3) -> list[dict[str, Any]]:
    """The inputs, judgements or not, that move with one answer more than chance alone would, the most telling first.

    Each next one is chosen by what the ones before leave unexplained (ranks, one after another), so that an input which
    only happens to run along with another in these draws is not named beside it. Rows: input, correlation, by.
    """
    count = ensemble.settings.draws
    varied = [item for item in ensemble.model.inputs.values() if not item.quantity.is_constant]
    values = _headline(ensemble, "", expression, "").values
    if count < FEWEST or not varied or np.ptp(values) == 0:
        return []
    sampler = Sampler(ensemble.settings.seed, np.arange(count), ensemble.model.situation.credences)
    inputs = _standard(np.array([sampler.score(item.name) for item in varied]))
    rest = _standard(values[None, :])
    noise = chance_level(inputs, rest, ensemble.settings.seed)
    whole, chosen = inputs @ rest[0] / count, list[int]()
    while len(chosen) < most:
        rho = inputs @ rest[0] / count
        best = int(np.abs(rho).argmax())
        if abs(rho[best]) <= noise or best in chosen:
            break
        chosen.append(best)
        left = rest[0] - rho[best] * inputs[best]
        rest = ((left - left.mean()) / left.std())[None, :] if left.std() > 1e-9 else np.zeros_like(rest)
    return [{"input": varied[i].name, "correlation": float(whole[i]), "by": _by(varied[i])} for i in chosen]


def _by(item: Input) -> str:
    return ", ".join(item.support.claims) or f"judgement of {item.support.author or 'nobody named'}"


def headlines(ensemble: Ensemble) -> tuple[list[Headline], tuple[str, ...]]:
    """The numeric answers to the situation's questions, and what could not be answered."""
    found, refused = [], []
    for number, question in enumerate(ensemble.model.situation.questions, 1):
        for place, (expression, text) in enumerate(zip(question.ask, question.ask_texts, strict=True), 1):
            try:
                found.append(_headline(ensemble, f"{number}.{place}", expression, text))
            except RealpolitikError as problem:
                refused.append(f"{text}: {problem}")
    return found, tuple(refused)


def _headline(ensemble: Ensemble, handle: str, expression: Expression, text: str) -> Headline:
    made = estimate(ensemble, expression)
    return Headline(handle, text, made.unit, by_draw(made, ensemble.draws.index, ensemble.settings.draws))


def by_draw(made: Estimate, index: NDArray[np.int32], count: int) -> Reals:
    """One value for each judgement draw (draw,): the weighted mean over hypotheses and chance replicas."""
    weights = np.bincount(index, made.weights, count)
    sums = np.bincount(index, made.weights * np.nan_to_num(made.values), count)
    return np.divide(sums, weights, out=np.zeros(count), where=weights > 0)


def rank_correlations(inputs: Reals, answers: Reals) -> Reals:
    """Spearman's rho of every input (input, draw) with every answer (answer, draw): (input, answer).

    >>> rising, answers = np.array([[1.0, 2.0, 3.0]]), np.array([[10.0, 30.0, 90.0], [3.0, 2.0, 1.0]])
    >>> rank_correlations(rising, answers).round(6).tolist()
    [[1.0, -1.0]]
    """
    product: Reals = _standard(inputs) @ _standard(answers).T / inputs.shape[1]
    return product


def _standard(values: Reals) -> Reals:
    """Ranks (ties share their mean rank) with mean 0 and variance 1, row by row."""
    ranks = np.array([_ranks(row) for row in values])
    centred = ranks - ranks.mean(axis=1, keepdims=True)
    spread = centred.std(axis=1, keepdims=True)
    out: Reals = np.divide(centred, spread, out=np.zeros_like(centred), where=spread > 0)
    return out


def _ranks(values: Reals) -> Reals:
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    means: Reals = (last - (counts - 1) / 2.0)[inverse]
    return means


def chance_level(inputs: Reals, answers: Reals, seed: int) -> float:
    """The 95th percentile of the largest |rho| of all, with the answers' draws permuted together."""
    left, right = _standard(inputs), _standard(answers)
    dealer = np.random.Generator(np.random.Philox(key=[seed, 0xA55]))
    largest = [
        np.abs(left @ right[:, dealer.permutation(right.shape[1])].T).max() / right.shape[1]
        for _ in range(PERMUTATIONS)
    ]
    return float(np.quantile(largest, 0.95))


def swing(values: Reals, answer: Reals) -> float:
    """Mean answer where the input is in its upper third, minus where it is in its lower third."""
    order = np.argsort(values, kind="stable")
    third = max(1, len(order) // 3)
    return float(answer[order[-third:]].mean() - answer[order[:third]].mean())


def _rows(
    varied: Sequence[Input], answers: Sequence[Headline], inputs: Reals, rho: Reals, noise: float
) -> list[dict[str, Any]]:
    swings = np.array([[swing(values, answer.values) for answer in answers] for values in inputs])
    effects = np.abs(swings) / np.array([MOVED.get(answer.unit, 1.0) for answer in answers])
    size, apart = np.abs(rho).max(axis=1), np.abs(rho) > noise
    best = np.where(apart.any(axis=1), np.where(apart, effects, -1.0).argmax(axis=1), np.abs(rho).argmax(axis=1))
    rank = [(not apart[i].any(), -effects[i, best[i]] if apart[i].any() else -size[i]) for i in range(len(varied))]
    return [
        {
            **_who(varied[i]),
            "correlation": float(rho[i, best[i]]),
            "swing": float(swings[i, best[i]]),
            "unit": answers[best[i]].unit,
            "answer": answers[best[i]].handle,
            "asked": answers[best[i]].text,
            "told_apart": bool(apart[i].any()),
        }
        for i in sorted(range(len(varied)), key=rank.__getitem__)
    ]


def _fixed(item: Input) -> dict[str, Any]:
    """A judgement written as one number: no draw varies it, so nothing is known of its effect."""
    none = {"correlation": None, "swing": None, "unit": "", "answer": "", "asked": "", "told_apart": False}
    return {**_who(item), **none, "fixed": True}


def _who(item: Input) -> dict[str, Any]:
    support = item.support
    return {
        "input": item.name,
        "role": item.role,
        "element": item.element,
        "value": item.quantity.text,
        "author": support.author,
        "date": support.date,
        "at": str(support.position),
    }


def checks_on(ensemble: Ensemble) -> int:
    """How many claims are checked against a threshold of ours."""
    return len({check.claim for check in ensemble.model.situation.checks if thresholds(check.expression)} - {""})


def _sentences(
    rows: Iterable[dict[str, Any]], noise: float, judged: int, answers: Sequence[Headline], checks: int
) -> tuple[str, ...]:
    telling = [row for row in rows if row["told_apart"]]
    still = sum(np.ptp(item.values) == 0 for item in answers)
    same = f"; {still} answers are the same in every draw" if still else ""
    first = (
        f"{judged} inputs rest on judgement; {len(telling)} of them go with one of {len(answers)} headline answers "
        f"more than chance alone would (rank correlation above {noise:.2f}){same}. Ranked by how far the answer goes: "
        "its mean where the input is in its upper third, less that in its lower."
    )
    ours = f" The checks of {checks} claims compare with thresholds of ours (rpol claims names them)." if checks else ""
    return (first + ours, *(_sentence(row) for row in telling[:TOLD]))


def _sentence(row: dict[str, Any]) -> str:
    signed = f"{row['author'] or 'unsigned'}, {row['date']}" if row["date"] else row["author"] or "unsigned"
    scale = 100.0 if row["unit"] in ("probability", "share") else 1.0
    unit = {"probability": "percentage points", "share": "percentage points"}.get(row["unit"], row["unit"])
    return (
        f"{row['input']}: from its lower to its upper third, answer {row['answer']} moves by "
        f"{scale * row['swing']:+.3g} {unit} (correlation {row['correlation']:+.2f}); {signed}, {row['at']}."
    )
