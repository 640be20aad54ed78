"""The verdicts on the claims, as plain text: counts, then every claim under its verdict; tensions pair by pair."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from realpolitik.language.sentences import counted, signed

Row = Mapping[str, Any]
HEADS: Mapping[str, str] = {
    "holds": "HOLDS IN THIS MODEL",
    "holds by construction": "HOLDS BY CONSTRUCTION OF THE INPUTS (no success of the model)",
    "contested": "CONTESTED: TRUE UNDER ONE READING, FALSE UNDER ANOTHER, OR TOO CLOSE TO CALL",
    "fails": "FAILS IN THIS MODEL",
    "untestable": "NOT TESTABLE",
}
_PERCENT = ("probability", "share")
_DIFFERENCE = re.compile(r"[-+] (P|share)\(")


def claims_text(rows: Sequence[Row], counts: Mapping[str, int], width: int, about: str) -> str:
    """Every claim under its verdict. `rows`: verdicts as plain data with `paraphrase` and `speaker` beside them."""
    total = sum(counts.values())
    lines = [
        f"{counted(total, 'claim')}: "
        + ", ".join(f"{counts[kind]} {kind}" for kind in HEADS if counts.get(kind))
        + ".",
        about,
    ]
    for kind, head in HEADS.items():
        own = [row for row in rows if row["verdict"] == kind]
        if own:
            lines += ["", head]
            lines += [line for row in own for line in claim_lines(row, width)]
    return "\n".join(lines)


def claim_lines(row: Row, width: int) -> list[str]:
    """One claim: what is said, by whom, and the number behind the verdict."""
    said = f"{row['claim'] or 'check'}  {row.get('speaker', '')}: {row.get('paraphrase') or row['check']}"
    return [*_wrapped(said, width, 2), *(line for text in _details(row) for line in _wrapped(text, width, 8))]


def _details(row: Row) -> list[str]:
    if row["verdict"] == "untestable":
        return [f"not testable: {row['reason']}"]
    found = [f"tested: {' '.join(str(row['check']).split())}"] if row["check"] else []
    found.append(f"{number_words(row)}{hedge_words(row)}")
    if row["turns_on"]:
        found.append(f"turns on {'; '.join(row['turns_on'])}")
    found += [_figure(*item) for item in row["figures"]]
    return found


def number_words(row: Row) -> str:
    """The number a verdict hangs on, with its interval and what kind of interval that is."""
    if row["number"] is None:
        return ""
    unit = row["unit"]
    between = unit in _PERCENT and _DIFFERENCE.search(row["check"]) is not None
    words = [_number(row[name], "difference" if between else unit) for name in ("number", "low", "high")]
    spread = f" ({words[1]} to {words[2]}, {row['interval']})" if words[1] != words[2] else ""
    share = row["share"]
    true_in = f"; true in {share:.0%} of draws" if share is not None and unit not in _PERCENT and 0 < share < 1 else ""
    return f"{words[0]}{' points' if unit == 'points' else ''}{spread}{true_in}"


def hedge_words(row: Row) -> str:
    """The author's hedge with its band, and whether the model is more certain."""
    if not row["hedge"] or row["band"] is None:
        return ""
    low, high = row["band"]
    more = "; above the band: more certain here than the author was" if row["above"] else ""
    share = row["share"] if row["share"] is not None else row["number"] if row["unit"] in _PERCENT else None
    if share is not None and share < low:
        more = "; below the band: less certain here than the author was"
    return f'; said with "{row["hedge"]}" ({low:.0%} to {high:.0%}){more}'


def _number(value: float, unit: str) -> str:
    if unit == "difference":
        return f"{signed(100 * value)} percentage points"
    if unit in _PERCENT:
        return f"{100 * min(1.0, max(0.0, value)):.0f}%"
    return signed(value) if unit == "points" else f"{round(value, 4):.3g}"


def _figure(label: str, value: float, held: bool | None) -> str:
    return f"{label}: {value:.3g} - {'true' if held else 'false'}"


def tensions_text(rows: Sequence[Row], width: int) -> str:
    """Each tension: its statements with the verdict on each, the pairs, whether both can hold, what separates them.

    Contradictions come first.
    """
    lines: list[str] = []
    ordered = sorted(rows, key=lambda row: bool(row.get("both_can_hold")))
    for name in dict.fromkeys(row["tension"] for row in ordered):
        own = [row for row in rows if row["tension"] == name]
        lines += ["", f"{name}  {own[0]['about']}"]
        sides = {row[side]["claim"]: row[side] for row in own for side in ("first", "second")}
        for claim, item in sides.items():
            said = f"{claim}  {item['verdict']}: {item['speaker']}: {item['paraphrase']}"
            lines += _wrapped(said, width, 4)
        pairs = ", ".join(f"{row['first']['claim']} / {row['second']['claim']}" for row in own)
        lead = "both can hold at their word" if own[0].get("both_can_hold") else "cannot both hold in one reading"
        lines += _wrapped(f"{lead}: {pairs}", width, 4)
        lines += _wrapped(f"separated by: {own[0]['separated_by']}", width, 4)
    return "\n".join(lines).strip()


def _wrapped(text: str, width: int, indent: int) -> list[str]:
    return textwrap.wrap(text, width, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2)) or [""]
