"""Reading `facts.yaml`: metrics, sources, concepts, groups, and series of figures, every problem with its place.

metrics:
  gdp: {name: gross domestic product, unit: billion current USD}
sources:
  wb: World Bank, World Development Indicators, NY.GDP.MKTP.CD
series:
  - metric: gdp
    source: wb
    values:
      AAA: {2022: 100, 2023: 90 to 95}
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from realpolitik.claims.facts.model import Fact, FactsTable, Metric
from realpolitik.claims.written.findings import Collector
from realpolitik.claims.written.nodes import ListNode, MapNode, Node, TextNode, describe, is_empty
from realpolitik.claims.written.yaml_text import read_file
from realpolitik.errors import did_you_mean

SECTIONS = ("metrics", "sources", "concepts", "groups", "series")
SERIES = ("metric", "source", "values", "notes", "unit")
_FIGURE = re.compile(r"(-?[\d.]+(?:[eE][-+]?\d+)?)(?:\s+to\s+(-?[\d.]+(?:[eE][-+]?\d+)?))?")


def read_facts_file(path: Path, shown: str = "") -> FactsTable:
    """The table of a `facts.yaml`; an empty table where there is no such file.

    Raises:
        InputRefused: with everything found wrong.
    """
    if not path.is_file():
        return FactsTable()
    found = Collector()
    table = read_facts(read_file(path, found, shown), found)
    found.raise_if_errors()
    return table


def read_facts(root: Node, found: Collector) -> FactsTable:
    """The table a file's nodes describe; findings go to `found`.

    >>> from realpolitik.claims.written.yaml_text import read_text
    >>> text = "metrics: {gdp: {name: output, unit: USD}}\\nsources: {wb: a bank}\\n"
    >>> text += "series:\\n  - {metric: gdp, source: wb, values: {AAA: {2023: 90 to 95}}}"
    >>> read_facts(read_text(text, Collector()), Collector()).fact("gdp", "AAA")[0].value
    92.5
    """
    if not isinstance(root, MapNode):
        found.error("the file is no mapping of sections.", root.position, f"Known: {', '.join(SECTIONS)}.", "facts")
        return FactsTable()
    for key, _ in root:
        if key.value not in SECTIONS:
            found.error(f"'{key.value}' is no section of facts.", key.position, did_you_mean(key.value, SECTIONS))
    metrics = {key.value: _metric(key, node, found) for key, node in _entries(root, "metrics", found)}
    sources = {key.value: _words(node, found) for key, node in _entries(root, "sources", found)}
    table = FactsTable(metrics=metrics, sources=sources)
    facts = tuple(fact for node in _series(root, found) for fact in _facts(node, table, found))
    _refuse_twice(facts, found)
    concepts = {key.value: _names(node, found, metrics, "metric") for key, node in _entries(root, "concepts", found)}
    actors = {fact.actor for fact in facts}
    groups = {
        key.value: _names(node, found, actors, "actor with facts") for key, node in _entries(root, "groups", found)
    }
    return FactsTable(facts, metrics, concepts, groups, sources)


def _entries(root: MapNode, section: str, found: Collector) -> Iterator[tuple[TextNode, Node]]:
    node = root.get(section)
    if node is None or is_empty(node):
        return
    if isinstance(node, MapNode):
        yield from node
    else:
        found.error(f"{describe(node)} stands where a mapping is expected.", node.position, code="facts")


def _metric(key: TextNode, node: Node, found: Collector) -> Metric:
    if not isinstance(node, MapNode):
        found.error(f"{describe(node)} describes no metric.", node.position, "Write {name: .., unit: ..}.", "facts")
        return Metric(key.value, key.value, "")
    name, unit = (_words(node.get(part) or key, found) for part in ("name", "unit"))
    adds = node.get("adds")
    return Metric(key.value, name, unit, not (isinstance(adds, TextNode) and adds.value == "no"))


def _words(node: Node, found: Collector) -> str:
    if isinstance(node, TextNode):
        return " ".join(node.value.split())
    found.error(f"{describe(node)} stands where a text is expected.", node.position, code="facts")
    return ""


def _names(node: Node, found: Collector, known: Collection[str], what: str) -> tuple[str, ...]:
    items = node.items if isinstance(node, ListNode) else (node,)
    names = [item for item in items if isinstance(item, TextNode)]
    for item in names:
        if item.value not in known:
            found.error(f"'{item.value}' is no {what}.", item.position, did_you_mean(item.value, known), "facts")
    return tuple(item.value for item in names)


def _series(root: MapNode, found: Collector) -> Iterator[MapNode]:
    node = root.get("series")
    for item in node.items if isinstance(node, ListNode) else ():
        if isinstance(item, MapNode):
            yield item
        else:
            found.error(f"{describe(item)} is no series.", item.position, "Write metric, source, values.", "facts")
    if node is not None and not isinstance(node, ListNode) and not is_empty(node):
        found.error("'series' is a list.", node.position, "Begin each with '- metric:'.", "facts")


def _facts(node: MapNode, table: FactsTable, found: Collector) -> Iterator[Fact]:
    for key, _ in node:
        if key.value not in SERIES:
            found.error(f"'{key.value}' is no key of a series.", key.position, did_you_mean(key.value, SERIES), "facts")
    metric = _known(node, "metric", table.metrics, found)
    source = _known(node, "source", table.sources, found)
    values = node.get("values")
    if not isinstance(values, MapNode) or not (metric and source):
        if not isinstance(values, MapNode):
            found.error("a series without values.", node.position, "Write 'values: {AAA: {2023: 1}}'.", "facts")
        return
    notes = node.get("notes")
    for actor, years in values:
        for year, figure in years if isinstance(years, MapNode) else ():
            note = notes.get(f"{actor.value} {year.value}") if isinstance(notes, MapNode) else None
            fact = _fact(actor, year, figure, found)
            if fact is not None:
                said = note.value if isinstance(note, TextNode) else ""
                unit = table.metrics[metric].unit
                yield Fact(actor.value, metric, *fact, unit, source, said, position=year.position)


def _known(node: MapNode, key: str, known: Collection[str], found: Collector) -> str:
    value = node.get(key)
    if isinstance(value, TextNode) and value.value in known:
        return value.value
    given = describe(value) if value is not None else "nothing"
    hint = did_you_mean(getattr(value, "value", ""), known)
    found.error(f"{given} is no {key} of this file.", (value or node).position, hint, "facts")
    return ""


def _fact(actor: TextNode, year: TextNode, figure: Node, found: Collector) -> tuple[int, float, float] | None:
    if not re.fullmatch(r"\d{4}", year.value):
        found.error(f"'{year.value}' is no year.", year.position, "Write four digits.", "facts")
        return None
    match = _FIGURE.fullmatch(figure.value.strip()) if isinstance(figure, TextNode) else None
    try:
        low = float(match.group(1)) if match else float("nan")
        high = float(match.group(2)) if match and match.group(2) else low
    except ValueError:
        match = None
    if match is None or not low <= high:
        hint = "Write a number, or 'low to high'."
        found.error(f"{describe(figure)} is no figure ({actor.value} {year.value}).", figure.position, hint, "facts")
        return None
    return int(year.value), low, high


def _refuse_twice(facts: tuple[Fact, ...], found: Collector) -> None:
    seen: dict[tuple[str, str, int, str], Fact] = {}
    for fact in facts:
        key = (fact.actor, fact.metric, fact.year, fact.source)
        first = seen.setdefault(key, fact)
        if first is not fact:
            message = f"{fact.actor} {fact.metric} {fact.year} of '{fact.source}' is given twice."
            found.error(message, fact.position, f"First in line {first.position.line}.  Keep one.", "facts")
