"""Results as plain text: sentences first, then the table, columns dropped before answers are."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from realpolitik.language.time import short_duration
from realpolitik.results.result import Result

SHOWN = 40
WIDEST, NARROWEST = 34, 12
FORESIGHT = ("each chooses as if the others stood still", "each foresees the others' answers")
FIRST_TO_GO = (
    *(
        "what",
        "actor",
        "id",
        "level",
        "median",
        "sampling_error",
        "rank",
        "share_losing",
        "now",
        "first",
        "without",
        "with",
    ),
    *("by_itself", "through_reactions", "share_losing_most", "low", "high"),
)
HIDDEN = {"claims", "author", "at", "names", "least_hypothesis", "most_hypothesis", "unit"}


def result_text(result: Result, width: int = 96) -> str:
    """A result for a terminal of `width` columns."""
    told_whole = result.kind == "answer"
    head = result.question if told_whole or len(result.question) >= 60 else result.question.upper()
    lines = [*wrapped(head, width, ""), ""]
    told = result.sentences if result.kind != "futures" else result.sentences[:16]
    lines += [line for sentence in told for line in wrapped(sentence, width, "  ")]
    if result.rows and result.kind not in ("ask", "why", "answer"):
        lines += ["", *table(result.rows, width)]
    if result.trace:
        lines += ["", "WHAT CARRIED IT", *trace_lines(result.trace, width)]
    if result.sources:
        lines += ["", "WHO SAID SO"]
        lines += [line for row in result.sources for line in wrapped(source_words(row), width, "  ")]
    return "\n".join([*lines, "", footer(result.about)])


def source_words(row: Mapping[str, Any]) -> str:
    """A claim with its speaker and hedge; or that nobody said it."""
    hedge = f', "{row["hedge"]}"' if row.get("hedge") else ""
    place = f"  [{row['where']}, {row['grade']}]" if row.get("where") else ""
    quote = f"  “{row['quote']}”" if row.get("quote") else f"  ({row['status']})" if row.get("status") else ""
    return f"{row['id']}  {row['speaker']}{hedge}: {row['paraphrase']}{place}{quote}"


def wrapped(text: str, width: int, indent: str, further: str = "") -> list[str]:
    """A sentence in lines of at most `width` columns; `further`: the indent of all but the first."""
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=further or indent + "  ") or [""]


def cell(value: Any) -> str:
    """A value in a table."""
    if isinstance(value, float):
        return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {cell(part)}" for name, part in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(cell, value))
    return "" if value is None else str(value)


def _timed(group: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Rows with times in words of a short run: `years` becomes `after` where a quarter is too long to count in."""
    times = [row.get("years") for row in group]
    if not any(isinstance(time, float) and 0.0 < time < 0.25 for time in times):
        return list(group)
    return [
        {"after" if key == "years" else key: _after(value) if key == "years" else value for key, value in row.items()}
        for row in group
    ]


def _after(years: Any) -> str:
    return "now" if years == 0 else short_duration(years)


def table(rows: Sequence[Mapping[str, Any]], width: int) -> list[str]:
    """Rows in aligned columns, wrapped; one table for each set of keys. What still does not fit is named."""
    lines: list[str] = []
    for group in map(_timed, _alike(rows)):
        keys = _kept(group, [key for key in group[0] if key not in HIDDEN], width)
        cells = [[cell(row.get(key, "")) for key in keys] for row in group[:SHOWN]]
        head = [key.replace("_", " ") for key in keys]
        numbers = [isinstance(group[0].get(key), int | float) for key in keys]
        sizes = _narrowed([max(map(len, column)) for column in zip(head, *cells, strict=True)], numbers, width)
        fits = _fitting(sizes, width)
        left_out = [key for key in group[0] if key not in keys[:fits] and key not in HIDDEN]
        lines += ["", *(line for row in (head, *cells) for line in _row(row[:fits], sizes, numbers))]
        if left_out:
            lines.append(f"(left out for width: {', '.join(left_out).replace('_', ' ')}; --json has all)")
        if len(group) > SHOWN:
            lines.append(f"({len(group) - SHOWN} rows more: --json)")
    return lines


