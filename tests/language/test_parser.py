"""The expression language: what it accepts, what the nodes hold, and what it says of what it refuses."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realpolitik.errors import ExpressionError
from realpolitik.language.expression import (
    And,
    Arithmetic,
    Call,
    Compare,
    Expression,
    Hold,
    Is,
    Name,
    Not,
    Number,
    Or,
    Query,
    Setting,
    When,
    names_in,
    walk,
)
from realpolitik.language.formatter import format_expression
from realpolitik.language.parser import parse_event, parse_query, parse_term

A, B, X, Y = Name("A"), Name("B"), Name("x"), Name("y")

TERMS = {
    "x": X,
    "AAA.arm": Name("AAA.arm"),
    "pull-back": Name("pull-back"),
    '"fuel for ore"': Name("fuel for ore"),
    "'the \"new\" plan'": Name('the "new" plan'),
    "not x": Not(X),
    "x and y and A": And((X, Y, A)),
    "x or y and A": Or((X, And((Y, A)))),
    "(x or y) and A": And((Or((X, Y)), A)),
    "not x > 0.5 and y": And((Not(Compare(X, ">", Number(0.5))), Y)),
    "A.b=full": Compare(Name("A.b"), "=", Name("full")),
    "A.b != full": Compare(Name("A.b"), "!=", Name("full")),
    "A.b=25": Compare(Name("A.b"), "=", Number(25.0)),
    "x<.8": Compare(X, "<", Number(0.8)),
    "x >= 60%": Compare(X, ">=", Number(0.6, "%")),
    "x > -1 point": Compare(X, ">", Number(-0.01, "points")),
    "x - y - A": Arithmetic("-", Arithmetic("-", X, Y), A),
    "x - (y - A)": Arithmetic("-", X, Arithmetic("-", Y, A)),
    "x-0.3": Arithmetic("-", X, Number(0.3)),
    "x + y * A": Arithmetic("+", X, Arithmetic("*", Y, A)),
    "-x": Arithmetic("-", Number(0.0), X),
    "sum(x, 0.5 * y)": Call("sum", (X, Arithmetic("*", Number(0.5), Y))),
    "contest(x, y, m=2)": Call("contest", (X, Y), (("m", Number(2.0)),)),
    "max(A=on, x)": Call("max", (Compare(A, "=", Name("on")), X)),
    "free and ever or top": Or((And((Name("free"), Name("ever"))), Name("top"))),
    "attack and android": And((Name("attack"), Name("android"))),
}
HELD = Setting(do=(Hold("hold", "A"),))
QUERIES = {
    "P(x > 0.5 by 2027-06 | do(A))": Query("P", Compare(X, ">", Number(0.5)), When("by", "2027-06"), HELD),
    "P(x ever)": Query("P", X, When("ever")),
    "E[x after 3 years | do(A)]": Query("E", X, When("after", "3 years"), HELD),
    "loser(| do(A))": Query("loser", None, None, HELD),
    "loser(at 3 years scaled sum | do(A))": Query("loser", None, When("at", "3 years"), HELD, ("scaled sum",)),
    "gain(B | do(A) vs free)": Query("gain", B, None, HELD, ("vs free",)),
    "gain(B vs free by itself at a quarter | do(A))": Query(
        "gain", B, When("at", "a quarter"), HELD, ("by itself", "vs free")
    ),
    "gain(B through reactions | do secretly(A=on from 2025 until 2026-Q2))": Query(
        "gain",
        B,
        None,
        Setting(secretly=(Hold("hold", "A", Name("on"), "2025", "2026-Q2"),)),
        ("through reactions",),
    ),
    "rank(B | do(F=0.5), do(shock election, exchange fuel for ore)) = 1": Compare(
        Query(
            "rank",
            B,
            None,
            Setting(
                do=(
                    Hold("hold", "F", Number(0.5)),
                    Hold("shock", "election"),
                    Hold("exchange", "fuel for ore"),
                )
            ),
        ),
        "=",
        Number(1.0),
    ),
    "share(B | cutoff)": Query("share", B, None, Setting(do=(Hold("scenario", "cutoff"),))),
    "share(B | do(scenario cutoff))": Query("share", B, None, Setting(do=(Hold("scenario", "cutoff"),))),
    "gain(B | given(x > 0.3), under(US rethink: pull back, why: for show), without(A: more (x and not y)))": Query(
        "gain",
        B,
        None,
        Setting(
            given=Compare(X, ">", Number(0.3)),
            under=("US rethink: pull back", "why: for show"),
            without=("A: more (x and not y)",),
        ),
    ),
    "gain(B | given(x), given(y))": Query("gain", B, None, Setting(given=And((X, Y)))),
    "P(A=on before B=on)": Query("P", Call("before", (Compare(A, "=", Name("on")), Compare(B, "=", Name("on"))))),
    "P(x within 3 years)": Query("P", X, When("by", "3 years")),
    "P(goal B by 2027)": Query("P", Call("goal", (B,)), When("by", "2027")),
    "loser(| do(A)) is not B": Is(Query("loser", None, None, HELD), "B", True),
    "P(x) is very likely": Is(Query("P", X), "very likely"),
    "P(x) is most likely": Is(Query("P", X), "most likely"),
    "P(x) is not at least roughly even chance": Is(Query("P", X), "roughly even chance", True, "at least"),
    "P(x) is likely and P(y) is at most unlikely": And(
        (Is(Query("P", X), "likely"), Is(Query("P", Y), "unlikely", False, "at most"))
    ),
    'fact("gdp", B, 2023) / fact(gdp, A, 2023)': Arithmetic(
        "/",
        Call("fact", (Name("gdp"), B, Number(2023.0))),
        Call("fact", (Name("gdp"), A, Number(2023.0))),
    ),
}
OF_THE_DESIGN = """
P(reentry > 0.5 by 2027-06 | do(RUS.reentry))
gain(CCC | do(AAA.arm))
loser(| do(AAA.arm))
P(tension > 0.6 after 3 years | do(AAA.arm)) is likely
loser(| do(PACT.drill=public)) is AAA
gain(CHN | do(TRIO.institution=institutionalised)) < 0
gain(CHN at 3 years | do(TRIO.institution=institutionalised), given(x > 0.3), under(US rethink: pull back))
E[deterrence after 3 years | do(A, B)] > E[deterrence at 3 years]
first(TRIO.institution=institutionalised | do(shock election)) < 2027-06
P(TRIO.institution=institutionalised ever | do(scenario cutoff))
P(goal AAA)
gain(CHN | do(A)) - gain(RUS | do(A)) > 2 points
"""
TERMS_OF_THE_DESIGN = """
CHN.energy=stop or CHN.dualuse=stop
not PACT.drill=public
evidence and not PACT.drill=public
threat and not deterrence
arsenal < 0.8
evidence > 0.6
RUS.reentry=given
"""


@pytest.mark.parametrize(("text", "expected"), TERMS.items())
def test_terms(text: str, expected: Expression) -> None:
    assert parse_term(text) == expected
    assert parse_term(format_expression(expected)) == expected


@pytest.mark.parametrize(("text", "expected"), QUERIES.items())
def test_queries(text: str, expected: Expression) -> None:
    assert parse_query(text) == expected
    assert parse_query(format_expression(expected)) == expected


@pytest.mark.parametrize("text", [line for line in OF_THE_DESIGN.splitlines() if line])
def test_documented_questions_are_canonical(text: str) -> None:
    assert format_expression(parse_query(text)) == text


@pytest.mark.parametrize("text", [line for line in TERMS_OF_THE_DESIGN.splitlines() if line])
def test_documented_terms_are_canonical(text: str) -> None:
    assert format_expression(parse_term(text)) == text


def test_events() -> None:
    assert parse_event("x > 0.8 by 2028") == (Compare(X, ">", Number(0.8)), When("by", "2028"))
    assert parse_event("x and y") == (And((X, Y)), None)


def test_columns() -> None:
    found = parse_query("  P(x > 0.5 and AAA.arm=on | do(BBB.go))")
    columns = {
        format_expression(node): node.column for node in walk(found) if isinstance(node, Name | Hold | Query | Compare)
    }
    assert columns["x"] == 5
    assert columns["AAA.arm"] == 17
    assert columns["AAA.arm=on"] == 17
    assert columns["on"] == 25
    assert columns["BBB.go"] == 33
    assert found.column == 3


def test_names() -> None:
    text = "gain(CCC | do(AAA.arm=full, shock thaw), given(x > y), under(why: z)) < E[x]"
    assert names_in(parse_query(text)) == ("CCC", "AAA.arm", "full", "thaw", "x", "y")


def test_several_lines_read_as_one() -> None:
    assert parse_query("P(x > 0.5\n  | do(A))") == parse_query("P(x > 0.5 | do(A))")


REFUSED_TERMS = [
    ("", 1, "nothing is written", ""),
    ("   ", 1, "nothing is written", ""),
    ("A and", 6, "ends too early: expected a name or a number", ""),
    ("a adn b", 3, "'adn' cannot stand here", "Did you mean 'and'?"),
    ("a AND b", 3, "'AND' cannot stand here", "Did you mean 'and'?"),
    ("x == 0.5", 4, "'=' cannot stand here", "Write '='."),
    ("a && b", 3, "'&' cannot stand here", "Write 'and'."),
    ("x ≥ 0.5", 3, "cannot stand here", "Write '>='."),
    ("x > “a”", 5, "cannot stand here", "Write '\"'."),
    ("0.2 < x < 0.5", 9, "'<' cannot stand here", "do not chain"),
    ("a = b = c", 7, "'=' cannot stand here", "do not chain"),
    ("fuel oil", 6, "'oil' cannot stand here", '"quotes"'),
    ("(a or b", 1, "'(' is never closed", "missing bracket"),
    ("a or b)", 7, "')' closes nothing", ""),
    ("sum(a, b]", 9, "']' closes nothing", ""),
    ("'abc", 1, "never closed", ""),
    ("'' and b", 1, "in quotes is empty", ""),
    ("smu(a, b)", 1, "'smu' is no function", "Did you mean 'sum'?"),
    ("contest(a)", 1, "contest takes 2 arguments, not 1", ""),
    ("P(x)", 1, "belongs in a question", ""),
    ("x and gain(A)", 7, "belongs in a question", ""),
    ("x > 2027-06", 5, "belongs in a question", ""),
    ("x > 1e999", 5, "too large", ""),
    ("x > 0.5 by 2028", 9, "'by' cannot stand here", ""),
    ("1.5.2", 1, "cannot stand here", ""),
    ("x\x00", 2, r"the sign '\x00'", ""),
    ("x # note", 3, "'#' cannot stand here", ""),
    ("x" * 10_001, 10_000, "at most 10000", ""),
    ("(" * 100 + "x" + ")" * 100, 61, "nested more than 60", ""),
    ("not " * 200 + "x", 401, "nested more than 100", ""),
    ("x" + " - x" * 200, 1, "nested more than 100", ""),
]
REFUSED_QUERIES = [
    ("x > 0.5", 1, "asks nothing", "P(x > 0.5 at 3 years)"),
    ("gian(CCC | do(A))", 1, "'gian' is no function", "Did you mean 'gain'?"),
    ("gain(CCC | do A)", 15, "'A' cannot stand here", "Write 'do(A)'."),
    ("gain(CCC, AAA | do(A))", 11, "asks about one thing, not 2", ""),
    ("P(| do(a))", 1, "does not say of what", "Write P("),
    ("P(x at 3 yaers)", 8, "no unit of time", "Did you mean 'year'?"),
    ("P(x at 3)", 8, "no unit of time", "'3 years'"),
    ("P(x by 2027-13)", 8, "no day of the calendar", ""),
    ("gain(A by itself through reactions)", 1, "exclude each other", ""),
    ("gain(A scaled top scaled sum)", 1, "scaled sum and scaled top", "Keep one"),
    ("P(x at 3 years by 2027)", 1, "two times", ""),
    ("P(x) is", 8, "ends too early", ""),
    ("P(x) likely", 6, "'likely' cannot stand here", "Write 'is likely'."),
    ("gain(A if do(x))", 8, "'if' cannot stand here", "given(...)"),
    ("P(x | do())", 10, "')' cannot stand here", ""),
    ("sum(x | do(A)) > 1", 1, "takes no time and no bar", ""),
    ("P(x | under())", 13, "cannot stand here: expected text", ""),
    ('P(x) is ""', 9, "in quotes is empty", ""),
]


@pytest.mark.parametrize(("text", "column", "message", "hint"), REFUSED_TERMS)
def test_refused_terms(text: str, column: int, message: str, hint: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_term(text)
    assert (caught.value.column, message in caught.value.message, hint in caught.value.hint) == (column, True, True)


@pytest.mark.parametrize(("text", "column", "message", "hint"), REFUSED_QUERIES)
def test_refused_queries(text: str, column: int, message: str, hint: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_query(text)
    assert (caught.value.column, message in caught.value.message, hint in caught.value.hint) == (column, True, True)


# Random expressions: what is written reads back the same.

names = st.one_of(
    st.sampled_from(
        [
            "x",
            "AAA.arm",
            "pull-back",
            "and",
            "do",
            "goal",
            "sum",
            "fuel for ore",
            "ever",
            "é1",
            "a(b",
            "x_2.y",
            "1st",
            "Ünder",
        ]
    ),
    st.text(st.characters(categories=["L", "N", "P", "S"], exclude_characters="\"'"), min_size=1, max_size=8),
).map(Name)
plain_numbers = st.one_of(st.floats(0, 1), st.integers(-50, 5000).map(float), st.floats(-1e6, 1e6)).map(Number)
hundredths = st.builds(Number, st.integers(-100_000, 100_000).map(lambda n: n / 1000), st.sampled_from(["%", "points"]))
numbers = st.one_of(plain_numbers, hundredths)
moments = st.sampled_from(["3 years", "2027", "2027-06", "2027-Q2", "a quarter", "half a year", "11 July 2024"])


def _grown(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    comparator = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
    return st.one_of(
        st.builds(Not, inner),
        st.builds(And, several),
        st.builds(Or, several),
        st.builds(Compare, inner, comparator, inner),
        st.builds(Arithmetic, st.sampled_from(["+", "-", "*", "/"]), inner, inner),
        st.builds(Call, st.sampled_from(["sum", "min", "max", "product"]), several),
        st.builds(lambda a, b, m: Call("contest", (a, b), (("m", m),)), names, names, numbers),
    )


terms = st.recursive(st.one_of(names, numbers), _grown, max_leaves=8)
texts = names.map(lambda name: name.text)
keys = st.sampled_from(["US rethink: pull back", "AAA: more x", "AAA: less (x and not B.c=on)", "why: for show"])
spans = st.sampled_from(["", "2025", "2026-06", "2 years"])
holds = st.one_of(
    st.builds(Hold, st.just("hold"), texts, st.one_of(st.none(), names, numbers), spans, spans),
    st.builds(Hold, st.sampled_from(["shock", "exchange", "scenario"]), texts, st.none(), spans, spans),
)
held = st.lists(holds, max_size=2).map(tuple)
settings_of = st.builds(
    Setting,
    held,
    held,
    st.one_of(st.none(), terms),
    st.lists(keys, max_size=2).map(tuple),
    st.lists(keys, max_size=1).map(tuple),
)
whens = st.one_of(
    st.none(),
    st.builds(When, st.sampled_from(["at", "by", "after", "until"]), moments),
    st.builds(When, st.sampled_from(["ever", "always"])),
)
phrases = st.sampled_from(
    [(), ("by itself",), ("through reactions", "vs free"), ("scaled range",), ("by itself", "scaled top")]
)
events = st.one_of(
    terms,
    st.builds(lambda a, b: Call("before", (a, b)), terms, terms),
    names.map(lambda name: Call("goal", (name,))),
)
questions = st.one_of(
    st.builds(Query, st.sampled_from(["P", "E", "gain", "rank", "first"]), events, whens, settings_of, phrases),
    st.builds(Query, st.just("loser"), st.none(), whens, settings_of, phrases),
)
words = st.one_of(texts, st.sampled_from(["likely", "most likely", "roughly even chance", "at", "not sure"]))
checks = st.one_of(
    questions,
    st.builds(Is, questions, words, st.booleans(), st.sampled_from(["", "at least", "at most"])),
    st.builds(Compare, questions, st.sampled_from(["<", "="]), st.one_of(numbers, questions)),
)


@given(terms)
@settings(max_examples=300, deadline=None)
def test_any_term_written_reads_back(term: Expression) -> None:
    assert parse_term(format_expression(term)) == term


@given(checks)
@settings(max_examples=300, deadline=None)
def test_any_check_written_reads_back(check: Expression) -> None:
    text = format_expression(check)
    assert parse_query(text) == check
    assert format_expression(parse_query(text)) == text


PIECES = [
    "P",
    "E",
    "gain",
    "loser",
    "x",
    "AAA.arm",
    "(",
    ")",
    "[",
    "]",
    "|",
    ",",
    "=",
    "<",
    "and",
    "or",
    "not",
    "do",
    "is",
    "at",
]
PIECES += [
    "by",
    "3 years",
    "2027-06",
    "0.5",
    "%",
    "points",
    "given",
    "under",
    ":",
    '"',
    "'",
    "secretly",
    "vs",
    "free",
    "scaled",
    "-",
]


@given(st.lists(st.sampled_from(PIECES), max_size=25), st.sampled_from(["", " "]))
@settings(max_examples=500, deadline=None)
def test_any_pieces_are_read_or_refused(parts: list[str], glue: str) -> None:
    _read_or_refuse(glue.join(parts))


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    _read_or_refuse(text)


@given(st.sampled_from([*QUERIES, *TERMS]), st.integers(0, 200), st.integers(0, 3), st.text(max_size=3))
@settings(max_examples=400, deadline=None)
def test_damaged_questions_are_read_or_refused(text: str, place: int, gone: int, put: str) -> None:
    place %= len(text) + 1
    _read_or_refuse(text[:place] + put + text[place + gone :])


def _refusal(reader: Callable[[str], object], text: str) -> ExpressionError | None:
    try:
        reader(text)
    except ExpressionError as error:
        return error
    return None


def _read_or_refuse(text: str) -> None:
    for reader in (parse_term, parse_query, parse_event):
        error = _refusal(reader, text)
        if error:
            assert error.message
            assert 1 <= error.column <= len(text) + 1
            assert not re.search(r"__|Token\(|lark|LPAR|VBAR", error.message)


@given(
    st.from_regex(
        r"\s{0,2}[A-Za-z_][A-Za-z_0-9]{0,6}(\.[A-Za-z_][a-z]{0,4})?\s?(=\s?[A-Za-z_][a-z]{0,5})?\s?", fullmatch=True
    )
)
def test_bare_terms_read_without_the_grammar_are_what_the_grammar_reads(text: str) -> None:
    from realpolitik.language.parser import _bare, _parse  # noqa: PLC0415

    short = _bare(text)
    if short is not None:
        whole = _parse(text, "condition_only")
        assert short == whole
        assert short.column == whole.column
