"""What a contested claim turns on: hypotheses, ways of comparing, figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from realpolitik.analyses.verdicts import Verdict
from realpolitik.compiled.checking.figures import with_figures
from realpolitik.compiled.checking.judge import scaled, under_one
from realpolitik.errors import ExpressionError, QuestionRefused
from realpolitik.language.formatter import format_expression
from realpolitik.language.parser import parse_query, parse_term
from realpolitik.language.uncertain import constant
from realpolitik.project import Project
from tests.claims_as_tests.conftest import FACTS, changed, claim

Says = Callable[..., Verdict]


def test_hypotheses_are_named_with_their_sides(says: Says, strait: Project) -> None:
    """Arming is worth more to Aland where it arms to strike than where it arms for show."""
    gains = strait.ask("gain(ALA at 3 years | do(ALA.arm))").rows[0]["by_hypothesis"]
    assert len(gains) == 2
    assert gains[0] < gains[1] - 2
    found = says(f"gain(ALA at 3 years | do(ALA.arm)) > {sum(gains) / 2:.3f} points")
    assert found.verdict == "contested"
    assert "the hypothesis: true with why Aland arms: for use; false with why Aland arms: for show" in found.turns_on


def test_one_hypothesis_keeps_the_runs(strait: Project) -> None:
    ensemble = strait.ensemble()
    ensemble.run()
    part = under_one(ensemble, 1)
    assert part.runs is ensemble.runs
    assert set(part.draws.combination[part.draws.weight > 0]) == {1}


def test_asked_under_a_reading_nothing_turns_on_it(says: Says) -> None:
    found = says("gain(ALA at 3 years | do(ALA.arm), under(for use)) > -1000 points")
    assert found.verdict == "holds"


def test_scaling_is_asked_only_where_actors_are_compared() -> None:
    check = parse_query("gain(ALA | do(ALA.arm)) < gain(BOR scaled top | do(ALA.arm))")
    assert "scaled sum" in format_expression(scaled(check, "sum"))
    assert format_expression(scaled(check, "sum")).count("scaled sum") == 1


def test_a_verdict_that_flips_with_the_scaling_names_it(strait: Project) -> None:
    """An actor with many interests loses less per interest: scale the sum up and its loss is the smaller one."""
    situation = strait.situation
    own = next(item for item in situation.interests if item.actor == "ISL")
    steady = [replace(own, key=f"ISL: {number}", term=parse_term("0.5"), weight=constant(0.9)) for number in range(8)]
    project = changed(strait, lambda base: replace(base, interests=(*base.interests, *steady)))
    gains = {
        scaling: [
            project.ask(f"gain({actor} at 3 years scaled {scaling} | do(BOR.blockade=on))").rows[0]["value"]
            for actor in ("ISL", "BOR")
        ]
        for scaling in ("top", "sum")
    }
    assert abs(gains["sum"][0]) < 0.3 * abs(gains["top"][0])
    ratio = abs(gains["sum"][0] / gains["top"][0])
    assert ratio < abs(gains["sum"][1] / gains["top"][1])


FIGURES = "fact(strength, ALA) / fact(strength, BOR) > 5"


def test_figures_are_compared_within_one_metric_and_year(says: Says) -> None:
    found = says(FIGURES)
    assert found.verdict == "contested"
    assert [(label.split(" (")[0], round(value, 9), held) for label, value, held in found.figures] == [
        ("output 2022", 9.0, True),
        ("output 2023", 9.5, True),
        ("troops 2023", 2.0, False),
    ]
    assert found.turns_on == ("the figure: true with output 2022, output 2023; false with troops 2023",)


def test_a_metric_or_year_named_settles_it(says: Says) -> None:
    assert says("fact(output, ALA, 2022) / fact(output, BOR, 2022) = 9").verdict == "holds"
    assert says("fact(strength, ALA, 2023, troops) / fact(strength, BOR, 2023, troops) > 5").verdict == "fails"


def test_only_recent_years_count_and_older_ones_where_there_are_no_others() -> None:
    old = with_figures(parse_query("fact(output, PAT) > 1"), FACTS, {}, 2024)
    assert [way.label for way in old] == ["output 1990 (office)"]
    none = with_figures(parse_query("fact(output, ALA) > 1"), FACTS, {}, 2024)
    assert len(none) == 2


def test_no_common_figure_is_said() -> None:
    with pytest.raises(QuestionRefused, match="No metric and year"):
        with_figures(parse_query("fact(output, PAT) / fact(output, BOR) > 1"), FACTS, {}, 2024)


def test_dates_of_claims_are_compared() -> None:
    claims = {
        "c1": claim("c1", event_date="2023-04-17"),
        "c2": claim("c2", event_date="on or before 2023-09-14"),
        "c3": claim("c3", event_date="the day before"),
    }
    way = with_figures(parse_query('dated("c1") < dated("c2")'), FACTS, claims, 2024)[0]
    left, right = way.expression.left.value, way.expression.right.value  # type: ignore[attr-defined]
    assert (right - left) * 365.25 == pytest.approx(150)
    with pytest.raises(ExpressionError, match="no dated event"):
        with_figures(parse_query('dated("c3") < dated("c2")'), FACTS, claims, 2024)
    with pytest.raises(ExpressionError, match="no claim"):
        with_figures(parse_query('dated("c9") < dated("c2")'), FACTS, claims, 2024)
