"""Invented data for every picture, long names and awkward numbers included; `SAMPLES` covers the whole registry."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from realpolitik.report.figures import FIGURES, Figure

ACTORS = (
    "Aland",
    "Borduria",
    "Patronia",
    "the League of Smaller Coastal Neighbours",
    "Ruritania",
    "Syldavia",
    "Freedonia",
    "Grand Fenwick",
    "Zubrowka",
)
LONG = "viability of the economy of the northern partner, measured against what its people need to get through a winter"


def gains() -> list[dict[str, Any]]:
    rows = []
    for i, name in enumerate(ACTORS):
        gain = 40.0 * math.sin(2.4 * i) - (60.0 if i == 2 else 0.0)
        shares = {2: 0.93, 0: 0.05}
        rows.append(
            {
                "name": name,
                "gain": gain,
                "low": gain - 8.0 - 3 * i,
                "high": gain + 5.0 + 4 * i,
                "by_itself": gain * 0.6,
                "share_losing_most": shares.get(i, 0.002),
            }
        )
    return rows


def _parts() -> list[dict[str, Any]]:
    values = (-22.4, -9.0, 5.5, -3.2, 2.0, 1.1, -0.9, 0.4, 0.3, 0.2, -0.1)
    return [
        {"entry": f"{'vital' if i == 0 else 'minor'}: less {LONG[: 20 + 6 * i]}", "points": v}
        for i, v in enumerate(values)
    ]


def _inputs() -> list[dict[str, Any]]:
    return [
        {"name": f"{LONG[: 16 + 5 * i]}", "out_low": 0.62 - 0.03 * i, "out_high": 0.62 + 0.02 * i * (-1) ** i}
        for i in range(9)
    ]


def _series() -> dict[str, Any]:
    dates = [f"{2024 + i // 4}-{1 + 3 * (i % 4):02d}-01" for i in range(41)]
    levels = []
    for i in range(41):
        middle, room = 0.4 + 0.3 * (1 - math.exp(-i / 12)), 0.02 + 0.005 * i
        levels.append(
            [max(0, middle - 2 * room), middle - room, middle, min(1, middle + room), min(1, middle + 1.6 * room)]
        )
    return {"name": "tension in the strait", "from": "calm", "to": "brink of war", "dates": dates, "levels": levels}


def _options() -> list[dict[str, Any]]:
    count = 41
    return [
        {
            "name": f"option {i}: {LONG[: 10 + 9 * i]}",
            "use": [min(1.0, max(0.0, 0.2 * i + 0.02 * t * (1 - 0.4 * i))) for t in range(count)],
        }
        for i in range(6)
    ]


def _points() -> list[dict[str, Any]]:
    return [
        {"name": name, "x": 0.5 + 0.04 * math.cos(i), "y": 0.3 + 0.02 * i * (i % 3)} for i, name in enumerate(ACTORS)
    ]


def network_data(
    actors: int = 9, factors: int = 42, links: int = 110
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """A network of the size of a large situation, drawn up by a rule, so the same each time."""
    nodes = [{"id": f"A{i}", "name": ACTORS[i % len(ACTORS)], "kind": "actor"} for i in range(actors)]
    for i in range(factors):
        words = " ".join(LONG.split()[i % 12 : i % 12 + 2 + i % 4])
        nodes.append(
            {
                "id": f"f{i}",
                "name": f"{words} {i}",
                "kind": "factor",
                "more": [f"A{(i * 7) % actors}"] if i % 3 == 0 else [],
                "less": [f"A{(i * 5 + k) % actors}" for k in range(i % 4)],
            }
        )
    lines: dict[tuple[str, str], dict[str, Any]] = {}
    for k in range(links):
        start = f"A{(k * 5) % actors}" if k % 3 == 0 else f"f{(k * 11) % factors}"
        end = f"f{(k * 17 + 5 + k // 7) % factors}"
        if start != end:
            lines[start, end] = {
                "from": start,
                "to": end,
                "sign": (1, -1, 1, 0)[k % 4],
                "size": (k % 10) / 10,
                "judgement": k % 5 == 0,
                "label": f"{start} moves {end}",
            }
    return nodes, list(lines.values())


def _network(**more: Any) -> Figure:
    nodes, links = network_data()
    return FIGURES["network"](nodes, links, **more)


def _states() -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    states = [
        {
            "id": f"s{i}",
            "label": f"{ACTORS[i % 9]} holds, {ACTORS[(i + 1) % 9]} yields",
            "stable": ["R", "SEQ"] if i in (3, 7) else [],
        }
        for i in range(9)
    ]
    pairs = [(0, 1), (1, 2), (2, 3), (0, 4), (4, 5), (5, 3), (6, 7), (8, 7), (5, 6), (1, 5), (2, 0)]
    return states, [{"from": f"s{a}", "to": f"s{b}", "mover": ACTORS[(a + b) % 3]} for a, b in pairs]


def _evidence() -> list[dict[str, Any]]:
    marks = (("CC", "I", "N"), ("C", "C", "C"), ("II", "CC", "NA"))
    return [
        {"evidence": f"{LONG[: 30 + 40 * i]}", "marks": marks[i], "diagnosticity": (1.5, 0.0, 2.4)[i]} for i in range(3)
    ]


def _bins() -> list[dict[str, Any]]:
    return [
        {"said": p, "happened": p * 0.9 + 0.03, "low": max(0.0, p - 0.15), "high": min(1.0, p + 0.1), "count": n}
        for p, n in ((0.05, 40), (0.3, 12), (0.5, 9), (0.72, 21), (0.97, 30))
    ]


def _dated() -> list[dict[str, Any]]:
    return [
        {
            "date": f"20{20 + i // 4}-{1 + (i * 5) % 12:02d}-{1 + i:02d}",
            "lane": ("said", "happened", "reported elsewhere")[i % 3],
            "label": LONG[: 20 + 9 * (i % 6)],
            "id": f"c{i}",
        }
        for i in range(16)
    ]


def _limits() -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    limits = [
        {"name": LONG[: 20 + 8 * i], "low": 0.2 * i, "high": 0.5 + 0.1 * i, "least": 0.0, "most": 1.0} for i in range(3)
    ]
    peels = [{"coverage": 1 - 0.06 * i, "density": 0.2 + 0.07 * i, "limits": i // 3} for i in range(11)]
    return limits, peels, 8


SAMPLES: Mapping[str, Callable[..., Figure]] = {
    "network": _network,
    "fan": lambda **more: FIGURES["fan"](_series(), **more),
    "strips": lambda **more: FIGURES["strips"](_options(), _series()["dates"], **more),
    "forest": lambda **more: FIGURES["forest"](gains(), **more),
    "waterfall": lambda **more: FIGURES["waterfall"](_parts(), **more),
    "tornado": lambda **more: FIGURES["tornado"](_inputs(), 0.62, **more),
    "heatmap": lambda **more: FIGURES["heatmap"](
        ACTORS,
        [LONG[: 12 + 7 * i] for i in range(6)],
        [[30 * math.sin(i * 3 + k) for k in range(6)] for i in range(9)],
        **more,
    ),
    "quadrant": lambda **more: FIGURES["quadrant"](_points(), **more),
    "transitions": lambda **more: FIGURES["transitions"](*_states(), **more),
    "box": lambda **more: FIGURES["box"](*_limits(), **more),
    "matrix": lambda **more: FIGURES["matrix"](
        _evidence(), ("for show", "for use", "to trade it away for something else"), **more
    ),
    "calibration": lambda **more: FIGURES["calibration"](_bins(), **more),
    "events": lambda **more: FIGURES["events"](_dated(), as_of="2023-06-01", **more),
}
