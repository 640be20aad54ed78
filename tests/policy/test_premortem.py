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


def side(said: str) -> str:
    """The stance behind a word of likelihood; any other word is its own."""
    word = said.split(" (", maxsplit=1)[0]
    likely = word in ("likely", "very likely", "almost certain")
    return "likely" if likely else "unlikely" if word in ("unlikely", "very unlikely", "almost no chance") else word


def test_conclusions_use_the_words_of_the_first_screen(strait: Project) -> None:
    lines = {line.handle: line.text for answer in strait.assess(lift=False).answers for line in answer.lines}
    found = conclusions(strait.ensemble())
    likely = [item for item in found.values() if item.unit == "probability"]
    assert likely
    assert all(f"{item.told} (" in lines[item.handle] for item in likely)
    for handle, item in found.items():
        if item.unit == "points":
            assert ("sign is open" in lines.get(handle, "")) is (item.told == "sign open")


def test_what_survives_says_the_same_however_it_is_flipped(strait: Project) -> None:
    found = strait.premortem(top=4)
    base = conclusions(strait.ensemble())
    for row in found.rows:
        if row["survives"]:
            assert row["falls_to"] == 0
            assert side(row["all_at_once"]) == side(row["says"])
        assert row["answer"] in base
    assert found.sentences[0].startswith("Of 3 conclusions")


def test_nothing_to_flip_is_refused(strait: Project, wager: Project) -> None:
    with pytest.raises(RealpolitikError, match="no assumption to flip"):
        premortem(strait.ensemble(), ["start: industry"])
    with pytest.raises(RealpolitikError, match="--top 1"):
        strait.premortem(top=0)
    with pytest.raises(RealpolitikError):
        wager.premortem()
