"""A table of figures as the text of a `facts.yaml`: sections in a fixed order, one line for each actor of a series."""

from __future__ import annotations

from collections.abc import Iterator

from realpolitik.claims.facts.model import Fact, FactsTable


def facts_text(table: FactsTable) -> str:
    """What `read_facts` reads back as the same table (figures about pairs, which the file has no place for, left out).

    >>> from realpolitik.claims.facts.model import Metric
    >>> facts = (Fact("AAA", "gdp", 2020, 1, 2, "USD", "wb"),)
    >>> print(facts_text(FactsTable(facts, {"gdp": Metric("gdp", "output", "USD")}, sources={"wb": "a bank"})), end="")
    metrics:
      gdp: {name: "output", unit: "USD"}
    sources:
      wb: "a bank"
    series:
      - metric: gdp
        source: wb
        values:
          AAA: {2020: 1 to 2}
    """
    return "\n".join(_lines(table)) + "\n"


def _lines(table: FactsTable) -> Iterator[str]:
    yield "metrics:"
    for metric in table.metrics.values():
        adds = "" if metric.adds else ", adds: no"
        yield f"  {metric.id}: {{name: {_quoted(metric.name)}, unit: {_quoted(metric.unit)}{adds}}}"
    yield "sources:"
    yield from (f"  {name}: {_quoted(citation)}" for name, citation in table.sources.items())
    for section, mapping in (("concepts", table.concepts), ("groups", table.groups)):
        if mapping:
            yield f"{section}:"
            yield from (f"  {name}: [{', '.join(items)}]" for name, items in mapping.items())
    yield "series:"
    series: dict[tuple[str, str], list[Fact]] = {}
    for fact in table.facts:
        if not fact.partner:
            series.setdefault((fact.metric, fact.source), []).append(fact)
    for (name, source), facts in series.items():
        yield from _series(name, source, facts)


def _series(metric: str, source: str, facts: list[Fact]) -> Iterator[str]:
    yield from (f"  - metric: {metric}", f"    source: {source}", "    values:")
    rows: dict[str, list[Fact]] = {}
    for fact in facts:
        rows.setdefault(fact.actor, []).append(fact)
    for actor, years in rows.items():
        cells = ", ".join(f"{fact.year}: {_figure(fact)}" for fact in sorted(years, key=lambda item: item.year))
        yield f"      {actor}: {{{cells}}}"
    notes = [fact for fact in facts if fact.note]
    if notes:
        yield "    notes:"
        yield from (f"      {fact.actor} {fact.year}: {_quoted(fact.note)}" for fact in notes)


def _figure(fact: Fact) -> str:
    low, high = f"{fact.low:.10g}", f"{fact.high:.10g}"
    return low if low == high else f"{low} to {high}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
