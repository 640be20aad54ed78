"""Which inputs carry an answer's spread, in which order, and which cannot be told from noise?

Method: first-order indices of the draws already made (see `compiled.givendata`), no further run. Only inputs above the
floor of noise are ranked; each has a bootstrap interval of its share and of its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from realpolitik.compiled.about import about
from realpolitik.compiled.drawn import Column, Drawn
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.givendata import GivenData
from realpolitik.compiled.readingshare import ReadingShare, reading_share
from realpolitik.compiled.sentences import Asked, answer
from realpolitik.compiled.statements import answer_rows, asked_of, refuse_written, write_answer
from realpolitik.errors import QuestionRefused
from realpolitik.language.expression import Expression
from realpolitik.language.sentences import counted, listed, share
from realpolitik.results.result import Labelled, Result
from realpolitik.results.statistics import mean

Row = Mapping[str, Any]
FEWEST = 32
MOST = 20
TOLD = 6
END = 0.1


@dataclass(frozen=True, eq=False)
class Relation:
    """An answer by row, related to all in which draws differ."""

    ensemble: Ensemble
    expression: Expression

    @cached_property
    def drawn(self) -> Drawn:
        """What draws differ in."""
        return Drawn(self.ensemble)

    @cached_property
    def answer(self) -> Any:
        """The answer by row."""
        return answer_rows(self.ensemble, self.expression)

    @cached_property
    def data(self) -> GivenData:
        """Draws with weight: inputs, answer, weights, and the variance within draws."""
        found = self.answer
        folded, weights = self.drawn.folded(found.values, found.weights)
        kept = weights > 0
        if kept.sum() < FEWEST:
            size = counted(int(kept.sum()), "draw")
            raise QuestionRefused(f"{size} cannot tell inputs apart; from {FEWEST} up: --draws 256.")
        inputs = np.stack([column.values for column in self.drawn.columns], axis=1)
        within = float(mean((found.values - folded[self.drawn.draw]) ** 2, found.weights))
        seed = self.ensemble.settings.seed
        return GivenData(inputs[kept], folded[kept], weights[kept] / weights.sum(), within, seed)


def sensitivity(ensemble: Ensemble, expression: Expression, text: str) -> Result:
    """What carries the spread of an answer?

    Rows: one for each input above the floor of noise, the largest share first; `out_low` and `out_high`: the answer
    where the input is in the lowest and highest tenth of its draws. Arrays: `share` (input), of every input, `noise`.
    Raises `QuestionRefused` for an answer that is the same in every draw, and for fewer than 32 draws.
    """
    relation = Relation(ensemble, expression)
    refuse_written(ensemble, relation.answer, "there is no spread to carry")
    rows = _placed([*_number_rows(relation), *_reading_rows(relation)], relation)
    told = answer(Asked(ensemble, asked_of(expression), text)).text
    data = relation.data
    more = {
        "floor": data.floor, "inputs": len(relation.drawn.columns) + len(relation.drawn.readings),
        "base": relation.answer.value, "unit": relation.answer.unit, "explained": sum(row["share"] for row in rows),
    }  # fmt: skip
    return Result(
        "sensitivity",
        f"What carries the spread of {text}?",
        rows,
        (told, *_sentences(relation, rows, more)),
        _arrays(relation),
        {**about(ensemble, **more), "interval": "90%, bootstrap over draws"},
    )


def _number_rows(relation: Relation) -> Iterator[dict[str, Any]]:
    data, columns = relation.data, relation.drawn.columns
    above = np.flatnonzero(data.shares > data.floor)
    above = above[np.argsort(-data.shares[above], kind="stable")][:MOST]
    if not len(above):
        return
    samples = data.resampled(above)
    for place, number in enumerate(above):
        low, high = data.ends(int(number), END)
        yield {
            **_row(columns[number], float(data.shares[number]), samples[:, place]),
            **_ends(columns[number], (low, high)),
            "samples": samples[:, place],
        }


def _row(column: Column, value: float, samples: NDArray[np.float64]) -> dict[str, Any]:
    low, high = np.quantile(samples, (0.05, 0.95))
    return {
        "id": column.name,
        "name": column.words,
        "share": value,
        "low": max(0.0, float(low)),
        "high": min(1.0, float(high)),
    }


def _ends(column: Column, ends: tuple[float, float]) -> dict[str, Any]:
    lowest, highest = np.quantile(column.values, (END / 2, 1 - END / 2))
    at = (column.write(float(lowest)), column.write(float(highest)))
    return {"out_low": ends[0], "out_high": ends[1], "at_low": at[0], "at_high": at[1], **_behind(column)}


def _behind(column: Column) -> dict[str, Any]:
    return {"kind": column.kind, "claims": column.claims, "author": column.author}


def _reading_rows(relation: Relation) -> Iterator[dict[str, Any]]:
    for column in relation.drawn.readings:
        found: ReadingShare = reading_share(relation.drawn, column, relation.answer, relation.ensemble.settings.seed)
        if np.quantile(found.samples, 0.05) > 0 and found.share > relation.data.floor / 4:
            low, high = int(np.argmin(found.means)), int(np.argmax(found.means))
            yield {
                **_row(column, found.share, found.samples),
                "out_low": found.means[low],
                "out_high": found.means[high],
                "at_low": column.labels[low],
                "at_high": column.labels[high],
                **_behind(column),
                "samples": found.samples,
            }


def _placed(rows: list[dict[str, Any]], relation: Relation) -> tuple[Row, ...]:
    """Largest first, with the 90% interval of its place among those ranked."""
    ordered = sorted(rows, key=lambda row: -row["share"])
    if not ordered:
        return ()
    samples = np.stack([row.pop("samples") for row in ordered], axis=1)
    places = 1 + (samples[:, None, :] > samples[:, :, None]).sum(axis=2)
    low, high = np.quantile(places, (0.05, 0.95), axis=0)
    return tuple(
        {"place": i + 1, **row, "place_low": round(float(low[i])), "place_high": round(float(high[i]))}
        for i, row in enumerate(ordered)
    )


def _sentences(relation: Relation, rows: tuple[Row, ...], more: Mapping[str, Any]) -> Iterator[str]:
    rest = more["inputs"] - len(rows)
    size, floor = counted(relation.ensemble.settings.draws, "draw"), share(more["floor"])
    if not rows:
        more_draws = 4 * relation.ensemble.settings.draws
        yield (
            f"No input stands out: with {size} none of {more['inputs']} inputs explains more of the spread than chance "
            f"would let one of them seem to ({floor}). More draws see finer: --draws {more_draws}."
        )
        return
    yield from (_told(relation, row) for row in rows[:TOLD])
    yield from _ties(rows[:TOLD])
    yield (
        f"{counted(rest, 'other input')} are not ranked: with {size} a share below {floor} cannot be told from none. "
        f"Together those ranked explain {share(min(1.0, more['explained']))} of the spread one by one; the rest is "
        "chance, inputs acting together, and many small ones."
    )


def _told(relation: Relation, row: Row) -> str:
    unit = relation.answer.unit
    part = f"{share(row['share'])} of the spread ({share(row['low'])} to {share(row['high'])})"
    ends = [(row["at_low"], row["out_low"]), (row["at_high"], row["out_high"])]
    told = "; ".join(f"{write_answer(unit, value)} {_where(row, at)}" for at, value in ends)
    return f"{row['place']}. {row['name'][:1].upper()}{row['name'][1:]}: {part}. {told}."


def _where(row: Row, at: str) -> str:
    if row["kind"] == "reading":
        return f"under '{at}'"
    return f"where it is {at}" if row["kind"] == "link" else f"where it is about {at}"


def _ties(rows: tuple[Row, ...]) -> Iterator[str]:
    """Which neighbours' order is not certain."""
    open_ones = [str(row["place"]) for row in rows if row["place_low"] != row["place_high"]]
    if len(open_ones) > 1:
        yield f"The order of {listed(open_ones)} is open: resampled draws rank them differently."


def _arrays(relation: Relation) -> dict[str, Labelled]:
    names = tuple(column.name for column in relation.drawn.columns)
    return {"share": Labelled(("input",), {"input": names}, relation.data.shares, "share of variance")}
