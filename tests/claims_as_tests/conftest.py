from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from realpolitik.analyses.verdicts import Verdict, check_verdict
from realpolitik.claims.facts.model import Fact, FactsTable, Metric
from realpolitik.claims.model import Claim
from realpolitik.compiled.checking.judge import Sources
from realpolitik.language.parser import parse_query
from realpolitik.language.quantity import read_quantity
from realpolitik.language.uncertain import constant
from realpolitik.project import Project, open_project
from realpolitik.situation.model import Check, Situation

CASES = Path(__file__).parent.parent / "cases"
METRICS = {"output": Metric("output", "output", "USD"), "troops": Metric("troops", "troops", "persons")}
FACTS = FactsTable(
    tuple(
        Fact(actor, metric, year, value, value, METRICS[metric].unit, "office")
        for actor, metric, year, value in (
            ("ALA", "output", 2022, 90.0),
            ("BOR", "output", 2022, 10.0),
            ("ALA", "output", 2023, 95.0),
            ("BOR", "output", 2023, 10.0),
            ("ALA", "troops", 2023, 20.0),
            ("BOR", "troops", 2023, 10.0),
            ("PAT", "output", 1990, 5.0),
        )
    ),
    METRICS,
    {"strength": ("output", "troops")},
)


def claim(name: str = "c1", hedge: str = "", **more: object) -> Claim:
    """A claim of an analyst; its credence as the reader makes it."""
    credence = read_quantity(hedge, "level", table="hedge") if hedge else constant(1.0)
    return Claim(name, "something is so", credence, hedge=hedge, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def strait() -> Project:
    return open_project(CASES / "strait.yaml", draws=32, cache=False)


@pytest.fixture(scope="session")
def says(strait: Project) -> Callable[..., Verdict]:
    """The verdict on a check of the toy, about a claim with a hedge ("" none; None: about no claim)."""

    def verdict(text: str, hedge: str | None = "", *, claims: Mapping[str, Claim] | None = None) -> Verdict:
        known = claims or ({} if hedge is None else {"c1": claim(hedge=hedge)})
        name = "" if hedge is None else "c1"
        return check_verdict(strait.ensemble(), Check(name, parse_query(text), text), Sources(FACTS, known))

    return verdict


@pytest.fixture(scope="session")
def reference() -> Project:
    return open_project("northeast-asia", draws=16, cache=False)


def changed(project: Project, change: Callable[[Situation], Situation]) -> Project:
    """The project with another situation, and nothing run yet."""
    return Project(project.path, project.name, change(project.situation), project.claims, project.settings)


def with_claims(project: Project, claims: Mapping[str, Claim]) -> Project:
    """The project with other claims, sharing what was run."""
    return replace(project, claims=claims)
