"""Every bundled situation made to teach reads clean and says that it is an illustration."""

from __future__ import annotations

import pytest

from realpolitik.project.locate import BUNDLED, bundled
from realpolitik.situation.reader import check_situation

ILLUSTRATIONS = ("cuban-missiles", "rare-metals")


@pytest.mark.parametrize("name", ILLUSTRATIONS)
def test_it_is_listed_and_reads_without_a_finding(name: str) -> None:
    assert name in bundled()
    assert not check_situation(BUNDLED / name).findings


@pytest.mark.parametrize("name", ILLUSTRATIONS)
def test_it_says_that_it_is_an_illustration(name: str) -> None:
    situation = check_situation(BUNDLED / name).situation
    assert situation is not None
    assert "illustration" in situation.title
    assert "no documents" in situation.note
