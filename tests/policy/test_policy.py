"""What plans are worth: tables of textbooks, a case by hand, the search against running every plan."""

from __future__ import annotations

import numpy as np
import pytest

from realpolitik.analyses.policy import Brief, policy
from realpolitik.analyses.policy.valued import pareto, regrets, two_sided
from realpolitik.errors import RealpolitikError
from realpolitik.project import Project
from realpolitik.results.result import Result

MILNOR = np.array([[2.0, 2, 0, 1], [1, 1, 1, 1], [0, 4, 0, 0], [1, 3, 0, 0]])
"""Milnor, "Games against nature", in Thrall, Coombs and Davis (eds), Decision Processes (1954), pp. 49-59: his example
in which Laplace, Wald, Hurwicz and Savage choose rows 1, 2, 3 and 4."""


def test_least_largest_regret_of_milnors_example() -> None:
    assert regrets(MILNOR).max(axis=1).tolist() == [2.0, 3.0, 2.0, 1.0]
    assert int(MILNOR.mean(axis=1).argmax()) == 0
    assert int(regrets(MILNOR).max(axis=1).argmin()) == 3


def test_cost_of_belief_is_never_negative_and_zero_where_it_is_right() -> None:
    rng = np.random.default_rng(7)
    for _ in range(50):
        values = rng.normal(size=(5, 4)).round(1)
        cost = two_sided(values)
        assert (cost >= 0).all()
        assert (np.diag(cost) == 0).all()
        assert pareto(values)[values.sum(axis=1).argmax()]


def plans_of(result: Result) -> dict[str, dict]:
    return {row["written"]: dict(row) for row in result.rows if "written" in row}


def test_a_wager_by_hand(wager: Project) -> None:
    """Betting brings 100 - 10 if the odds are good (chance 0.6), -100 - 10 if bad: 10 points on average."""
    found = wager.policy("AAA", ["AAA.bet=on"], years=3.0)
    row = plans_of(found)["AAA.bet=on"]
    assert row["gain"] == pytest.approx(0.6 * 90 - 0.4 * 110)
    assert row["good_enough"] == pytest.approx(0.6)
    assert row["worst_hypothesis"] == pytest.approx(-110)
    assert row["largest_regret"] == pytest.approx(110)
    assert plans_of(found)["as now"]["largest_regret"] == pytest.approx(90)
    costs = {(row["believed"], row["true"]): row["cost"] for row in found.rows if "believed" in row}
    assert costs == pytest.approx({
        ("odds: good", "odds: good"): 0, ("odds: good", "odds: bad"): 110,
        ("odds: bad", "odds: good"): 90, ("odds: bad", "odds: bad"): 0,
    })  # fmt: skip
    assert any("Safest" in text and "everything as it is now" in text for text in found.sentences)


def test_a_false_alarm_by_hand(wager: Project) -> None:
    """The rumour is sure to come and nobody cheats: every alarm is false, and the guard costs its price."""
    found = wager.policy("AAA", ["AAA.guard=on if evidence > 0.6"], years=3.0)
    (alarm,) = [row for row in found.rows if "condition" in row]
    assert alarm["false_alarms"] == pytest.approx(1.0)
    assert alarm["cost_of_false_alarm"] == pytest.approx(4.0)
    assert alarm["misses"] == alarm["hits"] == 0.0
    assert alarm["cost_of_miss"] is None


def test_a_miss_by_hand(wager: Project) -> None:
    """What the condition is meant to show is there from the start, and the condition never comes: missed, always."""
    found = wager.policy("AAA", ["AAA.guard=on if evidence > 0.95"], truth="evidence < 0.5", years=3.0)
    (alarm,) = [row for row in found.rows if "condition" in row]
    assert alarm["misses"] == pytest.approx(1.0)
    assert alarm["cost_of_miss"] == pytest.approx(-4.0)


