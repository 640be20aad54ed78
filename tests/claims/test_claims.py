"""Claims: credence from hedges, keys of later versions kept, ids checked against the file."""

from pathlib import Path

import pytest

from realpolitik.claims.model import strongest
from realpolitik.claims.reader import read_claims
from realpolitik.claims.written.findings import Collector
from realpolitik.claims.written.yaml_text import read_text
from realpolitik.language.words import HEDGES
from realpolitik.situation import check_situation

HARBOUR = Path(__file__).parent.parent / "situation" / "good" / "harbour"


def read(text, overrides=None):
    found = Collector()
    claims = read_claims(read_text(text, found, "claims.yaml"), found, overrides)
    return claims, found.sorted()


def test_no_hedge_is_certain():
    claims, _ = read("c: {paraphrase: it is so}")
    assert claims["c"].credence.is_constant
    assert claims["c"].credence.central == 1


@pytest.mark.parametrize("hedge", sorted(HEDGES))
def test_hedge_gives_its_band(hedge):
    claims, findings = read(f"c: {{hedge: '{hedge}'}}")
    assert not findings
    assert (claims["c"].credence.low, claims["c"].credence.high) == pytest.approx(HEDGES[hedge])


def test_weakest_of_several_hedges_and_own_credence():
    claims, _ = read("a: {hedge: most likely; could}\nb: {hedge: may, credence: 0.9}")
    assert claims["a"].credence.word == "could"
    assert claims["b"].credence.central == 0.9


def test_file_hedges_override():
    claims, _ = read("a: {hedge: may}", {"hedge": {"may": (0.4, 0.5)}})
    assert claims["a"].credence.high == pytest.approx(0.5)


def test_unknown_hedge_says_what_to_do():
    _, findings = read("a:\n  hedge: perchance\n")
    assert (findings[0].position.line, "credence" in findings[0].hint) == (2, True)


@pytest.mark.parametrize(
    "text", ["claims:\n  - {id: a, hedge: may}\n", "- {id: a, hedge: may}\n", "claims: {a: {hedge: may}}\n"]
)
def test_other_forms(text):
    claims, findings = read(text)
    assert not findings
    assert list(claims) == ["a"]


def test_later_keys_are_kept():
    claims, _ = read("a: {speaker: S, mood: [dark, wet], kind: fact}")
    assert (claims["a"].kind, claims["a"].more) == ("fact", {"mood": ["dark", "wet"]})


def test_same_id_in_a_list():
    _, findings = read("- {id: a}\n- {id: a}\n")
    assert "given twice" in findings[0].message


def test_strongest_of_none():
    assert strongest([]) is None


def test_project_knows_its_claims(tmp_path):
    reading = check_situation(HARBOUR)
    assert set(reading.claims) == {"h1", "h2", "h3"}
    assert reading.situation is not None
    assert reading.situation.credences["h3"].high == pytest.approx(0.3)
    text = (HARBOUR / "situation.yaml").read_text(encoding="utf-8")
    (tmp_path / "situation.yaml").write_text(text.replace("(h1, h2)", "(h1, h22)"), encoding="utf-8")
    (tmp_path / "claims.yaml").write_text((HARBOUR / "claims.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    errors = [item for item in check_situation(tmp_path).findings if item.severity == "error"]
    assert [(item.position.line, item.message) for item in errors] == [(14, "there is no claim 'h22'.")]
