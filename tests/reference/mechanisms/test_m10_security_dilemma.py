"""M10, the security dilemma: threat, allied answer by choice, and the loss of a third party that did nothing."""

from __future__ import annotations

import pytest

from realpolitik.project import Project

from .effects import ANSWERS, THREE, TRANSFER, asked, by_choice_alone, gone, surely

pytestmark = [pytest.mark.slow, pytest.mark.reference]

STEPS = "USA.assets=more or EDSCG.measures=practical or USA.tnw=on"
ANSWER = f"P({STEPS} by 3 years | do({TRANSFER})) - P({STEPS} by 3 years | do(RUS.reentry=none))"
BESIDE = tuple(f"{actor}: {name}" for actor in THREE for name in ("mil_balance", "pen_stability"))
"""What else a threat moves that the three want, so that an answer to it pays more."""
THIRD = f"gain(CHN at 3 years through reactions | do({TRANSFER}))"


def test_a_proven_transfer_is_answered_by_choice(case: Project) -> None:
    assert surely(asked(case.ensemble(), ANSWER, by_choice_alone(case)), 0.05) == 1


def test_the_answer_costs_a_third_party(case: Project) -> None:
    assert surely(asked(case.ensemble(), THIRD, by_choice_alone(case)), -0.5) == -1


def test_the_answer_is_gone_with_what_carries_it(case: Project) -> None:
    pledges = by_choice_alone(case)
    whole = asked(case.ensemble(), ANSWER, pledges)
    assert gone(asked(case.ensemble(), ANSWER, (*pledges, *ANSWERS)), whole)


@pytest.mark.xfail(
    strict=True,
    reason="Without the threat that nothing deters, the balance and the stability of the peninsula in the interests of "
    "the three, China's loss of 3.4 points through their answer falls to a gain of 0.4 (plus and minus 0.4): the "
    "interval covers zero, but it is a ninth, not a tenth. Without the threat alone 1.7 points of loss stay.",
)
def test_so_is_the_third_partys_loss(case: Project) -> None:
    pledges = by_choice_alone(case)
    whole = asked(case.ensemble(), THIRD, pledges)
    without = gone(asked(case.ensemble(), THIRD, (*pledges, *ANSWERS, *BESIDE)), whole)
    assert without
