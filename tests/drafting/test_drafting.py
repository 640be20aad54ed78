"""Drafts from articles: what is proposed, who said it, what is left blank, and that filling in makes it run."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from realpolitik.cli.draft_commands import register
from realpolitik.errors import InputRefused, QuestionRefused
from realpolitik.project import open_project
from realpolitik.project.anchors import verify_sources
from realpolitik.project.drafting import BLANK, Proposed, factor_ids, influences_in, parties_in
from realpolitik.situation.reader import check_situation

ARTICLE = """Arms sales to Japan could raise tension in the strait, Irma Birk of the Strait Institute said on Monday.

“The new export rules will weaken the harbour trade,” the foreign minister of France told reporters in Paris.

According to a report by the Coast Institute, tension in the strait reduces foreign investment.

Japan denied that the drills increase tension in the strait: "not a yaml # comment", it said.
"""


def drafted(folder: Path, text: str = ARTICLE, *more: str) -> tuple[int, str, Path]:
    path = folder / "article.txt"
    path.write_text(text, encoding="utf-8")
    app = typer.Typer()
    app.callback()(lambda: None)
    register(app)
    made = CliRunner().invoke(app, ["draft", str(path), *more, "--out", str(folder / "new")])
    if made.exception is not None and not isinstance(made.exception, SystemExit):
        raise made.exception
    return made.exit_code, made.output, folder / "new"


def test_parties_claims_and_influences_are_proposed(tmp_path: Path) -> None:
    _, said, folder = drafted(tmp_path)
    text = (folder / "situation.yaml").read_text(encoding="utf-8")
    assert "2 parties" in said
    assert "FRA: {name: France}" in text
    assert f"- arms_sales_to_japan raises tension_in_the_strait: {BLANK} (c1)" in text
    assert f"- new_export_rules lowers harbour_trade: {BLANK} (c2)" in text
    assert f"- tension_in_the_strait lowers foreign_investment: {BLANK} (c3)" in text
    assert "# c1, Irma Birk: 'Arms sales" in text


def test_a_denied_influence_is_a_claim_and_no_influence(tmp_path: Path) -> None:
    _, _, folder = drafted(tmp_path)
    assert "drills" in (folder / "claims.yaml").read_text(encoding="utf-8")
    assert "drills" not in (folder / "situation.yaml").read_text(encoding="utf-8")


def test_every_blank_is_found_and_a_filled_in_draft_runs(tmp_path: Path) -> None:
    _, _, folder = drafted(tmp_path)
    path = folder / "situation.yaml"
    text = path.read_text(encoding="utf-8")
    findings = [item for item in check_situation(folder).findings if item.severity == "error"]
    blanks = [n for n, line in enumerate(text.split("\n"), 1) if BLANK in line and not line.lstrip().startswith("#")]
    assert [item.position.line for item in findings] == blanks
    assert len(blanks) == 8  # five factors, three influences
    assert all("for you to fill in" in str(item) for item in findings)
    filled = text.replace(f"now: {BLANK}", "now: 0.3 to 0.5").replace(f": {BLANK} (", ": strong (")
    path.write_text(filled, encoding="utf-8")
    assert open_project(folder, draws=4, cache=False).futures().rows


def test_claims_stand_where_their_anchors_say(tmp_path: Path) -> None:
    _, _, folder = drafted(tmp_path)
    assert verify_sources(folder).is_clean


def test_a_folder_with_anything_in_it_is_left_alone(tmp_path: Path) -> None:
    _, _, folder = drafted(tmp_path)
    before = (folder / "situation.yaml").read_bytes()
    with pytest.raises(QuestionRefused, match="not empty"):
        drafted(tmp_path)
    assert (folder / "situation.yaml").read_bytes() == before


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "new").symlink_to(tmp_path / "nowhere" / "deeper")
    with pytest.raises(QuestionRefused, match="cannot be made"):
        drafted(tmp_path)


def test_an_article_without_statements_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(QuestionRefused, match="No attributed statement"):
        drafted(tmp_path, "The harbour was calm.")
    assert not (tmp_path / "new").exists()


def test_the_same_article_twice_is_read_once_and_a_missing_one_refused(tmp_path: Path) -> None:
    (tmp_path / "copy.txt").write_text(ARTICLE, encoding="utf-8")
    _, said, _ = drafted(tmp_path, ARTICLE, str(tmp_path / "copy.txt"))
    assert "read once" in said
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(InputRefused):
        drafted(other, ARTICLE, str(tmp_path / "none.txt"))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Sanctions on ore led to higher prices", ()),  # no verb of the list in a form it knows
        ("Sanctions on ore lead to higher prices", (Proposed("Sanctions on ore", "raises", "higher prices"),)),
        ("The ministry wants to raise taxes", ()),
        ("Drills would not lower the risk", ()),
        ("Drills, which deter nobody, strengthen the pact", ()),  # the cause is cut off: nothing is guessed
        ("Tension raises tension", ()),
        ("Then they can strengthen the pact", ()),
    ],
)
def test_influences_are_read_from_plain_sentences(words: str, found: tuple[Proposed, ...]) -> None:
    assert influences_in(words) == found


def test_ids_are_legal_short_and_distinct() -> None:
    made = factor_ids(["Not", "5 ships", "a very long name of something", "a very long name of somebody", "漢字"])
    assert len(made) == 5
    assert all(name.isidentifier() and name.isascii() and len(name) <= 27 for name in made)


def test_a_state_named_once_in_passing_is_no_party() -> None:
    assert parties_in(["France met France. Japan was there."], []) == {"FRA": "France"}
    assert set(parties_in(["France met France. Japan was there."], ["Japan pays"])) == {"FRA", "JPN"}
