"""Where answers come from, for other programs.

`prov`: PROV-JSON (W3C member submission of 24 April 2013; PROV-DM, W3C Recommendation of 30 April 2013) of documents ->
claims -> inputs -> situation -> run -> answers. The run is the last one kept in this folder, where it is of the same
situation; nothing is run for this. `stix`: the claims alone, for threat-intelligence tools. No quote is written unless
it is asked for, also where a paraphrase is the source's own words.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from realpolitik import __version__
from realpolitik.claims.matching import verbatim
from realpolitik.claims.stix import WITHHELD, Material, bundle
from realpolitik.errors import RealpolitikError
from realpolitik.project.evidence import evidence_of
from realpolitik.project.locate import LAST
from realpolitik.sources.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from realpolitik.project.project import Project
    from realpolitik.situation.elements import Element
    from realpolitik.situation.evidence import Evidence

PREFIX = {"rp": "urn:realpolitik:", "prov": "http://www.w3.org/ns/prov#"}
Record = dict[str, Any]


def prov(project: Project, marking: str = "", documents: Path | None = None, runs: Path = LAST) -> Record:
    """The provenance of a project's answers as PROV-JSON; `runs`: the file that names the last run of this folder.

    `documents`: a folder with copies of the documents, where claims shall be quoted.
    """
    graph = _Graph()
    evidence = evidence_of(project, documents)
    quotes = quotes_of(evidence) if documents else None
    situation = _situation(graph, project, marking)
    _sources(graph, evidence)
    _claims(graph, evidence, quotes)
    _inputs(graph, evidence, situation)
    run = _last(project, runs)
    if run:
        _answers(graph, situation, *run)
    return {"prefix": PREFIX, **{kind: records for kind, records in graph.records.items() if records}}


def stix(project: Project, marking: str = "", documents: Path | None = None) -> Record:
    """The claims of a project as a STIX 2.1 bundle; `documents` as for `prov`."""
    evidence = evidence_of(project, documents)
    quotes = quotes_of(evidence) if documents else None
    withheld = literal(evidence) if quotes is None else frozenset()
    day = project.situation.as_of.isoformat()
    return bundle(Material(evidence.register, evidence.sources, day, marking, quotes, withheld))


def quotes_of(evidence: Evidence) -> dict[str, str]:
    """The own words of claims whose documents are at hand."""
    found = ((name, evidence.leaf(claim).quote) for name, claim in evidence.register.claims.items())
    return {name: quote for name, quote in found if quote}


def literal(evidence: Evidence) -> frozenset[str]:
    """Claims whose paraphrase is the source's own words, as far as the documents are at hand."""
    quotes = quotes_of(evidence)
    return frozenset(name for name, quote in quotes.items() if _taken(evidence.register.claims[name].paraphrase, quote))


def _taken(paraphrase: str, quote: str) -> bool:
    plain = " ".join(fold(paraphrase).text.casefold().split())
    return bool(verbatim(paraphrase, quote)) or plain in " ".join(fold(quote).text.casefold().split())


class _Graph:
    """Records by kind; each relation gets a name of its own content, so the same graph has the same names."""

    def __init__(self) -> None:
        self.records: dict[str, Record] = {kind: {} for kind in (
            "entity", "activity", "agent", "wasDerivedFrom", "wasAttributedTo", "hadMember", "used", "wasGeneratedBy",
            "wasAssociatedWith")}  # fmt: skip

    def add(self, kind: str, name: str, **about: Any) -> str:
        """An entity, activity or agent; what was said of it first stays."""
        told = {key.replace("_", ":", 1): value for key, value in about.items() if value not in ("", None, [])}
        self.records[kind].setdefault(name, told)
        return name

    def tie(self, kind: str, **ends: str) -> None:
        """A relation between names, each role under `prov:`."""
        record = {f"prov:{role}": name for role, name in ends.items()}
        self.records[kind][f"_:{_short(kind, *ends.values())}"] = record


def _short(*parts: str) -> str:
    return sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _typed(kind: str) -> Record:
    return {"$": kind, "type": "prov:QUALIFIED_NAME"}


def _situation(graph: _Graph, project: Project, marking: str) -> str:
    found = project.situation
    return graph.add(
        "entity", f"rp:situation/{found.digest[:16]}", prov_type=_typed("prov:Plan"), prov_label=found.title,
        rp_sha256=found.digest, rp_as_of=found.as_of.isoformat(), rp_marking=marking,
    )  # fmt: skip


