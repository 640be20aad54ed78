"""The documents paragraph by paragraph: what is claimed, where it is in the model, what the model says of it.

Every paragraph of every document has its place in the walk; one without claims, and a claim without an element, says
why. Paragraphs are numbers; their words appear only where the user's own copy is at hand and quotes are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from realpolitik.claims.model import Claim
from realpolitik.errors import QuestionRefused, did_you_mean
from realpolitik.results.result import Result
from realpolitik.situation.evidence import Evidence

NO_VERDICT: Mapping[str, Any] = {"verdict": "-"}


def walk(
    evidence: Evidence,
    verdicts: Mapping[str, Mapping[str, Any]] | None = None,
    *,
    document: str = "",
    paragraph: int = 0,
    quotes: bool = False,
) -> Result:
    """Every paragraph (or one, of every document or one): its claims, their elements and verdicts.

    `verdicts`: claim -> {verdict, number, ...}; None: not asked. Rows: one for each paragraph, with `claims` as rows of
    their own. Raises `QuestionRefused` for a document or paragraph that does not exist.
    """
    chosen = _documents(evidence, document)
    rows = [row for name in chosen for row in _paragraphs(evidence, name, verdicts or {}, paragraph, quotes)]
    if not rows:
        longest = max((evidence.paragraphs(name) for name in chosen), default=0)
        raise QuestionRefused(f"There is no paragraph {paragraph}; the documents have up to {longest}.")
    title = evidence.situation.title
    question = f"What do the documents say, and where is it here? {title}"
    sentences = () if paragraph else tuple(_summary(evidence, name) for name in chosen)
    about = {"situation": title, "documents": _documents_about(evidence, chosen)}
    return Result("walk", question, tuple(rows), sentences, {}, about)


def _documents(evidence: Evidence, document: str) -> tuple[str, ...]:
    if not evidence.documents:
        raise QuestionRefused("This project names no documents: its claims have no places, and sources.yaml none.")
    if not document:
        return evidence.documents
    if document in evidence.documents:
        return (document,)
    raise QuestionRefused(f"There is no document '{document}'.  {did_you_mean(document, evidence.documents)}")


def _documents_about(evidence: Evidence, chosen: tuple[str, ...]) -> list[dict[str, Any]]:
    out = []
    for name in chosen:
        source, copy = evidence.sources.get(name), evidence.copies.get(name)
        described = {"title": source.title, "outlet": source.outlet, "date": source.date} if source else {}
        out.append({"id": name, **described, "copy": copy.recognised if copy else ""})
    return out


def _paragraphs(
    evidence: Evidence, name: str, verdicts: Mapping[str, Mapping[str, Any]], only: int, quotes: bool
) -> Iterator[dict[str, Any]]:
    silent = evidence.register.silent.get(name, {})
    for number in range(1, evidence.paragraphs(name) + 1):
        if only in (0, number):
            claims = evidence.register.in_paragraph(name, number)
            lines = [_line(evidence, claim, verdicts, quotes) for claim in claims]
            reason = "" if claims else silent.get(number, "")
            modelled = sum(bool(line["elements"]) for line in lines)
            yield {
                "document": name,
                "paragraph": number,
                "claims": lines,
                "modelled": modelled,
                "silent": reason,
                "unexplained": not claims and not reason,
            }


def _line(evidence: Evidence, claim: Claim, verdicts: Mapping[str, Mapping[str, Any]], quotes: bool) -> dict[str, Any]:
    elements = evidence.resting.get(claim.id, ())
    speaking = evidence.speaking.get(claim.id, ())
    leaf = evidence.leaf(claim)
    return {
        "id": claim.id,
        "speaker": claim.speaker,
        "chain": claim.chain,
        "hedge": claim.hedge,
        "grade": claim.grade,
        "paraphrase": claim.paraphrase,
        "elements": [item.label for item in elements],
        "checks": [item.words for item in speaking if item.kind == "check"],
        "names": [item.id for item in speaking if item.kind == "name"],
        "why_not": "" if elements else aside(evidence, claim),
        "tensions": [item.id for item in evidence.register.tensions_of(claim.id)],
        "history": [vars(change) for change in evidence.history(claim)],
        "where": leaf.where,
        "status": leaf.status,
        "quote": leaf.quote if quotes else "",
        **(verdicts.get(claim.id) or NO_VERDICT),
    }


def aside(evidence: Evidence, claim: Claim) -> str:
    """Why no entry of the model rests on a claim: its own reason, else what it is to the model instead."""
    if claim.not_modelled:
        return claim.not_modelled
    speaking = evidence.speaking.get(claim.id, ())
    if any(item.kind == "check" for item in speaking):
        return "it is an answer; the model is asked whether it comes out"
    named = ", ".join(item.id for item in speaking if item.kind == "name")
    if named:
        return f"background of a name ({named})" + (f"; {claim.untestable}" if claim.untestable else "")
    return claim.untestable


def _summary(evidence: Evidence, name: str) -> str:
    claims = [claim for claim in evidence.register.claims.values() if claim.place_in(name)]
    modelled = sum(claim.id in evidence.resting for claim in claims)
    source = evidence.sources.get(name)
    title = f" ({source.kind}, {source.date})" if source and source.kind else ""
    return (
        f"{name}{title}: {evidence.paragraphs(name)} paragraphs, {len(claims)} claims; entries of the model rest on "
        f"{modelled}, the other {len(claims) - modelled} say why not."
    )
