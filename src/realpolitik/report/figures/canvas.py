"""A sheet to draw on: shapes and text become SVG elements in the order they are drawn.

Everything free (names, labels) goes through `escape`; classes come from `style`. Coordinates are pixels, y downwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from typing import Literal

from realpolitik.report.figures.style import ALONE

Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]


def number(value: float) -> str:
    """A coordinate with one decimal.

    >>> number(3.0), number(2.25)
    ('3', '2.2')
    """
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def bow(start: Point, end: Point) -> str:
    """The rest of a path from `start`: a curve that leaves and arrives level.

    >>> bow((0.0, 0.0), (10.0, 4.0))
    'C5 0 5 4 10 4'
    """
    half = (start[0] + end[0]) / 2
    places = ((half, start[1]), (half, end[1]), end)
    return "C" + " ".join(f"{number(x)} {number(y)}" for x, y in places)


@dataclass
class Canvas:
    """What has been drawn, `wide` pixels across and as high as `tall` says when it is finished."""

    wide: float
    tall: float = 0.0
    parts: list[str] = field(default_factory=list)

    def line(self, start: Point, end: Point, kind: str = "grid") -> None:
        """A straight line."""
        (x1, y1), (x2, y2) = start, end
        self.parts.append(
            f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}" class="{kind}"/>'
        )

    def rect(self, corner: Point, wide: float, tall: float, kind: str = "plain", rounded: float = 0.0) -> None:
        """A rectangle from its upper left corner."""
        x, y = corner
        round_ = f' rx="{number(rounded)}"' if rounded else ""
        self.parts.append(
            f'<rect x="{number(x)}" y="{number(y)}" width="{number(max(0.0, wide))}" height="{number(max(0.0, tall))}"'
            f'{round_} class="{kind}"/>'
        )

    def circle(self, middle: Point, radius: float, kind: str = "dot") -> None:
        """A circle."""
        x, y = middle
        self.parts.append(f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" class="{kind}"/>')

    def shape(self, corners: Sequence[Point], kind: str = "plain") -> None:
        """A closed polygon."""
        told = " ".join(f"{number(x)},{number(y)}" for x, y in corners)
        self.parts.append(f'<polygon points="{told}" class="{kind}"/>')

    def track(self, points: Sequence[Point], kind: str = "rule") -> None:
        """An open line through points."""
        told = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        self.parts.append(f'<polyline points="{told}" fill="none" class="{kind}"/>')

    def curve(self, path: str, kind: str, thick: float = 1.4, faint: bool = False) -> None:
        """A path in SVG's own letters."""
        opacity = ' opacity="0.55"' if faint else ""
        self.parts.append(f'<path d="{path}" class="{kind}" stroke-width="{number(thick)}"{opacity}/>')

    def text(self, place: Point, words: str, kind: str = "", anchor: Anchor = "start", size: float = 13.0) -> None:
        """One line of text; `place` is its baseline."""
        x, y = place
        told = f' class="{kind}"' if kind else ""
        where = f' text-anchor="{anchor}"' if anchor != "start" else ""
        large = f' font-size="{number(size)}"'
        self.parts.append(f'<text x="{number(x)}" y="{number(y)}"{where}{large}{told}>{escape(words)}</text>')

    @contextmanager
    def named(self, words: str, link: str = "", kind: str = "") -> Iterator[None]:
        """All that is drawn within has this name for a pointer or screen reader, and leads to `link` if given."""
        mark = f' class="{kind}"' if kind else ""
        opening = f'<a href="{escape(link)}"{mark}>' if link else f"<g{mark}>"
        self.parts.append(f"{opening}<title>{escape(words)}</title>")
        yield
        self.parts.append("</a>" if link else "</g>")

    def svg(self, title: str, described: str, *, alone: bool = True) -> str:
        """The whole picture. `alone`: with its own style sheet, for a place that has none."""
        has_links = any(part.startswith("<a ") for part in self.parts)
        role = "group" if has_links else "img"
        style = f"<style>{ALONE}</style>" if alone else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="rp" viewBox="0 0 {number(self.wide)} {number(self.tall)}" '
            f'width="{number(self.wide)}" height="{number(self.tall)}" role="{role}" aria-label="{escape(title)}">'
            f"<title>{escape(title)}</title><desc>{escape(described)}</desc>{style}"
            f'<rect width="{number(self.wide)}" height="{number(self.tall)}" class="ground"/>'
            f"{''.join(self.parts)}</svg>"
        )
