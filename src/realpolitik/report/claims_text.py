"""The verdicts on the claims, as plain text: counts, then every claim under its verdict; tensions pair by pair."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from realpolitik.language.sentences import counted, share, signed

Row = Mapping[str, Any]
HEADS: Mapping[str, str] = {
    "holds": "HOLDS IN THIS MODEL",
    "holds by construction": "HOLDS BY CONSTRUCTION OF THE INPUTS (no success of the model)",
    "contested": "CONTESTED: TRUE UNDER ONE READING, FALSE UNDER ANOTHER, OR TOO CLOSE TO CALL",
    "fails": "FAILS IN THIS MODEL",
    "untestable": "NOT TESTABLE",
}
_PERCENT = ("probability", "share")
_DIFFERENCE = re.compile(r"[-+] (P|share)\(|, less ")


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
    found.append(measured_words(row))
    if row["turns_on"]:
        found.append(f"turns on {'; '.join(row['turns_on'])}")
    found += [_figure(*item) for item in row["figures"]]
    return found


def verdict_words(row: Row) -> str:
    """A verdict with what was measured, the number, the rule that decided, and what it turns on."""
    if row["verdict"] == "untestable":
        return f"untestable: {row['reason']}" if row.get("reason") else "untestable"
    turns = f"; turns on {'; '.join(row['turns_on'])}" if row.get("turns_on") else ""
    return f"{row['verdict']}: {measured_words(row)}{turns}"


def measured_words(row: Row) -> str:
    """What was measured, its number with interval, the rule that decided, our thresholds, the author's hedge."""
    asked = f"{row['asked']} is " if row.get("asked") and row["number"] is not None else ""
    return f"{asked}{number_words(row)}{rule_words(row)}{threshold_words(row)}{hedge_words(row)}"


def number_words(row: Row) -> str:
    """The number a verdict hangs on, with its interval and what kind of interval that is."""
    if row["number"] is None:
        return ""
    unit = row["unit"]
    between = unit in _PERCENT and _DIFFERENCE.search(f"{row['check']} {row.get('asked', '')}") is not None
    words = [_number(row[name], "difference" if between else unit) for name in ("number", "low", "high")]
    spread = f" ({words[1]} to {words[2]}, {row['interval']})" if words[1] != words[2] else ""
    return f"{words[0]}{' points' if unit == 'points' else ''}{spread}"


def rule_words(row: Row) -> str:
    """How single draws stand, and the rule: the average and two thirds of the draws that differ, or the hedge."""
    part, tied = row["share"], row.get("tied")
    if part is None or row["unit"] in _PERCENT or not 0 < part < 1:
        return ""
    same = f", no difference in {share(tied)}" if tied else ""
    rule = (
        "the hedge says how many are needed"
        if row["hedge"] and row["band"]
        else "the average decides, and two thirds of the draws that differ"
    )
    return f"; of single draws true in {share(part)}{same} ({rule})"


def threshold_words(row: Row) -> str:
    """The thresholds of a check, which are ours and not the author's."""
    if not row.get("thresholds"):
        return ""
    short = ", and it goes that way without reaching it" if row.get("short") else ""
    return f"; by our threshold ({' and '.join(row['thresholds'])}){short}"


def hedge_words(row: Row) -> str:
    """The author's hedge with its band, and whether the model is more certain."""
    if not row["hedge"] or row["band"] is None:
        return ""
    low, high = row["band"]
    more = "; above the band: more certain here than the author was" if row["above"] else ""
    part = row["share"] if row["share"] is not None else row["number"] if row["unit"] in _PERCENT else None
    if part is not None and part < low:
        more = "; below the band: less certain here than the author was"
    return f'; said with "{row["hedge"]}" (read as {low:.0%} to {high:.0%} of draws){more}'


def _number(value: float, unit: str) -> str:
    if unit == "difference":
        return f"{signed(100 * value)} percentage points"
    if unit in _PERCENT:
        return share(min(1.0, max(0.0, value)))
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
