"""Draw docs/pictures/gains.svg from a run: who gains and who loses, by itself and with reactions.

python scripts/picture.py
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

PICTURE = Path(__file__).resolve().parent.parent / "docs" / "pictures" / "gains.svg"
SITUATION, SCENARIO, YEARS = "northeast-asia", "trio", 3.0
WIDTH, LEFT, RIGHT, ROW, TOP, FOOT = 760, 200, 30, 30, 62, 62
BY_ITSELF, WHOLE, INK = "#9db4c9", "#1f4e79", "#222222"


def rows() -> tuple[str, list[Mapping[str, Any]]]:
    """A title, and the rows of the gains after `YEARS`, greatest loss first."""
    import realpolitik as rp  # noqa: PLC0415

    project = rp.open(SITUATION, cache=False)
    now = [row for row in project.gains(do=SCENARIO).rows if row["years"] == YEARS]
    title = f"Who gains and who loses: {project.situation.scenarios[SCENARIO].name}"
    return title, sorted(now, key=lambda row: float(row["gain"]))


def drawn(title: str, found: Sequence[Mapping[str, Any]]) -> str:
    """The picture as SVG text."""
    height = TOP + ROW * len(found) + FOOT
    low = min(0.0, *(float(row["low"]) for row in found))
    high = max(0.0, *(float(row["high"]) for row in found))
    scale = (WIDTH - LEFT - RIGHT) / (high - low)
    zero = LEFT - low * scale
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'font-family="Helvetica, Arial, sans-serif" font-size="13" fill="{INK}">'
    )
    body = [head, f"<title>{escape(title)}</title>", f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>']
    body += [f'<text x="14" y="26" font-size="16" font-weight="bold">{escape(title)}</text>']
    body += [f'<text x="14" y="46" fill="#666666">points of own interests after {YEARS:g} years</text>']
    body += [line for number, row in enumerate(found) for line in _row(row, TOP + ROW * number, zero, scale)]
    bottom = TOP + ROW * len(found)
    body += [f'<line x1="{zero:.1f}" y1="{TOP}" x2="{zero:.1f}" y2="{bottom}" stroke="{INK}"/>']
    body += list(_legend(bottom + 24))
    return "\n".join((*body, "</svg>", ""))


def _row(row: Mapping[str, Any], top: float, zero: float, scale: float) -> Iterator[str]:
    """An actor: a bar for the act by itself, a dot and line for the whole gain with its interval."""
    middle = top + ROW / 2
    bar, dot = float(row["by_itself"]) * scale, zero + float(row["gain"]) * scale
    low, high = (zero + float(row[end]) * scale for end in ("low", "high"))
    number = f"{float(row['gain']):+.0f}".replace("-0", "0").replace("+0", "0")
    yield f'<text x="14" y="{middle + 4:.1f}">{escape(str(row["name"]))}</text>'
    yield f'<text x="{LEFT - 14}" y="{middle + 4:.1f}" text-anchor="end" fill="{WHOLE}">{number}</text>'
    yield f'<rect x="{zero + min(0.0, bar):.1f}" y="{top + 6}" width="{abs(bar):.1f}" height="18" fill="{BY_ITSELF}"/>'
    yield f'<line x1="{low:.1f}" y1="{middle}" x2="{high:.1f}" y2="{middle}" stroke="{WHOLE}" stroke-width="1.5"/>'
    yield f'<circle cx="{dot:.1f}" cy="{middle}" r="4.5" fill="{WHOLE}"/>'


def _legend(y: float) -> Iterator[str]:
    yield f'<rect x="14" y="{y - 11}" width="18" height="12" fill="{BY_ITSELF}"/>'
    yield f'<text x="38" y="{y}">by itself (the others as they would have acted anyway)</text>'
    yield f'<circle cx="430" cy="{y - 5}" r="4.5" fill="{WHOLE}"/>'
    yield f'<text x="442" y="{y}">with reactions; line: 90% of draws</text>'
    note = "Model-based: what follows from the situation, not a forecast."
    yield f'<text x="14" y="{y + 22}" fill="#666666">{note}</text>'


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(drawn(*rows()), encoding="utf-8")
