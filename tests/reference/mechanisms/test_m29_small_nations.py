"""M29, smaller neighbours: they lean less towards China where the three stand firm."""

from __future__ import annotations

import pytest

from realpolitik.project import Project

from .effects import LOOSE, TRIO, gone, level, surely

pytestmark = [pytest.mark.slow, pytest.mark.reference]


def test_a_firm_trio_loosens_chinas_orbit_and_not_without_that_link(case: Project) -> None:
    whole = level(case.ensemble(), "chn_small", 3.0, TRIO, LOOSE)
    assert surely(whole) == -1
    assert gone(level(case.ensemble(), "chn_small", 3.0, TRIO, LOOSE, ("tri_coop -> chn_small",)), whole)
