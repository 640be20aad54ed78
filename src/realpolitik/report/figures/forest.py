"""Who gains and who loses: one row for each actor, with its interval and the part that needs no reaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from realpolitik.language.sentences import share, signed
from realpolitik.report.figures.bars import Rows, axis, rows
from realpolitik.report.figures.figure import Figure, Table
from realpolitik.report.figures.scale import around
from realpolitik.report.figures.text import width

Row = Mapping[str, Any]
NARROW = 520.0
NOTE = (
    "Dot: mean gain in points of the actor's own interests, with the range of 90% of draws. Bar: the part that "
    "comes by itself, all others deciding as before. Right: share of draws in which the actor loses most."
)


def forest(
    found: Sequence[Row], *, title: str = "", unit: str = "points of own interests", wide: float = 720.0
) -> Figure:
    """Rows with `name`, `gain`, `low`, `high`, `by_itself` (points) and `share_losing_most` (0..1), losers first."""
    ordered = sorted(found, key=lambda row: row["gain"])
    span = around(value for row in ordered for value in (row["low"], row["high"], row["by_itself"]))
    room = width("loses most 100%", 12.0) + 14.0 if wide >= NARROW else 0.0
    frame = rows([str(row["name"]) for row in ordered], span, wide, right=room + width("+100", 13.0, True) + 14.0)
    axis(frame, unit)
    for number, row in enumerate(ordered):
        _row(frame, number, row)
    return Figure("forest", title or finding(ordered), frame.canvas, _table(ordered), NOTE)


def finding(ordered: Sequence[Row]) -> str:
    """Who loses most and who gains most."""
    if not ordered:
        return "Nobody to compare"
    least, most = ordered[0], ordered[-1]
    lost = f"{least['name']} loses most ({signed(least['gain'])})" if least["gain"] < -0.5 else "nobody loses"
    won = f"{most['name']} gains most ({signed(most['gain'])})" if most["gain"] > 0.5 else "nobody gains"
    return f"On average {lost}, {won}"


def _row(frame: Rows, number: int, row: Row) -> None:
    y, scale, canvas = frame.middle(number), frame.scale, frame.canvas
    zero, alone = scale(0.0), scale(row["by_itself"])
    words = (
        f"{row['name']}: {signed(row['gain'])} points, {signed(row['low'])} to {signed(row['high'])}; "
        f"by itself {signed(row['by_itself'])}"
    )
    with canvas.named(words):
        canvas.rect((min(zero, alone), y - 8.0), abs(alone - zero), 16.0, "gain" if row["by_itself"] > 0 else "loss")
        canvas.line((scale(row["low"]), y), (scale(row["high"]), y), "rule")
        canvas.circle((scale(row["gain"]), y), 5.0)
    right = scale.end + 10.0 + width("+100", 13.0, True)
    canvas.text((right, y + 4.5), signed(row["gain"]), "strong", "end")
    losing = float(row.get("share_losing_most", 0.0))
    if losing >= 0.05 and canvas.wide >= NARROW:
        canvas.text((right + 12.0, y + 4.5), f"loses most {share(losing)}", "soft", "start", 12.0)


def _table(ordered: Sequence[Row]) -> Table:
    heads = ("actor", "gain", "low", "high", "by itself", "through reactions", "loses most")
    body = tuple(
        (
            str(row["name"]),
            *(signed(row[key]) for key in ("gain", "low", "high", "by_itself")),
            signed(row["gain"] - row["by_itself"]),
            share(float(row.get("share_losing_most", 0.0))),
        )
        for row in ordered
    )
    return Table(heads, body, frozenset(range(1, 7)))
