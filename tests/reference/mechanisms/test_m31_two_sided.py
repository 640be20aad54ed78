"""M31, erring both ways: what it costs to take the partnership for more, or for less, than it is."""

from __future__ import annotations

import pytest

from realpolitik.analyses.policy import Brief, policy
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.project import open_project

from .effects import THREE

pytestmark = [pytest.mark.slow, pytest.mark.reference]

MORE, LESS = "scenario pact, scenario both_rungs", "scenario undone, RUS.reentry=none, RUS.submarine=none"
ARM = ("USA.tnw=on, USA.assets=more", "USA.assets=more")
CLOSER = ("EUR.align=closer",)
WORRY = ("EUR: rus_war_cap and not eur_us",)
Costs = dict[tuple[bool, bool], float]


@pytest.fixture(scope="module")
def ensemble() -> Ensemble:
    return open_project("northeast-asia", draws=64, cache=False).ensemble()


def costs(
    ensemble: Ensemble,
    who: tuple[str, ...],
    plans: tuple[str, ...],
    worlds: tuple[str, str],
    years: float | None = None,
) -> Costs:
    """What acting on a belief costs where it is wrong: (believed the first world, the first world is true)."""
    rows = [row for row in policy(ensemble, Brief(who, plans, worlds=worlds, years=years)).rows if "believed" in row]
    first = rows[0]["believed"]
    return {(row["believed"] == first, row["true"] == first): row["cost"] for row in rows}


def test_overrating_and_underrating_each_cost_the_three_something(ensemble: Ensemble) -> None:
    found = costs(ensemble, THREE, ARM, (MORE, LESS))
    assert found[True, True] == found[False, False] == 0.0
    assert found[True, False] > 0.5
    assert found[False, True] > 0.5


def test_so_they_do_europe_and_not_without_what_it_minds_about_the_partnership(ensemble: Ensemble) -> None:
    brief = (("EUR",), CLOSER, ("scenario pact", "scenario undone"), 3.0)
    whole, rest = costs(ensemble, *brief), costs(ensemble.ablated(WORRY), *brief)
    assert whole[True, False] + whole[False, True] > 0.2
    assert abs(rest[True, False]) + abs(rest[False, True]) < 0.1 * (whole[True, False] + whole[False, True])


@pytest.mark.xfail(
    strict=True,
    reason="Among the steps the texts advise (the trio firm, more assets, measures of the forum) all of them together "
    "are best whether the partnership is carried through or undone: misjudging it costs nothing there.",
)
def test_what_the_texts_advise_depends_on_how_the_treaty_is_rated(ensemble: Ensemble) -> None:
    steps = ("TRIO.institution=institutionalised", "USA.assets=more", "EDSCG.measures=practical")
    plans = (*steps, ", ".join(steps), f"{steps[0]}, {steps[1]}", f"{steps[0]}, {steps[2]}")
    found = costs(ensemble, THREE, plans, ("scenario pact", "scenario undone"))
    assert found[True, False] + found[False, True] > 0.0
