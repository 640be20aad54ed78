"""Pictures as SVG: numbers in, an object with the drawing, its finding and its table out; nothing here computes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from realpolitik.report.figures.box import box
from realpolitik.report.figures.calibration import calibration
from realpolitik.report.figures.events import events
from realpolitik.report.figures.fan import fan
from realpolitik.report.figures.figure import Figure, Table
from realpolitik.report.figures.forest import forest
from realpolitik.report.figures.heatmap import heatmap
from realpolitik.report.figures.matrix import matrix
from realpolitik.report.figures.network import network
from realpolitik.report.figures.quadrant import quadrant
from realpolitik.report.figures.strips import strips
from realpolitik.report.figures.tornado import tornado
from realpolitik.report.figures.transitions import transitions
from realpolitik.report.figures.waterfall import waterfall

__all__ = ["FIGURES", "Figure", "Table"]

FIGURES: Mapping[str, Callable[..., Figure]] = {
    "network": network,
    "fan": fan,
    "strips": strips,
    "forest": forest,
    "waterfall": waterfall,
    "tornado": tornado,
    "heatmap": heatmap,
    "quadrant": quadrant,
    "transitions": transitions,
    "box": box,
    "matrix": matrix,
    "calibration": calibration,
    "events": events,
}
"""Every picture by its name: plain data first, `title` and `wide` by name; tests hold all to one contract."""
