"""One function for each reader: bytes in, nothing out. Only an error of our own tree may come out of it.

`TARGETS` names them; `seeds` gives the small inputs each begins with, taken from the tests and written here.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
FOUND = Path(__file__).resolve().parent / "found"
"""Inputs that once did harm, by target; the tests try them again."""


@dataclass(frozen=True)
class Target:
    """A reader to feed: `fed` takes the bytes, `files` and `texts` are what mutation begins with."""

    fed: Callable[[bytes], object]
    files: tuple[str, ...] = ()
    texts: tuple[bytes | Callable[[], bytes], ...] = ()
    longest: int = 4_000
    words: tuple[str, ...] = ()

    def seeds(self) -> Iterator[bytes]:
        """Small inputs that are well formed."""
        yield from (text() if callable(text) else text for text in self.texts)
        for pattern in self.files:
            yield from (path.read_bytes() for path in sorted(TESTS.glob(pattern)) if path.stat().st_size <= 40_000)


def situation(data: bytes) -> None:
    """A situation file: YAML, every section, every check."""
    from realpolitik.claims.written.findings import Collector  # noqa: PLC0415
    from realpolitik.claims.written.nodes import MapNode  # noqa: PLC0415
    from realpolitik.claims.written.yaml_text import read_bytes  # noqa: PLC0415
    from realpolitik.situation.reader import read_root  # noqa: PLC0415

    found = Collector()
    root = read_bytes(data, found, "f.yaml")
    if isinstance(root, MapNode):
        read_root(root, found)


def canonical(data: bytes) -> None:
    """Formatting a situation file: what it gives is in canonical form."""
    from realpolitik.situation.canonical import format_text  # noqa: PLC0415

    once = format_text(data.decode("utf-8", "replace"), "f.yaml")
    assert format_text(once, "f.yaml") == once


def expression(data: bytes) -> None:
    """The expression language: a term, an event, a query; what is read can be written and read again."""
    from realpolitik.errors import RealpolitikError  # noqa: PLC0415
    from realpolitik.language.formatter import format_expression  # noqa: PLC0415
    from realpolitik.language.parser import parse_event, parse_query, parse_term  # noqa: PLC0415

    text = data.decode("utf-8", "replace")
    for parse in (parse_term, parse_query):
        try:
            read = parse(text)
        except RealpolitikError:
            continue
        assert parse(format_expression(read)) == read
    parse_event(text)


def conflict(data: bytes) -> None:
    """A conflict as JSON."""
    from realpolitik.conflicts.reader import parse_conflict  # noqa: PLC0415

    parse_conflict(data.decode("utf-8", "replace"), "f.json")


def gmcr(data: bytes) -> None:
    """A conflict as .gmcr."""
    from realpolitik.conflicts.gmcr import parse_gmcr  # noqa: PLC0415

    parse_gmcr(data.decode("utf-8", "replace"), "f.gmcr")


def nfg(data: bytes) -> None:
    """A game in strategic form, .nfg."""
    from realpolitik.conflicts.nfg import parse_nfg  # noqa: PLC0415

    parse_nfg(data.decode("utf-8", "replace"), "f.nfg")


def _document(kind: str) -> Callable[[bytes], None]:
    def fed(data: bytes) -> None:
        from realpolitik.sources.readers.worker import reader  # noqa: PLC0415
        from realpolitik.sources.reading import Limits  # noqa: PLC0415

        reader(kind)(data, "f", Limits(characters=100_000))

    return fed


def attribution(data: bytes) -> None:
    """Who says what in a text: plain reading, then every rule."""
    from realpolitik.sources.attribution.extract import extract  # noqa: PLC0415
    from realpolitik.sources.reading import document_of  # noqa: PLC0415

    extract(document_of(data, "f.txt").text, thoughts=True)


def claims(data: bytes) -> None:
    """A claims file with its register."""
    from realpolitik.claims.register_reader import read_register  # noqa: PLC0415
    from realpolitik.claims.written.findings import Collector  # noqa: PLC0415
    from realpolitik.claims.written.yaml_text import read_bytes  # noqa: PLC0415

    found = Collector()
    read_register(read_bytes(data, found, "claims.yaml"), found)


def ledger(data: bytes) -> None:
    """The ledgers of claims and forecasts: each line a record with its digest, whatever the record says."""
    from realpolitik.claims.ledger import ClaimsLedger  # noqa: PLC0415
    from realpolitik.claims.proposals import open_steps  # noqa: PLC0415
    from realpolitik.errors import RealpolitikError  # noqa: PLC0415
    from realpolitik.project.forecasts import NAME, Ledger  # noqa: PLC0415

    lines = [hashlib.sha256(line).hexdigest().encode() + b" " + line for line in data.split(b"\n")]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        for name in ("claims-ledger.jsonl", NAME):
            (path / name).write_bytes(b"\n".join(lines))
        with contextlib.suppress(RealpolitikError):
            open_steps(ClaimsLedger(path).read())
        Ledger(path / NAME).read()


def facts(data: bytes) -> None:
    """Published figures, facts.yaml."""
    from realpolitik.claims.facts.reader import read_facts  # noqa: PLC0415
    from realpolitik.claims.written.findings import Collector  # noqa: PLC0415
    from realpolitik.claims.written.yaml_text import read_bytes  # noqa: PLC0415

    found = Collector()
    read_facts(read_bytes(data, found, "facts.yaml"), found)


def figures(data: bytes) -> None:
    """An official file as downloaded, read by every importer."""
    from realpolitik.claims.facts.importers import IMPORTERS, import_file  # noqa: PLC0415
    from realpolitik.errors import RealpolitikError  # noqa: PLC0415

    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        for kind in IMPORTERS:
            with contextlib.suppress(RealpolitikError):
                import_file(kind, Path(file.name))


def answer(data: bytes) -> None:
    """What a language model answered about a document."""
    from realpolitik.sources.document import document_from_text  # noqa: PLC0415
    from realpolitik.sources.language_model.asking import mark  # noqa: PLC0415
    from realpolitik.sources.language_model.verified import verified  # noqa: PLC0415

    note = document_from_text("The talks may fail, the envoy said.")
    verified(note, data.decode("utf-8", "replace").replace("MARK", mark(note)))


def earlier(data: bytes) -> None:
    """An earlier report, to say what changed."""
    from realpolitik.project.difference import read_report  # noqa: PLC0415

    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        read_report(Path(file.name))


def workbook(data: bytes) -> None:
    """A workbook that somebody filled in: the archive, or what stands in its sheet."""
    from realpolitik.report.sheets import read_xlsx, xlsx  # noqa: PLC0415

    inner = {"xl/worksheets/sheet1.xml": data}
    read_xlsx(data if data.startswith(b"PK") else _archive(xlsx({"judgement": [["id"]]}), inner), "f.xlsx")


def docx(data: bytes) -> None:
    """A Word file: the archive, or what stands in its body."""
    _document("docx")(data if data.startswith(b"PK") else _archive(_docx(), {"word/document.xml": data}))


def _archive(whole: bytes, changed: dict[str, bytes]) -> bytes:
    """An archive with some of its members replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, changed.get(name, old.read(name)))
    return made.getvalue()


