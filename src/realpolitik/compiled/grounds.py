"""What an answer rests on, in the one form in which traces are shown."""

from __future__ import annotations

from typing import Any

from realpolitik.situation.model import Support


def ground(entry: str, name: str, change: float, support: Support, kind: str = "input") -> dict[str, Any]:
    """One thing an answer rests on: under which `entry`, its name, its size, and who or what stands behind it."""
    return {
        "entry": entry,
        "depth": 0,
        "name": name,
        "kind": kind,
        "change": change,
        "claims": support.claims,
        "author": support.author,
        "at": str(support.position),
    }
