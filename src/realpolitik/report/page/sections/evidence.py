"""What stands behind it: where speakers differ, what to watch, what it rests on, verdicts on claims, sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from realpolitik.language.sentences import capital, counted, level, share, two_digits
from realpolitik.report.figures import Table
from realpolitik.report.page.blocks import Block, Bullets, Fold, Grid, Head, Section, Span, para
from realpolitik.report.page.sections.first import paid, turning
from realpolitik.report.page.words import Words, draws_note, words_of

Data = Mapping[str, Any]
RANKED = 20


def experts(data: Data) -> Iterator[Section]:
    """Statements that pull against each other, what separates them, and the rival readings."""
    tensions = data.get("evidence", {}).get("tensions", ())
    if not tensions and not data.get("hypotheses"):
        return
    words = words_of(data)
    verdicts = {row["claim"]: row["verdict"] for row in data.get("verdicts", {}).get("rows", ())}
    blocks: list[Block] = [*_readings(data)]
    if tensions:
        blocks.append(Head("Statements that pull against each other"))
        blocks.append(para("Side by side, with what separates them in our reading, and what the model says of each."))
    for item in tensions:
        blocks += _tension(item, words, verdicts)
    yield Section("experts", "Where the speakers differ, and what separates them", tuple(blocks))


def _readings(data: Data) -> Iterator[Block]:
    for group in data.get("hypotheses", ()):
        yield Head(f"Rival readings: {group['group']}")
        told = [
            para(Span(item["id"], "strong"), f" (chance {item['chance']}): {item['says']}.")
            for item in group["readings"]
        ]
        yield Bullets(tuple(told))


def _tension(item: Data, words: Words, verdicts: Mapping[str, str]) -> Iterator[Block]:
    about = Span(capital(item["about"]), "strong")
    yield para(about, f". Separated by: {item['separated_by']}.", id=f"tension-{item['id']}")
    told = []
    for name in item["claims"]:
        claim = words.claims.get(name)
        if claim:
            verdict = f" [{verdicts[name]}]" if name in verdicts else ""
            told.append(para(words.claim(name), f" {claim['speaker']}: {claim['paraphrase']}", Span(verdict, "soft")))
    yield Bullets(tuple(told))


def watch(data: Data) -> Iterator[Section]:
    """Indicators with their chances if what they stand for is so, and if not."""
    found = data.get("indicators", ())
    if not found:
        return
    words = words_of(data)
    rows = tuple((row["watch"], words.readable(row["purpose"]), row["p_if"], row["p_else"]) for row in found)
    intro = (
        "How often each would be seen if what it stands for is so, and if it is not. The chances are judgement of "
        "those who wrote the situation."
    )
    yield Section(
        "watch",
        "What to watch",
        (para(intro), Grid(Table(("watch for", "stands for", "chance if so", "chance if not"), rows))),
    )


def assumptions(data: Data) -> Iterator[Section]:
    """Judgements ranked by their effect on the answers."""
    found = data.get("assumptions")
    built = data["assessment"]["built_from"]
    head = para(
        f"{counted(built['on_claims'], 'input rests', 'inputs rest')} on claims, "
        f"{built['on_judgement']} on judgement. A judgement counts by how strongly an answer moves with it over the "
        "draws."
    )
    if not found:
        reason = data["left_out"].get("assumptions", "")
        yield Section("assumptions", "What it rests on", (head, para(f"Not ranked: {reason}")))
        return
    told = [row for row in found["rows"] if row["told_apart"]]
    telling = [row for row in told if not paid(row)]
    priced = len(told) - len(telling)
    aside = f"{counted(priced, 'price')} of the very move an answer holds left out: that it counts is no finding. "
    about = para(
        f"{counted(len(told), 'judgement')} can be told from chance at {found['about']['draws']} draws (rank "
        f"correlation above {found['about']['noise']:.2f}). {aside if priced else ''}The most telling first:"
    )
    listed = Bullets(tuple(para(*turning(row, data)) for row in telling[:RANKED]), ordered=True)
    yield Section("assumptions", "What it rests on", (head, about, listed))


ORDER = ("holds", "holds by construction", "contested", "fails", "untestable")
MEANING = {
    "holds": "the model says the same",
    "holds by construction": "it is in the inputs, so agreement proves nothing",
    "contested": "it turns on a hypothesis, a way of comparing, or chance",
    "fails": "the model says otherwise",
    "untestable": "no check can be written for it; each has its reason",
}


def verdicts(data: Data) -> Iterator[Section]:
    """Claims of the documents against the model."""
    found = data.get("verdicts")
    if not found or not found["rows"]:
        return
    words = words_of(data)
    counts = [para(Span(f"{kind}: {found['counts'].get(kind, 0)}", "strong"), f", {MEANING[kind]}.") for kind in ORDER]
    total = sum(found["counts"].values())
    blocks: list[Block] = [para(f"Of {counted(total, 'claim')}:"), Bullets(tuple(counts)), *draws_note(found)]
    for kind in ("fails", "contested", "holds", "holds by construction", "untestable"):
        rows = [row for row in found["rows"] if row["verdict"] == kind]
        if rows:
            blocks.append(Fold(f"{kind} ({len(rows)})", (_verdict_table(rows, words),)))
    yield Section("verdicts", "The documents' claims as tests", tuple(blocks))


def _verdict_table(rows: list[Data], words: Words) -> Grid:
    body = tuple(
        (
            row["claim"] or "(check)",
            words.claims.get(row["claim"], {}).get("paraphrase", ""),
            _number(row),
            words.readable("; ".join(row["turns_on"]) or row["reason"] or f"asked: {row['check']}"),
        )
        for row in rows
    )
    links = {(i, 0): f"claim-{row['claim']}" for i, row in enumerate(rows) if row["claim"] in words.claims}
    return Grid(Table(("claim", "in our words", "the model", "turns on, why, or what was asked"), body), links=links)


def _number(row: Data) -> str:
    if row["number"] is None:
        return ""
    if row["unit"] in ("probability", "share"):
        return share(min(1.0, max(0.0, row["number"])))
    write = two_digits if row["unit"] in ("points", "number") else level
    low, high = row.get("low"), row.get("high")
    span = f" ({write(low)} to {write(high)})" if low is not None and high is not None and low != high else ""
    return f"{write(row['number'])}{' points' if row['unit'] == 'points' else ''}{span}"


def sources(data: Data) -> Iterator[Section]:
    """The documents, and who speaks in them, with the grade of each and its reason."""
    found = data.get("evidence")
    if not found or not (found["sources"] or found["speakers"]):
        return
    documents = [
        para(
            Span(item["title"] or item["id"], "strong"),
            f". {', '.join(filter(None, (item['author'], item['outlet'], item['kind'])))}, {item['date'] or 'no date'}"
            f"{' (year inferred)' if item['year_inferred'] else ''}. {item['note']}".rstrip(),
            Span(f" SHA-256 {item['sha256'][:16]}" if item["sha256"] else "", "soft"),
            id=f"source-{item['id']}",
        )
        for item in found["sources"]
    ]
    rows = tuple(
        (
            item["name"],
            item["role"],
            item["affiliation"],
            item["reliability"],
            item["because"],
            str(_spoken(found, item)),
        )
        for item in found["speakers"]
    )
    columns = ("speaker", "role", "affiliation", "reliability", "because", "claims")
    note = (
        "Reliability grades the source, A to E; F: cannot be judged. Credibility grades the item, 1 to 5; 6: cannot be "
        "judged. Grades are no likelihoods."
    )
    yield Section(
        "sources",
        "Sources and grades",
        (Bullets(tuple(documents)), para(note, kind="note"), Grid(Table(columns, rows, frozenset({5})))),
    )


def _spoken(found: Data, item: Data) -> int:
    return sum(claim["speaker"] == item["name"] for claim in found["claims"].values())
