"""Checks that state nothing, or name what is not there, are refused with their place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from realpolitik.analyses.verdicts import Verdict
from realpolitik.errors import ExpressionError
from realpolitik.language.parser import parse_query
from realpolitik.situation.reader import check_situation

CASES = Path(__file__).parent.parent / "cases"


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("P(tension > 0.5 at 3 years) >", 30, "ends too early"),
        ("weight(ISL)", 1, "takes 2 arguments"),
        ("top(ISL, tension) is tension", 1, "takes 1 arguments"),
        ("tension > 0.5", 1, "asks nothing"),
        ("weight(ISL, tension) < < 1", 24, "cannot stand here"),
        ("wieght(ISL, tension) > 0", 1, "no function"),
    ],
)
def test_text_that_is_no_check(text: str, column: int, message: str) -> None:
    with pytest.raises(ExpressionError, match=message) as caught:
        parse_query(text)
    assert caught.value.column == column


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("weight(ISLE, tension) < 0", 8, "'ISLE' is no actor"),
        ("weight(ISL, tensoin) < 0", 13, "'tensoin' is no factor"),
        ("top(ISL) is tensoin", 1, "'tensoin' is no likelihood, actor or level"),
        ("depends(PAT, ALA, oar) > 0.1", 19, "'oar' is no good"),
        ("status(ALA.amr) is exempt", 8, "'ALA.amr' is no option"),
        ("status(ALA.arm) is allowed", 1, "'allowed' is no"),
        ("member(PAKT, ALA) = 1", 8, "'PAKT' is no institution or option"),
        ("start(ALA.arm) is maybe", 1, "'maybe' is no"),
    ],
)
def test_names_in_a_file_are_checked_before_anything_runs(tmp_path: Path, text: str, column: int, message: str) -> None:
    path = tmp_path / "case.yaml"
    path.write_text((CASES / "strait.yaml").read_text(encoding="utf-8") + f"\nchecks:\n  - {text}\n", encoding="utf-8")
    found = [item for item in check_situation(path).findings if item.severity == "error"]
    assert [message in item.message for item in found] == [True]
    assert found[0].position.column == 4 + column
    assert found[0].hint


def test_a_check_that_compares_nothing_says_what_to_do(says: Callable[..., Verdict]) -> None:
    found = says("P(tension > 0.5 at 3 years)")
    assert found.verdict == "untestable"
    assert "Compare it" in found.reason


def test_what_lies_beyond_the_horizon_is_untestable_with_the_reason(says: Callable[..., Verdict]) -> None:
    found = says("E[tension after 30 years] > 0.5")
    assert found.verdict == "untestable"
    assert "horizon" in found.reason
