"""The last step of every trace: who said what, where it stands, and the words where a document is at hand.

Without the document a leaf stands on our paraphrase, the position and the hashes; with it, on the quote itself, and
only if the quote verifies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from realpolitik.claims.documents import Copy, check
from realpolitik.claims.model import Claim
from realpolitik.claims.places import Place
from realpolitik.sources.anchors import Status


@dataclass(frozen=True)
class Leaf:
    """A claim as the end of a trace. `status`: found, moved, ambiguous, lost, or "" where no document is at hand;
    `quote` is given only where the words were found, typography as in the document.
    """

    claim: str
    speaker: str
    chain: tuple[str, ...]
    hedge: str
    grade: str
    paraphrase: str
    place: Place | None = None
    status: str = ""
    quote: str = ""

    @property
    def where(self) -> str:
        """The place for readers, "" where the claim has none."""
        return self.place.words if self.place else ""

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        place = self.place
        hashes = {"sha256": place.exact_sha256, "context_sha256": place.context_sha256} if place else {}
        return {
            "id": self.claim,
            "speaker": self.speaker,
            "chain": list(self.chain),
            "hedge": self.hedge,
            "grade": self.grade,
            "paraphrase": self.paraphrase,
            "where": self.where,
            **hashes,
            "status": self.status,
            "quote": self.quote,
        }


def leaf(claim: Claim, documents: Mapping[str, Copy] | None = None) -> Leaf:
    """A claim as the end of a trace, verified in `documents` (source id -> copy) where its document is among them.

    >>> from realpolitik.language.quantity import constant
    >>> from realpolitik.sources.document import document_from_text
    >>> said = Claim("c1", "It was denied.", constant(1.0), "Alm", places=(Place("note", exact="no"),))
    >>> leaf(said, {"note": Copy(document_from_text("Alm said no."), "")}).quote
    'no'
    >>> leaf(said).status
    ''
    """
    at_hand = documents or {}
    chosen = next((place for place in claim.places if place.document in at_hand), None)
    place = chosen or (claim.places[0] if claim.places else None)
    status, quote = _found(chosen, at_hand[chosen.document]) if chosen else ("", "")
    return Leaf(claim.id, claim.speaker, claim.chain, claim.hedge, claim.grade, claim.paraphrase, place, status, quote)


def _found(place: Place, copy: Copy) -> tuple[str, str]:
    report = check(place, copy.document)
    if report.status not in (Status.FOUND, Status.MOVED):
        return str(report.status), ""
    start, end = report.places[0]
    return str(report.status), " ".join(copy.document.text[start:end].split())
