"""Terms against truth tables and the multilinear extension, by brute force."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.compiled.terms import TermCompiler, has_atom
from realpolitik.dynamics.tables import Op
from realpolitik.errors import ExpressionError
from realpolitik.language.expression import And, Compare, Expression, Name, Not, Or
from realpolitik.language.parser import parse_term
from realpolitik.language.time import Duration
from realpolitik.situation.model import Factor, Option

HALF_YEAR = Duration(6.0)
OPTIONS = {
    "A.x": Option("A.x", "x", ("A",), ("off", "on"), 0, HALF_YEAR),
    "A.y": Option("A.y", "y", ("A",), ("none", "some", "all"), 0, HALF_YEAR),
    "B.z": Option("B.z", "z", ("B",), ("off", "on"), 1, HALF_YEAR),
}
FACTORS = {
    "f": Factor("f", "f", "low", "high", "level", None),
    "g": Factor("g", "g", "low", "high", "level", None, low=0.0, high=50.0, unit="Mt"),
}


def value(compiler: TermCompiler, node: int, weights: dict[str, list[float]], levels: dict[str, float]) -> float:
    """The value of a node by plain recursion; comparisons smooth."""
    op, a, b, c = compiler.nodes.keys[node]

    def of(other: int) -> float:
        return value(compiler, other, weights, levels)

    flat = [weight for name in OPTIONS for weight in weights[name]]
    own = weights[list(OPTIONS)[a]] if op == Op.SHARE else [1.0, 0.0]
    known: dict[int, Callable[[], float]] = {
        Op.CONST: lambda: c,
        Op.FACTOR: lambda: levels[list(FACTORS)[a]],
        Op.SLOT: lambda: flat[a],
        Op.SHARE: lambda: sum(level * weight for level, weight in enumerate(own)) / (len(own) - 1),
        Op.NOT: lambda: 1 - of(a),
        Op.MUL: lambda: of(a) * of(b),
        Op.ADD: lambda: of(a) + of(b),
        Op.OR: lambda: 1 - (1 - of(a)) * (1 - of(b)),
        Op.ABOVE: lambda: float(1 / (1 + np.exp(-(of(a) - of(b)) / 0.05))),
    }
    return known[op]()


def crisp() -> st.SearchStrategy[Expression]:
    atoms = st.sampled_from(
        [Name("A.x"), Name("B.z")]
        + [Compare(Name("A.y"), op, Name(level)) for op in ("=", "!=", ">=", "<") for level in ("none", "some", "all")]  # type: ignore[arg-type]
    )
    return st.recursive(
        atoms,
        lambda inner: st.one_of(
            inner.map(Not),
            st.lists(inner, min_size=2, max_size=3).map(lambda items: And(tuple(items))),
            st.lists(inner, min_size=2, max_size=3).map(lambda items: Or(tuple(items))),
        ),
        max_leaves=8,
    )


def truth(term: Expression, levels: dict[str, int]) -> bool:
    match term:
        case Name(text=text):
            return levels[text] == 1
        case Compare(left=Name(text=text), op=op, right=Name(text=word)):
            own, wanted = levels[text], OPTIONS[text].levels.index(word)
            return {"=": own == wanted, "!=": own != wanted, ">=": own >= wanted, "<": own < wanted}[op]
        case Not(item=item):
            return not truth(item, levels)
        case And(items=items):
            return all(truth(item, levels) for item in items)
        case Or(items=items):
            return any(truth(item, levels) for item in items)
    raise AssertionError(term)


@given(crisp(), st.lists(st.floats(0.01, 1), min_size=7, max_size=7))
def test_crisp_terms_are_the_multilinear_extension_of_their_truth_table(term: Expression, raw: list[float]) -> None:
    compiler = TermCompiler(FACTORS, OPTIONS)
    node = compiler.compile(term, "influence")
    weights, spot = {}, 0
    for name, option in OPTIONS.items():
        part = raw[spot : spot + len(option.levels)]
        spot += len(option.levels)
        weights[name] = [item / sum(part) for item in part]
    expected = sum(
        float(np.prod([weights[name][level] for name, level in zip(OPTIONS, levels, strict=True)]))
        for levels in product(*(range(len(option.levels)) for option in OPTIONS.values()))
        if truth(term, dict(zip(OPTIONS, levels, strict=True)))
    )
    assert value(compiler, node, weights, {}) == pytest.approx(expected, abs=1e-12)


EVEN = {"A.x": [0.5, 0.5], "A.y": [0.2, 0.3, 0.5], "B.z": [0.25, 0.75]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("f", 0.4),
        ("not f", 0.6),
        ("f and f", 0.16),
        ("f or f", 0.64),
        ("A.x and A.x", 0.5),
        ("A.x or not A.x", 1.0),
        ("A.x and not A.x", 0.0),
        ("A.y", 0.65),
        ("A.y=some or A.y=all", 0.8),
        ("f and A.x and A.x", 0.2),
        ("f and (A.x or B.z)", 0.4 * (1 - 0.5 * 0.25)),
        ("not (A.x or f)", 0.5 * 0.6),
    ],
)
def test_mixed_terms(text: str, expected: float) -> None:
    compiler = TermCompiler(FACTORS, OPTIONS)
    node = compiler.compile(parse_term(text), "influence")
    assert value(compiler, node, EVEN, {"f": 0.4, "g": 0.4}) == pytest.approx(expected)


def test_a_number_beside_a_factor_is_read_in_its_unit() -> None:
    compiler = TermCompiler(FACTORS, OPTIONS)
    node = compiler.compile(parse_term("g > 20"), "smooth")
    assert value(compiler, node, EVEN, {"f": 0, "g": 0.4}) == pytest.approx(0.5)


def test_triggers_are_exact_operations_and_influences_smooth_ones() -> None:
    compiler = TermCompiler(FACTORS, OPTIONS)
    trigger = compiler.compile(parse_term("f >= 0.5"), "trigger")
    smooth = compiler.compile(parse_term("f >= 0.5"), "influence")
    assert compiler.nodes.keys[trigger][0] == Op.TRIGGER_AT_LEAST
    assert compiler.nodes.keys[smooth][0] == Op.ABOVE


def test_a_withheld_good_acts_with_what_is_not_replaced_and_only_in_influences() -> None:
    compiler = TermCompiler(FACTORS, OPTIONS)
    share = compiler.nodes.constant(0.6)
    compiler.withheld["A.x"] = share
    acts = compiler.compile(parse_term("A.x"), "influence")
    wanted = compiler.compile(parse_term("A.x"), "smooth")
    assert value(compiler, acts, EVEN, {}) == pytest.approx(0.5 * 0.6)
    assert value(compiler, wanted, EVEN, {}) == pytest.approx(0.5)
    back = compiler.compile(parse_term("not A.x"), "influence")
    assert value(compiler, back, EVEN, {}) == pytest.approx(1 - 0.5 * 0.6)


def test_either_of_two_cuts_suffices() -> None:
    compiler = TermCompiler(FACTORS, OPTIONS)
    node = compiler.compile(parse_term("A.x or B.z"), "influence")
    one = {"A.x": [0.0, 1.0], "A.y": [1.0, 0, 0], "B.z": [1.0, 0.0]}
    both = {**one, "B.z": [0.0, 1.0]}
    assert value(compiler, node, one, {}) == value(compiler, node, both, {}) == 1.0


@pytest.mark.parametrize("text", ["h", "A.y=most", "f = 0.3", "contest(f)"])
def test_what_cannot_be_compiled_is_refused_in_words(text: str) -> None:
    compiler = TermCompiler(FACTORS, OPTIONS)
    with pytest.raises(ExpressionError):
        compiler.compile(parse_term(text), "influence")


def test_atoms_are_told_apart() -> None:
    assert has_atom(parse_term("f and f > 0.3"))
    assert has_atom(parse_term("f and A.x"), OPTIONS)
    assert not has_atom(parse_term("f and not g"), OPTIONS)
