"""The first screen: the reader's questions first, then the system, who gains and who loses, and goals."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from realpolitik.language.sentences import counted, share, signed
from realpolitik.language.time import duration_words, short_duration, short_times
from realpolitik.report.tables import FORESIGHT, wrapped

SHOWN_PAIRS = 4
SPARKS = "▁▂▃▄▅▆▇█"


def screen_text(made: Mapping[str, Any], width: int = 96) -> str:
    """An assessment (as plain data) for a terminal of `width` columns; narrower ones drop columns, never answers."""
    parts = [
        _head(made, width),
        _questions(made, width),
        _system(made, width),
        _moves(made, width),
        _goals(made, width),
        _background(made, width),
    ]
    shown = [list(part) for part in parts]
    return "\n".join(line for part in shown if part for line in (*part, "")).rstrip() + "\n"


def _head(made: Mapping[str, Any], width: int) -> Iterator[str]:
    right = f"as of {made['as_of']}, {short_times(made['answers_years'])}"
    title = str(made["title"]).upper()
    gap = max(2, width - len(title) - len(right))
    yield title + " " * gap + right
    built = made["built_from"]
    about = made["about"]
    text = (
        f"Built from {counted(built['claims'], 'claim')}. "
        f"{counted(built['on_claims'], 'input rests', 'inputs rest')} on claims, "
        f"{built['on_judgement']} on judgement. This works out what follows from their reasoning; it is no forecast. "
        f"{about['draws']} draws, seed {about['seed']}; unless said otherwise {FORESIGHT[bool(about['depth'])]}. "
        "Gains are points (hundredths of a full swing of the actor's own top interest): a thing done, against its "
        "status quo held. Words and grades: rpol glossary."
    )
    yield from wrapped(text, width, "")


def _questions(made: Mapping[str, Any], width: int) -> Iterator[str]:
    for item in made["answers"]:
        differs = item["depth"] != made["about"]["depth"]
        note = f"({FORESIGHT[bool(item['depth'])]}; {item['draws']} draws)  " if differs else ""
        right = f"{note}why {item['number']}"
        head = f"{item['number']:>2}  {item['question']}"
        if len(head) + len(right) + 2 <= width:
            yield head + " " * (width - len(head) - len(right)) + right
        else:
            yield head
            yield right.rjust(width)
        for line in item["lines"]:
            handle = line.get("handle") or ""
            yield from wrapped(
                f"{handle:<4} {line['text']}".strip() if handle else line["text"], width, "   ", "        "
            )
        for refused in item["refused"]:
            yield from wrapped(f"not answered: {refused}", width, "      ")


def spark(values: Sequence[float], low: float = 0.0, high: float = 1.0) -> str:
    """A path as a line of small bars.

    >>> spark([0.0, 0.5, 1.0])
    '▁▅█'
    """
    span = (high - low) or 1.0
    return "".join(SPARKS[min(7, max(0, int((value - low) / span * 8)))] for value in values)


def _system(made: Mapping[str, Any], width: int) -> Iterator[str]:
    if not made["system"]:
        return
    years = made["system"][0]["years"]
    heads = "".join(f"{'now' if value == 0 else short_duration(value):>7}" for value in years)
    room = max(24, width - len(heads) - 16)
    yield f"{'THE SYSTEM (0-1; median of draws)':<{room}}{heads}   path"
    for row in made["system"]:
        values = "".join(f"{value:>7.2f}" for value in row["median"])
        words = _short(row, room)
        yield f"{words:<{room}}{values}   {spark(row['path'])}"


def _short(row: Mapping[str, Any], room: int) -> str:
    """A factor with what 0 and 1 mean, as far as there is room."""
    whole = f" {row['name']}: 0 {row['from']} .. 1 {row['to']}"
    name = f" {row['name']}"
    return whole if len(whole) < room else name if len(name) < room else f"{name[: room - 4]}..."


def _moves(made: Mapping[str, Any], width: int) -> Iterator[str]:
    if not made["moves"]:
        return
    names = made["actors"]
    label = min(20, max(len(str(name)) for name in names.values()) + 1)
    column = 12
    shown = max(1, (width - label) // column)
    after = duration_words(12 * made["moves_years"])
    yield f"WHO GAINS, WHO LOSES: points of own interests after {after}, by itself / with reactions"
    for first in range(0, len(made["moves"]), shown):
        yield from _moves_block(made["moves"][first : first + shown], names, label, column)
    yield "L = loses most, in the largest share of draws."


def _moves_block(
    moves: Sequence[Mapping[str, Any]], names: Mapping[str, str], label: int, column: int
) -> Iterator[str]:
    heads = [_heading(str(move["name"]), column - 1) for move in moves]
    for part in range(max(map(len, heads))):
        words = (head[part] if part < len(head) else "" for head in heads)
        yield " " * label + "".join(word.rjust(column) for word in words).rstrip()
    losers = [max(move["losers"]["top"], key=move["losers"]["top"].get) for move in moves]
    for actor, name in names.items():
        cells = []
        for move, loser in zip(moves, losers, strict=True):
            gain = move["gains"][actor]
            mark = " L" if loser == actor else "  "
            cells.append(f"{signed(gain['by_itself'])}/{signed(gain['gain'])}{mark}".rjust(column))
        yield f"{name[: label - 1]:<{label}}{''.join(cells)}".rstrip()


def _heading(text: str, width: int) -> list[str]:
    """A heading in lines of at most `width`; a word that is longer is broken with a hyphen, never cut.

    >>> _heading("the trio institutionalised", 11)
    ['the trio', 'institutio-', 'nalised']
    """
    words = re.sub(rf"(\S{{{width - 1}}})(?=\S{{2}})", r"\1- ", text)
    return textwrap.wrap(words, width, break_on_hyphens=False)


def _day(date: str, made: Mapping[str, Any]) -> str:
    """The year of a date; the whole date where the run is over within a year."""
    return date if max(made["answers_years"]) < 1 else date[:4]


def _goals(made: Mapping[str, Any], width: int) -> Iterator[str]:
    if not made["goals"]:
        return
    names = made["actors"]
    yield "GOALS REACHED"
    told = [
        f"{names[item['actor']]}: {item['text']} by {_day(item['by'], made)}: {share(item['probability'])}"
        for item in made["goals"]
    ]
    yield from wrapped("  |  ".join(told), width, " ")


def _background(made: Mapping[str, Any], width: int) -> Iterator[str]:
    """Where experts disagree, what it rests on, the documents' claims, the look back."""
    yield from _disagreements(made.get("disagreements", []), width)
    yield from _rests_on(made.get("rests_on", []), width)
    counts = dict(made.get("document_claims", {}))
    if counts:
        draws = counts.pop("draws", 0)
        told = ", ".join(f"{number} {kind}" for kind, number in counts.items())
        first = "" if draws == made["about"]["draws"] else "a first pass on"
        again = "; rpol claims judges on all and is shown here from then on" if first else ""
        yield from wrapped(f"DOCUMENT CLAIMS ({first} {draws} draws{again})".replace("( ", "("), width, "")
        yield from wrapped(f"of {sum(counts.values())}: {told}.  rpol claims, rpol walk, rpol find NAME", width, "  ")
    if made.get("hindcast"):
        yield "HINDCAST"
        for sentence in made["hindcast"]:
            yield from wrapped(sentence, width, "  ")


