"""Reading `claims.yaml`: id, speaker, hedge, paraphrase, and a credence where the hedge's band is not to be used."""

from __future__ import annotations

from collections.abc import Iterator

from realpolitik.claims.model import Claim
from realpolitik.claims.written.findings import Collector
from realpolitik.claims.written.nodes import ListNode, MapNode, Node, TextNode, describe, is_empty, to_data
from realpolitik.errors import ExpressionError
from realpolitik.language.quantity import Quantity, constant, read_quantity
from realpolitik.language.words import Overrides, hedge_band

USED = ("id", "paraphrase", "speaker", "hedge", "credence")


def read_claims(root: Node, found: Collector, overrides: Overrides | None = None) -> dict[str, Claim]:
    """Every claim by id, in file order; `overrides` are the file's own hedges.

    Two forms: a mapping from ids to claims (with or without `claims:` around it), or a list of claims with `id`.

    >>> from realpolitik.claims.written.yaml_text import read_text
    >>> file = read_text("c1: {speaker: A. Analyst, hedge: may, paraphrase: it may happen}", Collector())
    >>> claim = read_claims(file, Collector())["c1"]
    >>> claim.speaker, claim.credence.word, round(claim.credence.low, 6), round(claim.credence.high, 6)
    ('A. Analyst', 'may', 0.2, 0.6)
    """
    out: dict[str, Claim] = {}
    for key, node in _listed(root, found):
        if key.value in out:
            first = out[key.value].position.line
            found.error(
                f"claim '{key.value}' is given twice (first in line {first}).", key.position, "Keep one.", "duplicate"
            )
        else:
            out[key.value] = _claim(key, node, found, overrides)
    return out


def _listed(root: Node, found: Collector) -> Iterator[tuple[TextNode, MapNode]]:
    body = root
    if isinstance(root, MapNode) and isinstance(root.get("claims"), MapNode | ListNode):
        body = root.get("claims") or root
    if isinstance(body, ListNode):
        yield from _from_list(body, found)
        return
    for key, node in body if isinstance(body, MapNode) else ():
        if isinstance(node, MapNode):
            yield key, node
        else:
            hint = "Write 'ID: {speaker: .., hedge: .., paraphrase: ..}'."
            found.error(f"{describe(node)} stands where a claim is expected.", key.position, hint, "claim")


def _from_list(body: ListNode, found: Collector) -> Iterator[tuple[TextNode, MapNode]]:
    for item in body.items:
        key = item.get("id") if isinstance(item, MapNode) else None
        if isinstance(item, MapNode) and isinstance(key, TextNode) and key.value:
            yield key, item
        else:
            found.error("a claim without an id.", item.position, "Add 'id:'.", "claim")


def _claim(key: TextNode, node: MapNode, found: Collector, overrides: Overrides | None) -> Claim:
    hedge = node.get("hedge")
    more = {name.value: to_data(value) for name, value in node if name.value not in USED}
    return Claim(
        id=key.value,
        paraphrase=_text(node, "paraphrase", found),
        credence=_credence(node, hedge, found, overrides),
        speaker=_text(node, "speaker", found),
        hedge=hedge.value if isinstance(hedge, TextNode) and not is_empty(hedge) else "",
        more=more,
        position=key.position,
    )


def _text(node: MapNode, name: str, found: Collector) -> str:
    value = node.get(name)
    if value is None or is_empty(value):
        return ""
    if isinstance(value, TextNode):
        return " ".join(value.value.split())
    found.error(f"{describe(value)} stands where a text is expected.", value.position, "Write a text.", "shape")
    return ""


def _credence(node: MapNode, hedge: Node | None, found: Collector, overrides: Overrides | None) -> Quantity:
    """The entry's own `credence:`, else the band of its hedge (the weakest of several), else 1."""
    own = node.get("credence")
    given = hedge if own is None or is_empty(own) else own
    if given is None or is_empty(given):
        return constant(1.0, "level", "unhedged")
    if not isinstance(given, TextNode):
        found.error(f"{describe(given)} stands where a text is expected.", given.position, "Write a text.", "shape")
        return constant(1.0)
    try:
        if given is hedge:
            word, _ = hedge_band(given.value, overrides)
            return read_quantity(word, "level", table="hedge", overrides=overrides)
        return read_quantity(given.value, "level", table="hedge", overrides=overrides)
    except ExpressionError as error:
        advice = "Add 'credence: 0.2 to 0.6', or the hedge to 'hedges:' of the situation."
        hint = f"{error.hint}  {advice}".strip()
        found.error(error.message, given.at(error.column), hint, "hedge")
        return constant(1.0)
