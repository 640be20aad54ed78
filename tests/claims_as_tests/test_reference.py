"""The reference claims: all of them, and verdicts that follow the inputs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from realpolitik.analyses.verdicts import KINDS, counts, disagreements, document_claims, register_of, split, verdicts
from realpolitik.errors import QuestionRefused
from realpolitik.language.uncertain import constant
from realpolitik.project import Project, open_project
from realpolitik.situation.model import Influence, Interest, Situation
from tests.claims_as_tests.conftest import changed, with_claims

pytestmark = pytest.mark.reference
Change = Callable[[Situation], Situation]


def wants(actor: str, term: str, weight: float) -> Change:
    """An interest in one factor gets another (signed) weight."""

    def change(situation: Situation) -> Situation:
        def new(item: Interest) -> Interest:
            if item.key != f"{actor}: {term}":
                return item
            return replace(item, weight=constant(abs(weight)), sign=1 if weight > 0 else -1)

        made = tuple(map(new, situation.interests))
        assert made != situation.interests
        return replace(situation, interests=made)

    return change


def opposed(actor: str) -> Change:
    """Every interest of an actor turned round."""

    def change(situation: Situation) -> Situation:
        return replace(
            situation,
            interests=tuple(
                replace(item, sign=-item.sign) if item.actor == actor else item for item in situation.interests
            ),
        )

    return change


def moves(key: str, size: float) -> Change:
    """An influence gets another (signed) size, and is there in every draw."""

    def change(situation: Situation) -> Situation:
        def new(item: Influence) -> Influence:
            if item.key != key:
                return item
            return replace(item, size=constant(size, "signed"), support=replace(item.support, credence=constant(1.0)))

        made = tuple(map(new, situation.influences))
        assert made != situation.influences
        return replace(situation, influences=made)

    return change


def no_exemption(situation: Situation) -> Situation:
    return replace(situation, norms=tuple(item for item in situation.norms if item.kind != "exempts"))


FLIPS: tuple[tuple[str, Change, str, str], ...] = (
    ("s4-024", wants("CHN", "chn_global", 0.2), "holds", "fails"),
    ("s4-039", wants("RUS", "war_outcome", 0.2), "holds", "fails"),
    ("s4-048", wants("PRK", "prk_status", 0.1), "holds", "fails"),
    ("s0-021", wants("USA", "rus_war_cap", 0.6), "holds", "fails"),
    ("s0-067", wants("CHN", "chn_naval", -0.6), "holds", "fails"),
    ("s0-051", opposed("CHN"), "holds", ""),
    ("s0-064", moves("tri_coop -> chn_regional", 0.6), "holds", "fails"),
    ("s0-070", moves("tri_coop -> chn_small", 0.35), "holds", "fails"),
    ("s4-017", moves("RUS.reentry=given -> prk_reentry", -0.3), "holds", "fails"),
    ("s0-045", moves("JPN.assist_kor=on -> kor_defence", -0.4), "holds", "fails"),
    ("s4-063", moves("CHN.trade=withheld -> prk_econ", -0.97), "fails", "holds"),
    ("s4-062", no_exemption, "holds", "fails"),
)


@pytest.mark.parametrize(("name", "change", "before", "after"), FLIPS, ids=[item[0] for item in FLIPS])
def test_verdicts_follow_the_inputs(reference: Project, name: str, change: Change, before: str, after: str) -> None:
    first = verdicts(reference, only=[name], confirm=False)[0]
    then = verdicts(changed(reference, change), only=[name], confirm=False)[0]
    assert first.verdict.startswith(before), first
    assert then.verdict.startswith(after), then
    assert first.verdict.startswith("holds") != then.verdict.startswith("holds")


@pytest.fixture(scope="module")
def all_of_them() -> tuple[Project, tuple[object, ...]]:
    project = open_project("northeast-asia", draws=4, cache=False)
    return project, verdicts(project, confirm=False)


def test_every_claim_has_a_verdict_and_few_are_untestable(all_of_them: tuple[Project, tuple]) -> None:
    project, found = all_of_them
    assert [item.claim for item in found] == list(project.claims)
    assert len(found) == 164
    assert sum(counts(found).values()) == 164
    assert counts(found)["untestable"] <= 50
    assert all(item.verdict in KINDS for item in found)


def test_untestable_claims_say_why_and_have_no_check(all_of_them: tuple[Project, tuple]) -> None:
    _, found = all_of_them
    for item in found:
        if item.verdict == "untestable":
            assert len(item.reason) > 12, item
            assert not item.check, item  # a check that cannot be computed is a fault of the check


def test_tested_claims_have_number_interval_and_runs(all_of_them: tuple[Project, tuple]) -> None:
    _, found = all_of_them
    for item in found:
        if item.check:
            assert item.number is not None
            assert item.low <= item.high
            assert item.interval
        if item.verdict == "contested":
            assert item.turns_on
        assert not item.above or item.verdict.startswith("holds")


def test_twenty_tensions_with_a_pair_and_an_assumption_each(all_of_them: tuple[Project, tuple]) -> None:
    project, found = all_of_them
    tensions = register_of(project).tensions
    pairs = disagreements(tensions.values(), project.claims, found)
    assert len(tensions) == 20
    assert {item.tension for item in pairs} == set(tensions)
    assert all(item.separated_by and item.first.claim != item.second.claim for item in pairs)
    assert 0 < len(split(pairs)) < len(pairs)


def test_runs_are_let_go_after_use(all_of_them: tuple[Project, tuple]) -> None:
    project, _ = all_of_them
    kept = [key for key in project.ensemble().runs if not key.startswith("central")]
    assert not kept


def test_an_unknown_claim_is_refused_with_a_hint(reference: Project) -> None:
    with pytest.raises(QuestionRefused, match="s0-051"):
        verdicts(reference, only=["s0-0511"])


def test_no_verdict_stands_in_the_files(reference: Project) -> None:
    """Claims and checks without their verdicts: what is written gives no hint of the answer."""
    bare = with_claims(reference, {name: replace(item, note="", more={}) for name, item in reference.claims.items()})
    only = ["s4-024", "s4-062", "s0-031", "s4-056"]
    assert verdicts(bare, only=only) == verdicts(reference, only=only)


def test_what_a_first_screen_needs(strait: Project) -> None:
    """A project without claims has nothing to count, and says so in the same form."""
    found = document_claims(strait, verdicts(strait))
    assert found.verdicts == ()
    assert set(found.counts.values()) == {0}
    assert found.disagreements == ()


def test_the_earlier_start_has_verdicts_on_all_claims_too() -> None:
    project = open_project("northeast-asia", state="2023-09-15", draws=2, cache=False)
    found = verdicts(project, only=["s0-017", "s0-052", "s4-004", "s4-044"], confirm=False)
    assert [item.verdict for item in found] == ["fails", "holds by construction", "fails", "untestable"]
    assert found[0].check
    assert not found[3].check
