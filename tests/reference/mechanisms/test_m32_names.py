"""M32, who is meant: aliases, two trios called trilateral, smaller nations and smaller powers, speakers with a role.

Nothing here moves, so nothing is taken away.
"""

from __future__ import annotations

import pytest

from realpolitik.claims.register import Register
from realpolitik.project import Project
from realpolitik.project.evidence import evidence_of

from .effects import asked

pytestmark = pytest.mark.reference

NAMES = (
    ("Pyongyang", "PRK"),
    ("Democratic People's Republic of Korea", "PRK"),
    ("Seoul", "KOR"),
    ("the Kremlin", "RUS"),
    ("trilateral summit in Seoul", "CJK"),
    ("trilateral security cooperation", "TRIO"),
    ("smaller nations", "SMALL"),
    ("smaller powers", "smaller_powers"),
)


@pytest.fixture(scope="module")
def register(case: Project) -> Register:
    return evidence_of(case).register


@pytest.mark.parametrize(("name", "who"), NAMES)
def test_a_name_of_the_texts_leads_to_one_party(case: Project, name: str, who: str) -> None:
    assert asked(case.ensemble(), f'named("{name}")').leading == who


def test_the_two_trios_share_two_members_and_are_not_one(case: Project) -> None:
    allied, neighbours = (set(case.situation.institutions[name].members) for name in ("TRIO", "CJK"))
    assert allied & neighbours == {"KOR", "JPN"}
    assert allied - neighbours == {"USA"}
    assert neighbours - allied == {"CHN"}


def test_smaller_nations_decide_nothing_and_smaller_powers_do(case: Project) -> None:
    owners = {owner for option in case.situation.options.values() for owner in option.owners}
    assert "SMALL" not in owners
    assert {"RUS", "PRK"} <= owners


@pytest.mark.parametrize("who", ["Bruce Bennett", "Jin Chang-soo", "Cheon Seong-whun", "Yoon Young-kwan"])
def test_speakers_are_registered_with_a_role_and_an_interest(register: Register, who: str) -> None:
    speaker = register.speakers[who]
    assert speaker.type
    assert speaker.role
    assert speaker.affiliation
    assert speaker.because
