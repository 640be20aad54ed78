"""What differs, and what it moved: every part adds up; Shapley values of published games."""

from __future__ import annotations

from pathlib import Path

import pytest

from realpolitik.analyses.difference import shapley
from realpolitik.errors import RealpolitikError
from realpolitik.project import Project, open_project
from realpolitik.situation.changes import between, changes, plain

STRAIT = Path(__file__).parent.parent / "cases" / "strait.yaml"


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """The strait with a stronger influence, a weaker interest, and an option on another level."""
    text = STRAIT.read_text(encoding="utf-8")
    for old, new in (
        ("arsenal raises tension: moderate if", "arsenal raises tension: decisive if"),
        ("vital: less (evidence and", "minor: less (evidence and"),
        ("ALA.arm:     {now: off", "ALA.arm:     {now: on"),
    ):
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "other.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def opened(path: Path) -> Project:
    return open_project(path, draws=32, cache=False)


def test_shapley_values_of_the_airport_game() -> None:
    """A runway for three: each step of its length is shared by those who need it (Littlechild and Owen, Management
    Science 20 (1973), pp. 370-372)."""
    costs = (1.0, 2.0, 3.0)
    found = shapley(3, lambda s: max((costs[n] for n in s), default=0.0))
    assert found == pytest.approx((1 / 3, 1 / 3 + 1 / 2, 1 / 3 + 1 / 2 + 1))


def test_differences_are_found_by_entry_and_undo_them(changed: Path) -> None:
    one, other = opened(STRAIT).situation, opened(changed).situation
    found = changes(one, other)
    assert {(change.kind, change.entry) for change in found} == {
        ("option", "ALA.arm"),
        ("influence", "arsenal -> tension"),
        ("interest", "BOR: evidence and not PACT.drill=public"),
    }
    assert changes(between(one, found), other) == ()
    assert [plain(c.edits[0].before) for c in changes(other, one)] == [plain(c.edits[0].after) for c in found]
    assert {change.entry: (change.before, change.after) for change in found}["ALA.arm"] == ("now off", "now on")


def test_parts_add_up_to_what_moved(changed: Path) -> None:
    found = opened(STRAIT).diff(str(changed))
    assert "Shapley" in found.about["attribution"]
    parts = found.arrays["part"]
    assert parts.values.shape[1] == 3
    moved = {row["answer"]: row for row in found.rows if "answer" in row}
    from realpolitik.analyses.difference import _asking  # noqa: PLC0415

    one, other = opened(STRAIT).ensemble(), opened(changed).situation
    every = changes(one.model.situation, other)
    worth = _asking(one, every, frozenset(moved), 32)
    ends = worth(frozenset()), worth(frozenset(range(len(every))))
    for handle, row in zip(parts.coords["answer"], parts.values, strict=True):
        assert row.sum() == pytest.approx(ends[1][handle] - ends[0][handle])


def test_many_differences_are_taken_in_order(tmp_path: Path) -> None:
    text = STRAIT.read_text(encoding="utf-8").replace("chance: 10% to 20% per year", "chance: 30% to 60% per year")
    text = (
        text.replace("now: 0.3 to 0.5", "now: 0.5 to 0.7")
        .replace("industry: {from: idle, to: full, now: 0.6", ("industry: {from: idle, to: full, now: 0.3"))
        .replace(
            "tension:  {from: calm, to: brink of war, now: 0.4", "tension:  {from: calm, to: brink of war, now: 0.6"
        )
    )
    text = text.replace("price: 5 points, revisited", "price: 1 point, revisited")
    path = tmp_path / "other.yaml"
    path.write_text(text.replace("  - PAT.credit raises industry: weak after 6 months\n", ""), encoding="utf-8")
    found = opened(STRAIT).diff(str(path))
    assert "one after another" in found.about["attribution"]
    assert len([row for row in found.rows if "entry" in row]) == 6


def test_a_new_option_comes_with_what_names_it(tmp_path: Path) -> None:
    text = STRAIT.read_text(encoding="utf-8").replace(
        "  PACT.drill:  {levels", "  ISL.base: {now: off}\n  PACT.drill:  {levels"
    )
    text = text.replace(
        "  - BOR.blockade raises tension", "  - ISL.base raises tension: strong\n  - BOR.blockade raises tension"
    )
    path = tmp_path / "other.yaml"
    path.write_text(text, encoding="utf-8")
    found = changes(opened(STRAIT).situation, opened(path).situation)
    assert len(found) == 1
    assert len(found[0].edits) == 2
    assert opened(STRAIT).diff(str(path)).rows


def test_what_does_not_differ_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "same.yaml"
    path.write_text(STRAIT.read_text(encoding="utf-8") + "\n# a comment\n", encoding="utf-8")
    with pytest.raises(RealpolitikError, match="do not differ"):
        opened(STRAIT).diff(str(path))
    with pytest.raises(RealpolitikError):
        opened(STRAIT).diff("nowhere.yaml")
    with pytest.raises(RealpolitikError):
        opened(STRAIT).diff("@1999-01-01")
    with pytest.raises(RealpolitikError):
        opened(STRAIT).diff("+nobody")
