"""Layers: `based_on`, states, judgements, `drop`; loops across files are refused."""

from pathlib import Path

import pytest

from realpolitik.claims.written.findings import Collector
from realpolitik.claims.written.nodes import to_data
from realpolitik.claims.written.yaml_text import read_text
from realpolitik.situation import check_situation, read_situation
from realpolitik.situation.layers import merge
from realpolitik.situation.project_files import BUNDLED

HARBOUR = Path(__file__).parent / "good" / "harbour"


def merged(base, over):
    found = Collector()
    node = merge(read_text(base, found), read_text(over, found), found)
    assert not found.findings, "\n".join(map(str, found.findings))
    return to_data(node)


def test_mappings_merge_key_by_key():
    assert merged("factors: {x: {now: 0.4, to: all}, y: {now: 1}}", "factors: {x: {now: 0.5}}") == {
        "factors": {"x": {"now": "0.5", "to": "all"}, "y": {"now": "1"}}
    }


def test_plain_lists_are_replaced():
    assert merged("options: {A.x: {levels: [a, b]}}", "options: {A.x: {levels: [a, c, d]}}") == {
        "options": {"A.x": {"levels": ["a", "c", "d"]}}
    }


@pytest.mark.parametrize(
    "line",
    [
        "- A.x  lowers y: weak",
        "- A.x raises y: strong if z > 0.2",
        "- A.x pulls y to 0.3",
        "- {cause: A.x, raises: y, size: 0.1}",
    ],
)
def test_influence_of_same_cause_and_effect_is_replaced(line):
    base = "influences:\n  - A.x raises y: strong\n  - A.x raises z: weak\n"
    found = merged(base, f"influences:\n  {line}\n")
    assert len(found["influences"]) == 2
    assert found["influences"][1] == {"A.x raises z": "weak"}


def test_other_lines_are_added():
    found = merged("influences:\n  - A.x raises y: strong\n", "influences:\n  - A.x=on raises y: strong\n")
    assert len(found["influences"]) == 2


def test_interest_of_same_actor_and_term_is_replaced():
    base = "interests:\n  A:\n    - vital: more y\n    - never: y > 0.8\n  B:\n    - vital: more y\n"
    found = merged(base, "interests:\n  A:\n    - minor: less y\n")
    assert found["interests"] == {"A": [{"minor": "less y"}, {"never": "y > 0.8"}], "B": [{"vital": "more y"}]}


def test_lines_within_a_reading_merge_by_identity_too():
    base = "hypotheses: {why: {one: {interests: {A: [vital: more y, minor: more z]}}}}"
    found = merged(base, "hypotheses: {why: {one: {interests: {A: [minor: less y]}}}}")
    assert found["hypotheses"]["why"]["one"]["interests"]["A"] == [{"minor": "less y"}, {"minor": "more z"}]


def test_drop_names_ids_and_lines():
    base = (
        "factors: {y: {now: 1}, z: {now: 0}}\ninfluences:\n  - A.x raises y: strong\ninterests: {A: [vital: more y]}\n"
    )
    over = "drop:\n  - z\n  - A.x raises y\n  - A: more y\n"
    assert merged(base, over) == {"factors": {"y": {"now": "1"}}, "influences": [], "interests": {"A": []}}


def test_drop_of_nothing_is_an_error():
    found = Collector()
    merge(read_text("factors: {tension: {}}", found), read_text("drop: [tensoin]", found), found)
    assert "Did you mean 'tension'" in str(found.sorted()[0])


def test_latest_state_by_default_and_named_state():
    assert read_situation(HARBOUR).factors["traffic"].now.central == 0.6
    early = read_situation(HARBOUR, state="2023-06-01")
    assert (early.factors["traffic"].now.central, early.options["PORT.dredge"].now) == (0.45, 0)
    assert read_situation(HARBOUR, state="").factors["traffic"].now.central == 0.5


def test_unknown_state_is_named():
    assert "2024-02-01" in str(check_situation(HARBOUR, state="2024-02-02").findings[0])


def test_judgements_replace_and_drop():
    found = read_situation(HARBOUR, judgements=("sceptic",))
    assert [item.key for item in found.influences] == ["PORT.dredge -> traffic", "traffic -> noise_level"]
    assert found.influences[0].verb == "lowers"
    assert found.judged_by.author == "S. Ceptic"


def test_each_entry_is_signed_by_the_author_of_its_own_file():
    found = read_situation(HARBOUR, judgements=("sceptic",))
    by = {item.key: item.support.author for item in found.influences}
    assert by["PORT.dredge -> traffic"] == "S. Ceptic"
    assert by["traffic -> noise_level"] != "S. Ceptic"


def test_a_start_is_signed_by_the_author_of_the_state(tmp_path):
    (tmp_path / "states").mkdir()
    text = (HARBOUR / "situation.yaml").read_text(encoding="utf-8")
    (tmp_path / "situation.yaml").write_text(text, encoding="utf-8")
    state = "as_of: 2024-05-01\njudged_by: L. Ater, 2024-05-02\nfactors: {traffic: {now: 0.7}}\n"
    (tmp_path / "states" / "2024-05-01.yaml").write_text(state, encoding="utf-8")
    found = read_situation(tmp_path)
    start = found.factors["traffic"].start_support
    assert (start.author, start.date, Path(start.position.file).name) == ("L. Ater", "2024-05-02", "2024-05-01.yaml")
    assert "L. Ater" not in {item.support.author for item in (*found.influences, *found.interests)}


def test_three_layers_and_positions_of_the_layer(tmp_path):
    (tmp_path / "a.yaml").write_text((HARBOUR / "situation.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "b.yaml").write_text("based_on: a.yaml\nfactors: {traffic: {now: 0.7}}\n", encoding="utf-8")
    (tmp_path / "c.yaml").write_text("based_on: b.yaml\nfactors: {trafic: {now: 2}}\n", encoding="utf-8")
    reading = check_situation(tmp_path / "c.yaml")
    errors = [item for item in reading.findings if item.severity == "error"]
    assert [(Path(item.position.file).name, item.position.line) for item in errors] == [("c.yaml", 2)]
    (tmp_path / "c.yaml").write_text("based_on: b.yaml\nsituation: third\n", encoding="utf-8")
    found = read_situation(tmp_path / "c.yaml")
    assert (found.title, found.factors["traffic"].now.central) == ("third", 0.7)


def test_a_layer_may_lie_on_a_bundled_project_by_its_name(tmp_path):
    whole = check_situation(BUNDLED / "rare-metals")
    (tmp_path / "mine.yaml").write_text("based_on: rare-metals\nsituation: mine\n", encoding="utf-8")
    found = check_situation(tmp_path / "mine.yaml")
    assert found.situation.title == "mine"
    assert found.claims.keys() == whole.claims.keys()
    assert found.situation.factors == whole.situation.factors
    assert {str(item) for item in found.findings} == {str(item) for item in whole.findings}


def test_loop_of_layers(tmp_path):
    for name, below in (("a", "b"), ("b", "c"), ("c", "a")):
        (tmp_path / f"{name}.yaml").write_text(f"based_on: {below}.yaml\n", encoding="utf-8")
    finding = check_situation(tmp_path / "a.yaml").findings[0]
    assert "a.yaml -> b.yaml -> c.yaml -> a.yaml" in finding.message
    assert Path(finding.position.file).name == "c.yaml"


def test_digest_changes_with_every_layer():
    digests = {read_situation(HARBOUR, state=state).digest for state in ("", "2023-06-01", "2024-02-01")}
    assert len(digests) == 3
