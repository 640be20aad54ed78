"""A small project of our own with two documents, for tests."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

NOTE = (
    "The Strait Gazette\n\nAland has begun to arm, the Gazette reported, quoting Admiral Birk.\n"
    "\n\u201cBorduria may answer in kind,\u201d said Dr. Orm of the Harbour Institute.\n\nMore on page 4.\n"
)
SPEECH = "Admiral Birk said: Aland has begun to arm.\n\nTension in the strait will rise.\n"
SITUATION = """situation: The strait
as_of: 2024-01-01
horizon: 5 years
judged_by: R. Example, 2024-01-05
actors:
  AAA: {name: Aland, leader: President Alm, aliases: [the Alandic side], claims: [c1]}
  BBB: {name: Borduria}
factors:
  tension: {from: calm, to: brink of war, now: 0.3 to 0.5}
options:
  AAA.arm: {now: off, price: 1 to 3 points, claims: [c1]}
  BBB.answer: {now: off, price: 1 point}
influences:
  - AAA.arm raises tension: strong (c1, c3)
  - BBB.answer raises tension: moderate (c2)
interests:
  AAA:
    - vital: more tension
  BBB:
    - vital: less tension (c3)
questions:
  - text: Does it hurt Borduria?
    ask: [gain(BBB at 1 year | do(AAA.arm))]
checks:
  - c4: gain(BBB at 1 year | do(AAA.arm)) < 0
names:
  strait: {what: the waters between the two; factor tension, aliases: [the Strait], claims: [c3]}
"""
HEAD = """recorded_by: R. Example, 2024-01-05
paragraphs:
  note: {1: the name of the paper}
  speech: {}
names:
  Harbour Institute: {what: where Orm works, why_absent: a body of no part here, claims: [c2]}
speakers:
  Birk: {role: admiral, affiliation: Aland, reliability: C, because: interested}
  Orm: {role: expert, affiliation: Harbour Institute, reliability: B, because: field of his own}
tensions:
  T1: {about: who began, claims: [c1, c2], separated_by: the date}
claims:
"""


def place(text: str, document: str, words: str) -> str:
    """A place and anchor of `words`, which stand once in the text."""
    from realpolitik.sources.anchors import anchor  # noqa: PLC0415
    from realpolitik.sources.document import document_from_text  # noqa: PLC0415

    read = document_from_text(text)
    start = text.index(words)
    made = anchor(read, start, start + len(words), keep_words=False)
    paragraph = read.paragraph_at(start).number
    return (
        f"    place: {document} paragraph {paragraph}, {made.start}-{made.end}, {made.length}\n"
        f"    anchor: {made.exact_sha256} {made.context_sha256}\n"
    )


def claims() -> str:
    """claims.yaml of the project."""
    entries = (
        ("c1", "Aland arms.", "Birk", "chain: Gazette > Birk", NOTE, "note", "Aland has begun to arm", 3),
        ("c2", "Borduria might answer.", "Orm", "hedge: may", NOTE, "note", "Borduria may answer in kind", 6),
        (
            "c3",
            "Tension goes up.",
            "Birk",
            "hedge: will\n    repeats: c1",
            SPEECH,
            "speech",
            "Tension in the strait",
            3,
        ),
        ("c4", "Borduria is hurt.", "Birk", "kind: ranking", SPEECH, "speech", "Admiral Birk said", 6),
        ("c5", "There is a page 4.", "Birk", "not_modelled: about the paper", NOTE, "note", "More on page 4.", 2),
    )
    return HEAD + "".join(
        f"  {name}:\n    paraphrase: {said}\n    speaker: {who}\n    {more}\n    credibility: {grade}\n"
        + place(text, document, words)
        for name, said, who, more, text, document, words, grade in entries
    )


def write(folder: Path, documents: Path | None = None) -> Path:
    """Write the project (and its documents beside it) and say where."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "situation.yaml").write_text(SITUATION, encoding="utf-8")
    (folder / "claims.yaml").write_text(claims(), encoding="utf-8")
    hashes = {name: sha256(text.encode()).hexdigest() for name, text in (("note", NOTE), ("speech", SPEECH))}
    described = "".join(
        f"  {name}: {{title: A {name}, kind: {name}, date: 2024-01-0{n}, sha256: {digest}}}\n"
        for n, (name, digest) in enumerate(hashes.items(), 1)
    )
    (folder / "sources.yaml").write_text("sources:\n" + described, encoding="utf-8")
    if documents:
        documents.mkdir(parents=True, exist_ok=True)
        (documents / "a.txt").write_text(NOTE, encoding="utf-8")
        (documents / "b.txt").write_text(SPEECH, encoding="utf-8")
    return folder
