"""The values of joint states against single runs with everything held, and the rules about states and draws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from realpolitik.compiled import Ensemble, Settings, gameform
from realpolitik.compiled.focal import JointStates, joint_states, named_options, ranked_options
from realpolitik.compiled.gameform import GameForm, discounts, game_form, rows_for
from realpolitik.dynamics.engine import simulate
from realpolitik.dynamics.tables import Held, Hold, Plan
from realpolitik.errors import InputRefused, QuestionRefused


def held(ensemble: Ensemble, levels: list[int], draws, **plan):
    """A run with every option of the situation held at its level."""
    holds = tuple(Hold(Held.OPTION, k, float(level)) for k, level in enumerate(levels))
    plan = Plan(holds=holds, chance=False, tastes=False, **plan)
    return simulate(ensemble.model.tables, draws, plan, seed=1, depth=0, kernel="literal")


def literal_value(utility: np.ndarray, b: np.ndarray) -> np.ndarray:
    """V_a as it is written: (1 - b) sum b^(h-1) U(h) + b^(H-1) U(H)."""
    last = utility.shape[1] - 1
    total = b ** (last - 1) * utility[:, last]
    for h in range(1, last):
        total = total + (1 - b) * b ** (h - 1) * utility[:, h]
    return total


@pytest.mark.parametrize("state", [0, 7, 30, -1])
def test_a_roll_out_is_the_run_with_everything_held(ensemble, states, form: GameForm, state: int):
    tables, draws = ensemble.model.tables, form.draws.rows(slice(0, 5))
    levels = tables.option_now.tolist()
    for k, level in zip(states.options, states.levels[state].tolist(), strict=True):
        levels[k] = level
    utility = held(ensemble, levels, draws).utility
    np.testing.assert_allclose(
        form.values[:5, :, state], literal_value(utility, tables.actor_discount), rtol=0, atol=1e-10
    )


def test_discounts_sum_to_one_and_leave_the_present_out(ensemble):
    weights = discounts(ensemble.model.tables)
    np.testing.assert_allclose(weights.sum(axis=0), 1.0)
    assert (weights[0] == 0).all()
    assert (weights[1:] > 0).all()


def test_responding_lets_the_others_decide(ensemble, form: GameForm):
    states = joint_states(ensemble.model, named_options(ensemble.model, ["PACT.drill"]))
    still = game_form(ensemble, states).values
    answered = game_form(ensemble, states, responding=True).values
    tables = ensemble.model.tables
    plan = Plan(holds=(Hold(Held.OPTION, states.options[0], 2.0),), chance=False, tastes=False)
    paths = simulate(tables, form.draws, plan, seed=1, depth=0)
    np.testing.assert_allclose(answered[:, :, 2], np.einsum("nta,ta->na", paths.utility, discounts(tables)), atol=1e-12)
    assert not np.allclose(still, answered)


def test_switch_costs_are_taken_off_where_a_party_changes(ensemble, states, form: GameForm):
    paid = game_form(ensemble, states, switches=True)
    tables = ensemble.model.tables
    assert (paid.values[:, :, states.now] == form.values[:, :, states.now]).all()
    state = states.number([1, 0, 0, 0, 0])
    loss = form.values[:, :, state] - paid.values[:, :, state]
    mover = tables.actors.index("ALA")
    np.testing.assert_allclose(loss[:, mover], form.draws.switch[:, tables.party_start[states.options[0]]])
    assert (np.delete(loss, mover, axis=1) == 0).all()


def test_the_status_quo_and_the_order_of_states(states: JointStates, ensemble):
    assert states.levels[states.now].tolist() == ensemble.model.tables.option_now[list(states.options)].tolist()
    assert len(states.levels) == 2 * 2 * 2 * 2 * 3
    assert states.levels[1].tolist() == [0, 0, 0, 0, 1]
    assert states.matching({states.options[0]: 1}).tolist() == list(range(24, 48))


def test_a_level_whose_requirement_fails_makes_a_state_infeasible(tmp_path):
    from realpolitik.project import open_project  # noqa: PLC0415

    text = """
situation: Two
as_of: 2024-01-01
horizon: 3 years
judged_by: R. Example, 2024-01-05
actors:
  AAA: {name: Aland}
  BBB: {name: Borduria}
factors:
  tension: {from: calm, to: war, now: 0.4}
options:
  AAA.arm: {now: off}
  BBB.answer: {now: off, requires: AAA.arm}
  BBB.strike: {now: off, requires: tension > 0.6}
influences:
  - AAA.arm raises tension: strong
interests:
  AAA:
    - vital: less tension
  BBB:
    - vital: less tension
"""
    path = tmp_path / "two.yaml"
    path.write_text(text, encoding="utf-8")
    model = open_project(path, draws=2, cache=False).model
    found = joint_states(model, named_options(model, ["AAA.arm", "BBB.answer", "BBB.strike"]))
    assert found.levels.tolist() == [[0, 0, 0], [1, 0, 0], [1, 1, 0]]


def test_large_games_deal_the_hypotheses_out(ensemble, states, monkeypatch):
    monkeypatch.setattr(gameform, "MOST_PATHS", 10)
    draws, dealt = rows_for(ensemble, len(states.levels))
    assert dealt
    assert draws.index.tolist() == list(range(16))
    shares = np.bincount(draws.combination, minlength=2) / 16
    np.testing.assert_allclose(shares, [combo.weight for combo in ensemble.model.combos], atol=1 / 16)
    assert draws.weight.tolist() == [1 / 16] * 16


def test_replicas_do_not_multiply_the_work(ensemble, states):
    twice = replace(ensemble, settings=Settings(draws=16, replicas=2), runs={}, known={})
    assert len(rows_for(twice, 2)[0].index) == len(rows_for(ensemble, 2)[0].index)


def test_default_options_are_those_that_differ_most(ensemble):
    order = ranked_options(ensemble)
    levels = ensemble.run().levels / np.maximum(1, np.diff(ensemble.model.tables.slot_start) - 1)
    weight = ensemble.draws.weight
    spread = [float(np.mean([np.cov(levels[:, t, k], aweights=weight, ddof=0) for t in range(21)])) for k in order]
    assert spread == sorted(spread, reverse=True)


def test_unknown_options_are_all_named(ensemble):
    with pytest.raises(InputRefused) as refused:
        named_options(ensemble.model, ["ALA.arms", "XXX"])
    assert [str(item)[:16] for item in refused.value.findings] == ["error  'ALA.arms", "error  'XXX' is "]


def test_too_many_states_are_refused(ensemble, monkeypatch):
    from realpolitik.compiled import focal  # noqa: PLC0415

    monkeypatch.setattr(focal, "MOST_STATES", 10)
    with pytest.raises(QuestionRefused, match="24 joint states"):
        joint_states(ensemble.model, range(4))
