"""Results as plain text: sentences first, then the table, columns dropped before answers are."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from realpolitik.language.time import short_duration
from realpolitik.results.result import Result

SHOWN = 40
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
    """Rows in aligned columns; one table for each set of keys; the last columns are dropped where they do not fit."""
    lines: list[str] = []
    for group in map(_timed, _alike(rows)):
        keys = _kept(group, [key for key in group[0] if key not in HIDDEN], width)
        left_out = [key for key in group[0] if key not in keys and key not in HIDDEN]
        cells = [[cell(row.get(key, ""))[:34] for key in keys] for row in group]
        sizes = [max(len(key), *(len(row[i]) for row in cells)) for i, key in enumerate(keys)]
        fits = _fitting(sizes, width)
        numbers = [isinstance(group[0].get(key), int | float) for key in keys]
        head = [keys[i].replace("_", " ") for i in range(fits)]
        lines += ["", _row(head, sizes, numbers), *(_row(row[:fits], sizes, numbers) for row in cells[:SHOWN])]
        if left_out:
            lines.append(f"(left out for width: {', '.join(left_out).replace('_', ' ')}; --json has all)")
        if len(cells) > SHOWN:
            lines.append(f"({len(cells) - SHOWN} rows more: --json)")
    return lines


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


def _row(cells: Sequence[str], sizes: Sequence[int], numbers: Sequence[bool]) -> str:
    parts = [text.rjust(sizes[i]) if numbers[i] else text.ljust(sizes[i]) for i, text in enumerate(cells)]
    return "  ".join(parts).rstrip()


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
