"""Attributions in texts written and annotated for this project, and in the shared hand-made ones where at hand."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realpolitik.sources.attribution.extract import extract
from realpolitik.sources.attribution.formats import as_json
from realpolitik.sources.attribution.lexicon import cue_forms
from realpolitik.sources.attribution.model import Attribution
from realpolitik.sources.attribution.rules import RULES, Rule
from tests.sources.marked import corpus
from tests.sources.scoring import Score, add, letters

SHARED = Path(__file__).parents[3] / "shared"
HOUSE = SHARED / "data/attribution/house_style_example.json"
NEWS = SHARED / "data/attribution/gum_news_dev.json"


def words(text: str, spans: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(text[start:end] for start, end in spans)


def only(text: str) -> Attribution:
    found = extract(text)
    assert len(found) == 1, [(item.rule, words(text, item.content)) for item in found]
    return found[0]


def scored(documents: list[dict[str, Any]]) -> Score:
    score = Score()
    for document in documents:
        add(score, document["text"], document["attributions"], extract(document["text"]))
    return score


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_every_rule_finds_its_example(rule: Rule) -> None:
    found = [
        (item.rule, words(rule.example, item.content), "".join(words(rule.example, item.source)))
        for item in extract(rule.example)
    ]
    assert (rule.id, rule.content, rule.source) in found


def test_own_texts_meet_the_targets() -> None:
    score = scored(corpus())
    assert score.gold > 140
    assert score.precision >= 0.95
    assert score.recall >= 0.95
    assert score.direct_found == score.direct
    assert score.sources_right >= 0.95 * score.sources
    assert score.hedges_right >= 0.9 * score.hedges
    assert score.hedges_right >= 0.85 * score.hedges_said
    assert score.countries_right >= 0.9 * score.right
    assert score.countries_wrong <= 0.05 * score.right
    assert score.polarity_wrong == 0


@pytest.mark.skipif(not HOUSE.exists(), reason="the shared annotated texts are not here")
def test_shared_house_style_texts_meet_the_targets() -> None:
    score = scored(json.loads(HOUSE.read_text(encoding="utf-8"))["documents"])
    assert score.precision >= 0.9
    assert score.recall >= 0.85
    assert score.direct_found == score.direct
    assert score.hedges_right >= 0.9 * score.hedges
    assert score.countries_right >= 0.8 * score.right
    assert score.countries_wrong <= 0.05 * score.right


@pytest.mark.skipif(not NEWS.exists(), reason="the shared annotated texts are not here")
def test_other_news_keeps_recall_and_few_false_alarms() -> None:
    documents = json.loads(NEWS.read_text(encoding="utf-8"))["documents"]
    score = scored(documents)
    assert score.recall >= 0.8
    assert score.precision >= 0.7


@pytest.mark.parametrize(
    "text",
    [
        "Photo: The minister said to be resting. A. Example / Agency",
        "By Ana Ruiz",
        "Edited by Ana Ruiz and Ben Example",
        "The opinions expressed here are those of the author and do not reflect the views of the forum.",
        "Updated to add what the minister said on Friday",
        "The territorial claims of both sides are old.",
        "The think tank moved its office.",
        "Prices rose again, which suggests that demand is strong.",
        "The army could not continue fighting.",
        "Work began according to plan.",
        "Neither government has confirmed this.",
        "If the minister says that the road is closed, nobody will drive.",
        'He was a user labelled "Anonymous".',
        "She declined to comment.",
    ],
)
def test_what_is_no_attribution(text: str) -> None:
    assert [words(text, item.content) for item in extract(f"{text}\n\nThe road stayed closed.")] == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The army denied that it had crossed the river.", "that it had crossed the river"),
        ("Moscow has rejected the accusation.", "the accusation"),
        ("The general refused to resign.", "to resign"),
    ],
)
def test_denials_and_refusals_are_negative(text: str, content: str) -> None:
    item = only(text)
    assert (item.polarity, words(text, item.content)) == ("negative", (content,))


def test_contrasts_and_circumstances_of_the_writer_stay_outside() -> None:
    text = "As the rumours spread, two ships have turned back, according to the harbour office, on Friday."
    assert words(text, only(text).content) == ("two ships have turned back",)
    text = "He said the road was open, but the latest pictures show barriers."
    assert words(text, extract(text)[0].content) == ("the road was open",)
    text = "Since he has said that he will come (perhaps by boat), the talks may start."
    assert words(text, only(text).content) == ("that he will come",)


def test_two_verbs_share_one_source() -> None:
    text = "The envoy said the talks had failed and insisted that nobody was to blame."
    assert [words(text, item.content) for item in extract(text)] == [
        ("the talks had failed",),
        ("that nobody was to blame",),
    ]
    assert {words(text, item.source) for item in extract(text)} == {("The envoy",)}


def test_chains_run_from_the_outermost_to_the_origin() -> None:
    text = "The bridge was mined, the Coast Gazette claimed, quoting the army's chief of staff Ivo Brandt."
    assert [step.speaker.name for step in only(text).chain] == ["Coast Gazette", "Ivo Brandt"]
    text = "According to a report from the Coast Gazette, quoting the engineer Ivo Brandt, the bridge was mined."
    assert [step.speaker.name for step in extract(text)[0].chain][-1] in {"Coast Gazette", "Ivo Brandt"}


def test_pronouns_and_surnames_lead_to_the_first_full_mention() -> None:
    text = (
        "Ana Ruiz, an engineer at the Chilean Institute of Roads, said the bridge was safe. "
        '"I would cross it today," she added.\n\nRuiz told a newspaper that trucks could follow.'
    )
    assert {item.speaker.name for item in extract(text) if item.speaker} == {"Ana Ruiz"}
    assert {item.speaker.country for item in extract(text) if item.speaker} == {"CHL"}


def test_hedges_have_scope_and_stand_in_the_text() -> None:
    text = "Analysts have speculated that the bridge may possibly fail."
    found = [(text[h.span.start : h.span.end], h.scope) for h in only(text).hedges]
    assert found == [("may", "content"), ("possibly", "content"), ("have speculated", "cue")]


def test_months_and_might_are_no_hedges() -> None:
    text = "He said that on May 3 the military might of both sides was shown as soon as possible."
    assert only(text).hedges == ()


def test_dates_are_resolved_from_the_documents_own() -> None:
    text = (
        "Bridge closed\n\nFriday, 7 June 2019\n\nThe mayor said the bridge would open on 12 August and close in 2021."
    )
    found = extract(text)[0].dates
    assert [value for _, value in found] == ["2019-08-12", "2021"]


def test_thoughts_are_given_only_when_asked_for() -> None:
    text = "Analysts believe that the bridge will hold."
    assert extract(text) == ()
    assert [item.optional for item in extract(text, thoughts=True)] == [True]


def test_single_marks_quote_where_no_double_ones_do() -> None:
    text = "‘It’s the workers’ bridge,’ the mayor said. ‘They’ll keep it.’"
    item = only(text)
    assert item.kind == "direct"
    assert words(text, item.content) == ("‘It’s the workers’ bridge,’", "‘They’ll keep it.’")


def test_quotations_over_several_paragraphs_stay_together() -> None:
    text = 'The mayor said, "The bridge is old.\n\n"It will be closed."'
    assert len(extract(text)) == 2
    text = 'The mayor said, "The bridge is old.\n\nIt will be closed."'
    assert words(text, only(text).content)[-1] == 'It will be closed."'


TYPOGRAPHY = st.sampled_from([" ", "\u00a0", "\u00ad", "\u202e", "\u200b"])


@given(st.lists(st.tuples(st.integers(0, 90), TYPOGRAPHY), max_size=8))
def test_spans_are_literal_whatever_the_typography(marks: list[tuple[int, str]]) -> None:
    text = "\u201cThe road is open,\u201d said Ana Ruiz of the Coast Guard. It may close, the army said."
    for place, mark in marks:
        text = text[:place] + mark + text[place:]
    assert_literal(text)


PIECES = st.sampled_from([*"abS. ,\"“”'()\n:;-0", " said ", " that ", " according to ", "who ", " The ", " and "])


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=40))
def test_no_text_breaks_extraction(pieces: list[str]) -> None:
    assert_literal("".join(pieces))


def assert_literal(text: str) -> None:
    for item in extract(text, thoughts=True):
        spans = [*item.content, *item.source, *item.cue, *(hedge.span for hedge in item.hedges)]
        assert all(0 <= start < end <= len(text) for start, end in spans)
    for item in as_json(text, extract(text)):
        for span in [*item["content"], *item["source"], *item["cue"], *item["hedges"]]:
            assert text[span["start"] : span["end"]] == span["exact"]


def test_fifteen_hundred_words_take_well_under_two_seconds() -> None:
    text = "\n\n".join(document["text"] for document in corpus())
    text = " ".join(text.split(" ")[:1500])
    start = time.perf_counter()
    extract(text)
    assert time.perf_counter() - start < 1.5


def test_forms_of_irregular_verbs_are_known() -> None:
    assert {"said", "denied", "wrote", "swore", "dubbed", "admitting", "told"} <= set(cue_forms())


REFERENCE = SHARED / "reference"
NARRATION = ("narration", "heading", "headline", "caption", "hosting")


def reported_claims() -> list[dict[str, Any]]:
    """The hand-written claims of the shared reference documents that somebody is reported to make."""
    claims = json.loads((REFERENCE / "claims.json").read_text(encoding="utf-8"))
    chains = Counter((claim["file"], len(claim["attribution"])) for claim in claims)
    own = {file: length for (file, length), _ in sorted(chains.items(), key=lambda item: item[1])}
    return [claim for claim in claims if len(claim["attribution"]) > own[claim["file"]] and not _narrated(claim)]


def _narrated(claim: dict[str, Any]) -> bool:
    return any(word in claim["speaker"] for word in NARRATION)


@pytest.mark.skipif(not (REFERENCE / "claims.json").exists(), reason="the reference documents are not here")
def test_reported_claims_of_the_reference_documents_are_found() -> None:
    missed, claims = [], reported_claims()
    texts = {path.name: path.read_bytes().decode("utf-8") for path in (REFERENCE / "documents").glob("*.txt")}
    covered = {name: letters(text, attributed(text)) for name, text in texts.items()}
    for claim in claims:
        start = texts[claim["file"]].find(claim["quote"])
        wanted = letters(texts[claim["file"]], [(start, start + len(claim["quote"]))])
        if len(wanted & covered[claim["file"]]) < 0.6 * len(wanted):
            missed.append(claim["id"])
    assert len(claims) >= 30
    assert len(missed) <= 0.1 * len(claims), missed


def attributed(text: str) -> list[tuple[int, int]]:
    """Everything an attribution covers: content, source and verb."""
    return [span for item in extract(text) for spans in (item.content, item.source, item.cue) for span in spans]
