"""M21, the bomb spreading: a proven transfer moves South Korean opinion, and a bomb there costs China."""

from __future__ import annotations

import pytest

from realpolitik.project import Project

from .effects import TRANSFER, gain, gone, level, surely

pytestmark = [pytest.mark.slow, pytest.mark.reference]

NONE = "RUS.reentry=none, xfer_evidence=0.1"
LINK = ("xfer_evidence -> rok_nuc_opinion",)


def test_a_proven_transfer_moves_opinion_and_not_without_that_link(case: Project) -> None:
    whole = level(case.ensemble(), "rok_nuc_opinion", 3.0, TRANSFER, NONE)
    assert surely(whole) == 1
    assert gone(level(case.ensemble(), "rok_nuc_opinion", 3.0, TRANSFER, NONE, LINK), whole)


def test_a_south_korean_bomb_costs_china(case: Project) -> None:
    assert surely(gain(case.ensemble(), "CHN", 3.0, "KOR.nuclear=on", "KOR.nuclear=off")) == -1
