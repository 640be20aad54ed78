from __future__ import annotations

from fractions import Fraction
from math import comb, factorial

import numpy as np
import pytest

from realpolitik.compiled.agreements import agreement, candidates, in_order, together, worths
from realpolitik.compiled.unilateral import Replays
from realpolitik.dynamics.tables import Hold
from realpolitik.errors import QuestionRefused
from realpolitik.games.classical import shapley
from realpolitik.project import Project
from realpolitik.project import leverage as ask

from .by_hand import swung


def test_shapley_of_the_security_council() -> None:
    """Fifteen members, nine votes, five vetoes: 4/2145 for an elected member, 421/2145 for a permanent one.

    By hand (as worked out at gonitsora.com/veto-starting-to-sound-really-good): an elected member is pivotal in 9th
    place behind all five vetoes and three of the other nine: C(9, 3) 8! 6! / 15!.
    """
    coalitions = np.arange(2**15)
    permanent, elected = coalitions & 31, coalitions >> 5
    votes = np.array([int(number).bit_count() for number in coalitions])
    worth = ((permanent == 31) & (votes >= 9)).astype(float)
    assert int(elected.max()) == 2**10 - 1
    values = shapley(worth)
    by_hand = Fraction(comb(9, 3) * factorial(8) * factorial(6), factorial(15))
    assert by_hand == Fraction(4, 2145)
    assert np.allclose(values[5:], float(by_hand), atol=1e-12)
    assert np.allclose(values[:5], 421 / 2145, atol=1e-12)


def test_shapley_of_the_first_security_council() -> None:
    """Eleven members, seven votes, five vetoes: 98.7% of the power with the five.

    Shapley & Shubik 1954, American Political Science Review 48(3), pp. 787-792.
    """
    coalitions = range(2**11)
    values = shapley(np.array([float(c & 31 == 31 and c.bit_count() >= 7) for c in coalitions]))
    assert values[:5].sum() == pytest.approx(0.987, abs=5e-4)
    assert values[5:].sum() == pytest.approx(0.013, abs=5e-4)


def test_an_agreement_that_needs_all_is_the_unanimity_game(supplier: Project) -> None:
    core = agreement(supplier.model, supplier.held("CLUB.pact"))
    found = worths(core.parties, (core,), lambda held: np.array([30.0, -10.0]))
    assert found.tolist() == [0.0, 0.0, 0.0, 20.0]
    assert shapley(found).tolist() == [10.0, 10.0]


def test_a_larger_agreement_counts_only_with_its_candidate(supplier: Project) -> None:
    core, wide = (agreement(supplier.model, supplier.held(text)) for text in ("CLUB.pact", "WIDE.bond"))
    assert candidates(supplier.model, core) == ("BYS",)
    found = worths(("SUP", "CUS", "BYS"), (core, wide), lambda held: np.array([float(len(held.holds))] * 3))
    assert found.tolist() == [0, 0, 0, 3, 0, 0, 0, 6]


def test_gains_of_an_agreement_by_hand(supplier: Project) -> None:
    result = ask.coalitions(supplier, "CLUB.pact=signed", years=1.0)
    parties = {row["actor"]: row for row in result.rows if row["kind"] == "party"}
    trust = swung(0.6) - 0.5
    assert parties["SUP"]["by_itself"] == pytest.approx(100 * trust - 10, abs=1e-9)
    assert parties["CUS"]["by_itself"] == pytest.approx(-50 * trust - 90, abs=1e-9)
    assert parties["BYS"]["by_itself"] == pytest.approx(0.0, abs=1e-9)
    assert not parties["BYS"]["member"]


def test_shapley_values_share_out_exactly_what_all_can_bring_about(strait: Project) -> None:
    result = ask.coalitions(strait, "PACT.drill=public")
    core = agreement(strait.model, strait.held("PACT.drill=public"))
    gains = Replays(strait.ensemble(), 3.0).gains(together((core,)))
    weight = strait.ensemble().draws.weight
    places = [strait.model.tables.actors.index(name) for name in core.parties]
    whole = float((gains[:, places].sum(axis=1) * weight).sum())
    shared = [row["shapley"] for row in result.rows if row["kind"] == "party" and row["member"]]
    assert sum(shared) == pytest.approx(whole)


def test_a_member_that_loses_alone_stands_in_the_way(supplier: Project) -> None:
    """Supplia gains 34 points and would stay, Customia loses 112 and would leave: it alone blocks."""
    result = ask.coalitions(supplier, "CLUB.pact=signed")
    rows = {row["actor"]: row for row in result.rows if row["kind"] == "party"}
    assert (rows["SUP"]["consents"], rows["CUS"]["consents"]) == (1.0, 0.0)
    assert (rows["SUP"]["blocks_alone"], rows["CUS"]["blocks_alone"]) == (0.0, 1.0)
    assert (rows["SUP"]["leaves"], rows["CUS"]["leaves"]) == (0.0, 1.0)


def test_two_orders_hold_one_now_and_the_other_later(supplier: Project) -> None:
    core, wide = (agreement(supplier.model, supplier.held(text)) for text in ("CLUB.pact", "WIDE.bond"))
    held = in_order(core, wide, 6)
    levels = supplier.ensemble().run(held.holds).levels
    assert (levels[:, :, core.option] == 1).all()
    assert (levels[:, :6, wide.option] == 0).all()
    assert (levels[:, 6:, wide.option] == 1).all()
    assert {hold.value for hold in held.status_quo} == {0.0}
    assert all(isinstance(hold, Hold) for hold in held.status_quo)


def test_joining_and_orders_are_answered(supplier: Project) -> None:
    result = ask.coalitions(supplier, "CLUB.pact=signed", candidate="BYS", years=1.0)
    adds = {row["actor"]: row["adds"] for row in result.rows if row["kind"] == "candidate"}
    supply = swung(0.2) - 0.5
    assert adds["CUS"] == pytest.approx(100 * supply - 90, abs=3.0)  # the rest: reactions
    assert adds["BYS"] == pytest.approx(-90.0, abs=3.0)
    orders = [row for row in result.rows if row["kind"] == "order"]
    assert [(row["first"], row["second"]) for row in orders] == [
        ("CLUB.pact", "WIDE.bond"),
        ("WIDE.bond", "CLUB.pact"),
    ]
    assert all(0.0 <= row["follows"] <= 1.0 for row in orders)
    assert result.arrays["gain"].values.shape == (2, 3)


@pytest.mark.parametrize("text", ["SUP.gas=stop", "loot=0.9", "CLUB.pact, WIDE.bond"])
def test_what_is_no_agreement_is_refused(supplier: Project, text: str) -> None:
    with pytest.raises(QuestionRefused):
        ask.coalitions(supplier, text)


@pytest.mark.parametrize("candidate", ["XYZ", "ISL"])
def test_who_cannot_join_is_no_candidate(strait: Project, candidate: str) -> None:
    with pytest.raises(QuestionRefused):
        ask.coalitions(strait, "PACT.drill=public", candidate=candidate)
