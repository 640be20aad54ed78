"""The documents a project's claims come from: `sources.yaml`, and the user's own copies where they are at hand.

A copy is recognised by the SHA-256 of its bytes. One whose bytes differ (another encoding, a corrected version) is
taken for the document whose anchors stand in it: at least half of them. How a copy was recognised is always said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from realpolitik.claims.model import Claim
from realpolitik.claims.places import MOST_DIGITS, Place
from realpolitik.claims.reader import names, text
from realpolitik.claims.written.findings import Collector
from realpolitik.claims.written.nodes import MapNode, Node
from realpolitik.claims.written.yaml_text import read_file
from realpolitik.errors import Position, RealpolitikError
from realpolitik.sources.anchors import Anchor, Status, Verification, find_quote, verify
from realpolitik.sources.document import Document

READABLE = (".txt", ".md", ".html", ".htm", ".pdf", ".docx")
ENOUGH = 0.5


@dataclass(frozen=True)
class Source:
    """One document as described in sources.yaml; `sha256` (of bytes) and `characters` are of the copy worked from."""

    id: str
    title: str = ""
    outlet: str = ""
    kind: str = ""
    date: str = ""
    year_inferred: bool = False
    author: str = ""
    editors: tuple[str, ...] = ()
    language: str = ""
    sha256: str = ""
    characters: int = 0
    paragraphs: int = 0
    url: str = ""
    note: str = ""
    position: Position = field(default_factory=Position, compare=False)


@dataclass(frozen=True)
class Copy:
    """A document at hand, and how it was recognised."""

    document: Document
    recognised: str


@dataclass(frozen=True)
class Checked:
    """What became of one claim's place in the document at hand."""

    claim: str
    place: Place
    report: Verification


def read_sources_file(path: Path, shown: str = "") -> dict[str, Source]:
    """The documents of a sources.yaml, by id; none where there is no such file.

    Raises:
        InputRefused: with everything found wrong.
    """
    if not path.is_file():
        return {}
    found = Collector()
    sources = read_sources(read_file(path, found, shown), found)
    found.raise_if_errors()
    return sources


def read_sources(root: Node, found: Collector) -> dict[str, Source]:
    """The documents the nodes describe.

    >>> from realpolitik.claims.written.yaml_text import read_text
    >>> file = read_text("sources: {report: {title: On the harbour, date: 2024-05-01}}", Collector())
    >>> read_sources(file, Collector())["report"].date
    '2024-05-01'
    """
    body = root.get("sources") if isinstance(root, MapNode) else None
    out: dict[str, Source] = {}
    for key, node in body if isinstance(body, MapNode) else ():
        if isinstance(node, MapNode):
            out[key.value] = _source(key.value, node, found, key.position)
        else:
            found.error(f"'{key.value}' is not described.", key.position, "Write {title: .., date: ..}.", "sources")
    return out


def _source(name: str, node: MapNode, found: Collector, position: Position) -> Source:
    return Source(
        name,
        title=text(node, "title", found),
        outlet=text(node, "outlet", found),
        kind=text(node, "kind", found),
        date=text(node, "date", found),
        year_inferred=text(node, "year_inferred", found) == "yes",
        author=text(node, "author", found),
        editors=names(node, "editors", found),
        language=text(node, "language", found),
        sha256=text(node, "sha256", found),
        characters=_count(node, "characters", found),
        paragraphs=_count(node, "paragraphs", found),
        url=text(node, "url", found),
        note=text(node, "note", found),
        position=position,
    )


def _count(node: MapNode, key: str, found: Collector) -> int:
    given = text(node, key, found)
    if given and not (given.isdecimal() and len(given) <= MOST_DIGITS):
        place = node.get(key) or node
        found.error(f"'{given}' is no whole number.", place.position, "Write digits only.", "sources")
        return 0
    return int(given or 0)


def read_folder(folder: Path) -> tuple[list[Document], list[str]]:
    """Every readable document of a folder (not of those below it), and what could not be read."""
    from realpolitik.sources.reading import read_document  # noqa: PLC0415

    documents, failed = [], []
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if path.suffix.lower() in READABLE:
            try:
                documents.append(read_document(path))
            except RealpolitikError as problem:
                failed.append(str(problem))
    return documents, failed


def copies(
    sources: Mapping[str, Source], claims: Mapping[str, Claim], documents: Iterable[Document]
) -> dict[str, Copy]:
    """Which of the documents at hand is which source; a source without a copy has no entry."""
    at_hand = list(documents)
    by_hash = {item.sha256: item for item in at_hand}
    out = {
        name: Copy(by_hash[source.sha256], "its bytes are those the claims were read from")
        for name, source in sources.items()
        if source.sha256 in by_hash
    }
    spare = [item for item in at_hand if item not in [copy.document for copy in out.values()]]
    for name in sources:
        if name not in out and (found := _by_anchors(name, claims, spare)) is not None:
            out[name] = found
            spare.remove(found.document)
    return out


def _by_anchors(name: str, claims: Mapping[str, Claim], documents: list[Document]) -> Copy | None:
    places = [place for claim in claims.values() for place in claim.places if place.document == name]
    best: Copy | None = None
    most = ENOUGH * len(places)
    for document in documents:
        stand = sum(check(place, document).status in (Status.FOUND, Status.MOVED) for place in places)
        if places and stand >= most:
            most = stand
            best = Copy(document, f"{stand} of {len(places)} anchors stand in '{document.name}'; its bytes differ")
    return best


def check(place: Place, document: Document) -> Verification:
    """Does the claim's quote stand where the place says? Nothing is moved.

    A place that has words but no hashes is looked for: found at its only occurrence.
    """
    if place.exact_sha256:
        return verify(anchor_of(place, document), document)
    at = find_quote(document, place.exact) if place.exact else ()
    status = Status.LOST if not at else Status.FOUND if len(at) == 1 else Status.AMBIGUOUS
    return Verification(status, anchor_of(place, document), at, "" if at else "The words stand nowhere in this text.")


def anchor_of(place: Place, document: Document) -> Anchor:
    """The place as an anchor in this document."""
    return Anchor(
        document.sha256,
        place.start,
        place.end,
        place.length,
        place.exact_sha256,
        place.context_sha256,
        place.exact,
        place.prefix,
        place.suffix,
    )


def check_all(claims: Mapping[str, Claim], at_hand: Mapping[str, Copy]) -> tuple[Checked, ...]:
    """Every claim's places in the documents at hand, checked, in file order."""
    return tuple(
        Checked(claim.id, place, check(place, at_hand[place.document].document))
        for claim in claims.values()
        for place in claim.places
        if place.document in at_hand
    )