def _member(whole: Callable[[], bytes], name: str) -> Callable[[], bytes]:
    """One member of an archive, when it is asked for."""
    return lambda: zipfile.ZipFile(io.BytesIO(whole())).read(name)


def _docx() -> bytes:
    body = "<w:p><w:r><w:t>The envoy said no.</w:t></w:r></w:p><w:p><w:r><w:t>A &amp; B</w:t></w:r></w:p>"
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')
    return made.getvalue()


def _xlsx() -> bytes:
    from realpolitik.report.sheets import xlsx  # noqa: PLC0415

    return xlsx({"judgement": [["id", "low", "best"], ["start: tension", "0.2", "0.3"]]})


def _pdf() -> bytes:
    stream = b"BT /F1 12 Tf 72 720 Td (The envoy said no.) Tj ET"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )  # fmt: skip
    made, places = b"%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return made + head + table + b"trailer<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF\n" % len(made)


HTML = b"<!doctype html><html><head><title>T</title></head><body><article><p>The envoy said no.</p></article></body>"
CLAIMS = b"""claims:
  c1: {speaker: an envoy, paraphrase: Aland arms, hedge: likely, chain: A > envoy, date: 2024-01-05, contradicts: [c2]}
  c2: {speaker: a minister, paraphrase: Aland does not arm, reliability: B, credibility: 2}
speakers: {an envoy: {name: An Envoy}}
tensions: {one: {between: [c1, c2], turns_on: who is right}}
"""
FACTS = b"""metrics: {gdp: {name: output, unit: USD}}
sources: {wb: a bank}
groups: {both: [AAA, BBB]}
series: [{metric: gdp, source: wb, values: {AAA: {2020: 90, 2021: 8 to 12}, BBB: {2020: 10}}}]
"""
GMCR = json.dumps({
    "decisionMakers": [{"name": "A", "options": [0]}, {"name": "B", "options": [1]}], "options": ["go", "stay"],
    "version": "1.0",
}).encode()  # fmt: skip
NFG = b'NFG 1 R "game" { "A" "B" } { 2 2 }\n3 3 0 5 5 0 1 1\n'
NFG_OUTCOMES = b'NFG 1 R "g" { "A" "B" } { { "x" "y" } { "u" } }\n{ { "a" 1, 2 } { "b" 3/4, -1 } }\n1 2\n'
STEP = {"claim": "p-001", "act": "proposed", "by": "me", "on": "2024-01-05", "note": "", "keys": {"speaker": "x"}}
ASKED = {"kind": "question", "id": "leak", "text": "Does it?", "rule": "r", "due": "2030-01-01", "ask": "", "by": "me"}
SAID = {"kind": "forecast", "question": "leak", "p": 0.3, "by": "me", "on": "2024-01-05", "made_from": {}, "after": 1}
RECORDS = (STEP, {**STEP, "act": "accepted", "keys": {}}, {**ASKED, "on": "2024-01-05"}, SAID)
LEDGER = b"\n".join(json.dumps(item).encode() for item in RECORDS)
TERMS = (
    b"P(tension > 0.5 by 2027-06 | do(ALA.arm=on, shock leak))", b"gain(BOR at 3 years | do(ALA.arm)) < 0",
    b"loser(| do(PACT.drill=public)) is ALA", b"E[tension after 18 months] > 0.4",
    b"not (a and b=on) or max(x, y) >= 0.3",
    b"P(a > 0.1) is very likely",
)  # fmt: skip
YAML_WORDS = (
    "actors:", "factors:", "options:", "influences:", "interests:", "hypotheses:", "instead:", "shocks:", "scenarios:",
    "commitments:", " raises ", " pulls ", " to ", " after ", " if ", "vital:", "never:", "per year", "normal(",
    "mixture(", "levels:", "price:", "requires:", "seen_as:", "half_life:",
)  # fmt: skip
TABLES = (
    b"stateabb,ccode,year,milex,milper,irst,pec,tpop,upop,cinc,version\nNOR,385,2000,3050,27,620,48,449,34,0.0021,2021\n",
    b"ccode1,ccode2,year,importer1,importer2,flow1,flow2\n220,255,2000,France,Germany,51.5,60\n",
    b"rcid,ccode,vote,year\n1,220,1,2000\n1,385,1,2000\n", b"supplier,recipient,year,tiv\nFrance,Norway,2000,10\n",
    b"ccode,session,NVotesAll,IdealPointAll,Q5%All,Q95%All\n385,55,70,1.1,0.9,1.3\n",
)  # fmt: skip
SAYS = {"quote": "The talks may fail", "speaker": "the envoy", "speaker_kind": "person", "cue": "said",
        "kind": "indirect", "denied": False, "hedges": ["may"]}  # fmt: skip
