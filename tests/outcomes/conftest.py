"""A small situation with a joint option, an exchange and hypotheses, and its game form."""

from __future__ import annotations

from pathlib import Path

import pytest

from realpolitik.analyses.outcomes.asked import asked_states
from realpolitik.analyses.outcomes.judged import Judged, judge
from realpolitik.analyses.outcomes.moves import movers_of
from realpolitik.compiled import Ensemble
from realpolitik.compiled.focal import JointStates
from realpolitik.compiled.gameform import GameForm, game_form
from realpolitik.project import Project, open_project

STRAIT = Path(__file__).parents[1] / "cases" / "strait.yaml"
FOCAL = ("ALA.arm", "ALA.port", "PAT.credit", "BOR.blockade", "PACT.drill")


@pytest.fixture(scope="package")
def project() -> Project:
    return open_project(STRAIT, draws=16, cache=False)


@pytest.fixture(scope="package")
def ensemble(project: Project) -> Ensemble:
    return project.ensemble()


@pytest.fixture(scope="package")
def states(ensemble: Ensemble) -> JointStates:
    return asked_states(ensemble, FOCAL)[0]


@pytest.fixture(scope="package")
def form(ensemble: Ensemble, states: JointStates) -> GameForm:
    return game_form(ensemble, states)


@pytest.fixture(scope="package")
def judged(ensemble: Ensemble, states: JointStates, form: GameForm) -> Judged:
    return judge(form, movers_of(ensemble.model.tables, states))
