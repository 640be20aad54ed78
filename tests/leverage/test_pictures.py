"""The pictures of pairs and groups leave a cell blank where there is no number."""

from __future__ import annotations

import math

from realpolitik.report.figures.heatmap import heatmap


def test_a_cell_without_a_number_stays_blank() -> None:
    drawn = heatmap(["A", "B"], ["A", "B"], [[math.nan, 2.0], [-3.0, math.nan]])
    assert "nan" not in drawn.svg.lower()
    assert drawn.table.rows[0][1] == ""
    assert "-3.0" in drawn.title
