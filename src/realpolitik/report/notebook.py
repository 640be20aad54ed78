"""How a result looks in a notebook: the picture its kind has, above its table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from realpolitik.language.time import duration_words
from realpolitik.report.figures import FIGURES, Figure
from realpolitik.report.joint_picture import of_situation
from realpolitik.report.page.sections.sensitive import box_picture, spread_picture
from realpolitik.report.page.sections.updating import matrices
from realpolitik.results.result import PAINTERS, Result

SHOWN = 12
MOVED = 0.03


def pictures(result: Result) -> tuple[Figure, ...]:
    """The pictures of a result; none for a kind that has none, or where there is nothing to draw."""
    return tuple(KINDS[result.kind](result)) if result.kind in KINDS and result.rows else ()


def show_results_as_pictures() -> None:
    """Let results print with their pictures in notebooks."""
    for kind in KINDS:
        PAINTERS[kind] = painted


def painted(result: Result) -> str:
    """The pictures of a result as HTML."""
    return "".join(figure._repr_html_() for figure in pictures(result))


def _gains(result: Result) -> Iterator[Figure]:
    """The middle answer time."""
    years = list(dict.fromkeys(row["years"] for row in result.rows))
    middle = years[len(years) // 2]
    rows = [row for row in result.rows if row["years"] == middle]
    yield FIGURES["forest"](rows, unit=f"points of own interests after {duration_words(12 * middle)}")


def _futures(result: Result) -> Iterator[Figure]:
    use = result.arrays["use"]
    names = {f"{row['id']}={row['level']}": row["name"] for row in result.rows if row["what"] == "option"}
    rows = [{"name": names[label], "use": use.values[i].tolist()} for i, label in enumerate(use.coords["option"])]
    moving = sorted(
        (row for row in rows if max(row["use"]) - min(row["use"]) >= MOVED),
        key=lambda row: min(row["use"]) - max(row["use"]),
    )
    if moving:
        yield FIGURES["strips"](moving[:SHOWN], [str(date) for date in use.coords["date"]])


def _why(result: Result) -> Iterator[Figure]:
    yield FIGURES["waterfall"](result.rows)


def _hypotheses(result: Result) -> Iterator[Figure]:
    yield from matrices([row for row in result.rows if row["what"] == "evidence"])


def _track(result: Result) -> Iterator[Figure]:
    yield FIGURES["calibration"]([row for row in result.rows if row["what"] == "group"])


def _sensitivity(result: Result) -> Iterator[Figure]:
    yield spread_picture(result.rows, result.about["base"], result.about["unit"])


def _discover(result: Result) -> Iterator[Figure]:
    trail = [row for row in result.rows if "box" in row]
    yield box_picture(result.about["limits"], trail, result.about["chosen"])


def _outcomes(result: Result) -> Iterator[Figure]:
    figure = of_situation(result.about["picture"])
    if figure:
        yield figure


KINDS: Mapping[str, Callable[[Result], Iterator[Figure]]] = {
    "gains": _gains,
    "futures": _futures,
    "why": _why,
    "hypotheses": _hypotheses,
    "track record": _track,
    "sensitivity": _sensitivity,
    "discover": _discover,
    "outcomes": _outcomes,
}
"""The pictures of each kind of result."""
