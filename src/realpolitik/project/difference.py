"""What moved between two reports of one situation: answers, gains, inputs; and which inputs changed between them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from realpolitik.errors import Finding, InputRefused
from realpolitik.language.sentences import listed, share, signed

Data = Mapping[str, Any]
TOLD = 12
SMALL = {"probability": 0.02, "share": 0.02, "points": 1.0, "level": 0.02}
TWO_ERRORS = 2.0


def read_report(path: Path) -> dict[str, Any]:
    """An earlier report's JSON twin. Raises `InputRefused` for what is none."""
    hint = "Give a file written by: rpol report --json"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as problem:
        raise InputRefused([Finding("error", f"'{path}' cannot be read as a report: {problem}.", hint=hint)]) from None
    if not _is_report(found):
        raise InputRefused([Finding("error", f"'{path}' is no report.", hint=hint)])
    return dict(found)


def _is_report(found: Any) -> bool:
    """Whether it can be compared: compared with itself, nothing in it is of another shape."""
    try:
        changes(found, found)
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError):
        return False
    return True


def changes(before: Data, after: Data) -> dict[str, Any]:
    """Lines of both reports that moved by more than two sampling errors and a little, the largest first.

    `inputs`: which inputs are new, gone or written otherwise; every moved line carries them as its `because`.
    """
    inputs = changed_inputs(before, after)
    because = f"Changed in between: {listed(inputs[:4])}{' and more' if len(inputs) > 4 else ''}." if inputs else ""
    rows = sorted(_moved(before, after, because), key=lambda row: -float(row["size"]))
    about = before["about"]
    against = f"the report of {about['as_of']} (model {about['model_sha256'][:8]}, {about['draws']} draws)"
    return {"against": against, "rows": rows[:TOLD], "inputs": inputs, "left_out": max(0, len(rows) - TOLD)}


def changed_inputs(before: Data, after: Data) -> list[str]:
    """Inputs that are new, gone or have another value, in words.

    >>> one, other = [{"name": "a", "value": "1"}], [{"name": "a", "value": "2"}, {"name": "b", "value": "3"}]
    >>> changed_inputs({"inputs": one}, {"inputs": other})
    ['a (1, now 2)', 'b (new: 3)']
    """
    old = {item["name"]: item["value"] for item in before["inputs"]}
    new = {item["name"]: item["value"] for item in after["inputs"]}
    found = [f"{name} ({old[name]}, now {new[name]})" for name in new if name in old and old[name] != new[name]]
    found += [f"{name} (new: {new[name]})" for name in new if name not in old]
    return found + [f"{name} (gone)" for name in old if name not in new]


def _lines(data: Data) -> dict[str, Data]:
    return {line["ask"]: line for answer in data["assessment"]["answers"] for line in answer["lines"]}


def _moved(before: Data, after: Data, because: str) -> Iterator[dict[str, Any]]:
    old = _lines(before)
    for ask, line in _lines(after).items():
        one, other = old.get(ask, {}).get("data", {}), line["data"]
        unit = str(other.get("unit", ""))
        if one.get("value") is None or other.get("value") is None or unit not in SMALL:
            continue
        change = other["value"] - one["value"]
        error = (
            TWO_ERRORS
            * (float(one.get("sampling_error") or 0) ** 2 + float(other.get("sampling_error") or 0) ** 2) ** 0.5
        )
        if abs(change) > max(error, SMALL[unit]) or one.get("leading") != other.get("leading"):
            yield {
                "what": line["text"].partition(":")[0] if unit != "share" else line["ask"],
                "ask": ask,
                "before": _value(one, unit),
                "after": _value(other, unit),
                "because": because,
                "size": abs(change) / SMALL[unit],
            }


def _value(data: Data, unit: str) -> str:
    if unit == "points":
        return f"{signed(data['value'])} points"
    told = share(min(1.0, max(0.0, data["value"]))) if unit in ("probability", "share") else f"{data['value']:.2f}"
    return f"{data['leading']} {told}" if data.get("leading") else told