def _sources(graph: _Graph, evidence: Evidence) -> None:
    for name in evidence.documents:
        source = evidence.sources.get(name)
        about = {} if source is None else {
            "prov_label": source.title, "rp_outlet": source.outlet, "rp_date": source.date, "rp_sha256": source.sha256,
            "rp_url": source.url,
        }  # fmt: skip
        graph.add("entity", f"rp:document/{name}", prov_type=_typed("rp:document"), **about)


def _claims(graph: _Graph, evidence: Evidence, quotes: Mapping[str, str] | None) -> None:
    withheld = literal(evidence) if quotes is None else frozenset()
    for claim in evidence.register.claims.values():
        name = graph.add(
            "entity", f"rp:claim/{claim.id}", prov_type=_typed("rp:claim"), rp_quote=(quotes or {}).get(claim.id, ""),
            prov_value=WITHHELD if claim.id in withheld else claim.paraphrase, rp_hedge=claim.hedge,
            rp_date=claim.date, rp_reliability=claim.reliability, rp_credibility=claim.credibility,
            rp_chain=" > ".join(claim.chain),
        )  # fmt: skip
        speaker = claim.speaker or "nobody named"
        agent = graph.add("agent", f"rp:speaker/{_short(speaker)}", prov_label=speaker)
        graph.tie("wasAttributedTo", entity=name, agent=agent)
        for document in dict.fromkeys(place.document for place in claim.places if place.document):
            graph.tie("wasDerivedFrom", generatedEntity=name, usedEntity=f"rp:document/{document}")


def _inputs(graph: _Graph, evidence: Evidence, situation: str) -> None:
    for element in evidence.elements:
        if element.is_model:
            _input(graph, element, situation, evidence)


def _input(graph: _Graph, element: Element, situation: str, evidence: Evidence) -> None:
    name = graph.add(
        "entity", f"rp:input/{_short(element.kind, element.id, element.words, element.reading)}",
        prov_type=_typed("rp:input"), prov_label=element.label,
    )  # fmt: skip
    graph.tie("hadMember", collection=situation, entity=name)
    for claim in element.claims:
        if claim in evidence.register.claims:
            graph.tie("wasDerivedFrom", generatedEntity=name, usedEntity=f"rp:claim/{claim}")
    if element.author and not element.claims:
        agent = graph.add("agent", f"rp:analyst/{_short(element.author)}", prov_type=_typed("prov:Person"),
                          prov_label=element.author)  # fmt: skip
        graph.tie("wasAttributedTo", entity=name, agent=agent)


def _last(project: Project, runs: Path) -> tuple[Record, Record] | None:
    """Record and assessment of the last run kept here, where it was of this situation."""
    try:
        folder = Path(json.loads(runs.read_text(encoding="utf-8"))["folder"])
        record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        if record["used"]["situation_sha256"] != project.situation.digest:
            return None
        return record, json.loads((folder / "assessment.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, LookupError, TypeError, RealpolitikError):
        return None


def _answers(graph: _Graph, situation: str, record: Record, made: Record) -> None:
    asked = record["activity"]
    run = graph.add(
        "activity", f"rp:run/{record['key'][:16]}", prov_type=_typed("rp:assessment"), rp_seed=asked["seed"],
        rp_draws=asked["draws"], rp_model_sha256=record["used"]["model_sha256"],
    )  # fmt: skip
    version = record.get("agent", {}).get("version", __version__)
    program = graph.add("agent", "rp:program", prov_type=_typed("prov:SoftwareAgent"),
                        prov_label=f"realpolitik {version}")  # fmt: skip
    graph.tie("wasAssociatedWith", activity=run, agent=program)
    graph.tie("used", activity=run, entity=situation)
    for answer in made.get("answers", []):
        for line in answer.get("lines", []):
            name = graph.add("entity", f"rp:answer/{_short(run, str(line.get('ask')), line['text'])}",
                             prov_type=_typed("rp:answer"), prov_value=line["text"], rp_ask=str(line.get("ask", "")),
                             rp_question=answer.get("question", ""))  # fmt: skip
            graph.tie("wasGeneratedBy", entity=name, activity=run)
            graph.tie("wasDerivedFrom", generatedEntity=name, usedEntity=situation)