ANSWER = json.dumps({"document": "MARK", "claims": [SAYS]}).encode()
LINE = {"ask": "P(a)", "text": "A: 1%", "data": {"value": 0.5, "unit": "probability", "sampling_error": 0.1}}
EARLIER = json.dumps({
    "about": {"as_of": "2024-01-01", "model_sha256": "0" * 64, "draws": 8}, "inputs": [{"name": "a", "value": "1"}],
    "assessment": {"answers": [{"lines": [LINE]}]},
}).encode()  # fmt: skip
TARGETS = {
    "situation": Target(situation, ("situation/good/*.yaml", "cases/*.yaml"), longest=12_000, words=YAML_WORDS),
    "canonical": Target(canonical, ("situation/good/*.yaml",), longest=8_000, words=YAML_WORDS),
    "expression": Target(expression, texts=TERMS, longest=400),
    "conflict": Target(conflict, ("conflicts/mill.json", "conflicts/published/*.json"), longest=6_000),
    "gmcr": Target(gmcr, ("conflicts/**/*.gmcr",), (GMCR,)),
    "nfg": Target(nfg, ("conflicts/**/*.nfg",), (NFG, NFG_OUTCOMES), longest=1_500),
    "html": Target(_document("html:utf-8"), texts=(HTML,)),
    "docx": Target(docx, texts=(_docx, _member(_docx, "word/document.xml"))),
    "pdf": Target(_document("pdf"), texts=(_pdf,)),
    "attribution": Target(attribution, ("sources/texts/ch*.txt",), longest=3_000),
    "claims": Target(claims, texts=(CLAIMS,)),
    "ledger": Target(ledger, texts=(LEDGER,), longest=2_000),
    "facts": Target(facts, texts=(FACTS,)),
    "figures": Target(figures, texts=TABLES, longest=1_500),
    "answer": Target(answer, texts=(ANSWER,), longest=1_500),
    "earlier": Target(earlier, texts=(EARLIER,), longest=1_500),
    "workbook": Target(workbook, texts=(_xlsx, _member(_xlsx, "xl/worksheets/sheet1.xml"))),
}


def harm(target: Target, data: bytes) -> BaseException | None:
    """What comes out of a reader that is no refusal; None where all is well."""
    from realpolitik.errors import RealpolitikError  # noqa: PLC0415

    try:
        target.fed(data)
    except RealpolitikError:
        return None
    except Exception as problem:
        return problem
    return None
