"""The claims of a situation: who says what, where it is used, what is proposed; accept, edit, reject, grade, check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from starlette.requests import Request

from realpolitik.analyses.verdicts import counts
from realpolitik.analyses.walk import aside
from realpolitik.claims import proposals
from realpolitik.claims.claim_text import with_keys
from realpolitik.claims.ledger import ClaimsLedger, Step, write_claims
from realpolitik.claims.model import CREDIBILITY, RELIABILITY
from realpolitik.dynamics.engine import RunCancelledError
from realpolitik.errors import QuestionRefused
from realpolitik.project import deciding
from realpolitik.project.verdicts import kept_verdicts
from realpolitik.report.page.words import Words
from realpolitik.results.result import plain
from realpolitik.situation.evidence import Evidence
from realpolitik.web.shelf import Entry
from realpolitik.web.state import text
from realpolitik.web.texts import TEXTS
from realpolitik.web.wording import words_for
from realpolitik.web.worker import Job

NAME = re.compile(r"[A-Za-z][\w-]{0,39}")
SAID = ("paraphrase", "speaker", "hedge")
LONGEST = 600


def listed(bench: Any, request: Request, body: dict[str, Any]) -> Any:
    """Every claim with what rests on it, and every proposal that is still open."""
    key = request.path_params["key"]
    evidence = bench.shelf.evidence(key)
    words = words_for(evidence.situation)
    claims = [_claim(evidence, name, words) for name in evidence.register.claims]
    open_ones = proposals.open_steps(evidence.ledger).values()
    proposed = [{"id": step.claim, "by": step.by, "on": step.on, **step.keys} for step in open_ones]
    entry = bench.shelf.entry(key)
    changes = deciding.proposals(entry.folder)[1]
    proposed += [{**_change(step), "id": name} for name, step in changes.items()]
    own = entry.own
    return plain({"claims": claims, "proposals": proposed, "notes": evidence.notes, "own": own})


def _change(step: Step) -> dict[str, Any]:
    """A proposed change of the situation, as the page shows it beside proposed claims."""
    said = {"paraphrase": step.keys["words"], "speaker": step.keys["because"]}
    return {"by": step.by, "on": step.on, "change": True, **said}


def _claim(evidence: Evidence, name: str, words: Words) -> dict[str, Any]:
    claim = evidence.register.claims[name]
    elements, found = evidence.resting.get(name, ()), evidence.leaf(claim)
    return {
        "id": name, "paraphrase": claim.paraphrase, "speaker": claim.speaker, "chain": claim.chain,
        "hedge": claim.hedge, "kind": claim.kind, "grade": claim.grade, "reliability": claim.reliability,
        "credibility": claim.credibility, "where": found.where, "status": found.status, "quote": found.quote,
        "elements": [words.readable(item.label) for item in elements],
        "why_not": "" if elements else aside(evidence, claim),
        "links": [{"relation": link.relation, "to": link.to} for link in claim.links],
        "history": [vars(change) for change in evidence.history(claim)],
    }  # fmt: skip


# Changing


def propose(bench: Any, request: Request, body: dict[str, Any]) -> Any:
    """Keep a proposal: in the ledger, not yet among the claims."""
    entry, evidence = _own(bench, request)
    keys = _keys(body)
    if not keys.get("paraphrase"):
        raise QuestionRefused("A claim needs a paraphrase: what is said, in your own words.")
    name = text(body.get("id"), "id", 40) or proposals.free_names(_taken(evidence), 1)[0]
    if not NAME.fullmatch(name):
        raise QuestionRefused("An id is a letter and then letters, digits and hyphens, for example c12.")
    if name in _taken(evidence):
        raise QuestionRefused(f"'{name}' is taken.")
    ClaimsLedger(entry.folder).append(_step(body, name, "proposed", keys))
    return {"id": name}


def decide(bench: Any, request: Request, body: dict[str, Any]) -> Any:
    """Accept, edit or withdraw a proposed claim or change, by the rules `rpol claims accept` keeps."""
    entry, _ = _own(bench, request)
    name, act = text(body.get("id"), "id", 40), text(body.get("act"), "act", 20)
    if act not in ("accepted", "edited", "withdrawn"):
        raise QuestionRefused("'act' is accepted, edited or withdrawn.")
    deciding.accept(entry.folder, [name], act, _signed(body), _keys(body), text(body.get("note"), "note"))
    if act == "accepted":
        bench.shelf.forget(request.path_params["key"])
    return {"id": name, "act": act}


def grade(bench: Any, request: Request, body: dict[str, Any]) -> Any:
    """Set the grades of a claim: A-F for its source, 1-6 for the item."""
    entry, evidence = _own(bench, request)
    name = text(body.get("id"), "id", 60)
    if name not in evidence.register.claims:
        raise QuestionRefused(f"There is no claim '{name}'.")
    reliability, credibility = text(body.get("reliability"), "reliability", 1), body.get("credibility")
    if (
        reliability not in RELIABILITY
        or not reliability
        or credibility not in CREDIBILITY
        or isinstance(credibility, bool)
    ):
        raise QuestionRefused("Grades are A to F and 1 to 6; F and 6 mean: cannot be judged.")
    keys: dict[str, str | int] = {"reliability": reliability, "credibility": int(credibility)}
    _write(entry, with_keys(_text(entry), name, keys))
    ClaimsLedger(entry.folder).append(_step(body, name, "edited", keys))
    bench.shelf.forget(request.path_params["key"])
    return {"id": name}


def _own(bench: Any, request: Request) -> tuple[Entry, Evidence]:
    key = request.path_params["key"]
    entry: Entry = bench.shelf.entry(key)
    if not entry.own:
        raise QuestionRefused(TEXTS["claims.readonly"])
    return entry, bench.shelf.evidence(key)


def _keys(body: dict[str, Any]) -> dict[str, str]:
    """What a claim says, and where it stands, as one line each."""
    found = {name: " ".join(text(body.get(name), name, LONGEST).split()) for name in SAID if name in body}
    place = text(body.get("place"), "place", 200)
    return {**found, **({"place": place} if place else {})}


def _step(body: dict[str, Any], name: str, act: str, keys: Any) -> Step:
    return Step(name, act, _signed(body), proposals.now(), text(body.get("note"), "note"), keys)


def _signed(body: dict[str, Any]) -> str:
    by = text(body.get("by"), "by", 80).strip()
    if not by:
        raise QuestionRefused("Say who you are: every step of a claim is signed.")
    return by


def _taken(evidence: Evidence) -> set[str]:
    return {*evidence.register.claims, *(step.claim for step in evidence.ledger.steps)}


def _text(entry: Entry) -> str:
    path = entry.folder / "claims.yaml"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _write(entry: Entry, made: str) -> None:
    write_claims(entry.folder / "claims.yaml", made)


# Checking against the model


def check(bench: Any, request: Request, body: dict[str, Any]) -> Job:
    """Every claim judged by the model, with progress."""
    desk = bench.shelf.desk(request.path_params["key"])

    def job(cancel: Any, tell: Any) -> Iterator[dict[str, Any]]:
        def told(words: str, done: int, total: int) -> None:
            if cancel.is_set():
                raise RunCancelledError("The check was stopped.")
            tell({"progress": done, "total": total, "text": words})

        made = kept_verdicts(desk.project, told=told, confirm=False)
        yield plain({"verdicts": {item.claim: item.as_json() for item in made if item.claim}, "counts": counts(made)})

    return job


VIEWS = (
    ("/api/s/{key}/claims", "GET", listed),
    ("/api/s/{key}/claims/propose", "POST", propose),
    ("/api/s/{key}/claims/decide", "POST", decide),
    ("/api/s/{key}/claims/grade", "POST", grade),
)
STREAMS = (("/api/s/{key}/claims/check", check),)
