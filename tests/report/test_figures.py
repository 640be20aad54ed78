"""One contract for every picture: sound SVG, nothing outside, no label over another, names for readers, escaped."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest

from realpolitik.report.figures import FIGURES, Figure
from realpolitik.report.figures.style import DARK, LIGHT
from realpolitik.report.figures.text import width

from .samples import SAMPLES, network_data

WIDTHS = (380.0, 720.0, 1200.0)
SVG = "{http://www.w3.org/2000/svg}"
every_picture = pytest.mark.parametrize("name", FIGURES)
every_size = pytest.mark.parametrize("wide", WIDTHS)


def test_every_picture_has_a_sample() -> None:
    assert set(SAMPLES) == set(FIGURES)


def drawn(name: str, **more: Any) -> tuple[Figure, ET.Element]:
    figure = SAMPLES[name](**more)
    return figure, ET.fromstring(figure.svg)


def boxes(root: ET.Element) -> list[tuple[str, float, float, float, float]]:
    """Words and box of every text, by the widths the pictures are laid out with (without the safety margin)."""
    found = []
    for item in root.iter(f"{SVG}text"):
        words, size = item.text or "", float(item.get("font-size", 13))
        x, y = float(item.get("x", 0)), float(item.get("y", 0))
        wide = width(words, size) / 1.04
        left = {"middle": x - wide / 2, "end": x - wide}.get(item.get("text-anchor", ""), x)
        found.append((words, left, y - 0.74 * size, left + wide, y + 0.2 * size))
    return found


@every_picture
@every_size
def test_no_label_lies_over_another_or_outside(name: str, wide: float) -> None:
    figure, root = drawn(name, wide=wide)
    texts = boxes(root)
    assert texts
    outside = [
        item
        for item in texts
        if item[1] < -1.5 or item[3] > figure.canvas.wide + 1.5 or item[4] > figure.canvas.tall + 1 or item[2] < -1
    ]
    assert not outside
    over = [
        (a[0], b[0])
        for a, b in itertools.combinations(texts, 2)
        if min(a[3], b[3]) - max(a[1], b[1]) > 0.5 and min(a[4], b[4]) - max(a[2], b[2]) > 0.5
    ]
    assert not over


@every_picture
def test_it_says_what_it_is(name: str) -> None:
    figure, root = drawn(name)
    assert root.get("role") in ("img", "group")
    assert root.get("aria-label") == figure.title
    assert (root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")) == (figure.title, figure.note)
    assert figure.name == name
    assert len(figure.title.split()) > 2
    assert figure.table.rows
    assert all(len(row) == len(figure.table.columns) for row in figure.table.rows)


@every_picture
def test_title_can_be_given_and_nothing_free_becomes_markup(name: str) -> None:
    bad = "</title><script>alert(1)</script>&"
    figure, root = drawn(name, title=bad)
    assert figure.title == bad
    assert not list(root.iter(f"{SVG}script"))
    assert "<script" not in figure.html() + figure._repr_html_()


@every_picture
def test_it_needs_nothing_from_outside_and_stands_in_a_page(name: str) -> None:
    figure, root = drawn(name)
    assert "http" not in figure.svg.replace("http://www.w3.org/2000/svg", "")
    assert "<style" in figure._repr_svg_()
    assert "<style" not in figure.bare
    classes = {word for item in root.iter() for word in (item.get("class") or "").split()}
    known = set(re.findall(r"\.([a-z][\w-]*)", figure.svg)) | {"box"}
    assert classes <= known


@every_picture
def test_a_slide_says_title_note_notice_and_marking(name: str) -> None:
    figure = SAMPLES[name]()
    root = ET.fromstring(figure.slide("Model-based.", "TLP:RED <i>"))
    told = [item.text or "" for item in root.iter(f"{SVG}text")]
    assert told.count("TLP:RED <i>") == 2
    assert "Model-based." in told
    assert " ".join(told).replace("  ", " ").startswith(f"TLP:RED <i> {figure.title}"[:40])


@every_picture
def test_the_same_numbers_give_the_same_picture(name: str) -> None:
    assert SAMPLES[name]().svg == SAMPLES[name]().svg


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read_and_gain_differs_from_loss_in_grey(colours: dict[str, str]) -> None:
    for ink in ("ink", "soft", "gain", "loss", "accent"):
        assert contrast(colours[ink], colours["paper"]) >= 4.5, ink
    assert contrast(colours["gain-fill"], colours["loss-fill"]) >= 1.4 or colours is DARK
    for line in ("soft", "ink"):
        assert contrast(colours[line], colours["panel"]) >= 4.5


def test_a_focus_keeps_what_an_actor_moves_and_wants() -> None:
    nodes, links = network_data()
    figure = FIGURES["network"](nodes, links, focus="A0")
    names = {node["id"]: node["name"] for node in nodes}
    whole = {row[0] for row in FIGURES["network"](nodes, links).table.rows}
    kept = {row[0] for row in figure.table.rows}
    assert names["A0"] in kept
    assert kept < whole
    wanted = {node["id"] for node in nodes if "A0" in (*node.get("more", ()), *node.get("less", ()))}
    ends = {row[2] for row in figure.table.rows}
    assert {names[item] for item in wanted if any(link["to"] == item for link in links)} <= ends


def test_boxes_of_a_network_do_not_touch() -> None:
    root = ET.fromstring(SAMPLES["network"]().svg)
    shown = [item for item in root.iter(f"{SVG}rect") if "box" in (item.get("class") or "")]
    assert len(shown) == 51
    placed = [tuple(float(item.get(key, 0)) for key in ("x", "y", "width", "height")) for item in shown]
    for (x, y, w, h), (u, v, p, q) in itertools.combinations(placed, 2):
        assert x + w <= u or u + p <= x or y + h <= v or v + q <= y
