"""Hypotheses and evidence in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from realpolitik.compiled.discrimination import NEAR, POSITIVE
from realpolitik.language.likelihood import describe
from realpolitik.language.sentences import capital, counted, level, listed, share, signed, two_digits

Row = Mapping[str, Any]
TOLD = 4
OVER = 1.5


def sentences(rows: Sequence[Row], when: str) -> Iterator[str]:
    """What differs between the hypotheses, what tells them apart, what the reports make of them, what to beware of."""
    answers = [row for row in rows if row["what"] == "answer"]
    yield from _answer_sentences(answers)
    for group in dict.fromkeys(row["group"] for row in rows):
        pieces = [row for row in rows if row["what"] == "evidence" and row["group"] == group]
        names = [row for row in rows if row["what"] == "hypothesis" and row["group"] == group]
        if pieces and pieces[0]["kind"] == "reported":
            yield from _weights(group, names)
        yield from _telling(group, pieces, when)
        yield from _coherence(group, pieces, names)


def _answer_sentences(rows: list[Row]) -> Iterator[str]:
    apart = sorted((row for row in rows if row["told_apart"]), key=lambda row: -abs(row["range"]) / _scale(row))
    if rows:
        yield (
            f"{len(apart)} of {counted(len(rows), 'answer')} {'differs' if len(apart) == 1 else 'differ'} between the "
            "hypotheses beyond sampling error."
        )
    for row in apart[:TOLD]:
        by = ", ".join(f"{_value(value, row['unit'])} under '{name}'" for name, value in row["by"].items())
        yield f"{capital(row['name'])}: {_whole(row)}; {by}."


def _scale(row: Row) -> float:
    return 100.0 if row["unit"] == "points" else 1.0


def _whole(row: Row) -> str:
    """The weighted answer, in full form."""
    if "who" in row:
        return f"{row['who']} {describe(row['value'])}"
    if row["unit"] == "probability":
        return describe(row["value"])
    write = signed if row["unit"] == "points" else level
    unit = " points" if row["unit"] == "points" else ""
    return f"{write(row['value'])}{unit} ({write(row['low'])} to {write(row['high'])} in 90% of draws)"


def _value(value: float, unit: str) -> str:
    if unit in ("probability", "share"):
        return share(value)
    return signed(value) if unit == "points" else level(value)


def _weights(group: str, rows: list[Row]) -> Iterator[str]:
    """Credence before and after all reports together, and the least inconsistent."""
    if rows[0]["after"] is None:
        yield (
            f"{group}: only {rows[0]['fitting']:.0f} effective draws fit all reports together, too few to weigh the "
            "hypotheses by counting; 'rpol assimilate' moves draws until they fit."
        )
    else:
        yield _moved(group, rows)
    scores = [row["inconsistency"] for row in rows]
    if max(scores) > 0:
        least = listed(f"'{row['name']}'" for row in rows if row["inconsistency"] == min(scores))
        table = ", ".join(f"'{row['name']}' {two_digits(row['inconsistency'])}" for row in rows)
        yield f"{group}: least evidence against {least} (inconsistency {table})."


def _moved(group: str, rows: list[Row]) -> str:
    told = listed(
        f"'{row['name']}' {share(row['credence'])} to {share(row['after'])} ({share(row['after_low'])} to "
        f"{share(row['after_high'])})"
        for row in rows
    )
    moved = any(not row["after_low"] <= row["credence"] <= row["after_high"] for row in rows)
    verdict = "" if moved else "; within sampling error of where they were"
    return f"{group}, all reports together: {told}{verdict}."


def _telling(group: str, rows: list[Row], when: str) -> Iterator[str]:
    best = sorted((row for row in rows if row["low"] > NEAR), key=lambda row: -row["diagnosticity"])
    if rows and not best:
        yield f"{group}: nothing here tells the hypotheses apart."
    for row in best[:TOLD]:
        chances = row["probability"]
        most, least = max(chances, key=chances.__getitem__), min(chances, key=chances.__getitem__)
        strong = "" if row["diagnosticity"] >= POSITIVE else ", not worth more than a bare mention"
        seen = f"{share(chances[most])} under '{most}', {share(chances[least])} under '{least}'"
        span = f"({two_digits(row['low'])} to {two_digits(row['high'])})"
        kind = "" if row["kind"] == "reported" else f", if seen {when},"
        fit = "fits" if row["kind"] == "reported" else "tells for"
        yield (
            f"'{row['name']}'{kind} {fit} '{most}' over '{least}' by a factor of {two_digits(row['diagnosticity'])} "
            f"{span}{strong}{'' if row['kind'] == 'reported' else f': {seen}'}."
        )


def _coherence(group: str, pieces: list[Row], names: list[Row]) -> Iterator[str]:
    """What to beware of: evidence that tells nothing, that is impossible, or that counts the same twice."""
    flat = [row for row in pieces if row["low"] <= NEAR and "NA" not in row["marks"].values()]
    if flat and len(flat) < len(pieces):
        number = f"{len(flat)} of {counted(len(pieces), 'piece')} of evidence"
        yield f"Coherence, {group}: by {number} the hypotheses cannot be told apart, however well one of them fits."
    for row in pieces:
        if "NA" in row["marks"].values():
            why = "its grade is unknown (F6)" if row["believed"] == 0.0 else "it is seen in no draw"
            yield f"Coherence, {group}: '{row['name']}' says nothing here: {why}."
    yield from _overcounted(group, names)


def _overcounted(group: str, names: list[Row]) -> Iterator[str]:
    for row in names:
        if row["overcounted"] is None:
            continue
        off = max(row["overcounted"], 1 / max(row["overcounted"], 1e-9))
        outside = not row["overcounted_low"] <= 1.0 <= row["overcounted_high"]
        if off > OVER and outside:
            yield (
                f"Coherence, {group}: for '{row['name']}' the ratios of the single reports multiply to "
                f"{row['ratio_multiplied']:.2g}, all of them together carry {row['ratio_together']:.2g}: they depend "
                "on each other, so multiplying would mislead."
            )
