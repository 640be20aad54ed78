"""M28, plans that wait for proof: they read what everybody sees, never what is hidden, and err both ways."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from realpolitik.analyses.policy import Brief, policy
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.errors import RealpolitikError
from realpolitik.project import Project, open_project

from .effects import THREE

pytestmark = [pytest.mark.slow, pytest.mark.reference]

WAIT = "LINK.nato=direct if xfer_evidence > 0.6"
HIDDEN = "LINK.nato=direct if xfer_level > 0.6"
CHANCE = ("false_alarm",)
DETECTION = ("xfer_level -> xfer_evidence",)


@pytest.fixture(scope="module")
def few() -> Project:
    return open_project("northeast-asia", draws=64, cache=False)


def alarm(ensemble: Ensemble) -> Mapping[str, Any]:
    (found,) = (row for row in policy(ensemble, Brief(THREE, (WAIT,))).rows if "condition" in row)
    return found


def test_a_plan_never_reads_what_is_hidden(few: Project) -> None:
    with pytest.raises(RealpolitikError, match="xfer_evidence"):
        few.policy(THREE, [HIDDEN])


def test_false_alarms_misses_and_delay_are_told_with_their_costs(few: Project) -> None:
    found = alarm(few.ensemble())
    assert 0 < found["false_alarms"] < found["misses"] < 1
    assert found["delay_years"] > 0
    for name in ("cost_of_false_alarm", "cost_of_miss", "cost_of_delay"):
        assert found[name] is not None, name
    assert found["cost_of_false_alarm"] > 0


def test_the_trigger_hangs_on_what_comes_out_and_not_on_what_is_done(few: Project) -> None:
    seen, unseen = (alarm(few.ensemble().ablated((*CHANCE, *names))) for names in ((), DETECTION))
    assert seen["hits"] > 0.1
    assert unseen["hits"] < 0.1 * seen["hits"]
    assert unseen["misses"] > seen["misses"]


def test_pledges_too_read_the_public_evidence_alone(few: Project) -> None:
    advised = [item for item in few.situation.promises if item.promiser in ("TRIO", "LINK")]
    assert len(advised) == 2
    assert all("xfer_evidence" in item.key and "xfer_level" not in item.key for item in advised)
