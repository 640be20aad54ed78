"""The registry of checks: every error check is met by a bad file, every note by one here."""

from pathlib import Path

import pytest

from realpolitik.claims.written.findings import Collector
from realpolitik.claims.written.yaml_text import read_text
from realpolitik.situation import check_situation
from realpolitik.situation.checks import CHECKS
from realpolitik.situation.reader import read_root

BAD = Path(__file__).parent / "bad"
BASE = """situation: s
as_of: 2024-01-01
judged_by: A. Writer, 2024-01-05
actors: {AAA: {name: Aland}, BBB: {name: Borduria}}
factors: {x: {from: none, to: all, now: 0.4}}
options: {AAA.arm: {now: off}}
influences:
  - AAA.arm raises x: medium
interests:
  AAA:
    - vital: less x
"""
NOTES = {
    "unused": (
        BASE.replace("all, now: 0.4}}", "all, now: 0.4}, y: {from: a, to: b, now: 0.1}}"),
        5,
        "'y' is used nowhere",
    ),
    "unmentioned": (BASE.replace("{now: off}}", "{now: off}, BBB.sit: {now: off}}"), 6, "'BBB.sit' changes nothing"),
    "ends": (BASE.replace("from: none, ", ""), 5, "its ends mean"),
    "title": (BASE.replace("situation: s\n", ""), 1, "no title"),
    "no author": (BASE.replace("judged_by: A. Writer, 2024-01-05\n", ""), 7, "'AAA.arm raises x: medium' has no claim"),
    "no claims": (BASE.replace("x: medium", "x: medium (c7)"), 8, "(c7) but there is no claims.yaml"),
    "leak": (BASE.replace("now: off", "now: off, known_to: [AAA]"), 8, "hidden from BBB, who see it move 'x'"),
    "horizon": (BASE + "    - goal: x > 0.5 by 2051\n", 12, "2051-12-31 lies outside"),
    "stock": (
        BASE.replace("now: 0.4}", "now: 0.4}, s: {kind: stock, unit: t, range: 0 to 9, now: 3}"),
        5,
        "nothing feeds",
    ),
}
# Checked in tests of projects (test_claims) and of names here, not by a single bad file.
ELSEWHERE = {"claim", "level id", "dependency", "range"}


def findings(text):
    found = Collector()
    read_root(read_text(text, found, "f.yaml"), found)
    return found.sorted()


def test_base_is_clean():
    assert findings(BASE) == ()


@pytest.mark.parametrize("name", sorted(NOTES))
def test_note(name):
    text, line, part = NOTES[name]
    match = [item for item in findings(text) if item.code == name]
    assert [item.severity for item in match][:1] == ["note"]
    assert match[0].position.line == line
    assert part in match[0].message


def test_every_check_is_met():
    met = {item.code for path in BAD.glob("*.yaml") for item in check_situation(path).findings}
    missing = {name for name, check in CHECKS.items() if check.severity == "error"} - met - ELSEWHERE
    assert not missing
    assert {name for name, check in CHECKS.items() if check.severity == "note"} == {*NOTES, "wish"}


def wishes(claim, line="vital: less x (c1)"):
    """The notes on an interest that cites a claim."""
    found, claims = Collector(), read_text(f"c1: {{speaker: A. Analyst, paraphrase: so it is, {claim}}}", Collector())
    text = BASE.replace("vital: less x", line)
    situation, _ = read_root(read_text(text, found, "f.yaml"), found, claims)
    return situation.interests[0].support, [item for item in found.sorted() if item.code == "wish"]


@pytest.mark.parametrize(
    ("claim", "noted"),
    [
        ("kind: fact event", True),
        ("kind: interest", False),
        ("wish_of: AAA", False),
        ("wish_of: BBB", True),
        ("note: x", False),
    ],
)
def test_an_interest_rests_only_on_a_claim_that_states_the_wish(claim, noted):
    assert bool(wishes(claim)[1]) is noted


def test_a_judgement_may_come_after_a_claim_without_resting_on_it():
    support, notes = wishes("kind: fact event", "vital: less x (after c1)")
    assert (support.claims, support.grounds, support.is_judgement, support.author) == ((), ("c1",), True, "A. Writer")
    assert not notes
    support, _ = wishes("kind: interest, hedge: may", "{vital: less x, claims: [after c1]}")
    assert (support.claims, support.mentioned) == ((), ("c1",))


def test_a_ground_has_to_be_a_claim_too():
    found = Collector()
    read_root(read_text(BASE.replace("less x", "less x (after c7)"), found), found, read_text("c1: {}", Collector()))
    assert "there is no claim 'c7'" in "".join(map(str, found.sorted()))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("{now: off}", "{levels: [0, 1], now: 0}"), "level id"),
        (("raises x: medium", "raises x: medium if x > 7"), "range"),
    ],
)
def test_other_errors(change, code):
    assert code in {item.code for item in findings(BASE.replace(*change)) if item.severity == "error"}


def test_dependency_on_oneself_and_twice():
    text = (
        BASE + "dependencies:\n  - AAA on AAA for oil: 0.2\n  - BBB on AAA for oil: 0.2\n  - BBB on AAA for oil: 0.3\n"
    )
    found = [(item.position.line, item.code) for item in findings(text)]
    assert found == [(13, "dependency"), (15, "dependency")]


def test_many_bare_entries_are_summed_up():
    lines = "".join(f"  - AAA.arm raises x: medium if x > 0.{place}\n" for place in range(1, 10))
    text = BASE.replace("judged_by: A. Writer, 2024-01-05\n", "").replace("  - AAA.arm raises x: medium\n", lines)
    notes = [item.message for item in findings(text) if item.code == "no author"]
    assert len(notes) == 6
    assert notes[-1].startswith("5 more entries")


def test_pull_that_is_not_yet_at_work_is_fine():
    assert not [
        item for item in findings(BASE.replace("raises x: medium", "pulls x to 0.9")) if item.severity == "error"
    ]
    assert not [
        item
        for item in findings(BASE.replace("AAA.arm raises x: medium", "x pulls x to 0.9"))
        if item.code == "pull at start"
    ]


def test_number_sign_that_cuts_a_text():
    found = findings(BASE.replace("situation: s", "situation: arms deal #2"))
    assert [(item.severity, item.position.line) for item in found] == [("note", 1)]
    assert '"#2"' in found[0].message


def test_complementary_pull_of_a_held_option_is_fine():
    text = BASE.replace("now: off", "now: on").replace("AAA.arm raises x: medium", "not AAA.arm pulls x to 0.9")
    assert not [item for item in findings(text) if item.severity == "error"]


def test_suggestions_stop_in_a_flood():
    lines = "".join(f"  - nam{place} raises x: medium\n" for place in range(400))
    found = findings(BASE.replace("  - AAA.arm raises x: medium\n", lines))
    assert len([item for item in found if item.code == "unknown name"]) == 400


def test_the_keys_beside_a_line_may_stand_before_it():
    before = BASE.replace(
        "  - AAA.arm raises x: medium", "  - judged_by: B. Other, 2024-01-04\n    AAA.arm raises x: medium"
    )
    before = before.replace("    - vital: less x", "    - judged_by: B. Other, 2024-01-04\n      vital: less x")
    assert findings(before) == ()


def test_a_run_of_too_many_periods_is_refused() -> None:
    found = findings(BASE.replace("judged_by", "period: day\nhorizon: 4 years\njudged_by"))
    assert ["more than 1,200 periods" in item.message for item in found if item.severity == "error"] == [True]
