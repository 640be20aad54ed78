"""How good were the forecasts of a ledger: scores of each forecaster, their parts, and calibration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from realpolitik.errors import QuestionRefused
from realpolitik.language.sentences import capital, counted, listed, share
from realpolitik.project.forecasts import Book, Forecast, Ledger, Question, decided
from realpolitik.results.result import Result

Row = Mapping[str, Any]
FEW = 20


def listing(ledger: Ledger) -> Result:
    """Every question with what was said last and what happened. Rows: one for each question."""
    book = ledger.read()
    rows = tuple(_question_row(item) for item in book.questions.values())
    open_ones = [row for row in rows if not row["answer"]]
    first = f"{counted(len(rows), 'question')}, {len(open_ones)} open."
    return Result("forecasts", "Which forecasts are kept?", rows, (first, *_beware(book)), {}, _about(ledger))


def score(ledger: Ledger) -> Result:
    """How good were they? Rows: `forecaster` (scores), `group` (calibration of all), `forecast` (each that counts).

    Raises `QuestionRefused` where no question with a forecast has been answered.
    """
    book = ledger.read()
    pairs = decided(book.questions.values())
    if not pairs:
        raise QuestionRefused("No question with a forecast is resolved yet, so there is nothing to score.")
    everyone = dict.fromkeys(made.by for _, made in pairs)
    own = tuple(_forecaster(name, [pair for pair in pairs if pair[1].by == name]) for name in everyone)
    ranked = tuple(sorted(own, key=lambda row: row["brier"]))
    groups = tuple(_groups(pairs))
    rows = (*ranked, *groups, *(_forecast_row(*pair) for pair in pairs))
    told = (*_sentences(ranked), *_calibrated(groups, len(pairs)), *_beware(book))
    return Result("track record", "How good were the forecasts?", rows, told, {}, _about(ledger))


def _about(ledger: Ledger) -> dict[str, Any]:
    return {"ledger": str(ledger.path), "notice": "scores speak of the forecasts, not of the next one"}


def _question_row(item: Question) -> Row:
    last = {name: made.p for name, made in item.last().items()}
    first = {"id": item.id, "text": item.text, "due": item.due, "answer": item.answer, "last": last}
    return {**first, "rule": item.rule, "forecasts": len(item.forecasts), "ask": item.ask, "source": item.source}


def _numbers(pairs: Sequence[tuple[Question, Forecast]]) -> tuple[list[float], list[float]]:
    return [made.p for _, made in pairs], [float(item.answer == "yes") for item, _ in pairs]


def _forecaster(name: str, pairs: Sequence[tuple[Question, Forecast]]) -> Row:
    from realpolitik.compiled.scores import brier, log_score, parts  # noqa: PLC0415

    said, happened = _numbers(pairs)
    split = parts(said, happened)
    skill = 1.0 - brier(said, happened) / split.uncertainty if split.uncertainty > 0 else None
    return {
        "what": "forecaster",
        "name": name,
        "forecasts": len(said),
        "brier": brier(said, happened),
        "log_score": log_score(said, happened),
        "skill": skill,
        "happened": sum(happened) / len(happened),
        "reliability": split.reliability,
        "resolution": split.resolution,
        "uncertainty": split.uncertainty,
    }


def _groups(pairs: Sequence[tuple[Question, Forecast]]) -> Iterator[Row]:
    from realpolitik.compiled.scores import calibration  # noqa: PLC0415

    for group in calibration(*_numbers(pairs)):
        yield {"what": "group", **vars(group)}


def _forecast_row(item: Question, made: Forecast) -> Row:
    happened = float(item.answer == "yes")
    return {
        "what": "forecast",
        "question": item.id,
        "name": made.by,
        "p": made.p,
        "answer": item.answer,
        "brier": (made.p - happened) ** 2,
        "on": made.on,
        "model": made.made_from.get("model_sha256", "")[:12],
    }


def _sentences(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        log = "infinite: what happened was called impossible" if row["log_score"] == float("inf") else None
        skill = "" if row["skill"] is None else f", skill against the base rate {row['skill']:+.2f}"
        yield (
            f"{capital(row['name'])}, {counted(row['forecasts'], 'forecast')}: Brier score {row['brier']:.3f} "
            f"(0 perfect, 0.25 for always saying one half), log score {log or format(row['log_score'], '.2f')}{skill}."
        )
    if len(rows) > 1:
        counts = {row["forecasts"] for row in rows}
        if len(counts) > 1:
            yield "The forecasters did not answer the same questions: their scores cannot be compared."


def _calibrated(groups: Sequence[Row], total: int) -> Iterator[str]:
    off = [row for row in groups if not row["low"] <= row["said"] <= row["high"]]
    if off:
        told = listed(f"'{row['words']}' ({share(row['said'])} said, {share(row['happened'])} happened)" for row in off)
        yield f"Out of line with what happened: {told}; 95% intervals by Wilson."
    else:
        yield "No group of forecasts is out of line with what happened (95% intervals by Wilson)."
    if total < FEW:
        yield f"{counted(total, 'forecast')} {'is' if total == 1 else 'are'} few: calibration cannot be judged."


def _beware(book: Book) -> Iterator[str]:
    if book.damaged:
        yield f"Lines torn or altered, and left out: {listed(map(str, book.damaged))}."
    if book.missing > 0:
        yield f"{counted(book.missing, 'record')} must have been taken out of the ledger: later ones count them."
