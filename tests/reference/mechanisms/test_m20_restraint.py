"""M20, leverage as restraint: transfer, allied answer, Chinese loss, a cut that may follow, Moscow's choice."""

from __future__ import annotations

import pytest

from realpolitik.project import Project, open_project
from realpolitik.project.layering import laid_over
from realpolitik.project.leverage import deterrence

from .effects import asked, gain, gone, less, surely

pytestmark = [pytest.mark.slow, pytest.mark.reference]

CUT = "CHN.energy=stop or CHN.dualuse=stop by 3 years"
FOLLOWS = f"P({CUT} | do(RUS.reentry=given)) - P({CUT} | do(RUS.reentry=none, RUS.submarine=none))"
THREAT = ("CHN does CHN.energy=stop if xfer_evidence>0.6", "CHN does CHN.dualuse=stop if xfer_evidence>0.6")
GIVEN = "P(RUS.reentry=given or RUS.submarine=given by 3 years)"


def held_back(years: str, draws: int) -> int:
    """1 where the threat lowers the chance of a transfer, everyone foreseeing replies, Moscow looking so far ahead."""
    small = open_project("northeast-asia", draws=draws, depth=1, cache=False)
    ensemble = laid_over(small, [{"actors": {"RUS": {"foresight": years}}}]).ensemble()
    return -surely(less(asked(ensemble, GIVEN), asked(ensemble, GIVEN, THREAT)))


def test_a_cut_follows_a_transfer_and_only_by_what_was_threatened(case: Project) -> None:
    whole = asked(case.ensemble(), FOLLOWS)
    assert surely(whole, 0.3) == 1
    assert gone(asked(case.ensemble(), FOLLOWS, THREAT), whole)


def test_the_transfer_costs_china_and_the_cut_costs_russia_more_than_the_deal_brings(case: Project) -> None:
    ensemble = case.ensemble()
    assert surely(asked(ensemble, "gain(CHN at 3 years | do(scenario transfer))"), -5.0) == -1
    assert surely(gain(ensemble, "RUS", 3.0, "CHN.energy=stop", "CHN.energy=buy"), -10.0) == -1


def test_the_chance_of_a_cut_that_stops_the_deal_is_reported(case: Project) -> None:
    found = deterrence(case, "exchange shells for re-entry technology", "CHN.energy=stop", actor="RUS")
    row = next(row for row in found.rows if row["actor"] == "RUS")
    assert row["hope"] > 0 > row["fear"]
    assert row["critical"] == pytest.approx(row["hope"] / (row["hope"] - row["fear"]), abs=1e-6)
    assert 0.05 < row["critical"] < row["expected"]


def test_a_moscow_that_looks_six_years_ahead_holds_back() -> None:
    assert held_back("6 years", 32) == 1


@pytest.mark.xfail(
    strict=True,
    reason="Not with the three years of foresight that the situation gives Moscow: proof takes two to three years, the "
    "cut works a year after that, so its cost falls beyond what Moscow sees, and it gives as often with the threat as "
    "without it. With six years the threat halves it, from 19% to 9% of draws.",
)
def test_moscow_as_written_holds_back() -> None:
    assert held_back("3 years", 16) == 1
