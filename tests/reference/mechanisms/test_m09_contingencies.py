"""M09, if it comes to war: does the attacked ally hold, with the partner and without?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from realpolitik.project import Project

from .effects import gone, level, surely

pytestmark = [pytest.mark.slow, pytest.mark.reference]

CASES = (
    ("kor_defence", "shock invasion", "JPN.assist_kor", "JPN.assist_kor=on -> kor_defence"),
    ("jpn_defence", "shock attack_on_japan", "KOR.assist_jpn", "KOR.assist_jpn=on -> jpn_defence"),
)


@pytest.fixture(scope="module")
def rows(case: Project) -> tuple[Mapping[str, Any], ...]:
    return tuple(row for row in case.contingencies().rows if row["kind"] == "branch")


@pytest.mark.parametrize("outcome", ["kor_defence", "jpn_defence"])
def test_the_chance_to_hold_is_told_with_and_without_the_partner(
    rows: tuple[Mapping[str, Any], ...], outcome: str
) -> None:
    plain = next(row for row in rows if row["outcome"] == outcome and row["beside"] == "nothing else")
    assert plain["is_chance"]
    assert 0.0 < plain["without"] < plain["with"] < 1.0
    assert plain["difference"] > 2 * plain["sampling_error"]


@pytest.mark.parametrize(("outcome", "attack", "help_", "link"), CASES)
def test_the_help_works_through_its_own_link(case: Project, outcome: str, attack: str, help_: str, link: str) -> None:
    ensemble = case.ensemble()
    ends = (f"{attack}, {help_}=on", f"{attack}, {help_}=off")
    whole = level(ensemble, outcome, 0.5, *ends)
    assert surely(whole) == 1
    assert gone(level(ensemble, outcome, 0.5, *ends, (link,)), whole)


@pytest.mark.parametrize(
    ("outcome", "attack", "help_"),
    [("kor_defence", "attack_kor", "JPN.assist_kor"), ("jpn_defence", "attack_jpn", "KOR.assist_jpn")],
)
def test_without_an_attack_the_help_counts_for_nothing(case: Project, outcome: str, attack: str, help_: str) -> None:
    found = level(case.ensemble(), outcome, 0.5, f"{attack}=0, {help_}=on", f"{attack}=0, {help_}=off")
    assert abs(found.value) < 1e-3