def _narrowed(sizes: Sequence[int], numbers: Sequence[bool], width: int) -> list[int]:
    """Column widths at which text is wrapped, the widest narrowed first, none below what a word or two need.

    >>> _narrowed([6, 60, 30], [True, False, False], 60)
    [6, 25, 25]
    """
    made = [size if number else min(size, WIDEST) for size, number in zip(sizes, numbers, strict=True)]
    while sum(made) + 2 * (len(made) - 1) > width:
        texts = [(size, place) for place, size in enumerate(made) if not numbers[place] and size > NARROWEST]
        if not texts:
            break
        made[max(texts)[1]] -= 1
    return made


def _kept(group: Sequence[Mapping[str, Any]], keys: list[str], width: int) -> list[str]:
    """The columns that fit, the least telling left out first: codes beside names, then second-rank numbers."""
    sizes = {key: max(len(key), *(len(cell(row.get(key, ""))[:34]) for row in group)) + 2 for key in keys}
    kept = list(keys)
    for key in FIRST_TO_GO:
        if sum(sizes[name] for name in kept) <= width + 2:
            break
        if key in kept and (key not in ("id", "level") or "name" in kept):
            kept.remove(key)
    return kept


def _alike(rows: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    groups: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for row in rows:
        groups.setdefault(tuple(row), []).append(row)
    return list(groups.values())


def _fitting(sizes: Sequence[int], width: int) -> int:
    used = 0
    for count, size in enumerate(sizes):
        used += size + 2
        if used > width + 2:
            return max(1, count)
    return len(sizes)


def _row(cells: Sequence[str], sizes: Sequence[int], numbers: Sequence[bool]) -> list[str]:
    """One row of a table in as many lines as its longest cell needs."""
    parts = [textwrap.wrap(text, sizes[i]) or [""] for i, text in enumerate(cells)]
    lines = []
    for place in range(max(map(len, parts))):
        found = [part[place] if place < len(part) else "" for part in parts]
        padded = [text.rjust(sizes[i]) if numbers[i] else text.ljust(sizes[i]) for i, text in enumerate(found)]
        lines.append("  ".join(padded).rstrip())
    return lines


def trace_lines(trace: Sequence[Mapping[str, Any]], width: int) -> list[str]:
    """The chains that carried a change, indented by step, under the entry each belongs to."""
    lines: list[str] = []
    entry = ""
    for row in trace:
        if row["entry"] != entry:
            entry = str(row["entry"])
            lines += wrapped(entry, width, "  ")
        cited = [claim for claim in row.get("claims", ()) if claim not in str(row["name"])]
        claims = f"  ({', '.join(cited)})" if cited else ""
        unit = {"swing": " log-odds", "pull": " pull"}.get(str(row["kind"]), "")
        kind = {"held": " (held)", "chosen": " (by choice)"}.get(str(row["kind"]), "")
        text = f"{row['change']:+.2f}{unit}  {row['name']}{kind}{claims}"
        lines += wrapped(text, width, "    " + "  " * int(row["depth"]))
    return lines


def footer(about: Mapping[str, Any]) -> str:
    """What the answer was made from."""
    if "draws" not in about:
        return f"Read from what is written, without a run: {about.get('notice', 'not a forecast')}."
    depth = f"depth {about.get('depth')} ({FORESIGHT[bool(about.get('depth'))]})"
    return (
        f"Model-based: what follows from the situation's reasoning, not a forecast. {about.get('draws')} draws, seed "
        f"{about.get('seed')}, {depth}{_approximate(about)}, model {str(about.get('model'))[:12]}."
    )


def _approximate(about: Mapping[str, Any]) -> str:
    """Said where the run was an approximation."""
    return "" if about.get("lookahead", "exact") == "exact" else " with quick look-ahead (an approximation)"
