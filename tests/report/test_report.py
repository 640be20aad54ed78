"""The report: whole, self-contained, escaped, linked; its twins say the same."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zipfile
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest

from realpolitik.language.likelihood import describe
from realpolitik.report.page.blocks import Section, para
from realpolitik.report.page.page import page as write
from realpolitik.report.page.sections import SECTIONS, register, sections
from realpolitik.report.page.style import STYLE
from realpolitik.report.page.text import twin
from realpolitik.report.page.word import word_file

from .hostile import BAD

VOID = {"meta", "br", "img", "hr", "input", "link"}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Read(HTMLParser):
    """Elements, ids, links and text of a page; raises where tags do not close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def all(self, name: str) -> set[str]:
        return {str(attrs[name]) for _, attrs in self.tags if attrs.get(name) is not None}


@pytest.fixture(scope="module")
def read(page: str) -> Read:
    return Read(page)


def test_every_tag_closes_and_nothing_free_became_markup(read: Read) -> None:
    assert not read.open
    tags = {tag for tag, _ in read.tags}
    assert not tags & {"script", "img", "iframe", "object", "embed", "link", "form", "base", "video"}
    assert not any(name.startswith("on") for _, attrs in read.tags for name in attrs)


def test_the_hostile_texts_are_all_shown_as_text(read: Read) -> None:
    shown = "".join(read.words)
    for name in ("Two rivals", "A note", "Who pays", "Aland", "Coast Pact", "arming", "to be noticed", "a test"):
        assert f"{name} {BAD}"[:30] in shown, name
    for name in (
        "It hurts",
        "field of his own",
        "It helps, or hurts",
        "the horizon",
        "On the harbour",
        "fuel for ore",
        "a plant",
    ):
        assert f"{name} {BAD}"[:24] in shown, name


def test_nothing_comes_from_outside(page: str, read: Read) -> None:
    addresses = set(re.findall(r"https?://[^\s\"'<]+", page))
    assert addresses <= {"http://www.w3.org/2000/svg"}
    assert all(link.startswith("#") for link in read.all("href"))
    assert not read.all("src")
    assert "url(" not in STYLE
    assert "@import" not in STYLE


def test_the_policy_allows_the_one_style_sheet_and_nothing_else(page: str, read: Read) -> None:
    (policy,) = {str(attrs["content"]) for tag, attrs in read.tags if attrs.get("http-equiv")}
    style = re.search(r"<style>(.*?)</style>", page, flags=re.S)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style.group(1).encode()).digest()).decode()
    assert "default-src 'none'" in policy
    assert f"style-src 'sha256-{digest}'" in policy
    assert page.count("<style") == 1
    assert not read.all("style")


def test_ids_are_unique_and_every_link_leads_somewhere(read: Read) -> None:
    ids = [str(attrs["id"]) for _, attrs in read.tags if attrs.get("id") is not None]
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in read.all("href")} <= set(ids)


def test_a_number_leads_to_its_why_and_from_there_to_the_claim(data: dict[str, Any], page: str) -> None:
    ask = "gain(CCC at 3 years | do(scenario buildup))"
    (name,) = data["whys"]["lines"][ask]
    asked = page[page.index('<section id="q1"') :]
    assert f'href="#{name}"' in asked[: asked.index("</section>")]
    told = page[page.index(f'id="{name}"') :]
    assert 'href="#claim-c1"' in told.partition("<h3 id=")[0]
    assert 'id="claim-c1"' in page


def test_marking_and_notice_stand_at_head_and_foot(page: str) -> None:
    assert page.count("TLP:AMBER &lt;b&gt;") == 2
    assert page.count("Model-based: ") == 2


def test_likelihood_has_its_number_and_confidence_its_own_sentence(data: dict[str, Any]) -> None:
    told = twin(data)
    line = next(line for line in data["assessment"]["answers"][0]["lines"] if line["ask"].startswith("P("))
    assert describe(line["data"]["value"]) in line["text"]
    first = next(section for section in told["sections"] if section["id"] == "judgements")
    confident = [text for text in first["blocks"] if isinstance(text, str) and "Confidence:" in text]
    assert confident
    assert not any(re.search(r"ICD 203 \d", text) for text in confident)
    likely = [text for block in first["blocks"] for text in (block if isinstance(block, list) else [block])]
    assert not [text for text in likely if isinstance(text, str) and "ICD 203" in text and "onfidence" in text]


def test_what_can_be_read_is_what_was_computed(data: dict[str, Any], read: Read) -> None:
    shown = "".join(read.words)
    for line in data["assessment"]["answers"][0]["lines"]:
        assert line["text"][:40] in shown
    assert data["about"]["situation_sha256"] in shown
    assert data["about"]["model_sha256"] in shown
    assert all(name in SECTIONS for name in ("judgements", "method", "reproduce"))


def test_a_part_that_cannot_be_answered_leaves_its_reason(data: dict[str, Any]) -> None:
    less = {**data, "left_out": {"assumptions": "too few draws"}}
    less.pop("assumptions")
    assert "Not ranked: too few draws" in write(less)


@pytest.mark.parametrize(
    "part", ["verdicts", "assumptions", "evidence", "whys", "hypotheses", "indicators", "deals", "needs"]
)
def test_the_report_goes_on_without_a_part(data: dict[str, Any], part: str) -> None:
    less = {name: item for name, item in data.items() if name != part}
    less.setdefault("left_out", {})
    assert not Read(write(less)).open


def test_a_later_part_adds_its_section(data: dict[str, Any]) -> None:
    known = dict(SECTIONS)
    try:
        register("coda", lambda _: iter([Section("coda", "A coda", (para("Last words."),))]), after="gains")
        order = [section.id for section in sections(data)]
        assert order.index("coda") == order.index("gains") + 1
        with pytest.raises(KeyError, match="there is no section 'nowhere'"):
            register("x", lambda _: iter(()), after="nowhere")
    finally:
        SECTIONS.clear()
        SECTIONS.update(known)


def test_the_twin_is_plain_data_with_the_same_sections(data: dict[str, Any], page: str) -> None:
    told = json.loads(json.dumps(twin(data), allow_nan=False))
    assert [section["id"] for section in told["sections"]] == re.findall(r'<section id="([^"]+)"', page)
    assert told["about"] == data["about"]


def test_the_word_file_is_sound_with_claims_as_footnotes(data: dict[str, Any]) -> None:
    made = word_file(data)
    assert made == word_file(data)
    with zipfile.ZipFile(BytesIO(made)) as archive:
        parts = {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}
    body, notes = parts["word/document.xml"], parts["word/footnotes.xml"]
    cited = {item.get(f"{W}id") for item in body.iter(f"{W}footnoteReference")}
    assert cited
    assert cited <= {item.get(f"{W}id") for item in notes}
    texts = ["".join(item.itertext()) for item in notes]
    assert any(text.strip().startswith("c1: A. Analyst") for text in texts)
    marks = {item.get(f"{W}name") for item in body.iter(f"{W}bookmarkStart")}
    assert {item.get(f"{W}anchor") for item in body.iter(f"{W}hyperlink")} <= marks
    for edge in ("header1", "footer1"):
        assert "TLP:AMBER <b>" in "".join(parts[f"word/{edge}.xml"].itertext())
    assert "Model-based" in "".join(parts["word/footer1.xml"].itertext())


def test_the_same_data_give_the_same_page(data: dict[str, Any], page: str) -> None:
    assert write(json.loads(json.dumps(data))) == page
    assert len(page.encode()) < 2_000_000
