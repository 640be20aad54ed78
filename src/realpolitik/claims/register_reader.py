"""Reading a whole `claims.yaml` into a `Register`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from realpolitik.claims.model import RELIABILITY, Change, Claim
from realpolitik.claims.reader import names, read_claims, text
from realpolitik.claims.register import AbsentName, Register, Speaker, Tension
from realpolitik.claims.written.findings import Collector
from realpolitik.claims.written.nodes import ListNode, MapNode, Node, TextNode, describe
from realpolitik.claims.written.yaml_text import read_file
from realpolitik.errors import did_you_mean
from realpolitik.language.words import Overrides


def read_register_file(path: Path, claims: Mapping[str, Claim] | None = None, shown: str = "") -> Register:
    """The register of a claims file; an empty one where there is no such file.

    `claims`: those of the file, where they have been read before (with a situation's own words for hedges).

    Raises:
        InputRefused: with everything found wrong.
    """
    if not path.is_file():
        return Register()
    found = Collector()
    register = read_register(read_file(path, found, shown), found, claims=claims)
    found.raise_if_errors()
    return register


def read_register(
    root: Node, found: Collector, overrides: Overrides | None = None, claims: Mapping[str, Claim] | None = None
) -> Register:
    """Claims, speakers, tensions and what is left aside; findings go to `found`.

    >>> from realpolitik.claims.written.yaml_text import read_text
    >>> file = "speakers: {A. Analyst: {reliability: B}}\\nclaims: {c1: {speaker: A. Analyst, paraphrase: it rains}}"
    >>> read_register(read_text(file, Collector()), Collector()).claims["c1"].grade
    'B6'
    """
    claims = read_claims(root, found, overrides) if claims is None else claims
    if not isinstance(root, MapNode) or not isinstance(root.get("claims"), MapNode):
        return Register(claims)
    return Register(
        claims,
        {key.value: _speaker(key, node, found) for key, node in _mappings(root, "speakers", found)},
        {key.value: _tension(key, node, claims, found) for key, node in _mappings(root, "tensions", found)},
        {key.value: _silent(node, found) for key, node in _mappings(root, "paragraphs", found)},
        {key.value: _absent(key, node, claims, found) for key, node in _mappings(root, "names", found)},
        _grades(root, found),
        _recorded(root, found),
    )


def _mappings(root: MapNode, section: str, found: Collector) -> Iterator[tuple[TextNode, MapNode]]:
    node = root.get(section)
    for key, value in node if isinstance(node, MapNode) else ():
        if isinstance(value, MapNode):
            yield key, value
        else:
            found.error(f"{describe(value)} stands where a mapping is expected.", value.position, code="shape")


def _speaker(key: TextNode, node: MapNode, found: Collector) -> Speaker:
    grade = text(node, "reliability", found) or "F"
    if len(grade) != 1 or grade not in RELIABILITY:
        place = node.get("reliability") or node
        found.error(f"'{grade}' is no reliability.", place.position, "Write A to F; F: cannot be judged.", "grade")
        grade = "F"
    role, affiliation, kind, because = (text(node, k, found) for k in ("role", "affiliation", "type", "because"))
    return Speaker(key.value, role, affiliation, kind, grade, because, key.position)


def _tension(key: TextNode, node: MapNode, claims: Mapping[str, Claim], found: Collector) -> Tension:
    about, separated = text(node, "about", found), text(node, "separated_by", found)
    listed = node.get("sides")
    items = listed.items if isinstance(listed, ListNode) else ()
    sides = tuple(_cited(MapNode(((TextNode("claims"), item),), item.position), claims, found) for item in items)
    cited = tuple(claim for side in sides for claim in side) if sides else _cited(node, claims, found)
    both = text(node, "both_can_hold", found)
    if both not in ("", "yes", "no"):
        found.error(
            f"'{both}' is neither yes nor no.", node.position, "Write 'both_can_hold: yes' or leave it out.", "yes"
        )
    return Tension(key.value, about, cited, separated, sides, both == "yes")


def _cited(node: MapNode, claims: Mapping[str, Claim], found: Collector) -> tuple[str, ...]:
    cited = names(node, "claims", found)
    for claim in cited:
        if claim not in claims:
            place = node.get("claims") or node
            found.error(f"'{claim}' is no claim.", place.position, did_you_mean(claim, claims), "claim")
    return cited


def _silent(node: MapNode, found: Collector) -> dict[int, str]:
    """Paragraph -> why it holds no claim; '3' or '3-5' on the left."""
    out: dict[int, str] = {}
    for key, value in node:
        match = re.fullmatch(r"(\d+)(?:-(\d+))?", key.value)
        if match is None or not isinstance(value, TextNode):
            found.error(f"'{key.value}' is no paragraph.", key.position, "Write '3: why it holds no claim'.", "shape")
            continue
        for number in range(int(match[1]), int(match[2] or match[1]) + 1):
            out[number] = " ".join(value.value.split())
    return out


def _absent(key: TextNode, node: MapNode, claims: Mapping[str, Claim], found: Collector) -> AbsentName:
    what, why = text(node, "what", found), text(node, "why_absent", found)
    if not why:
        found.error(f"'{key.value}' does not say why it is absent.", key.position, "Add 'why_absent:'.", "names")
    return AbsentName(key.value, what, why, names(node, "aliases", found), _cited(node, claims, found))


def _grades(root: MapNode, found: Collector) -> dict[str, float]:
    """Weights of letters and figures, 0 to 1, over the defaults of `claims.credence`."""
    out: dict[str, float] = {}
    node = root.get("grades")
    for key, value in node if isinstance(node, MapNode) else ():
        try:
            weight = float(value.value) if isinstance(value, TextNode) else -1.0
        except ValueError:
            weight = -1.0
        if key.value in ("F", "6") or key.value not in "ABCDE12345" or not 0 <= weight <= 1:
            hint = "Give A-E and 1-5 a weight from 0 to 1; F and 6 mean unknown and have none."
            found.error(f"'{key.value}: {describe(value)}' is no weight of a grade.", key.position, hint, "grade")
        else:
            out[key.value] = weight
    return out


def _recorded(root: MapNode, found: Collector) -> Change | None:
    """'NAME, DATE' of whoever wrote the paraphrases and grades."""
    who, comma, date = text(root, "recorded_by", found).rpartition(",")
    return Change("recorded", who.strip(), date.strip()) if comma else None
