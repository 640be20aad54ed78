"""Where a quote stands, kept without its words: position, and SHA-256 of the quote and of its context.

Selectors follow the W3C Web Annotation Data Model (2017), sections 4.2.4 (TextQuoteSelector) and 4.2.5
(TextPositionSelector). Positions are code points of the decoded text, ends exclusive. Hashes are taken over
the canonical reading: a changed no-break space or quotation mark breaks no anchor, a changed word does.
Verifying never moves an anchor: whoever wants the new place calls `reanchor` with the report in hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from realpolitik.errors import Finding, InputRefused, Position
from realpolitik.sources.document import Document
from realpolitik.sources.folding import Folded, hash_text

CONTEXT = 32


class Status(StrEnum):
    """What became of an anchor: `found` in place, `moved` to one other place, `ambiguous`, or `lost`."""

    FOUND = "found"
    MOVED = "moved"
    AMBIGUOUS = "ambiguous"
    LOST = "lost"


@dataclass(frozen=True)
class Anchor:
    """A quote's place in a document and the hashes that prove it.

    `length` counts canonical characters; `context_sha256` covers 32 canonical characters before and
    after, with a newline between the two. `exact`, `prefix` and `suffix` are kept only in a user's project.
    """

    document_sha256: str
    start: int
    end: int
    length: int
    exact_sha256: str
    context_sha256: str
    exact: str = ""
    prefix: str = ""
    suffix: str = ""

    def selectors(self) -> list[dict[str, Any]]:
        """The W3C selectors of this anchor: the position, and the quote where its words are kept."""
        position = {"type": "TextPositionSelector", "start": self.start, "end": self.end}
        if not self.exact:
            return [position]
        quote = {
            "type": "TextQuoteSelector",
            "exact": self.exact,
            "prefix": self.prefix,
            "suffix": self.suffix,
        }
        return [position, quote]

    def as_dict(self) -> dict[str, Any]:
        """Plain data for YAML or JSON; empty words are left out."""
        return {key: value for key, value in vars(self).items() if value != ""}


@dataclass(frozen=True)
class Verification:
    """What was found for an anchor: its status, and where the quote stands (code points)."""

    status: Status
    anchor: Anchor
    places: tuple[tuple[int, int], ...]
    note: str = ""


def anchor(document: Document, start: int, end: int, keep_words: bool = True) -> Anchor:
    """Anchor the words `document.text[start:end]`.

    Raises InputRefused when the span is empty or leaves the text.

    >>> from realpolitik.sources.document import document_from_text
    >>> kept = anchor(document_from_text("Aland said no."), 11, 13)
    >>> kept.exact, kept.prefix, kept.length
    ('no', 'Aland said ', 2)
    """
    first, last = document.canonical.from_original(start, end)
    if not 0 <= start < end <= len(document.text) or first == last:
        message = f"The span {start}:{end} holds no words of a text of {len(document.text)} characters."
        raise InputRefused([Finding("error", message, Position(document.name), "Give 0 <= start < end <= length.")])
    exact, context = _hashes(document.canonical, first, last)
    made = Anchor(document.sha256, start, end, last - first, exact, context)
    return with_words(made, document) if keep_words else made


def with_words(made: Anchor, document: Document) -> Anchor:
    """The same anchor with exact, prefix and suffix taken from the document's original text."""
    text, start, end = document.text, made.start, made.end
    prefix, suffix = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return replace(made, exact=text[start:end], prefix=prefix, suffix=suffix)


def anchor_from_dict(data: Mapping[str, Any]) -> Anchor:
    """Read an anchor back from `as_dict`.

    Raises InputRefused when a part is missing or unknown.
    """
    try:
        return Anchor(**data)
    except TypeError as problem:
        raise InputRefused(
            [Finding("error", f"This is no anchor: {problem}.", hint="Write it with as_dict().")]
        ) from problem


def find_quote(document: Document, quote: str) -> tuple[tuple[int, int], ...]:
    """Every place (original code points) where `quote` stands literally, typography aside.

    >>> from realpolitik.sources.document import document_from_text
    >>> find_quote(document_from_text("He said \\u201cno\\u201d."), '"no"')
    ((8, 12),)
    """
    from realpolitik.sources.folding import fold  # noqa: PLC0415

    wanted, text = fold(quote).text, document.canonical.text
    places: list[tuple[int, int]] = []
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        places.append(document.canonical.to_original(at, at + len(wanted)))
        at = text.find(wanted, at + 1)
    return tuple(places)


def verify(kept: Anchor, document: Document) -> Verification:
    """Does the quote still stand where the anchor says? Looks everywhere, changes nothing.

    found: the quote is in place. moved: it stands at one other place, or at one whose context also agrees.
    ambiguous: it stands at several. lost: nowhere.
    """
    folded = document.canonical
    first, last = folded.from_original(kept.start, kept.end)
    if last - first == kept.length and hash_text(folded.text[first:last]) == kept.exact_sha256:
        same = _hashes(folded, first, last)[1] == kept.context_sha256
        note = "" if same else "The words around it have changed."
        return Verification(Status.FOUND, kept, ((kept.start, kept.end),), note)
    return _elsewhere(kept, folded)


def reanchor(report: Verification, document: Document) -> Anchor:
    """The anchor at the one new place a report found; the caller has decided to accept it.

    Raises InputRefused unless the report says `moved`.
    """
    if report.status is not Status.MOVED:
        message = f"The quote is {report.status}, not moved to one place."
        raise InputRefused([Finding("error", message, Position(document.name), "Choose the place and anchor it anew.")])
    start, end = report.places[0]
    return anchor(document, start, end, keep_words=bool(report.anchor.exact))


def _elsewhere(kept: Anchor, folded: Folded) -> Verification:
    text, size = folded.text, kept.length
    at = [i for i in range(len(text) - size + 1) if hash_text(text[i : i + size]) == kept.exact_sha256]
    agreeing = [i for i in at if _hashes(folded, i, i + size)[1] == kept.context_sha256]
    chosen = agreeing if len(agreeing) == 1 else at
    places = tuple(folded.to_original(i, i + size) for i in chosen)
    if not places:
        return Verification(Status.LOST, kept, (), "The quote stands nowhere in this text.")
    if len(places) > 1:
        return Verification(Status.AMBIGUOUS, kept, places, f"The quote stands at {len(places)} places.")
    note = "Its context agrees." if agreeing else "The words around it have changed."
    return Verification(Status.MOVED, kept, places, note)


def _hashes(folded: Folded, first: int, last: int) -> tuple[str, str]:
    text = folded.text
    around = text[max(0, first - CONTEXT) : first] + "\n" + text[last : last + CONTEXT]
    return hash_text(text[first:last]), hash_text(around)
