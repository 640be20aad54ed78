"""Draw docs/pictures/two-schools.svg: for which size of a rethink, and after how long, China gains rather than loses.

python scripts/two_schools.py

Two inputs are varied: how far a rethink that pulls back eases American pressure on China, and whether a firm trio is a
barrier at sea (a link that the source calls possible). Each cell is China's mean gain in points over the year that ends
then, on 64 draws, with a firm trio and a rethink, against neither.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from realpolitik.project import Project
    from realpolitik.report.figures.canvas import Canvas

PICTURE = Path(__file__).resolve().parent.parent / "docs" / "pictures" / "two-schools.svg"
SIZES = (0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85)
STATED = (0.22, 0.48)  # the word of size in the situation: moderate
YEARS = (1, 2, 3, 4, 6, 8, 10)
DRAWS = 64
READING = "US rethink: pull back"
DO = "TRIO.institution=institutionalised, USA.rethink=on"
BARRIER = "tri_coop -> chn_naval"
WIDE, EDGE, LEFT, CELL, ROW, TOP = 780.0, 12.0, 108.0, 72.0, 28.0, 74.0
OPEN = 0.5
Grid = list[list[float]]


def varied(project: Project, size: float) -> Project:
    """The situation with the barrier at sea in every draw, and with one size of the retreat."""
    from realpolitik.project.layering import laid_over  # noqa: PLC0415

    retreat = {"USA.rethink=on lowers us_ip_focus": f"{size} after 1 year"}
    barrier = {"tri_coop lowers chn_naval": "moderate if TRIO.institution=institutionalised"}
    reading = {"US rethink": {"pull back": {"instead": {"influences": [retreat]}}}}
    return laid_over(project, [{"influences": [barrier], "hypotheses": reading}])


def grids() -> tuple[Grid, Grid]:
    """China's gains (year, size) with the barrier and without it."""
    from realpolitik.compiled.answers import estimate  # noqa: PLC0415
    from realpolitik.language.parser import parse_query  # noqa: PLC0415
    from realpolitik.project import open_project  # noqa: PLC0415

    base = open_project("northeast-asia", draws=DRAWS)
    asked = [parse_query(f"gain(CHN at {years} years | do({DO}), under({READING}))") for years in YEARS]
    columns: tuple[Grid, Grid] = ([], [])
    for size in SIZES:
        ensemble = varied(base, size).ensemble()
        for place, there in enumerate((ensemble, ensemble.ablated((BARRIER,)))):
            columns[place].append([estimate(there, question).value for question in asked])
    with_it, without = ([list(row) for row in zip(*column, strict=True)] for column in columns)
    return with_it, without


def turning(grid: Grid) -> tuple[str, str]:
    """From which size on China gains in the last year, and after how many years at the largest size; in words."""
    far = next((SIZES[place] for place, value in enumerate(grid[-1]) if value > OPEN), None)
    soon = next((years for years, row in zip(YEARS, grid, strict=True) if row[-1] > OPEN), None)
    return ("no size tried" if far is None else f"{far:g}", "no time" if soon is None else f"{soon} years")


def drawn(with_it: Grid, without: Grid) -> str:
    """The picture as SVG text; its title says where the sign turns."""
    from realpolitik.report.figures.canvas import Canvas  # noqa: PLC0415

    (size, _), (lesser, _) = turning(with_it), turning(without)
    tall = TOP + ROW * len(YEARS)
    canvas = Canvas(WIDE, 2 * tall + 122.0)
    title = f"China gains by a firm trio and a rethink only if Washington retreats far: by {size} or more,"
    canvas.text((EDGE, 20.0), title, "strong", size=15.0)
    second = f"or by {lesser} or more if the trio is no barrier at sea; in the first year it loses in any case."
    canvas.text((EDGE, 40.0), second, "strong", size=15.0)
    for number, (grid, words) in enumerate(((with_it, "With a barrier at sea"), (without, "Without it"))):
        panel(canvas, grid, words, 50.0 + number * (tall + 8.0))
    below = canvas.tall - 30.0
    what = "China's mean gain in points by both together, if pulling back is true; grey: within half a point of even."
    canvas.text((EDGE, below), what, "soft", size=12.0)
    note = f"Underlined sizes lie in what the situation states ({STATED[0]:g} to {STATED[1]:g}). {DRAWS} draws, seed 1."
    canvas.text((EDGE, below + 17.0), f"{note} What follows from the situation, not a forecast.", "soft", size=12.0)
    return canvas.svg(title, note) + "\n"


def panel(canvas: Canvas, grid: Grid, words: str, top: float) -> None:
    """One grid: years down, sizes across."""
    canvas.text((EDGE, top + 22.0), words, "strong")
    canvas.text(
        (LEFT, top + 40.0), "size of the retreat: how far a rethink eases American pressure on China", "soft", size=12.0
    )
    for column, size in enumerate(SIZES):
        x = LEFT + CELL * (column + 0.5)
        canvas.text((x, top + 60.0), f"{size:g}", "strong", "middle", 12.0)
        if STATED[0] <= size <= STATED[1]:
            canvas.line((x - 16.0, top + 64.0), (x + 16.0, top + 64.0), "thick")
    for row, (years, values) in enumerate(zip(YEARS, grid, strict=True)):
        y = top + TOP + ROW * row
        canvas.text((EDGE, y + 19.0), f"after {years} year{'s' if years > 1 else ''}")
        for column, value in enumerate(values):
            cell(canvas, (LEFT + CELL * column, y), value, f"{words}, size {SIZES[column]:g}, {years} years")
    border(canvas, grid, top + TOP)


def cell(canvas: Canvas, corner: tuple[float, float], value: float, words: str) -> None:
    """A gain or a loss, its number within."""
    kind = "plain" if abs(value) < OPEN else "gain" if value > 0 else "loss"
    told = f"{value:+.0f}".replace("+0", "0").replace("-0", "0")
    with canvas.named(f"{words}: {told}"):
        canvas.rect((corner[0] + 1.0, corner[1] + 1.0), CELL - 2.0, ROW - 2.0, kind)
    canvas.text((corner[0] + CELL / 2, corner[1] + 19.0), told, "strong halo", "middle")


def border(canvas: Canvas, grid: Grid, top: float) -> None:
    """The line between loss and gain, along the edges of cells."""
    for row, values in enumerate(grid):
        for column, value in enumerate(values):
            x, y = LEFT + CELL * column, top + ROW * row
            if column and (value > OPEN) != (values[column - 1] > OPEN):
                canvas.line((x, y), (x, y + ROW), "thick")
            if row and (value > OPEN) != (grid[row - 1][column] > OPEN):
                canvas.line((x, y), (x + CELL, y), "thick")


def write() -> Mapping[str, str]:
    """Draw the picture; what the page says of it."""
    with_it, without = grids()
    PICTURE.write_text(drawn(with_it, without), encoding="utf-8")
    (size, years), (lesser, _) = turning(with_it), turning(without)
    return {"size": size, "years": years, "lesser": lesser, "table": table(with_it)}


def table(grid: Sequence[Sequence[float]]) -> str:
    """The upper panel as text."""
    head = ["| after | " + " | ".join(f"{size:g}" for size in SIZES) + " |", "|---" * (len(SIZES) + 1) + "|"]
    rows = [
        f"| {years} years | " + " | ".join(f"{value:+.0f}" for value in values) + " |"
        for years, values in zip(YEARS, grid, strict=True)
    ]
    return "\n".join((*head, *rows))


if __name__ == "__main__":
    write()
