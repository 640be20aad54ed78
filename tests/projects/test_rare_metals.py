"""The illustration without arms: it reads clean, says that it is invented, and its notes say what its verdicts are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from realpolitik.analyses.verdicts import Verdict, verdicts
from realpolitik.project import open_project
from realpolitik.project.locate import BUNDLED

FOLDER = BUNDLED / "rare-metals"


@pytest.fixture(scope="module")
def found() -> Mapping[str, Verdict]:
    project = open_project("rare-metals", draws=256, cache=False)
    return {item.claim: item for item in verdicts(project)}


def test_every_claim_has_a_check_and_a_line_in_the_notes(found: Mapping[str, Verdict]) -> None:
    assert sorted(found) == [f"r{number:02}" for number in range(1, 13)]
    assert set(told()) == set(found)


def test_the_notes_tell_the_verdicts_as_they_are(found: Mapping[str, Verdict]) -> None:
    assert told() == {name: item.verdict for name, item in found.items()}


def told() -> dict[str, str]:
    """Claim: verdict, by the table of the notes."""
    text = Path(FOLDER / "notes.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| (r\d\d) \| ([a-z ]+?) \|", text, flags=re.M))
