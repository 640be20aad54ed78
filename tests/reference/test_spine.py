"""What the reference situation must show, each with common random numbers and an interval (tasks: issue A).

Nothing here was tuned to hold: where an expectation fails it stays as a strict expected failure with its explanation.
Intervals of means are two sampling errors of the paired difference.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from realpolitik.compiled.answers import Estimate, estimate
from realpolitik.compiled.contrasts import SCALINGS, Contrast, loser_shares
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.language.parser import parse_query
from realpolitik.project import Project
from realpolitik.results.statistics import mean

pytestmark = [pytest.mark.slow, pytest.mark.reference]

TRIO = "TRIO.institution=institutionalised"
TRANSFER = "RUS.reentry=given, xfer_evidence=0.9"
CARRIERS = (
    "USA: prk_threat and not deterrence",
    "KOR: prk_threat and not deterrence",
    "JPN: prk_threat and not deterrence",
)


def asked(ensemble: Ensemble, text: str) -> Estimate:
    return estimate(ensemble, parse_query(text))


def surely_below(found: Estimate, bound: float) -> bool:
    return found.value + 2 * found.error < bound


def by_choice_alone(project: Project) -> Ensemble:
    """Without pledges: what actors do because they want it."""
    keys = tuple(item.key for item in project.situation.promises)
    return project.ensemble().ablated(keys)


def test_with_the_trio_institutionalised_china_is_the_modal_loser_under_all_three_scalings(case: Project) -> None:
    contrast = Contrast(case.ensemble(), case.held(TRIO))
    number = case.model.tables.actors.index("CHN")
    for scaling in SCALINGS:
        shares = [
            mean(column, case.ensemble().draws.weight)
            for column in loser_shares(contrast.gains(3.0, "total", scaling)).T
        ]
        assert int(np.argmax(shares)) == number, scaling
        assert shares[number] > 0.5, scaling


def test_under_the_pact_itself_ukraine_and_europe_lose_more_than_china(case: Project) -> None:
    for other in ("UKR", "EUR"):
        gap = f"gain({other} at 3 years | do(scenario pact)) - gain(CHN at 3 years | do(scenario pact))"
        assert surely_below(asked(case.ensemble(), gap), 0.0), other


@pytest.mark.xfail(
    strict=True,
    reason="China loses nothing by the pact carried through: +2 points by itself (a partner who can fight on), -2 "
    "through reactions. The trio institutionalises in 93% of the status-quo draws anyway: little is left to provoke.",
)
def test_most_of_chinas_loss_from_the_pact_runs_through_reactions(case: Project) -> None:
    total = asked(case.ensemble(), "gain(CHN at 3 years | do(scenario pact))")
    through = asked(case.ensemble(), "gain(CHN at 3 years through reactions | do(scenario pact))")
    assert surely_below(total, 0.0)
    assert through.value < 0.5 * total.value


def test_what_china_loses_by_the_pact_it_loses_through_reactions(case: Project) -> None:
    alone = asked(case.ensemble(), "gain(CHN at 3 years by itself | do(scenario pact))")
    through = asked(case.ensemble(), "gain(CHN at 3 years through reactions | do(scenario pact))")
    assert surely_below(through, 0.0)
    assert alone.value > through.value


def test_read_as_pulling_back_the_rethink_shrinks_chinas_loss_and_can_turn_it(case: Project) -> None:
    ensemble = case.ensemble()
    back = asked(ensemble, f"gain(CHN at 10 years | do({TRIO}), under(US rethink: pull back))")
    refocus = asked(ensemble, f"gain(CHN at 10 years | do({TRIO}), under(US rethink: refocus on China))")
    assert back.value - 2 * back.error > refocus.value + 2 * refocus.error
    share = mean((back.values > 0).astype(float), back.weights)
    assert 0.02 < share < 0.98
    by_rethink = asked(ensemble, "gain(CHN at 10 years | do(USA.rethink=on), under(US rethink: pull back))")
    assert by_rethink.value - 2 * by_rethink.error > 0


STEPS = "USA.assets=more or EDSCG.measures=practical or USA.tnw=on"  # the steps that are not taken anyway
ASSETS = "USA.assets=more"


def contrast(event: str) -> str:
    return f"P({event} by 3 years | do({TRANSFER})) - P({event} by 3 years | do(RUS.reentry=none))"


@pytest.mark.parametrize("depth", [0, 1])
def test_a_proven_transfer_makes_allied_tightening_likelier_by_choice(
    case: Project, foresight: Project, depth: int
) -> None:
    found = asked(by_choice_alone(foresight if depth else case), contrast(STEPS))
    assert found.value - 2 * found.error > 0
    assert found.value >= 0.05


def test_it_makes_more_american_assets_likelier_by_choice(case: Project) -> None:
    found = asked(by_choice_alone(case), contrast(ASSETS))
    assert found.value - 2 * found.error > 0
    assert found.value >= 0.05


@pytest.mark.xfail(
    strict=True,
    reason="With replies foreseen the assets alone gain 3 points, not 5: Washington expects the forum's measures to do "
    "part of the work, and answers through them (their contrast is 14 points) and through tactical weapons (6).",
)
def test_with_replies_foreseen_the_assets_alone_gain_five_points(foresight: Project) -> None:
    assert asked(by_choice_alone(foresight), contrast(ASSETS)).value >= 0.05


@pytest.mark.parametrize("depth", [0, 1])
def test_without_the_carrying_product_the_tightening_is_gone(case: Project, foresight: Project, depth: int) -> None:
    project = foresight if depth else case
    promises = tuple(item.key for item in project.situation.promises)
    whole = asked(project.ensemble().ablated(promises), contrast(STEPS))
    found = asked(project.ensemble().ablated((*promises, *CARRIERS)), contrast(STEPS))
    assert abs(found.value) < 0.01
    assert abs(found.value) < 0.1 * whole.value
    assert abs(found.value) <= 2 * found.error + 1e-12


def cut_likelihood(project: Project, score: float) -> Ensemble:
    """The same ensemble with the likelihood of a Chinese cut moved to one score in its range."""
    names = [name for name in project.model.inputs if name.startswith("likelihood: CHN")]
    assert names
    ensemble = replace(project.ensemble(), runs={}, known={}, known_scales={}, known_ablations={}, store=None)
    settings = ensemble.settings
    moved = {name: np.full(settings.draws, score) for name in names}
    ensemble.known["draws"] = project.model.draws(0, settings.draws, seed=settings.seed, moved=moved)
    return ensemble


GIVEN = "P(RUS.reentry=given or RUS.submarine=given by 1 year | given(xfer_evidence < 0.6))"


def test_a_likelier_cut_leaves_the_transfer_unchanged_at_depth_0(case: Project) -> None:
    low, high = (asked(cut_likelihood(case, score), GIVEN) for score in (-3.0, 3.0))
    assert high.value == pytest.approx(low.value, abs=1e-12)


def test_a_likelier_cut_lowers_the_transfer_at_depth_1(foresight: Project) -> None:
    low, high = (asked(cut_likelihood(foresight, score), GIVEN) for score in (-3.0, 3.0))
    difference = replace(high, values=high.values - low.values)
    assert surely_below(difference, 0.0)


def test_when_the_war_ends_the_pact_weakens(case: Project) -> None:
    found = asked(case.ensemble(), "E[rp_coop after 2 years | do(shock war_ends)] - E[rp_coop after 2 years]")
    assert surely_below(found, 0.0)


def test_without_need_the_end_of_the_war_does_nothing_to_the_pact(case: Project) -> None:
    effect = "E[rp_coop after 2 years | do(shock war_ends)] - E[rp_coop after 2 years]"
    whole = asked(case.ensemble(), effect)
    carriers = tuple(
        item.key for item in case.situation.influences if "rus_urgency" in item.key and item.effect == "rp_coop"
    )
    wants = tuple(item.key for item in case.situation.interests if "rus_urgency" in item.key)
    rest = asked(case.ensemble().ablated((*carriers, *wants)), effect)
    assert abs(rest.value) < 0.1 * abs(whole.value) or abs(rest.value) <= 2 * rest.error


def test_a_trigger_can_fire_and_what_is_learned_stays(case: Project) -> None:
    ensemble = case.ensemble()
    proven = asked(ensemble, "P(xfer_evidence > 0.6 by 5 years | do secretly(RUS.reentry=given))")
    assert proven.value > 0.5
    number = case.model.tables.factors.index("prk_reentry")
    paths = ensemble.run(case.held("RUS.reentry=given until 2026").holds)
    assert (np.diff(paths.factors[:, :, number], axis=1) >= -1e-9).all()
    alone = replace(ensemble, runs={}, known={**ensemble.known})
    quiet = alone.run((), review=False)
    assert np.isfinite(quiet.factors).all()
