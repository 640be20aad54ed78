"""Line forms: taken apart in any order of clauses, errors at the exact column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.claims.written.nodes import MapNode, TextNode
from realpolitik.errors import Position
from realpolitik.situation.line_forms import read_line
from realpolitik.situation.line_keys import drop_key, item_key, tidy
from realpolitik.situation.lines import LineError, clauses, split_claims


def line(section, head, value=None):
    node = TextNode(head, Position("f", 3, 5))
    if value is None:
        return read_line(section, node)
    return read_line(section, MapNode(((node, TextNode(value, Position("f", 3, 5 + len(head) + 2))),), node.position))


def parts(found):
    return {name: part.value for name, part in found.parts.items()}


@pytest.mark.parametrize(
    ("text", "rest", "ids"),
    [
        ("more x (c1)", "more x", ["c1"]),
        ("strong after 1 year (s4-060, s4-061)", "strong after 1 year", ["s4-060", "s4-061"]),
        ("less (evidence and not X)", "less (evidence and not X)", []),
        ("less (threat)", "less (threat)", []),
        ("less (a and not b) (s0-038)", "less (a and not b)", ["s0-038"]),
        ("0.2 if not (a)", "0.2 if not (a)", []),
        ("0.2 if min(a, b) > 0.3", "0.2 if min(a, b) > 0.3", []),
        ("0.2 if x > (y)", "0.2 if x > (y)", []),
        ("0.2 if max(a, b)", "0.2 if max(a, b)", []),
        ("(c1)", "(c1)", []),
        ("0.3 to 0.5 ( c1 ,c2 )", "0.3 to 0.5", ["c1", "c2"]),
    ],
)
def test_claims_are_ids_in_trailing_brackets(text, rest, ids):
    node, found = split_claims(TextNode(text))
    assert (node.value, [item.value for item in found]) == (rest, ids)


def test_claims_know_their_columns():
    _, found = split_claims(TextNode("more x (c1, c2)", Position("f", 2, 10)))
    assert [str(item.position) for item in found] == ["f:2:18", "f:2:22"]


@pytest.mark.parametrize("order", ["after 1 year if z > 0.2", "if z > 0.2 after 1 year"])
def test_clauses_in_any_order(order):
    found = line("influences", "not A.b=on raises y", f"strong {order} (c1)")
    assert parts(found) == {"cause": "not A.b=on", "effect": "y", "size": "strong", "after": "1 year", "if": "z > 0.2"}
    pull = line("influences", f"not A pulls y to 0.6 {order} (c1)")
    assert parts(pull) == {"cause": "not A", "effect": "y", "to": "0.6", "after": "1 year", "if": "z > 0.2"}
    assert [item.value for item in pull.claims] == ["c1"]


@pytest.mark.parametrize(
    ("head", "value", "form", "expected"),
    [
        ("vital", "more A.x (c1)", "more", {"weight": "vital", "term": "A.x"}),
        ("0.4 to 0.6", "less (a and not b)", "less", {"weight": "0.4 to 0.6", "term": "(a and not b)"}),
        ("major goal", "x > .8 by 2028", "goal", {"weight": "major", "term": "x > .8", "by": "2028"}),
        ("goal", "x > .8", "goal", {"term": "x > .8"}),
        ("never", "x > .8 (c1)", "never", {"term": "x > .8"}),
    ],
)
def test_interests(head, value, form, expected):
    found = line("interests", head, value)
    assert (found.form, parts(found)) == (form, expected)


def test_commitments():
    promise = line("commitments", "P does P.x=on for 2 years if y > 0.6", "likely (c1)")
    assert parts(promise) == {"who": "P", "option": "P.x=on", "for": "2 years", "if": "y > 0.6", "likelihood": "likely"}
    norm = line("commitments", "old pact forbids A.x to A, B", "price 1 to 3 points (c1)")
    assert parts(norm) == {"norm": "old pact", "option": "A.x", "to": "A, B", "price": "1 to 3 points"}
    exempt = line("commitments", "old pact exempts A.x (c2)")
    assert (parts(exempt), exempt.claims[0].value) == ({"norm": "old pact", "option": "A.x"}, "c2")


def test_dependency():
    found = line("dependencies", "A on B for dual-use goods", "0.6 to 0.9, replaced 0.1 (c2)")
    assert parts(found) == {"who": "A", "on": "B", "for": "dual-use goods", "share": "0.6 to 0.9", "replaced": "0.1"}


def test_columns_of_parts():
    found = line("influences", "A.b raises tension", "strong after 1 year if z > 0.2")
    columns = {name: part.position.column for name, part in found.parts.items()}
    assert columns == {"cause": 5, "effect": 16, "size": 25, "after": 38, "if": 48}


@pytest.mark.parametrize(
    ("section", "head", "value"),
    [
        ("influences", "a causes b", "strong"),
        ("influences", "a raises b", None),
        ("influences", "a pulls b", None),
        ("interests", "vital", "x"),
        ("interests", "vital", "more"),
        ("dependencies", "A on B", "0.2"),
        ("commitments", "A likes B", "0.2"),
        ("commitments", "A does A.x", "likely"),
        ("commitments", "pact exempts A.x", "1 point"),
    ],
)
def test_wrong_forms_say_what_is_expected(section, head, value):
    with pytest.raises(LineError) as caught:
        line(section, head, value)
    assert caught.value.message
    assert caught.value.hint


@given(st.text(alphabet=" ()[]'\"ab,:=<>0.5", max_size=40))
def test_splitting_never_fails_otherwise(text):
    try:
        found = clauses(TextNode(text), ("after", "if"))
    except LineError:
        return
    assert "".join(found[""].value.split()) in "".join(text.split())


def test_identities():
    assert tidy("less  ( a and not B.x = on )") == "less (a and not B.x=on)"
    assert tidy("((a or b))") == "a or b"
    assert tidy("(a) or (b)") == "(a) or (b)"
    assert drop_key(TextNode("A: major goal: x > 0.8")) == "A: x>0.8"
    assert drop_key(TextNode("A: never x > 0.8")) == "A never x>0.8"
    assert drop_key(TextNode("A.x pulls y to 0.6")) == "A.x -> y"
    promise = MapNode(((TextNode("P does P.x = on if y>0.6 for 2 years"), TextNode("0.4")),))
    assert drop_key(TextNode("P does P.x=on if y > 0.6")) == item_key("commitments", promise)
    assert drop_key(TextNode("A on B for oil")) == item_key(
        "dependencies", MapNode(((TextNode("A on  B for oil"), TextNode("0.2")),))
    )
