"""How the package is built, in figures: sizes, docstrings, nothing unused, nothing written twice."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import structure  # noqa: E402

KNOWN_UNSPOKEN = {
    "claims/register.py: speaker_of",  # asked by tests of the register
    "games/literal.py: coalition_stable",  # the definition that the fast twin is held to
    "games/mixed.py: mixed_equilibria",  # for users of the extra `games`; named in docs/explanation
    "report/figures/figure.py: _repr_svg_",  # called by notebooks
    "sources/anchors.py: anchor_from_dict",  # the way back of what is written
    "sources/language_model/backends.py: Backend",  # the protocol that backends keep
}
"""Names that only tests, users or libraries say."""
KNOWN_TWINS = [["claims/credence.py: root", "conflicts/partial.py: root"]]
"""A union-find of five lines; a module to share it would have to lie below both layers."""

pytestmark = pytest.mark.slow


def test_sizes_stay_where_a_reader_can_hold_them() -> None:
    found = structure.figures()
    assert 90 <= found.module_median <= 160
    assert found.module_longest <= 400
    assert found.function_median < 10
    assert found.function_longest <= 50
    assert found.documented == 1.0


def test_nothing_is_defined_that_nothing_asks_for() -> None:
    assert set(structure.unspoken()) == KNOWN_UNSPOKEN


def test_no_function_is_written_twice() -> None:
    assert structure.twins() == KNOWN_TWINS


def test_twins_would_be_seen() -> None:
    import ast  # noqa: PLC0415

    first, second = ast.parse(
        "def f(a: int):\n    b = a + 1\n    return b\ndef g(x):\n    y = x + 1\n    return y"
    ).body
    assert structure._shape(first) == structure._shape(second)  # type: ignore[arg-type]
