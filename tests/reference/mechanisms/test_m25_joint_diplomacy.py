"""M25, joint diplomacy: what talks bring with the other side's effort, and without it."""

from __future__ import annotations

import pytest

from realpolitik.project import Project

from .effects import gone, level, surely

pytestmark = [pytest.mark.slow, pytest.mark.reference]

JOINT = ("TALKS.effort=made, USA.engage=on", "TALKS.effort=none, USA.engage=on")
ALONE = ("TALKS.effort=made, USA.engage=off", "TALKS.effort=none, USA.engage=off")


def test_both_efforts_bring_them_closer_and_not_without_that_link(case: Project) -> None:
    whole = level(case.ensemble(), "us_chn_diplo", 3.0, *JOINT)
    assert surely(whole) == 1
    assert gone(level(case.ensemble(), "us_chn_diplo", 3.0, *JOINT, ("TALKS.effort=made -> us_chn_diplo",)), whole)


def test_one_effort_alone_brings_nothing(case: Project) -> None:
    whole = level(case.ensemble(), "us_chn_diplo", 3.0, *JOINT)
    assert gone(level(case.ensemble(), "us_chn_diplo", 3.0, *ALONE), whole)
