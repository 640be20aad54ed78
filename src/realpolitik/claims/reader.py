"""Reading the claims of a `claims.yaml`: id, speaker, hedge, paraphrase and what else is known of each statement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from realpolitik.claims.model import CREDIBILITY, RELATIONS, RELIABILITY, Change, Claim, Link
from realpolitik.claims.places import read_places
from realpolitik.claims.written.findings import Collector
from realpolitik.claims.written.nodes import ListNode, MapNode, Node, TextNode, describe, is_empty, to_data
from realpolitik.errors import ExpressionError, did_you_mean
from realpolitik.language.quantity import Quantity, constant, read_quantity
from realpolitik.language.words import Overrides, hedge_band

PLAIN = ("paraphrase", "speaker", "spoken_as", "kind", "tier", "date", "event_date", "note", "not_modelled",
         "untestable")  # fmt: skip
USED = (*PLAIN, *RELATIONS, "id", "hedge", "hedge_scope", "credence", "chain", "reliability", "credibility",
        "wish_of", "place", "anchor", "anchors", "history")  # fmt: skip
SECTIONS = ("recorded_by", "grades", "speakers", "tensions", "paragraphs", "names", "claims")


def read_claims(root: Node, found: Collector, overrides: Overrides | None = None) -> dict[str, Claim]:
    """Every claim by id, in file order; `overrides` are the file's own hedges.

    Two forms: a mapping from ids to claims (with or without `claims:` around it), or a list of claims with `id`.

    >>> from realpolitik.claims.written.yaml_text import read_text
    >>> file = read_text("c1: {speaker: A. Analyst, hedge: may, paraphrase: it may happen}", Collector())
    >>> claim = read_claims(file, Collector())["c1"]
    >>> claim.speaker, claim.credence.word, round(claim.credence.low, 6), round(claim.credence.high, 6)
    ('A. Analyst', 'may', 0.2, 0.6)
    """
    reliable = _reliabilities(root)
    out: dict[str, Claim] = {}
    for key, node in _listed(root, found):
        if key.value in out:
            first = out[key.value].position.line
            found.error(
                f"claim '{key.value}' is given twice (first in line {first}).", key.position, "Keep one.", "duplicate"
            )
        else:
            out[key.value] = _claim(key, node, found, overrides, reliable)
    _check_links(out, found)
    return out


def _reliabilities(root: Node) -> dict[str, str]:
    """The reliability of each described speaker (letters are checked by the reader of speakers)."""
    speakers = root.get("speakers") if isinstance(root, MapNode) else None
    out = {}
    for key, node in speakers if isinstance(speakers, MapNode) else ():
        given = node.get("reliability") if isinstance(node, MapNode) else None
        if isinstance(given, TextNode):
            out[key.value] = given.value
    return out


def _listed(root: Node, found: Collector) -> Iterator[tuple[TextNode, MapNode]]:
    body = root
    if isinstance(root, MapNode) and isinstance(root.get("claims"), MapNode | ListNode):
        body = root.get("claims") or root
    if isinstance(body, ListNode):
        yield from _from_list(body, found)
        return
    for key, node in body if isinstance(body, MapNode) else ():
        if body is root and key.value in SECTIONS:
            continue
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


def _claim(
    key: TextNode, node: MapNode, found: Collector, overrides: Overrides | None, reliable: Mapping[str, str]
) -> Claim:
    hedge = node.get("hedge")
    words = {name: text(node, name, found) for name in PLAIN}
    return Claim(
        id=key.value,
        credence=_credence(node, hedge, found, overrides),
        hedge=hedge.value if isinstance(hedge, TextNode) and not is_empty(hedge) else "",
        scope=text(node, "hedge_scope", found),
        chain=_chain(node, found),
        reliability=_reliability(node, found) or reliable.get(words["speaker"], "F"),
        credibility=_credibility(node, found),
        wish_of=names(node, "wish_of", found),
        links=tuple(Link(relation, other) for relation in RELATIONS for other in names(node, relation, found)),
        places=read_places(node, found),
        history=_history(node, found),
        more={name.value: to_data(value) for name, value in node if name.value not in USED},
        position=key.position,
        **words,
    )


def text(node: MapNode, name: str, found: Collector) -> str:
    """The text under a key, "" where there is none."""
    value = node.get(name)
    if value is None or is_empty(value):
        return ""
    if isinstance(value, TextNode):
        return " ".join(value.value.split())
    found.error(f"{describe(value)} stands where a text is expected.", value.position, "Write a text.", "shape")
    return ""


def names(node: MapNode, key: str, found: Collector) -> tuple[str, ...]:
    """A list of names under a key: a YAML list, or one text with commas."""
    value = node.get(key)
    if value is None or is_empty(value):
        return ()
    if isinstance(value, TextNode):
        return tuple(part.strip() for part in value.value.split(",") if part.strip())
    if isinstance(value, ListNode) and all(isinstance(item, TextNode) for item in value.items):
        return tuple(item.value for item in value.items if isinstance(item, TextNode))
    found.error(f"{describe(value)} stands where names are expected.", value.position, "Write [a, b].", "shape")
    return ()


def _chain(node: MapNode, found: Collector) -> tuple[str, ...]:
    """Outermost outlet first: 'Gazette > Agency > Minister', or a list."""
    value = node.get("chain")
    if isinstance(value, TextNode):
        return tuple(part.strip() for part in value.value.split(">") if part.strip())
    return names(node, "chain", found)


def _reliability(node: MapNode, found: Collector) -> str:
    given = text(node, "reliability", found)
    if given and (len(given) != 1 or given not in RELIABILITY):
        place = node.get("reliability") or node
        found.error(f"'{given}' is no reliability.", place.position, "Write A to F; F: cannot be judged.", "grade")
        return ""
    return given


def _credibility(node: MapNode, found: Collector) -> int:
    given = text(node, "credibility", found)
    if not given:
        return 6
    if given not in {str(number) for number in CREDIBILITY}:
        place = node.get("credibility") or node
        found.error(f"'{given}' is no credibility.", place.position, "Write 1 to 6; 6: cannot be judged.", "grade")
        return 6
    return int(given)


def _history(node: MapNode, found: Collector) -> tuple[Change, ...]:
    """Lines 'DATE accepted by NAME: note', or mappings with act, by, on, note."""
    value = node.get("history")
    items = value.items if isinstance(value, ListNode) else (value,) if value is not None else ()
    return tuple(change for item in items if (change := read_change(item, found)) is not None)


def read_change(item: Node, found: Collector) -> Change | None:
    """One step of a history.

    >>> read_change(TextNode("2024-05-01 edited by R. Example: hedge added"), Collector())
    Change(act='edited', by='R. Example', on='2024-05-01', note='hedge added')
    """
    if isinstance(item, MapNode):
        entry = next(iter(item), None)
        if len(item.entries) == 1 and entry and isinstance(entry[1], TextNode) and " by " in entry[0].value:
            return read_change(TextNode(f"{entry[0].value}: {entry[1].value}", item.position), found)
        return Change(*(text(item, part, found) for part in ("act", "by", "on", "note")))
    if isinstance(item, TextNode):
        on, _, rest = item.value.partition(" ")
        act, by, who = rest.partition(" by ")
        if by and on[:1].isdigit():
            name, _, note = who.partition(": ")
            return Change(act.strip(), name.strip(), on, note.strip())
    found.error(f"{describe(item)} is no step of a history.", item.position, "Write: 2024-05-01 edited by NAME: why")
    return None


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


def _check_links(claims: Mapping[str, Claim], found: Collector) -> None:
    for claim in claims.values():
        for link in claim.links:
            if link.to not in claims:
                message = f"claim '{claim.id}' {link.relation} '{link.to}', which is no claim."
                found.error(message, claim.position, did_you_mean(link.to, claims), "link")
