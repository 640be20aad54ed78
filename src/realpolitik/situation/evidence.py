"""A project's evidence in one object: situation, claims, documents, figures, and how they hang together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from realpolitik.claims.documents import Copy, Source, copies, read_folder, read_sources_file
from realpolitik.claims.facts import FactsTable, read_facts_file
from realpolitik.claims.leaf import Leaf, leaf
from realpolitik.claims.ledger import ClaimsLedger, Read
from realpolitik.claims.model import Change, Claim
from realpolitik.claims.register import Register
from realpolitik.claims.register_reader import read_register_file
from realpolitik.errors import Finding, InputRefused
from realpolitik.situation.elements import Element, by_claim, elements
from realpolitik.situation.model import Situation
from realpolitik.sources.document import Document

T = TypeVar("T")


@dataclass(frozen=True)
class Evidence:
    """What stands behind a situation. `copies`: source id -> the user's own copy, where one is at hand."""

    situation: Situation
    register: Register = field(default_factory=Register)
    sources: Mapping[str, Source] = field(default_factory=dict)
    facts: FactsTable = field(default_factory=FactsTable)
    copies: Mapping[str, Copy] = field(default_factory=dict)
    ledger: Read = field(default_factory=lambda: Read((), ()))
    notes: tuple[str, ...] = ()

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """Every entry of the situation."""
        return elements(self.situation)

    @cached_property
    def resting(self) -> Mapping[str, tuple[Element, ...]]:
        """Claim -> the entries of the model that rest on it."""
        return by_claim(item for item in self.elements if item.is_model)

    @cached_property
    def speaking(self) -> Mapping[str, tuple[Element, ...]]:
        """Claim -> the names and checks that cite it."""
        return by_claim(item for item in self.elements if not item.is_model)

    def leaf(self, claim: Claim) -> Leaf:
        """A claim as the end of a trace, with its quote where the document is at hand."""
        return leaf(claim, self.copies)

    def history(self, claim: Claim) -> tuple[Change, ...]:
        """Who recorded, proposed, accepted and edited a claim, and when: of the file, then of the ledger."""
        return (*self.register.history(claim), *(step.change for step in self.ledger.of(claim.id)))

    def paragraphs(self, document: str) -> int:
        """How many paragraphs a document has: of the copy at hand, else as described, else the last with a claim."""
        if document in self.copies:
            return len(self.copies[document].document.paragraphs)
        places = [place.paragraph for claim in self.register.claims.values() for place in claim.places
                  if place.document == document]  # fmt: skip
        described = self.sources[document].paragraphs if document in self.sources else 0
        return described or max(places, default=0)

    @property
    def documents(self) -> tuple[str, ...]:
        """Ids of the documents, those of sources.yaml first."""
        cited = (place.document for claim in self.register.claims.values() for place in claim.places)
        return tuple(dict.fromkeys((*self.sources, *cited)))


def read_evidence(
    situation: Situation, claims: Mapping[str, Claim], folder: Path, documents: Path | None = None
) -> Evidence:
    """The evidence of the project in `folder`, whose `claims` have been read; copies of its documents are looked for
    among its snapshots and in the folder `documents`.

    Raises:
        InputRefused: with everything found wrong in claims.yaml, sources.yaml and facts.yaml.
    """
    found: list[Finding] = []
    register = _read(lambda: read_register_file(folder / "claims.yaml", claims), Register(claims), found)
    sources = _read(lambda: read_sources_file(folder / "sources.yaml"), dict[str, Source](), found)
    facts = _read(lambda: read_facts_file(folder / "facts.yaml"), FactsTable(), found)
    if found:
        raise InputRefused(found)
    at_hand, notes = _at_hand(folder, documents)
    ledger = ClaimsLedger(folder).read()
    notes += [f"line {number} of the ledger of claims is damaged and left out." for number in ledger.damaged]
    found_copies = copies(sources, register.claims, at_hand)
    return Evidence(situation, register, sources, facts, found_copies, ledger, tuple(notes))


def _read(read: Callable[[], T], otherwise: T, found: list[Finding]) -> T:
    """What a file says; what is wrong with it goes to `found`."""
    try:
        return read()
    except InputRefused as problem:
        found += problem.findings
        return otherwise


def _at_hand(folder: Path, documents: Path | None) -> tuple[list[Document], list[str]]:
    """Snapshots kept in the project, then the documents of a folder."""
    from realpolitik.sources.snapshot import SnapshotFolder  # noqa: PLC0415

    store = SnapshotFolder(folder)
    kept = [store.get(item.sha256) for item in store] if (folder / "sources").is_dir() else []
    read, failed = read_folder(documents) if documents else ([], [])
    return kept + read, failed
