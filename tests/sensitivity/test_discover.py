"""Boxes and trees whose answer is known, and what chance alone would find."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realpolitik.compiled.boxes import (
    Cloud,
    Limit,
    chosen,
    inside,
    measured,
    parting,
    pasted,
    peeled,
    quasi_p,
    settled,
)
from realpolitik.compiled.trees import leaves
from realpolitik.errors import ExpressionError, QuestionRefused
from realpolitik.project import Project, open_project


def made(seed: int = 1, count: int = 1000, inputs: int = 5) -> Cloud:
    """Cases exactly where x0 < 0.4 and x2 > 0.7: the box is known."""
    x = np.random.default_rng(seed).random((count, inputs))
    return Cloud(x, (x[:, 0] < 0.4) & (x[:, 2] > 0.7), np.full(count, 1 / count), (False,) * inputs)


def test_a_box_made_on_purpose_is_found() -> None:
    cloud = made()
    trail = peeled(cloud)
    box = settled(cloud, trail[chosen(cloud, trail)])
    limits = {limit.number: limit for limit in box.limits}
    assert set(limits) == {0, 2}
    assert limits[0].high == pytest.approx(0.4, abs=0.03)
    assert limits[2].low == pytest.approx(0.7, abs=0.03)
    assert box.density > 0.93
    assert box.coverage > 0.93
    assert max(quasi_p(cloud, box)) < 1e-6


@pytest.mark.parametrize("seed", range(1, 5))
def test_the_published_example_of_bump_hunting(seed: int) -> None:
    """Hastie, Tibshirani & Friedman 2009, The Elements of Statistical Learning, 2nd edition, pp. 317-319, fig. 9.7.

    200 points uniform over the unit square, 1 where 0.5 < x1 < 0.8 and 0.4 < x2 < 0.6, a tenth peeled at each step. The
    points are drawn anew: the box is found to within the gaps between 200 points, and its mean rises to about one.
    """
    x = np.random.default_rng(seed).random((200, 2))
    ones = (x[:, 0] > 0.5) & (x[:, 0] < 0.8) & (x[:, 1] > 0.4) & (x[:, 1] < 0.6)
    cloud = Cloud(x, ones, np.full(200, 1 / 200), (False, False))
    trail = peeled(cloud, peel=0.1, least=0.02)
    best = pasted(cloud, trail[-1])
    sides = {limit.number: (limit.low, limit.high) for limit in best.limits}
    assert sides[0] == pytest.approx((0.5, 0.8), abs=0.1)
    assert sides[1] == pytest.approx((0.4, 0.6), abs=0.1)
    assert best.density > 0.85
    assert all(later.mass < box.mass for box, later in pairwise(trail))
    assert trail[len(trail) // 2].density > 2 * trail[0].density


def test_the_tree_asks_the_same_two_questions() -> None:
    first, *rest = leaves(made())
    limits = {limit.number: limit for limit in first.limits}
    assert limits[0].high == pytest.approx(0.4, abs=0.02)
    assert limits[2].low == pytest.approx(0.7, abs=0.02)
    assert first.density == 1.0
    assert first.coverage == pytest.approx(1.0)
    assert all(leaf.density == 0.0 for leaf in rest)


def test_coverage_density_and_mass_by_hand() -> None:
    # Ten draws, four cases; the box x > 5 holds five draws, of which three cases (measures of Bryant & Lempert 2010).
    x = np.arange(1.0, 11.0)[:, None]
    cases = np.isin(x[:, 0], [2.0, 6.0, 8.0, 10.0])
    cloud = Cloud(x, cases, np.full(10, 0.1), (False,))
    box = measured(cloud, (Limit(0, low=5.5),))
    assert (box.coverage, box.density, box.mass) == pytest.approx((3 / 4, 3 / 5, 1 / 2))
    # without the limit 4 of 10 are cases: P(at least 3 of 5 | 0.4) = 10 (.4^3)(.6^2) + 5 (.4^4)(.6) + .4^5
    assert quasi_p(cloud, box)[0] == pytest.approx(10 * 0.4**3 * 0.6**2 + 5 * 0.4**4 * 0.6 + 0.4**5)
    assert parting(box, 0.4) == pytest.approx(3 / 4 - 2 / 6)


def test_labels_are_taken_off_one_at_a_time() -> None:
    labels = np.tile([0.0, 1.0, 2.0], 100)[:, None]
    trail = peeled(Cloud(labels, labels[:, 0] == 2.0, np.full(300, 1 / 300), (True,)))
    assert [round(box.density, 2) for box in trail] == [0.33, 0.5, 1.0]
    assert trail[-1].limits[0].labels == frozenset({2.0})


def test_rows_of_one_draw_count_as_one() -> None:
    x = np.repeat(np.arange(20.0), 3)[:, None]
    weights = np.full(60, 1 / 60)
    cases = (x[:, 0] > 9) & (x[:, 0] != 15)
    alone = Cloud(x, cases, weights, (False,))
    paired = Cloud(x, cases, weights, (False,), np.repeat(np.arange(20), 3))
    limits = (Limit(0, low=9.5),)
    assert quasi_p(paired, measured(paired, limits))[0] > quasi_p(alone, measured(alone, limits))[0]


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000))
def test_every_step_lies_within_the_last_and_is_denser_or_as_dense_as_chance_lets_it(seed: int) -> None:
    cloud = made(seed, 200, 3)
    trail = peeled(cloud)
    assert trail[0].coverage == 1.0
    for before, after in pairwise(trail):
        assert (inside(cloud, after.limits) <= inside(cloud, before.limits)).all()
        assert after.mass < before.mass
        assert after.coverage <= before.coverage + 1e-12
        again = measured(cloud, after.limits)
        assert (again.coverage, again.density) == (after.coverage, after.density)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000))
def test_the_groups_of_a_tree_part_all_draws(seed: int) -> None:
    found = leaves(made(seed, 200, 3))
    assert sum(leaf.mass for leaf in found) == pytest.approx(1.0)
    assert sum(leaf.coverage for leaf in found) == pytest.approx(1.0)


def test_pasting_never_lowers_density() -> None:
    cloud = made(3)
    for box in peeled(cloud)[::5]:
        assert pasted(cloud, box).density >= box.density


def test_where_the_gate_pays_is_below_a_price(toll: Project) -> None:
    found = toll.discover("gain(UPL at 2 years | do(UPL.gate)) > 0")
    (limit,) = found.about["limits"]
    assert limit["id"] == "price: UPL.gate=on for UPL"
    assert limit["high"] == pytest.approx(30, abs=3)
    assert found.about["chance"] <= 1
    assert any(sentence.startswith("Chance hardly explains it") for sentence in found.sentences)
    assert [row["box"] for row in found.rows if "box" in row] == list(range(len(found.arrays["trajectory"].values)))


def test_a_box_of_the_trajectory_can_be_asked_for(toll: Project) -> None:
    found = toll.discover("gain(UPL at 2 years | do(UPL.gate)) > 0", box=1)
    assert found.about["chosen"] == 1
    with pytest.raises(QuestionRefused, match="There is no box 999"):
        toll.discover("gain(UPL at 2 years | do(UPL.gate)) > 0", box=999)
    with pytest.raises(QuestionRefused, match="numbered from 0"):
        toll.discover("gain(UPL at 2 years | do(UPL.gate)) > 0", box=-7)


@pytest.mark.slow
def test_what_chance_does_as_well_is_not_told_as_a_finding(strait: Project) -> None:
    found = strait.discover("P(thaw by 3 years) > 50%")
    told = " ".join(found.sentences)
    assert "cannot be told from chance" in told or "No limit of any input" in told
    assert "would have a chance of" not in told


def test_too_few_cases_and_bare_means_are_refused(toll: Project, strait: Project) -> None:
    with pytest.raises(QuestionRefused, match="It holds in 0 draws"):
        toll.discover("gain(UPL at 2 years | do(UPL.gate)) > 90 points")
    with pytest.raises(QuestionRefused, match="It fails in 0 draws"):
        toll.discover("gain(UPL at 2 years | do(UPL.gate)) < 90 points")
    with pytest.raises(ExpressionError, match="Compare it"):
        strait.discover("E[tension after 3 years]")


@pytest.mark.slow
@pytest.mark.reference
def test_on_the_reference_case_the_bond_is_described_by_its_price() -> None:
    found = open_project("northeast-asia", draws=256).discover("P(TRIO.institution=institutionalised by 3 years)")
    assert "price: TRIO.institution=institutionalised for USA" in [limit["id"] for limit in found.about["limits"]]
    assert found.about["chance"] <= 1
