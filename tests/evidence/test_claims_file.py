"""Claims whole: chains, grades, links, places, history, speakers; what is wrong is said with its place."""

from __future__ import annotations

import pytest

from realpolitik.analyses.verdicts import pairs_of
from realpolitik.claims.credence import Credence, credence, origins, weight
from realpolitik.claims.model import Claim, Link
from realpolitik.claims.register_reader import read_register
from realpolitik.claims.written.findings import Collector
from realpolitik.claims.written.yaml_text import read_text
from realpolitik.language.quantity import constant, read_quantity

from . import small


def register(text):
    found = Collector()
    made = read_register(read_text(text, found, "claims.yaml"), found)
    return made, found.sorted()


def said(name, reliability="F", credibility=6, links=(), band=None):
    held = constant(1.0) if band is None else read_quantity(band, "level", table="hedge")
    return Claim(name, "", held, reliability=reliability, credibility=credibility, links=links)


def test_a_claim_keeps_all_that_is_written():
    made, findings = register(small.claims())
    claim = made.claims["c1"]
    assert not findings
    assert claim.chain == ("Gazette", "Birk")
    assert claim.grade == "C3"
    assert made.claims["c2"].grade == "B6"
    assert made.claims["c3"].linked("repeats") == ("c1",)
    assert claim.places[0].paragraph == 2
    assert [step.act for step in made.history(claim)] == ["recorded"]
    assert made.silent["note"] == {1: "the name of the paper"}
    assert made.tensions_of("c2")[0].separated_by == "the date"


@pytest.mark.parametrize(
    ("old", "new", "where", "message"),
    [
        ("reliability: C", "reliability: G", "reliability: G", "no reliability"),
        ("credibility: 3", "credibility: 7", "credibility: 7", "no credibility"),
        ("repeats: c1", "repeats: c9", "  c3:", "which is no claim"),
        ("note paragraph 2,", "note paragraph two,", "paragraph two", "no place"),
        ("claims: [c1, c2]", "claims: [c1, c8]", "c8", "'c8' is no claim"),
        ("why_absent: a body of no part here, ", "", "Harbour Institute: {what", "why it is absent"),
        ("speech: {}", "speech: {x: y}", "{x: y}", "no paragraph"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(old, new, where, message):
    text = small.claims()
    assert old in text
    text = text.replace(old, new, 1)
    _, findings = register(text)
    line = next(number for number, line in enumerate(text.splitlines(), 1) if where in line)
    assert [(item.position.line, message in item.message) for item in findings] == [(line, True)]


def test_history_in_both_spellings():
    text = "claims:\n  a:\n    paraphrase: x\n    history:\n      - 2024-05-01 proposed by A. Alm\n"
    text += "      - 2024-05-02 edited by B. Birk: hedge added\n      - {act: accepted, by: C, on: 2024-05-03}\n"
    made, findings = register(text)
    assert not findings
    steps = made.claims["a"].history
    assert [(step.act, step.by, step.on, step.note) for step in steps] == [
        ("proposed", "A. Alm", "2024-05-01", ""),
        ("edited", "B. Birk", "2024-05-02", "hedge added"),
        ("accepted", "C", "2024-05-03", ""),
    ]


def test_grades_are_overridable_and_unknown_grades_have_none():
    made, findings = register("grades: {A: 1.0, C: 0.2}\nclaims: {a: {paraphrase: x}}")
    assert made.grades == {"A": 1.0, "C": 0.2}
    assert not findings
    for wrong in ("F: 0.5", "6: 0.5", "A: 2", "Z: 0.1", "A: high"):
        _, findings = register(f"grades: {{{wrong}}}\nclaims: {{a: {{paraphrase: x}}}}")
        assert "no weight of a grade" in findings[0].message


def test_unknown_grades_leave_a_fact_open_not_at_one_half():
    made = credence({"a": said("a")}, ["a"])
    assert made.is_unknown
    assert (made.belief, made.plausibility) == (0.0, 1.0)


def test_one_origin_counts_once_also_through_a_third():
    link = (Link("repeats", "a"),)
    claims = {
        "a": said("a", "C", 3),
        "b": said("b", "C", 3, link),
        "c": said("c", "B", 2, (Link("repeats", "b"),)),
        "d": said("d", "C", 3),
    }
    assert set(origins(claims).values()) == {"a", "d"}
    together = credence(claims, ["a", "b", "c"])
    assert together.counted == ("c",)
    assert together.belief == pytest.approx(weight(claims["c"]))
    assert credence(claims, ["a", "b", "d"]).belief > credence(claims, ["a", "b"]).belief


def test_distinct_origins_add_up_by_dempsters_rule():
    claims = {"a": said("a", "B", 2), "b": said("b", "C", 3)}
    one, two = weight(claims["a"]), weight(claims["b"])
    assert credence(claims, ["a", "b"]).belief == pytest.approx(1 - (1 - one) * (1 - two))
    against = credence(claims, ["a"], ["b"])
    assert against.belief == pytest.approx(one * (1 - two) / (1 - one * two))
    assert 1 - against.plausibility == pytest.approx(two * (1 - one) / (1 - one * two))


def test_a_hedge_takes_from_belief_and_from_plausibility():
    hedged = credence({"a": said("a", "A", 1, band="may")}, ["a"])
    plain = credence({"a": said("a", "A", 1)}, ["a"])
    assert hedged.belief == pytest.approx(0.2 * plain.belief, rel=1e-6)
    assert hedged.plausibility == pytest.approx(1 - 0.4 * plain.belief, rel=1e-6)


def test_the_rule_and_the_weights_can_be_replaced():
    claims = {"a": said("a", "B", 2)}
    assert credence(claims, ["a"], weights={"B": 0.5}).belief == pytest.approx(0.4)
    mine = credence(claims, ["a"], rule=lambda yes, no, table: Credence(0.1, 0.2, tuple(c.id for c in yes)))
    assert (mine.belief, mine.counted) == (0.1, ("a",))


def sided(more):
    return register(
        "claims:\n  c1: {speaker: A, paraphrase: up}\n  c2: {speaker: B, paraphrase: down, contradicts: c1}\n"
        "  c3: {speaker: C, paraphrase: sideways}\n"
        f"tensions:\n  T1:\n    about: down, or up\n    sides:\n      - c2\n      - c1, c3\n    separated_by: x\n{more}"
    )


@pytest.mark.parametrize(
    ("more", "pairs"),
    [("", (("c2", "c1"),)), ("    both_can_hold: yes\n", (("c2", "c1"), ("c2", "c3")))],
)
def test_a_tension_pairs_its_sides_in_their_order_and_says_whether_both_can_hold(more, pairs):
    made, findings = sided(more)
    tension = made.tensions["T1"]
    assert not findings
    assert (tension.claims, tension.both_can_hold) == (("c2", "c1", "c3"), bool(more))
    assert pairs_of(tension, made.claims) == pairs


def test_both_can_hold_is_yes_or_nothing():
    assert "neither yes nor no" in sided("    both_can_hold: maybe\n")[1][0].message
