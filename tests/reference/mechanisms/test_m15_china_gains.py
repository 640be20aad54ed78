"""M15, the rival reading: China gains. Rival causes side by side, and where in size and time the sign turns."""

from __future__ import annotations

import pytest

from realpolitik.project import Project, open_project
from realpolitik.project.layering import laid_over

from .effects import asked, gone, level, surely

pytestmark = [pytest.mark.slow, pytest.mark.reference]

BACK, FOCUS = "US rethink: pull back", "US rethink: refocus on China"
FIRM = "TRIO.institution=institutionalised, USA.rethink=on"
PACT = "scenario pact, USA.rethink=on"


def chinas(do: str, years: int = 10, reading: str = BACK) -> str:
    return f"gain(CHN at {years} years | do({do}), under({reading}))"


@pytest.fixture(scope="module")
def few() -> Project:
    return open_project("northeast-asia", draws=64, cache=False)


def retreat(project: Project, size: float) -> Project:
    """The same situation, pulling back easing American pressure on China by so much about mid-scale."""
    link = {"USA.rethink=on lowers us_ip_focus": f"{size} after 1 year"}
    return laid_over(project, [{"hypotheses": {"US rethink": {"pull back": {"instead": {"influences": [link]}}}}}])


def test_the_rival_readings_stand_side_by_side_and_part_on_the_sign(case: Project) -> None:
    group = next(item for item in case.situation.hypotheses if item.id == "US rethink")
    assert {reading.id for reading in group.readings} == {"pull back", "refocus on China", "bargain"}
    assert surely(asked(case.ensemble(), chinas("USA.rethink=on")), 10.0) == 1
    assert surely(asked(case.ensemble(), chinas("USA.rethink=on", reading=FOCUS)), -10.0) == -1


def test_what_a_reading_changes_runs_through_its_link(case: Project) -> None:
    ends = ("USA.rethink=on", "USA.rethink=off")
    whole = level(case.ensemble(), "us_ip_focus", 10.0, *ends)
    rest = level(case.ensemble(), "us_ip_focus", 10.0, *ends, ("USA.rethink=on -> us_ip_focus",))
    assert max(abs(whole.values)) > 0.2
    assert gone(rest, whole)


def test_the_sign_turns_with_the_size_of_the_retreat_and_with_time(few: Project) -> None:
    slight, large = (retreat(few, size).ensemble() for size in (0.05, 0.8))
    assert [surely(asked(slight, chinas(FIRM, years))) for years in (1, 10)] == [-1, -1]
    assert [surely(asked(large, chinas(FIRM, years))) for years in (1, 10)] == [-1, 1]


@pytest.mark.xfail(
    strict=True,
    reason="Not at the size that is written (0.22 to 0.48): under a firm trio and a rethink that pulls back China "
    "loses 25 points in the first year and still 10 in the tenth. From a size of about 0.5 on the sign turns after "
    "two to three years.",
)
def test_time_turns_it_at_the_size_that_is_written(case: Project) -> None:
    sign = surely(asked(case.ensemble(), chinas(FIRM)))
    assert sign == 1


def test_without_the_firm_trio_china_gains_by_partnership_and_rethink(case: Project) -> None:
    assert surely(asked(case.ensemble(), chinas(PACT)), 10.0) == 1
    assert surely(asked(case.ensemble(), chinas(PACT, reading=FOCUS)), -10.0) == -1
