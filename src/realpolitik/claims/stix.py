"""Claims as a STIX 2.1 bundle (OASIS Standard, 10 June 2021): what was said, by whom, and what it is to other claims.

identity (6.7)  who recorded the claims, and every speaker;   report (4.15)  a document and the claims it holds
note (4.12)     a claim, in our words;   opinion (4.13)  one claim supports or contradicts another
relationship    one claim repeats another's origin (derived-from) or elaborates it (related-to)

The credibility of the item (1 to 6) is written as `confidence` by the Admiralty scale of appendix A; 6 (unknown): none.
What STIX has no word for (chain, hedge, the source's reliability) stands in an extension with its own definition.
Identifiers are UUIDv5 of the content: the same claims give the same bundle, and changed content is another object.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from realpolitik.claims.documents import Source
from realpolitik.claims.model import Claim
from realpolitik.claims.places import Place
from realpolitik.claims.register import Register, Speaker

Object = dict[str, Any]
SPACE = uuid5(NAMESPACE_URL, "urn:realpolitik:stix")
ADMIRALTY = {1: 90, 2: 70, 3: 50, 4: 30, 5: 10}
"""Credibility -> confidence (STIX 2.1, appendix A, table "Admiralty Credibility")."""
CLASSES = (
    ("individual", ("person", "expert", "official", "scholar", "leader", "individual")),
    ("organization", ("media", "outlet", "agency", "government", "ministry", "institute", "organisation", "state",
                      "organization")),
    ("class", ("experts", "officials", "anonymous", "group", "unnamed")),
)  # fmt: skip
OPINIONS = {"supports": "agree", "contradicts": "disagree"}
RELATIONS = {"repeats": "derived-from", "elaborates": "related-to"}
TLP = {
    "TLP:WHITE": ("613f2e26-407d-48c7-9eca-b8e91df99dc9", "white"),
    "TLP:GREEN": ("34098fce-860f-48ae-8e50-ebd3cc5e41da", "green"),
    "TLP:AMBER": ("f88d31f6-486f-44da-b317-01333bde0b82", "amber"),
    "TLP:RED": ("5e57c739-391a-4eb3-b6be-7d15ca92d5ed", "red"),
}
"""The markings the standard defines with their identifiers (7.2.1.4); any other line becomes a statement."""


WITHHELD = "(The paraphrase is the source's own words, left out here; see the reference.)"


@dataclass(frozen=True)
class Material:
    """What is written: claims, documents, a day for what has none, a marking line, and quotes where wanted.

    `withheld`: ids of claims whose paraphrase is the source's own words, where quotes are not wanted.
    """

    register: Register
    sources: Mapping[str, Source]
    day: str
    marking: str = ""
    quotes: Mapping[str, str] | None = None
    withheld: frozenset[str] = frozenset()


def bundle(material: Material) -> Object:
    """The claims as a STIX 2.1 bundle, every object after those it refers to."""
    writer = _Writer(material)
    objects = [writer.author, writer.extension, *writer.marked, *writer.speakers.values(), *writer.notes.values(),
               *writer.links(), *writer.reports()]  # fmt: skip
    return {"type": "bundle", "id": _id("bundle", [item["id"] for item in objects]), "objects": objects}


class _Writer:
    def __init__(self, material: Material) -> None:
        self.material = material
        recorded = material.register.recorded
        self.day = recorded.on if recorded and recorded.on else material.day
        self.marked = [_marking(material.marking, self.day)] if material.marking else []
        self.refs = [item["id"] for item in self.marked]
        by = recorded.by if recorded else ""
        self.author = self.made("identity", self.day, name=by or "unnamed analyst", identity_class="individual")
        self.extension = self._extension()
        named = dict.fromkeys(claim.speaker or "nobody named" for claim in material.register.claims.values())
        self.speakers = {name: self._speaker(material.register.speakers.get(name, Speaker(name))) for name in named}
        self.notes = {name: self._note(claim) for name, claim in material.register.claims.items()}

    def made(self, kind: str, day: str, **content: Any) -> Object:
        """An object with its identifier; empty properties are left out."""
        moment = _moment(day, self.material.day)
        kept = {key: value for key, value in content.items() if value not in ("", [], {}, None)}
        marked = {"object_marking_refs": self.refs} if self.refs else {}
        body = {"type": kind, "spec_version": "2.1", "created": moment, "modified": moment, **kept, **marked}
        return {"type": kind, "spec_version": "2.1", "id": _id(kind, body), **body}

    def _extension(self) -> Object:
        return self.made(
            "extension-definition",
            "2026-01-01",
            created_by_ref=self.author["id"],
            name="attributed claim",
            description=(
                "claim_id; spoken_as; chain: through whom it came, outermost first; hedge: the speaker's own word; "
                "credence: its 5th, 50th, 95th percentile; reliability: A to F of the source, F unknown; "
                "credibility: 1 to 6 of the item, 6 unknown; quote: only where asked for"
            ),
            schema="urn:realpolitik:schema:attributed-claim:1",
            version="1.0.0",
            extension_types=["property-extension"],
        )

    def _speaker(self, speaker: Speaker) -> Object:
        told = ", ".join(filter(None, (speaker.role, speaker.affiliation)))
        grade = f"Reliability {speaker.reliability}" + (f": {speaker.because}" if speaker.because else "")
        return self.made(
            "identity", self.day, created_by_ref=self.author["id"], name=speaker.name, identity_class=_class(speaker),
            description=". ".join(filter(None, (told, grade if speaker.reliability != "F" else ""))),
        )  # fmt: skip

    def _note(self, claim: Claim) -> Object:
        speaker = self.speakers[claim.speaker or "nobody named"]
        grades = {"reliability": claim.reliability, "credibility": claim.credibility}
        quote = "" if self.material.quotes is None else self.material.quotes.get(claim.id, "")
        said = {"claim_id": claim.id, "spoken_as": claim.spoken_as, "chain": list(claim.chain), "hedge": claim.hedge,
                "credence": _credence(claim), **grades, "quote": quote}  # fmt: skip
        extension = {"extension_type": "property-extension", **{key: value for key, value in said.items() if value}}
        return self.made(
            "note", claim.date or self.day, created_by_ref=self.author["id"],
            abstract=f"{claim.speaker or 'nobody named'}" + (f", hedged: {claim.hedge}" if claim.hedge else ""),
            content=self._words(claim), authors=[self.author["name"]], object_refs=[speaker["id"]],
            confidence=ADMIRALTY.get(claim.credibility), lang="en",
            external_references=[_reference(place, self.material.sources) for place in claim.places if place.document],
            extensions={self.extension["id"]: extension},
        )  # fmt: skip

    def _words(self, claim: Claim) -> str:
        return WITHHELD if claim.id in self.material.withheld else claim.paraphrase

    def links(self) -> Iterator[Object]:
        """What claims are to each other."""
        for claim in self.material.register.claims.values():
            for link in claim.links:
                if link.to in self.notes:
                    yield self._link(claim, link.relation, link.to)

    def _link(self, claim: Claim, relation: str, to: str) -> Object:
        day, author = claim.date or self.day, self.author["id"]
        if relation in OPINIONS:
            why = f"{claim.id} ({claim.speaker or 'nobody named'}) {relation} {to}: {self._words(claim)}"
            return self.made("opinion", day, created_by_ref=author, explanation=why, authors=[self.author["name"]],
                             opinion=OPINIONS[relation], object_refs=[self.notes[to]["id"]])  # fmt: skip
        return self.made("relationship", day, created_by_ref=author, relationship_type=RELATIONS[relation],
                         source_ref=self.notes[claim.id]["id"], target_ref=self.notes[to]["id"])  # fmt: skip

    def reports(self) -> Iterator[Object]:
        """Every document that holds a claim."""
        held: dict[str, list[str]] = {}
        for claim in self.material.register.claims.values():
            for name in dict.fromkeys(place.document for place in claim.places if place.document):
                held.setdefault(name, []).append(self.notes[claim.id]["id"])
        for name, refs in held.items():
            source = self.material.sources.get(name, Source(name))
            yield self.made(
                "report", self.day, created_by_ref=self.author["id"], name=source.title or name,
                description=", ".join(filter(None, (source.author, source.outlet, source.kind))),
                published=_moment(source.date, self.material.day), object_refs=refs, lang=source.language[:2],
                external_references=[_reference(Place(name), self.material.sources)],
            )  # fmt: skip


def _id(kind: str, content: object) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return f"{kind}--{uuid5(SPACE, kind + text)}"


def _moment(day: str, otherwise: str) -> str:
    """A day, month or year as a timestamp: its first moment.

    >>> _moment("2024-05", "2024-01-01"), _moment("", "2024-01-01")
    ('2024-05-01T00:00:00.000Z', '2024-01-01T00:00:00.000Z')
    """
    parts = (day or otherwise)[:10].split("-")
    plain = len(parts) <= 3 and len(parts[0]) == 4 and all(part.isdecimal() for part in parts)
    if not plain:
        return _moment(otherwise, "1970-01-01")
    year, month, date = (*parts, "01", "01")[:3]
    return f"{year}-{month:0>2}-{date:0>2}T00:00:00.000Z"


def _class(speaker: Speaker) -> str:
    """The class of an identity (identity-class-ov) from what is said of a speaker's type.

    >>> _class(Speaker("A", type="government")), _class(Speaker("unnamed experts")), _class(Speaker("B"))
    ('organization', 'class', 'unknown')
    """
    named = set(speaker.name.casefold().split()) & set(CLASSES[1][1])
    words = named or set((speaker.type or speaker.name).casefold().replace(",", " ").split())
    return next((name for name, known in reversed(CLASSES) if words & set(known)), "unknown")


def _credence(claim: Claim) -> list[float]:
    return [round(float(value), 4) for value in (claim.credence.low, claim.credence.central, claim.credence.high)]


def _reference(place: Place, sources: Mapping[str, Source]) -> Object:
    source = sources.get(place.document, Source(place.document))
    where = f"paragraph {place.paragraph}, code points {place.start}-{place.end}" if place.end else ""
    found: Iterable[tuple[str, Any]] = (
        ("source_name", source.outlet or source.title or place.document),
        ("description", where),
        ("url", source.url),
        ("hashes", {"SHA-256": source.sha256} if source.sha256 and source.url else {}),
        ("external_id", place.document),
    )
    return {key: value for key, value in found if value}


def _marking(line: str, day: str) -> Object:
    """The marking: one the standard defines, else the line as a statement."""
    known = TLP.get(line.strip().upper())
    if known:
        ident, color = known
        return {"type": "marking-definition", "spec_version": "2.1", "id": f"marking-definition--{ident}",
                "created": "2017-01-20T00:00:00.000Z", "definition_type": "tlp", "name": line.strip().upper(),
                "definition": {"tlp": color}}  # fmt: skip
    body = {"created": _moment(day, "1970-01-01"), "definition_type": "statement", "definition": {"statement": line}}
    kind = "marking-definition"
    return {"type": kind, "spec_version": "2.1", "id": _id(kind, body), **body}
