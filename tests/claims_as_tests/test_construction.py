"""What the inputs already say is a class of its own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from realpolitik.analyses.verdicts import Verdict, check_verdict
from realpolitik.claims.facts.model import FactsTable
from realpolitik.compiled.answers import estimate
from realpolitik.compiled.checking.construction import lies_between, reads_inputs
from realpolitik.compiled.checking.judge import Sources
from realpolitik.language.parser import parse_query
from realpolitik.project import Project
from realpolitik.situation.model import Check, Situation
from tests.claims_as_tests.conftest import changed, claim


def citing(situation: Situation, key: str, name: str = "c1") -> Situation:
    """The situation in which the influence of this key rests on a claim."""
    known = [item.key for item in situation.influences]
    assert key in known
    return replace(
        situation,
        influences=tuple(
            replace(item, support=replace(item.support, claims=(name,))) if item.key == key else item
            for item in situation.influences
        ),
    )


def verdict(project: Project, text: str, *, confirm: bool = True) -> Verdict:
    sources = Sources(FactsTable(), {"c1": claim()})
    return check_verdict(project.ensemble(), Check("c1", parse_query(text), text), sources, confirm=confirm)


DIRECT = "E[arsenal after 1 year | do(ALA.arm)] > E[arsenal after 1 year | do(ALA.arm=off)]"
INDIRECT = "E[evidence after 3 years | do(ALA.arm)] > E[evidence after 3 years | do(ALA.arm=off)]"


@pytest.fixture(scope="module")
def cited(strait: Project) -> Project:
    return changed(strait, lambda situation: citing(situation, "ALA.arm -> arsenal"))


def test_a_link_that_cites_the_claim_and_is_all_there_is(cited: Project) -> None:
    assert verdict(cited, DIRECT).verdict == "holds by construction"


def test_the_same_link_on_judgement_is_the_models_own(strait: Project) -> None:
    assert verdict(strait, DIRECT).verdict == "holds"


def test_two_links_away_is_no_construction(cited: Project) -> None:
    assert not lies_between(cited.ensemble(), parse_query(INDIRECT), "c1")
    assert verdict(cited, INDIRECT).verdict == "holds"


def test_without_the_runs_only_what_reads_inputs_is_told(cited: Project) -> None:
    assert verdict(cited, DIRECT, confirm=False).verdict == "holds"
    assert verdict(cited, "weight(ISL, tension) < 0", confirm=False).verdict == "holds by construction"


def test_a_check_is_by_construction_only_if_all_its_parts_are(strait: Project) -> None:
    found = verdict(strait, f"weight(ISL, tension) < 0 and {DIRECT}")
    assert found.verdict == "holds"


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("weight(ISL, tension) < 0", True),
        ("top(ISL) is tension", True),
        ("start(ALA.arm) is off", True),
        ("status(ALA.arm) is forbidden", True),
        ("E[tension at 1 year] > start(tension)", False),
        ("fact(x, y) > 2", False),
    ],
)
def test_what_reads_inputs_only(text: str, reads: bool) -> None:
    assert reads_inputs(parse_query(text)) is reads


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("start(ALA.arm) is off", "holds by construction"),
        ("start(ALA.arm) is on", "fails"),
        ("start(grain) > 19 and start(grain) < 21", "holds by construction"),
        ("top(ISL) is tension", "holds by construction"),
        ("top(ISL) is grain", "fails"),
        ("weight(BOR, tension) < 0", "holds by construction"),
        ("weight(PAT, arsenal) < 0", "fails"),
        ("depends(PAT, ALA, ore) > 0.4", "holds by construction"),
        ("depends(ALA, PAT) > 0", "fails"),
        ("status(PAT.supply) is exempt", "holds by construction"),
        ("status(BOR.blockade) is clean", "holds by construction"),
        ("penalty(ALA.arm, ALA) > 0.5 points", "holds by construction"),
        ("penalty(ALA.arm, ALA) > penalty(PAT.supply, PAT)", "holds by construction"),
        ("member(PACT, BOR) = 1 and member(PACT, ALA) = 0", "holds by construction"),
        ("member(PACT.drill, PAT) = 1", "holds by construction"),
        ('named("Coast Pact") is PACT', "holds by construction"),
        ('named("the isles") is BOR', "fails"),
    ],
)
def test_what_is_written_is_read(strait: Project, text: str, expected: str) -> None:
    assert verdict(strait, text).verdict == expected


def test_the_weight_of_a_product_is_its_weight_times_the_rest(strait: Project) -> None:
    """A vital "less (evidence and not drill)" with the drill off: the whole weight, in swings of the top plain one."""
    found = verdict(strait, "weight(BOR, evidence) < 0")
    assert found.number == pytest.approx(-0.9 / 0.55, abs=0.15)


def test_alignment_of_written_interests_is_what_the_analysis_of_pairs_says(strait: Project) -> None:
    rows = {(row["actor"], row["other"]): row["alignment"] for row in strait.alignment().rows}
    found = estimate(strait.ensemble(), parse_query("alignment(ALA, BOR)"))
    assert found.value == pytest.approx(rows["ALA", "BOR"])
    assert np.abs(found.values).max() <= 1.0 + 1e-12


def test_alignment_in_one_factor_is_agreement_or_its_opposite(strait: Project) -> None:
    assert estimate(strait.ensemble(), parse_query("alignment(ALA, PAT, industry)")).value == pytest.approx(1.0)
    refused = verdict(strait, "alignment(BOR, ALA, grain) > 0")
    assert refused.verdict == "untestable"
    assert "wants nothing there" in refused.reason
