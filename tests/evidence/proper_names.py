"""Every proper name of the user's two documents, by rule: what a reader could ask `rpol find` for.

A name is a run of capitalised words, joined by `of`, `on` or `for`, or a code with a digit. A word that begins its
sentence is one only if the text never writes it without a capital.
"""

from __future__ import annotations

import re
from pathlib import Path

DOCUMENTS = Path(__file__).resolve().parents[3] / "shared" / "reference" / "documents"
WORD = re.compile(r"(?:[A-Z]\.){2,}|[A-Za-z\d][\w+]*(?:[-’'][\w]+)*")
LINKS = frozenset({"of", "on", "for"})
SMALL = frozenset((Path(__file__).parent / "small_words.txt").read_text(encoding="utf-8").split())
"""Words that begin a sentence with a capital and are no names; months and days."""


def names(text: str) -> list[str]:
    """The proper names of a text, each once, in order."""
    lower = {word for word in WORD.findall(text) if word[0].islower()}
    found: dict[str, None] = {}
    for line in text.splitlines():
        for sentence in re.split(r"(?<=[.!?:])\s+|[“”\"()*,;–—]|\s-\s", line):
            for name in _runs(sentence.strip(), lower):
                found.setdefault(name)
    return list(found)


def _runs(sentence: str, lower: set[str]) -> list[str]:
    words = [(match.group(), match.start()) for match in WORD.finditer(sentence)]
    runs: list[list[str]] = []
    last = -2
    for place, (word, start) in enumerate(words):
        plain = re.sub(r"[’']s?$", "", word)
        if _is_name(plain, start == 0, lower):
            if last == place - 1 and runs:
                runs[-1].append(plain)
            else:
                runs.append([plain])
            last = place if plain == word else -2
        elif word in LINKS and last == place - 1 and place + 1 < len(words) and words[place + 1][0][0].isupper():
            runs[-1].append(word)
            last = place
    return [" ".join(run) for run in runs if run[-1] not in LINKS]


def _is_name(word: str, begins: bool, lower: set[str]) -> bool:
    if re.search(r"\d", word):
        return bool(re.search(r"[A-Za-z+]", word)) and not re.fullmatch(r"\d+(st|nd|rd|th)", word)
    if not word[:1].isupper() or word.casefold() in SMALL:
        return False
    return not (begins and word.lower() in lower)


def documents() -> list[str]:
    """The texts, where they are at hand."""
    return [path.read_text(encoding="utf-8") for path in sorted(DOCUMENTS.glob("*.txt"))]
