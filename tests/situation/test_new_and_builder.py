"""`rpol new` writes files that pass the check; the builder gives what a file gives."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realpolitik.claims.written.findings import Collector
from realpolitik.claims.written.yaml_text import read_text
from realpolitik.errors import InputRefused, Position
from realpolitik.situation.builder import Builder
from realpolitik.situation.canonical import format_text
from realpolitik.situation.new import QUESTIONS, default_answers, new_text
from realpolitik.situation.reader import read_root, read_situation


def read(text):
    found = Collector()
    situation, _ = read_root(read_text(text, found), found)
    return situation, found


def test_example_answers_make_a_file_without_errors_or_notes():
    situation, found = read(new_text("mine", default_answers(), "2024-01-01"))
    assert not found.findings
    assert (len(situation.actors), len(situation.options), len(situation.shocks)) == (2, 3, 1)


def test_file_is_canonical():
    text = new_text("mine", default_answers(), "2024-01-01")
    assert format_text(text) == text


def test_own_answers():
    answers = {
        "who": "Great Sea Republic, Isla",
        "about": "trust, shared fishing grounds",
        "can": "Isla: send envoys, close the strait; Great Sea Republic: do nothing much",
        "want": "Isla: more trust; Great Sea Republic: more shared fishing grounds, less trust",
        "happen": "",
    }
    situation, found = read(new_text("the strait: 1", answers, "2024-01-01"))
    assert not found.has_errors
    assert situation.title == "the strait: 1"
    assert situation.actors["ISL"].name == "Isla"
    assert [item.key for item in situation.interests if item.sign < 0] == ["GRE: trust"]


answer = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.sampled_from(" ,;:'\"#"), max_size=40
)


@settings(max_examples=60, deadline=None)
@given(st.fixed_dictionaries({name: answer for name, _, _ in QUESTIONS}), answer)
def test_any_answers_make_a_file_without_errors(answers, title):
    _, found = read(new_text(title or "x", answers, "2024-01-01"))
    assert not found.has_errors, "\n".join(map(str, found.sorted()))


def built():
    b = Builder("Two rivals", as_of="2024-01-01", judged_by="R. Example, 2024-01-05", horizon="10 years")
    b.actor("AAA", name="Aland", foresight="3 years")
    b.actor("BBB")
    b.institution("PACT", members=["AAA", "BBB"])
    b.factor("tension", from_="calm", to="war", now="0.3 to 0.5", half_life="3 months")
    b.factor("calm", is_="1 - tension")
    b.option("AAA.arm", price="1 point")
    b.option("PACT.talk", levels=["none", "secret", "open"], requires="tension > 0.2")
    b.exchange("deal", gives={"AAA": "AAA.arm=on", "PACT": ["PACT.talk=open"]})
    b.influence("AAA.arm raises tension", "medium after 1 year", claims=["c1"])
    b.influence("PACT.talk pulls tension to 0.2")
    b.interest("AAA", "vital", "less tension")
    b.interest("BBB", "never", "tension > 0.9")
    b.interest("BBB", 0.5, "more calm")
    b.dependency("AAA on BBB for grain", "0.2 to 0.4")
    b.commitment("AAA does AAA.arm=on if tension > 0.6", "likely")
    b.commitment("charter forbids AAA.arm to AAA", "2 points")
    b.shock("thaw", chance="10% per year", while_="tension < 0.9", shifts={"tension": -0.2})
    b.reading("why", "one", chance=0.5, influences=[{"AAA.arm raises tension": "weak"}])
    b.reading("why", "two", chance="rest")
    b.scenario("secret", do_secretly="AAA.arm=on", from_="2025")
    b.question("Who gains?", "gain(AAA | do(AAA.arm))", depth=1)
    b.check("loser(| do(AAA.arm)) is BBB", claim="c1")
    b.indicator(watch="drills", when="AAA.arm=on", for_="intent", p_if=0.8, p_else=0.1)
    b.named("old_fort", what="a ruin")
    return b


def test_builder_and_its_file_give_the_same_situation():
    b = built()
    claims = {"c1": {"hedge": "may", "paraphrase": "arming raises tension"}}
    from_python = b.build(claims)
    situation, found = read(b.to_yaml())
    assert not found.has_errors, "\n".join(map(str, found.sorted()))
    assert situation.influences[0].size == from_python.influences[0].size
    for name in ("actors", "options", "exchanges", "shocks", "scenarios"):
        assert getattr(situation, name).keys() == getattr(from_python, name).keys()
    bare = replace(from_python, credences={})
    assert [item.key for item in situation.interests] == [item.key for item in bare.interests]
    assert b.build().digest == situation.digest


def test_builder_runs_the_same_checks():
    b = built()
    b.influence("AAA.amr raises tension", "strnog")
    with pytest.raises(InputRefused) as caught:
        b.build({"c9": {}})
    said = {(item.position.file, item.code) for item in caught.value.findings if item.severity == "error"}
    assert said == {
        ("influences[2].AAA.amr raises tension", "unknown name"),
        ("influences[2].AAA.amr raises tension", "quantity"),
        ("influences[0].claims[0]", "claim"),
        ("checks[0].c1", "claim"),
    }
    assert all(isinstance(item.position, Position) for item in caught.value.findings)


def test_canonical_text_of_the_builder(tmp_path):
    path = tmp_path / "b.yaml"
    path.write_text(built().to_yaml(), encoding="utf-8")
    assert format_text(path.read_text(encoding="utf-8")) == path.read_text(encoding="utf-8")
    assert read_situation(path).title == "Two rivals"