def test_worlds_of_others_doing(wager: Project) -> None:
    """What others may do is held beside every plan; believing it and being wrong costs what the other plan brings."""
    found = wager.policy("AAA", ["AAA.bet=on"], worlds=["good", "secretly BBB.cheat=on"], years=3.0)
    rows = {(row["believed"], row["true"]): row for row in found.rows if "believed" in row}
    assert len(rows) == 4
    assert rows["good", "good"]["brings"] == pytest.approx(90.0)
    (other,) = {true for _, true in rows if true != "good"}
    assert rows[other, other]["brings"] == pytest.approx(10.0)


def test_few_plans_are_all_run_and_many_narrowed_down_to_the_same(strait: Project) -> None:
    brief = Brief(("PACT",), dates=("2025-01-01",))
    exact = policy(strait.ensemble(), brief, exact=10_000)
    halved = policy(strait.ensemble(), brief, exact=0)
    assert exact.about["considered"] == halved.about["considered"] > 16
    best = [max(r["gain"] for r in result.rows if r.get("efficient") is not None) for result in (exact, halved)]
    assert best[0] - best[1] <= 1.0
    assert "successive halving" in halved.about["search"]


def test_too_many_plans_lose_the_choices_that_bring_least(strait: Project) -> None:
    found = policy(strait.ensemble(), Brief(("PACT",), dates=("2025-01-01",), most=12))
    assert found.about["considered"] <= 12
    assert "left out" in found.about["search"]


def test_consent_of_others_is_named(strait: Project) -> None:
    found = strait.policy("BOR", ["PACT.drill=public"])
    assert plans_of(found)["PACT.drill=public"]["consent_needed"].keys() == {"PAT"}
    assert any("needs the consent of Patria" in text for text in found.sentences)


def test_the_same_question_has_the_same_answer(strait: Project) -> None:
    one, other = (strait.policy("BOR", ["BOR.blockade=on if evidence > 0.6"]).as_json() for _ in range(2))
    assert one == other


def test_a_threat_is_foreseen_only_where_others_look_ahead(strait: Project) -> None:
    """At depth 1 the mere announcement moves others; at depth 0 nothing differs before the condition comes true."""
    from realpolitik.compiled.plans import Course, planners  # noqa: PLC0415
    from realpolitik.compiled.playbook import Playbook, Sample  # noqa: PLC0415

    found = planners(strait.model, ["BOR"])
    course = found.read("BOR.blockade=on if evidence > 0.35")
    book = Playbook(strait.ensemble(), found, (course,))
    before = []
    for depth in (0, 1):
        sample = Sample(strait.ensemble().draws, depth=depth)
        paths, still = book.paths(course, sample), book.paths(Course(), sample)
        true = book.true(course.triggers[0], sample.draws, paths.factors, paths.levels)
        waiting = ~np.maximum.accumulate(true, axis=1)
        before.append(int((paths.levels != still.levels).any(axis=2)[waiting].sum()))
    assert before[0] == 0
    assert before[1] > 0


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"worlds": ["odds: good"]}, "two or more"),
        ({"worlds": ["odds: good", "odds: fair"]}, "is no world"),
        ({"worlds": ["odds: good", "AAA.guard=on"]}, "decide themselves"),
        ({"most": 0}, "At least one plan"),
        ({"options": ["BBB.cheat"]}, "belongs to others"),
        ({"options": ["AAA.bte"]}, "Did you mean"),
        ({"dates": ["2023-01-01"]}, "no date to begin at"),
        ({"conditions": ["stock > 0.5"]}, "public evidence only"),
        ({"years": 40.0}, "beyond the horizon"),
        ({"plans": ["AAA.guard=on if evidence > 0.6"], "truth": "nonsense > 1"}, "nonsense"),
    ],
)
def test_what_cannot_be_answered_is_refused(wager: Project, more: dict, message: str) -> None:
    with pytest.raises(RealpolitikError, match=message):
        wager.policy("AAA", **{"plans": (), **more})
