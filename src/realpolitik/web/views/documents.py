"""The documents paragraph by paragraph beside their claims; words only of the copies the user has at hand."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from starlette.requests import Request

from realpolitik.errors import QuestionRefused
from realpolitik.results.result import plain
from realpolitik.situation.evidence import Evidence


def read(bench: Any, request: Request, body: dict[str, Any]) -> Any:
    """Every paragraph of every document: its claims, why it has none, and (of copies at hand) its words with marks."""
    from realpolitik.analyses.walk import walk  # noqa: PLC0415

    evidence = bench.shelf.evidence(request.path_params["key"])
    try:
        found = walk(evidence)
    except QuestionRefused as problem:
        return {"documents": [], "paragraphs": [], "at_hand": False, "note": str(problem)}
    rows = [{**row, "claims": [_claim(line) for line in row["claims"]], **_words(evidence, row)} for row in found.rows]
    return plain({"documents": found.about["documents"], "paragraphs": rows, "at_hand": bool(evidence.copies)})


def _claim(line: Any) -> dict[str, Any]:
    return {name: line[name] for name in ("id", "speaker", "hedge", "paraphrase", "elements", "why_not", "status")}


def _words(evidence: Evidence, row: Any) -> dict[str, Any]:
    """The paragraph's words, cut where claims begin and end; each piece says which claims mark it."""
    copy = evidence.copies.get(row["document"])
    paragraphs = copy.document.paragraphs if copy else ()
    if copy is None or row["paragraph"] > len(paragraphs):
        return {}
    here = paragraphs[row["paragraph"] - 1]
    marks = []
    for line in row["claims"]:
        place = evidence.register.claims[line["id"]].place_in(row["document"])
        if place and line["status"] == "found" and here.start <= place.start < place.end <= here.end:
            marks.append((place.start, place.end, line["id"]))
    cuts = sorted({here.start, here.end, *(spot for mark in marks for spot in mark[:2])})
    pieces = [
        {"text": copy.document.text[start:end], "claims": [name for a, b, name in marks if a <= start and end <= b]}
        for start, end in pairwise(cuts)
    ]
    return {"pieces": pieces, "start": here.start}


VIEWS = (("/api/s/{key}/documents", "GET", read),)
