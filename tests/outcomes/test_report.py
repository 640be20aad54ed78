"""The section of the report: what it shows is what was found; without an answer there is no section."""

from __future__ import annotations

from realpolitik.report.page.html import section
from realpolitik.report.page.sections.joint import outcomes

from .conftest import FOCAL


def test_the_section_tells_the_sentences_and_the_shares(project):
    found = project.stability(FOCAL).as_json()
    (made,) = outcomes({"outcomes": found})
    text = section(made, "5")
    assert "Which joint outcomes hold" in text
    assert found["rows"][0]["words"] in text
    assert "<svg" in text
    assert "against every coalition" in text
    assert "CSEQ" in text


def test_no_answer_no_section():
    assert list(outcomes({})) == []
