"""M18, the buffer: what stability next door is worth to China, and through what."""

from __future__ import annotations

import pytest

from realpolitik.project import Project

from .effects import gain, surely

pytestmark = [pytest.mark.slow, pytest.mark.reference]

LOW = "pen_stability=0.2"


def fall(case: Project, without: tuple[str, ...] = ()) -> float:
    """China's gain in points from a peninsula held unstable for three years, by itself."""
    return gain(case.ensemble(), "CHN", 3.0, LOW, "", without).value


def test_an_unstable_peninsula_costs_china(case: Project) -> None:
    assert surely(gain(case.ensemble(), "CHN", 3.0, LOW), -10.0) == -1


def test_part_of_it_runs_through_the_buffer(case: Project) -> None:
    assert fall(case, ("CHN: buffer",)) > fall(case) + 1.0


@pytest.mark.xfail(
    strict=True,
    reason="China's loss of 38.7 points falls only to 32.5 without its interest in the buffer: its direct interest in "
    "stability carries most of it, not the buffer.",
)
def test_mostly_through_the_buffer(case: Project) -> None:
    assert fall(case, ("CHN: buffer",)) > 0.5 * fall(case)
