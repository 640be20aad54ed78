"""The first page: question, bottom line, key judgements, the picture, what would change our mind, what is left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from realpolitik.language.sentences import capital, counted
from realpolitik.report.figures import FIGURES
from realpolitik.report.page.blocks import Block, Bullets, Head, Para, Picture, Section, Span, para
from realpolitik.report.page.words import Words, led, words_of

Data = Mapping[str, Any]
TOLD = 3


def judgements(data: Data) -> Iterator[Section]:
    """Key judgements on one page."""
    words = words_of(data)
    blocks: list[Block] = [*_bottom(data, words), *_confidence(data)]
    for item in data["judgements"]:
        blocks += _judgement(item, data, words)
    blocks += [*_picture(data), *_turning(data, words), *_absent(data), *_changed(data)]
    yield Section("judgements", "Key judgements", tuple(blocks), first=True)


def _bottom(data: Data, words: Words) -> Iterator[Block]:
    """The first question with its leading lines, and what the situation says of itself."""
    made = data["judgements"]
    if not made:
        return
    yield para(made[0]["question"], kind="question")
    spans: list[Span | str] = [Span("Bottom line. ", "strong")]
    for line in made[0]["lines"]:
        spans += [*words.spans(short(line["text"])), " "]
    yield para(*spans, kind="lead")


def short(sentence: str) -> str:
    """A sentence up to its first semicolon outside brackets.

    >>> short("It is likely (66%; 55-80%); so under two of three.")
    'It is likely (66%; 55-80%).'
    """
    depth = 0
    for place, letter in enumerate(sentence):
        depth += (letter == "(") - (letter == ")")
        if letter == ";" and depth == 0:
            return f"{sentence[:place]}."
    return sentence


def _confidence(data: Data) -> Iterator[Block]:
    found = data["confidence"]
    yield para(Span(f"Confidence: {found['word']}. ", "strong"), found["because"])
    yield para(
        "A word of likelihood stands with its number and range, and says nothing of confidence. Points are "
        "hundredths of a full swing of an actor's most important interest.",
        kind="note",
    )


def _judgement(item: Data, data: Data, words: Words) -> Iterator[Block]:
    yield para(Span(f"{item['number']}  {item['question']}", "strong", link=f"q{item['number']}"), kind="question")
    if not item["lines"]:
        yield para(f"Not answered: {'; '.join(item['refused']) or 'nothing is asked'}.")
    lines = []
    for line in item["lines"]:
        firm = [Span(f" {line['firm']}", "soft")] if line["firm"] else []
        lines.append(para(*words.spans(line["text"]), *led(line["ask"], data), *firm))
    yield Bullets(tuple(lines))


def _picture(data: Data) -> Iterator[Block]:
    """What carries the answer that loses or gains most among the first question's explanations."""
    found = data.get("chains", {})
    for line in (line for item in data["judgements"] for line in item["lines"]):
        for name in data.get("whys", {}).get("lines", {}).get(line["ask"], []):
            if name in found:
                why = data["whys"]["results"][name]
                note = "From left to right: what is held or chosen, what it moves, whom that touches. " + CHAIN
                yield Picture(
                    FIGURES["network"](
                        found[name]["nodes"], found[name]["links"], title=why["question"], note=note, wide=900.0
                    )
                )
                return


CHAIN = "Numbers: change of the level, mean over draws. Full: up; dashed: down; thin: judgement; thick: carries more."


def _turning(data: Data, words: Words) -> Iterator[Block]:
    reversal = data.get("reversal", {})
    about = f"\u201c{heading(reversal['ask'], data)}\u201d: " if reversal else ""
    told = [para(about, *words.spans(text.removeprefix("One: "))) for text in reversal.get("sentences", ())[1:3]]
    rows = [row for row in data.get("assumptions", {}).get("rows", ()) if row["told_apart"] and not paid(row)]
    told += [para(*turning(row, data)) for row in rows[: TOLD + 1 - len(told)]]
    if told:
        yield Head("What would change our mind")
        yield Bullets(tuple(told))


def paid(row: Data) -> bool:
    """Is it the price of the very move the answer holds? That it counts there is no finding.

    >>> paid({"input": "price: AAA.arm=on for AAA", "asked": "gain(AAA | do(AAA.arm=on))"})
    True
    """
    role, _, element = str(row["input"]).partition(": ")
    return role in ("price", "switch") and f"do({element.partition('=')[0].partition(' for ')[0]}" in str(row["asked"])


def turning(row: Data, data: Data) -> Iterator[Span]:
    """An assumption and how far it moves an answer."""
    scale, unit = {"probability": (100.0, "percentage points"), "share": (100.0, "percentage points")}.get(
        row["unit"], (1.0, {"level": "on the scale from 0 to 1"}.get(row["unit"], row["unit"]))
    )
    number = str(row["answer"]).partition(".")[0]
    yield Span(f"{capital(row.get('words') or row['input'])}, stated as {row['value']}: where it lies in its upper ")
    yield Span("rather than its lower third, ")
    about = heading(row["asked"], data)
    yield Span(f"\u201c{about}\u201d" if about else f"an answer of question {number}", link=f"q{number}")
    yield Span(f" changes by {scale * row['swing']:+.2g} {unit}. ")
    yield Span(f"Judgement by {row['author'] or 'nobody named'}.", "soft")


NUMBER = re.compile(r": (?=[-+]?[0-9.]|(?:almost|very|unlikely|likely|roughly|under|at) )")


def heading(ask: str, data: Data) -> str:
    """What an asked line is about: its sentence up to the number."""
    answers = data.get("assessment", {}).get("answers", ())
    lines = (line for answer in answers for line in answer["lines"])
    text = next((str(line["text"]) for line in lines if line["ask"] == ask), "")
    found = NUMBER.search(text)
    return text[: found.start()] if found else ""


def _absent(data: Data) -> Iterator[Block]:
    claims = data.get("evidence", {}).get("claims", {})
    reasons = Counter(item["reason"] for item in claims.values() if item["reason"] and not item["in_model"])
    if not reasons:
        return
    yield Head("What is not modelled")
    total = counted(sum(reasons.values()), "claim")
    yield para(f"{total} of {len(claims)} have no part in the model. The commonest reasons:")
    yield Bullets(tuple(para(f"{reason} ({counted(count, 'claim')})") for reason, count in reasons.most_common(TOLD)))


def _changed(data: Data) -> Iterator[Block]:
    changes = data.get("changes")
    yield Head("Changed since the last version")
    if changes is None:
        yield para("No earlier report was given to compare with (rpol report --against EARLIER.json).")
    elif not changes["rows"]:
        yield para(f"Nothing moved by more than sampling error against {changes['against']}.")
    else:
        yield para(f"Against {changes['against']}:")
        yield Bullets(tuple(_change(row) for row in changes["rows"]))


def _change(row: Data) -> Para:
    return para(Span(row["what"], "strong"), f": {row['before']} before, {row['after']} now. {row['because']}".rstrip())