def _disagreements(pairs: Sequence[Mapping[str, Any]], width: int) -> Iterator[str]:
    if pairs:
        yield "WHERE THE EXPERTS DISAGREE, and the model takes a side"
    first = list({str(item["about"]): item for item in reversed(pairs)}.values())[::-1]
    for item in first[:SHOWN_PAIRS]:
        sides = [
            f"{speaker} ({claim}: {verdict} here)"
            for speaker, claim, verdict in zip(item["speakers"], item["claims"], item["verdicts"], strict=True)
        ]
        yield from wrapped(f"{item['about']}: {' <-> '.join(sides)}. Separated by: {item['separated_by']}", width, "  ")
    if len(pairs) > SHOWN_PAIRS:
        yield f"  (of {len(pairs)} pairs in {len(first)} tensions: rpol claims --tensions)"


def _rests_on(rows: Sequence[Mapping[str, Any]], width: int) -> Iterator[str]:
    if rows:
        yield "WHAT IT RESTS ON: judgements by how far an answer goes with them (rpol assumptions)"
    for number, row in enumerate(rows, 1):
        scale = 100.0 if row["unit"] in ("probability", "share") else 1.0
        unit = {"probability": "percentage points", "share": "percentage points"}.get(row["unit"], row["unit"])
        moved = f"{scale * row['swing']:+.2g} {unit}"
        span = f"answer {row['answer']} is {moved} from its low to its high third"
        text = f"{number} {row['input']}: {span} ({row['author']})"
        yield from wrapped(text, width, "  ")
