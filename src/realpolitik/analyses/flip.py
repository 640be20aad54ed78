"""What is the smallest change of one input, or of a few, that reverses a conclusion?

Method: see `compiled.flips`. Within the stated ranges first (5th to 95th percentile), then beyond, and it is said so.
Nearest counterfactual: the change is measured in standard deviations of what is stated, on the scale on which each
interval is normal (Wachter, Mittelstadt & Russell 2018, Harvard Journal of Law & Technology 31(2), pp. 841-887).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from realpolitik.compiled.about import about
from realpolitik.compiled.answers import estimate
from realpolitik.compiled.drawn import Column
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.flips import END, Flip, Move, Search, candidates, singles, smallest
from realpolitik.compiled.nudged import under_combinations
from realpolitik.compiled.sentences import Asked, answer
from realpolitik.compiled.statements import asked_of, conclusion, margin, write_answer
from realpolitik.compiled.wording import actor_name
from realpolitik.errors import QuestionRefused
from realpolitik.language.expression import Expression, Query
from realpolitik.language.sentences import capital, counted, listed, share
from realpolitik.results.progress import Told, silent
from realpolitik.results.result import Result

Row = Mapping[str, Any]
LOOKS, SECONDS_WORTH = 40, 100


def flip(ensemble: Ensemble, statement: Expression, text: str, told: Told = silent) -> Result:
    """What reverses a conclusion?

    `statement`: `loser(| do(X)) is AAA`, `gain(AAA | do(X)) < 0`, `P(...) is likely`, or a bare question (what it
    answers now is the conclusion). Rows: what was found, then every single change tried. Raises `ExpressionError` for
    what concludes nothing, `QuestionRefused` for what no draw can change.
    """
    search = _search(ensemble, statement, told)
    if np.ptp(search.base.signal) < 1e-12:
        raise QuestionRefused("The answer is the same in every draw; no input within its range can change it.")
    readings = tuple(_readings(search))
    tried = list(singles(search, candidates(search)))
    quick = smallest(search, tried)
    found = [search.checked(item) for item in quick[:1]] + quick[1:]
    rows = (*(_row(search, item, "found") for item in found), *(_row(search, item, "tried") for item in tried))
    sentences = (*_conclusion(search, text), *_found(search, found, tried), *_reading_sentences(readings))
    more = {"margin": search.base.value, "error": search.error, "holds": search.sign > 0, "looks": len(search.known)}
    return Result(
        "flip", f"What would reverse it: {text}?", rows, sentences, {}, about(ensemble, **more, readings=readings)
    )


def _search(ensemble: Ensemble, statement: Expression, told: Told) -> Search:
    """The search, with as many looks as the question's runs leave time for."""
    before = len(ensemble.runs)
    state = conclusion(ensemble, statement)
    runs = max(1, len(ensemble.runs) - before if before == 0 else _runs(statement))
    looks = max(16, min(LOOKS, SECONDS_WORTH // runs))
    telling = lambda done: told("another change", done, looks)  # noqa: E731
    return Search(ensemble, statement, 1 if state["holds"] else -1, state["leader"], looks, telling)


def _runs(statement: Expression) -> int:
    """About how many runs a statement takes."""
    from realpolitik.language.expression import queries_in  # noqa: PLC0415

    return sum(1 if query.function in ("P", "E", "first") else 2 for query in queries_in(statement))


def _row(search: Search, found: Flip, kind: str) -> dict[str, Any]:
    names = " and ".join(move.column.words for move in found.moves)
    return {
        "result": "reverses it" if found.margin < search.line else "does not",
        "id": ", ".join(move.column.name for move in found.moves),
        "name": names,
        "to": " and ".join(_to(move, found.size) for move in found.moves),
        "stated": " and ".join(_stated(move.column) for move in found.moves),
        "margin": found.margin,
        "how_far": found.size,
        "search": kind,
        "claims": tuple(claim for move in found.moves for claim in move.column.claims),
        "author": next((move.column.author for move in found.moves if move.column.author), ""),
    }


def _to(move: Move, size: float) -> str:
    return move.column.write(move.value(size))


def _stated(column: Column) -> str:
    if column.item is None:
        return f"there in {share(float(column.values.mean()))} of draws"
    low, middle, high = (column.write(float(np.asarray(column.item.quantity.at(z)))) for z in (-END, 0.0, END))
    return f"{low.removesuffix(' points').partition(' per ')[0]} to {high}, middle {middle}"


def _conclusion(search: Search, text: str) -> Iterator[str]:
    asked = asked_of(search.statement)
    yield answer(Asked(search.ensemble, asked, text)).text
    if isinstance(search.statement, Query) and search.base.unit == "probability":
        yield f"Looked for is what takes it across one half, {_size(search, search.base.value)} away."
    if not isinstance(search.statement, Query):
        yield f"So '{text}' {'holds' if search.sign > 0 else 'does not hold'}{_by(search)}."
    if search.base.value < 2 * search.error:
        yield (
            f"It is open as it stands: it hangs on {_size(search, search.base.value)}, within two sampling errors of "
            f"even ({_size(search, 2 * search.error)}). Looked for is what puts it clearly on the other side."
        )


def _by(search: Search) -> str:
    if search.base.leads:
        return (
            f", the first {'leading' if search.sign > 0 else 'trailing'} the next by {_size(search, search.base.value)}"
        )
    return f", by {_size(search, search.base.value)}"


def _size(search: Search, value: float) -> str:
    unit = search.base.unit
    if unit in ("probability", "share"):
        return f"{100 * value:.0f} percentage points"
    return write_answer(unit, value).lstrip("+")


def _found(search: Search, found: list[Flip], tried: list[Flip]) -> Iterator[str]:
    if not found:
        yield (
            f"Nothing tried reverses it: {counted(len(tried), 'input')} one by one at the worse end of what is stated, "
            f"the strongest together, and beyond ({counted(len(search.known), 'look')})."
        )
        yield from _nearest(search)
        return
    first, *others = found
    yield f"{capital(_told(first))}.{_then(search, first)}"
    yield from (f"Also: {_told(item)}." for item in others)


def _nearest(search: Search) -> Iterator[str]:
    """How near the strongest single change and the strongest several came, within what is stated and beyond."""
    for name, several, beyond in (
        ("One", False, False),
        ("Several", True, False),
        ("Beyond what is stated", True, True),
    ):
        came = [
            item for item in search.trail if (len(item.moves) > 1, item.beyond) in {(several, beyond), (beyond, beyond)}
        ]
        if came:
            least = min(came, key=lambda item: item.margin)
            parts = listed(_part(move, least.size) for move in least.moves)
            left = _size(search, least.margin)
            yield f"{name}: if {parts}, the margin of {_size(search, search.base.value)} becomes {left}."


def _told(found: Flip) -> str:
    """A flip as a sentence."""
    parts = [_part(move, found.size) for move in found.moves]
    how = "by itself" if len(parts) == 1 else "together"
    place = ", beyond what is stated" if found.beyond else ""
    doubt = "" if found.sure else " (by a quick look)"
    return f"it reverses if {listed(parts)}: {how}{place}{doubt}"


def _part(move: Move, size: float) -> str:
    column = move.column
    if column.kind == "link":
        told = column.words.removeprefix("whether ").removesuffix(" at all")
        return f"{told} {'surely' if move.sign > 0 else 'not at all'}"
    way = "more" if move.value(size) > move.value(0.0) else "less"
    return f"{column.words} is {_to(move, size)} or {way} (stated {_stated(column)})"


def _then(search: Search, found: Flip) -> str:
    """What the answer then is."""
    asked = asked_of(search.statement)
    if not found.sure or not isinstance(asked, Query):
        return ""
    then = estimate(search.ensemble_at(found), asked)
    if then.table is None:
        return f" Then it is {write_answer(then.unit, then.value)}."
    name = actor_name(search.ensemble.model, then.leading)
    return f" Then {name} loses most in {share(then.value)} of draws."


def _readings(search: Search) -> Iterator[Row]:
    """The margin under each rival reading alone; no run is needed."""
    combos = search.ensemble.model.combos
    for group in search.ensemble.model.situation.hypotheses:
        for reading in group.readings:
            numbers = [
                i for i, combo in enumerate(combos) if (group.id, reading.id) in combo.names and combo.weight > 0
            ]
            if not numbers:
                continue
            alone = under_combinations(search.ensemble, numbers)
            try:
                value = search.sign * margin(alone, search.statement, search.leader).value
            except QuestionRefused:
                continue
            yield {"group": group.id, "reading": reading.id, "margin": value, "reversed": value < 0}


def _reading_sentences(rows: tuple[Row, ...]) -> Iterator[str]:
    turned = [f"'{row['reading']}' ({row['group']})" for row in rows if row["reversed"]]
    if turned:
        yield f"It is reversed already under the reading {listed(turned, 'or')}."
    elif rows:
        yield "It stands under every rival reading."
