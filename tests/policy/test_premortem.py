"""Flip an assumption, and only what rests on it falls."""

from __future__ import annotations

import pytest

from realpolitik.analyses.premortem import premortem
from realpolitik.compiled.conclusions import conclusions
from realpolitik.errors import RealpolitikError
from realpolitik.project import Project


def test_a_conclusion_falls_with_the_input_it_rests_on_and_no_other(strait: Project) -> None:
    found = premortem(strait.ensemble(), ["size: PACT.drill -> tension", "weight: ISL: balance"])
    rows = {row["asked"]: row for row in found.rows}
    gain = rows["gain(BOR at 3 years | do(ALA.arm))"]
    assert not any("ISL: balance" in text for text in gain["breakers"])
    value = found.arrays["value"]
    idle = value.values[:, value.coords["input"].index("weight: ISL: balance")]
    asked = [row["answer"] for row in found.rows]
    assert len(asked) == 3
    assert idle == pytest.approx(idle[:, :1].repeat(2, axis=1))


def test_what_survives_says_the_same_however_it_is_flipped(strait: Project) -> None:
    found = strait.premortem(top=4)
    base = conclusions(strait.ensemble())
    for row in found.rows:
        if row["survives"]:
            assert row["falls_to"] == 0
            assert row["all_at_once"].split(" (")[0] == row["says"].split(" (")[0]
        assert row["answer"] in base
    assert found.sentences[0].startswith("Of 3 conclusions")


def test_nothing_to_flip_is_refused(strait: Project, wager: Project) -> None:
    with pytest.raises(RealpolitikError, match="no assumption to flip"):
        premortem(strait.ensemble(), ["start: industry"])
    with pytest.raises(RealpolitikError, match="--top 1"):
        strait.premortem(top=0)
    with pytest.raises(RealpolitikError):
        wager.premortem()
