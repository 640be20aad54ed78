"""M05, extended deterrence: forums are objects, consultation answers a shared threat, assets and forums deter."""

from __future__ import annotations

import pytest

from realpolitik.project import Project

from .effects import ANSWERS, asked, gone, less, level, surely

pytestmark = [pytest.mark.slow, pytest.mark.reference]

PLEDGE = "EDSCG does EDSCG.measures=practical if prk_threat>0.65"
PRACTICAL, TALKS = "EDSCG.measures=practical", "EDSCG.measures=talks"


def measures(threat: float) -> str:
    return f"P(EDSCG.measures=practical by 1 year | do(prk_threat={threat}))"


def test_the_forum_is_an_object_with_members_sources_and_an_act_of_its_own(case: Project) -> None:
    forum = case.situation.institutions["EDSCG"]
    assert forum.members == ("USA", "KOR")
    assert {"s0-034", "s0-035"} <= set(forum.support.claims)
    assert case.situation.options["EDSCG.measures"].owners == ("USA", "KOR")


def test_consultation_answers_a_shared_threat_and_nothing_else_moves_it(case: Project) -> None:
    ensemble = case.ensemble()
    carriers = (PLEDGE, *ANSWERS)
    whole = less(asked(ensemble, measures(0.9)), asked(ensemble, measures(0.2)))
    rest = less(asked(ensemble, measures(0.9), carriers), asked(ensemble, measures(0.2), carriers))
    assert surely(whole, 0.3) == 1
    assert gone(rest, whole)


@pytest.mark.parametrize(
    ("do", "against", "links"),
    [
        (PRACTICAL, TALKS, ("EDSCG.measures=practical -> deterrence",)),
        ("USA.assets=more", "USA.assets=present", ("us_assets -> deterrence",)),
    ],
)
def test_forum_and_assets_deter_through_their_own_links(
    case: Project, do: str, against: str, links: tuple[str, ...]
) -> None:
    ensemble = case.ensemble()
    whole = level(ensemble, "deterrence", 2.0, do, against)
    assert surely(whole) == 1
    assert gone(level(ensemble, "deterrence", 2.0, do, against, links), whole)
