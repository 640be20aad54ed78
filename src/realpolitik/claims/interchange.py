"""Claims and sources for other programs: BibTeX, and W3C Web Annotations (JSON-LD).

Web Annotation Data Model, W3C Recommendation of 23 February 2017: a claim is an annotation whose body is our
paraphrase and whose target is a span of the document (TextPositionSelector, section 4.2.5; TextQuoteSelector, 4.2.4,
only where the words are kept). What the vocabulary lacks (speaker, chain, hedge, grades, hashes of the words) stands
under a prefix of this project.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from realpolitik.claims.documents import Source
from realpolitik.claims.model import Claim
from realpolitik.claims.places import Place
from realpolitik.claims.register import Register

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"rp": "urn:realpolitik:ns:"}]
_SPECIAL = str.maketrans({char: f"\\{char}" for char in "&%$#_{}"} | {"\\": "\\textbackslash{}", "~": "\\~{}"})


def bibtex(sources: Mapping[str, Source], figures: Mapping[str, str] | None = None) -> str:
    """The documents as BibTeX entries, then the sources of figures as notes.

    >>> print(bibtex({"report": Source("report", title="On R&D", author="A. Alm", date="2024-05-01")}))
    @misc{report,
      title = {On R\\&D},
      author = {A. Alm},
      year = {2024},
      month = {5},
      day = {1},
    }
    """
    entries = [_entry(name, _fields(source)) for name, source in sources.items()]
    entries += [_entry(_key(f"figures-{name}"), {"note": words}) for name, words in (figures or {}).items()]
    return "\n\n".join(entries)


def _fields(source: Source) -> dict[str, str]:
    year, month, day = (*source.date.split("-"), "", "")[:3] if source.date else ("", "", "")
    inferred = "the year is inferred" if source.year_inferred else ""
    note = "; ".join(filter(None, (source.kind, "our description stands for the title", inferred)))
    return {
        "title": source.title,
        "author": source.author,
        "editor": " and ".join(source.editors),
        "howpublished": source.outlet,
        "year": year,
        "month": month.lstrip("0"),
        "day": day.lstrip("0"),
        "url": source.url,
        "note": note if source.kind else "",
    }


def _entry(key: str, fields: Mapping[str, str]) -> str:
    lines = [f"  {name} = {{{value.translate(_SPECIAL)}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{_key(key)},", *lines, "}"])


def _key(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9:.-]+", "-", name)


def annotation_page(register: Register, sources: Mapping[str, Source]) -> dict[str, Any]:
    """Every claim that has a place, as an annotation collection (a page of JSON-LD)."""
    items = [
        _annotation(register, claim, place, sources) for claim in register.claims.values() for place in claim.places
    ]
    return {"@context": CONTEXT, "type": "AnnotationPage", "items": items}


def _annotation(register: Register, claim: Claim, place: Place, sources: Mapping[str, Source]) -> dict[str, Any]:
    recorded = register.recorded
    made = (
        {"creator": {"type": "Person", "name": recorded.by}, "created": f"{recorded.on}T00:00:00Z"} if recorded else {}
    )
    return {
        "id": f"urn:realpolitik:claim:{claim.id}",
        "type": "Annotation",
        "motivation": "describing",
        **made,
        "body": {"type": "TextualBody", "value": claim.paraphrase, "format": "text/plain", "language": "en"},
        "target": {"source": _document(place.document, sources), "selector": _selectors(place)},
        **_ours(claim),
    }


def _document(name: str, sources: Mapping[str, Source]) -> str:
    """The document's address; without one, its hash, else its id."""
    source = sources.get(name, Source(name))
    return source.url or (f"urn:sha256:{source.sha256}" if source.sha256 else f"urn:realpolitik:document:{name}")


def _selectors(place: Place) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    if place.end:
        hashes = {"rp:exactSha256": place.exact_sha256, "rp:contextSha256": place.context_sha256}
        kept = {key: value for key, value in hashes.items() if value}
        out.append({"type": "TextPositionSelector", "start": place.start, "end": place.end, **kept})
    if place.exact:
        quote = {"exact": place.exact, "prefix": place.prefix, "suffix": place.suffix}
        out.append({"type": "TextQuoteSelector", **{key: value for key, value in quote.items() if value}})
    return out


def _ours(claim: Claim) -> dict[str, Any]:
    links: Iterable[dict[str, str]] = (
        {"rp:relation": link.relation, "rp:to": f"urn:realpolitik:claim:{link.to}"} for link in claim.links
    )
    found = {
        "rp:speaker": claim.speaker,
        "rp:chain": list(claim.chain),
        "rp:hedge": claim.hedge,
        "rp:kind": claim.kind,
        "rp:date": claim.date,
        "rp:eventDate": claim.event_date,
        "rp:reliability": claim.reliability,
        "rp:credibility": claim.credibility,
        "rp:links": list(links),
    }
    return {key: value for key, value in found.items() if value}
