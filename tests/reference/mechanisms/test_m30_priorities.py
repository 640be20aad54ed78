"""M30, what each wants most: ranked, with its source, and at the top what the texts put there.

Nothing here moves, so nothing is taken away.
"""

from __future__ import annotations

import pytest

from realpolitik.project import Project

from .effects import asked

pytestmark = pytest.mark.reference

TOPS = (
    ("RUS", "war_outcome", "s4-039"),
    ("PRK", "prk_status", "s4-048"),
    ("CHN", "chn_global", "s4-024"),
)


@pytest.mark.parametrize(("actor", "factor", "claim"), TOPS)
def test_the_top_item_is_the_texts_and_cites_it(case: Project, actor: str, factor: str, claim: str) -> None:
    weights = {
        name: abs(asked(case.ensemble(), f"weight({actor}, {name})").value)
        for name in ("war_outcome", "prk_status", "chn_global", "prk_reentry", "chn_regional", "rus_asia", "buffer")
    }
    assert max(weights, key=lambda name: weights[name]) == factor
    top = next(item for item in case.situation.interests if item.key == f"{actor}: {factor}")
    assert top.weight.word == "vital"
    assert claim in top.support.claims


def test_technology_ranks_high_among_what_pyongyang_wants(case: Project) -> None:
    ranks = {item.key: item.weight.word for item in case.situation.interests if item.actor == "PRK"}
    assert ranks["PRK: prk_reentry"] == ranks["PRK: prk_sub"] == "major"
    assert ranks["PRK: prk_conv"] == "minor"


def test_every_interest_has_a_rank_and_a_source_or_an_author(case: Project) -> None:
    for item in case.situation.interests:
        assert item.weight.word in ("vital", "major", "minor"), item.key
        assert item.support.claims or item.support.author or case.situation.judged_by.author, item.key


def test_both_rivals_want_a_stable_peninsula(case: Project) -> None:
    for actor in ("CHN", "USA"):
        item = next(item for item in case.situation.interests if item.key == f"{actor}: pen_stability")
        assert "s4-070" in item.support.claims
        assert asked(case.ensemble(), f"weight({actor}, pen_stability)").value > 0
