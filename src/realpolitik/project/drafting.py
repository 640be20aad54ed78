"""A first draft of a situation from articles: parties, claims, influences; every size is left to fill in.

Parties are the states the articles name (twice, or within a statement). Claims are the attributed statements. Factors
and influences come from statements of the form "this raises that": a short list of verbs, the words before and after
them. What a speaker denies proposes no influence. The draft is for editing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from realpolitik.claims.claim_text import scalar, with_claim
from realpolitik.errors import QuestionRefused
from realpolitik.sources.atomic import write_atomically

if TYPE_CHECKING:
    from realpolitik.claims.matching import Matched
    from realpolitik.project.reading import Article

BLANK = "fill in"
RAISES = (
    "raise", "increase", "boost", "strengthen", "fuel", "deepen", "encourage", "heighten", "enable", "accelerate",
    "embolden", "intensify", "worsen", "improve", "lead to", "contribute to", "cause",
)  # fmt: skip
LOWERS = (
    "reduce", "lower", "weaken", "undermine", "limit", "hurt", "ease", "curb", "deter", "slow", "threaten", "damage",
    "restrain", "prevent", "hamper",
)  # fmt: skip
MODALS = r"(?:(?:may|might|could|would|will|can|should|also|further|not)\s+)*"
CLAUSE = (
    r"[,;:.()\"“”]|\b(?:and|but|which|that|because|if|when|while|after|before|as|who|is|are|was|were|has|have|since|"
    r"so|or"
)
BEFORE = re.compile(rf"{CLAUSE})\b", re.I)
AFTER = re.compile(rf"{CLAUSE}|by|to|for|through|with)\b", re.I)
LEAD = re.compile(r"^(?:(?:the|a|an|its|their|his|her|our|any|such|this|these|those|more|further|of|in|on)\s+)+", re.I)
PRONOUNS = frozenset(
    [
        "i",
        "you",
        "he",
        "she",
        "it",
        "we",
        "they",
        "them",
        "him",
        "us",
        "this",
        "that",
        "these",
        "those",
        "then",
        "there",
        "not",
        "only",
    ]
)
WORDS, LONGEST = 6, 24
TAKEN = frozenset({"not", "and", "or", "if", "more", "less", "min", "max", "sum", "product", "contest", "on", "off"})


def _verbs(stems: Sequence[str]) -> str:
    return "|".join(
        re.escape(first) + r"(?:e?s|e?d)?" + ("" if not rest else rf"\s+{rest}")
        for first, _, rest in (stem.partition(" ") for stem in stems)
    )


VERB = re.compile(rf"\s({MODALS})(?:({_verbs(RAISES)})|({_verbs(LOWERS)}))\s", re.I)


@dataclass(frozen=True)
class Proposed:
    """An influence a statement speaks of: `cause` and `effect` in its words, `verb` raises or lowers."""

    cause: str
    verb: str
    effect: str


def influences_in(words: str) -> tuple[Proposed, ...]:
    """The influences a statement speaks of.

    >>> influences_in("Arms sales could raise tension in the strait, and nobody cares")
    (Proposed(cause='Arms sales', verb='raises', effect='tension in the strait'),)
    >>> influences_in("Arms sales will not raise tension")
    ()
    """
    return tuple(_influences(words))


def _influences(words: str) -> Iterator[Proposed]:
    for found in VERB.finditer(words):
        before = BEFORE.split(words[: found.start()])[-1].split()
        if "not" in found[1].casefold().split() or before[-1:] == ["to"]:  # "wants to raise" raises nothing yet
            continue
        cause = _noun(before[-WORDS:])
        effect = _noun(AFTER.split(words[found.end() :])[0].split()[:WORDS])
        if cause and effect and cause.casefold() != effect.casefold():
            yield Proposed(cause, "raises" if found[2] else "lowers", effect)


def _noun(words: Sequence[str]) -> str:
    """The words without articles before them; "" where only pronouns are left: nobody knows of what they speak."""
    found = LEAD.sub("", " ".join(words)).strip()
    return "" if all(word in PRONOUNS for word in found.casefold().split()) else found


def parties_in(texts: Sequence[str], said: Sequence[str]) -> dict[str, str]:
    """The states that texts name twice or statements name at all: ISO 3166-1 alpha-3 -> its name, most named first."""
    from realpolitik.sources.attribution.actors import mentions  # noqa: PLC0415

    found = [item.actor for text in texts for item in mentions(text)]
    within = {item.actor.iso3 for words in said for item in mentions(words)}
    counts = Counter(actor.iso3 for actor in found)
    names: dict[str, str] = {}
    for actor in found:
        if actor.kind == "state":
            names.setdefault(actor.iso3, actor.name)
    return {code: names.get(code, code) for code, count in counts.most_common() if count > 1 or code in within}


def draft(articles: Sequence[tuple[Article, bytes]], folder: Path, today: str) -> tuple[str, ...]:
    """Write the draft of a project; what it holds, in words.

    Raises `QuestionRefused` where the folder holds anything, or the articles hold no statement.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise QuestionRefused(f"'{folder}' exists and is not empty. Choose another folder.")
    items = _statements([article for article, _ in articles])
    if not items:
        raise QuestionRefused("No attributed statement was found; there is nothing to draft from.")
    claims = {f"c{number}": item for number, item in enumerate(items, 1)}
    parties = parties_in([article.document.text for article, _ in articles], [i.statement.words for i in items])
    proposed = {name: influences_in(i.statement.words) for name, i in claims.items() if not i.statement.denied}
    text = situation_text(parties, proposed, {name: _told(item) for name, item in claims.items()}, today)
    _write(folder, articles, claims, text, today)
    count = sum(map(len, proposed.values()))
    return (f"{len(parties)} parties, {len(claims)} claims, {count} influences are proposed in {folder}.",
            f"Sizes are left blank: 'rpol check {folder}' lists what to fill in. Delete what is wrong.")  # fmt: skip


def _statements(articles: Sequence[Article]) -> list[Matched]:
    from realpolitik.claims.matching import match_all, matcher  # noqa: PLC0415
    from realpolitik.claims.statements import statements  # noqa: PLC0415
    from realpolitik.sources.attribution.extract import extract  # noqa: PLC0415

    said = [item for article in articles for item in statements(
        article.document, extract(article.document.text), article.name, article.outlet)]  # fmt: skip
    return [item for item in match_all(matcher({}, {}, {}), said) if not item.repeats]


def _told(item: Matched) -> str:
    said = item.statement
    return f"{said.speaker or 'nobody named'}: '{' '.join(said.words.split())[:160]}'"


def situation_text(
    parties: Mapping[str, str], proposed: Mapping[str, Sequence[Proposed]], told: Mapping[str, str], today: str
) -> str:
    """The draft as a situation file, every size blank."""
    factors = factor_ids([end for items in proposed.values() for item in items for end in (item.cause, item.effect)])
    head = [
        "# A draft from articles. Every entry is a proposal: delete it, or keep it and fill in what is blank.",
        f"# '{BLANK}' marks what is yours to judge; nothing runs before all of it is filled in or deleted.",
        "situation: A draft", f"as_of: {today}", f"judged_by: you, {today}    # put your name here",
    ]  # fmt: skip
    lines = [*head, "", "actors:    # states the articles name" if parties else "actors: {}    # no state is named"]
    lines += [f"  {code}: {{name: {scalar(name)}}}" for code, name in parties.items()]
    lines += ["", "factors:    # what the statements say moves or is moved" if factors else "factors: {}"]
    for name, words in factors.items():
        lines += [f"  {name}:", f"    name: {scalar(words)}", "    from:", "    to:", f"    now: {BLANK}"]  # fmt: skip
    lines += ["", "influences:    # who said so stands above" if factors else "influences: []"]
    known = {words.casefold(): name for name, words in factors.items()}
    for claim, items in proposed.items():
        for item in items:
            ends = known[item.cause.casefold()], known[item.effect.casefold()]
            lines += [f"  # {claim}, {told[claim]}", f"  - {ends[0]} {item.verb} {ends[1]}: {BLANK} ({claim})"]
    lines += ["", "# What does each want? Take away the # and choose: vital, major or minor; more or less; of what.",
              "# interests:"]  # fmt: skip
    lines += [f"#   {code}:\n#     - {BLANK}: more {BLANK}" for code in parties]
    return "\n".join(lines) + "\n"


def factor_ids(names: Sequence[str]) -> dict[str, str]:
    """Short ids for what is moved: id -> words, each once.

    >>> factor_ids(["Arms sales", "arms sales", "tension"])
    {'arms_sales': 'Arms sales', 'tension': 'tension'}
    """
    out: dict[str, str] = {}
    for words in {name.casefold(): name for name in reversed(names)}.values():
        base = re.sub(r"[^a-z0-9]+", "_", words.casefold()).strip("_")[:LONGEST].strip("_") or "factor"
        base = f"x_{base}" if base in TAKEN or not base[0].isalpha() else base
        name, number = base, 2
        while name in out:
            name, number = f"{base}_{number}", number + 1
        out[name] = words
    return dict(reversed(out.items()))


def _write(
    folder: Path, articles: Sequence[tuple[Article, bytes]], claims: Mapping[str, Matched], text: str, today: str
) -> None:
    from realpolitik.claims.proposals import keys_of  # noqa: PLC0415
    from realpolitik.claims.source_text import with_source  # noqa: PLC0415
    from realpolitik.project.deciding import described  # noqa: PLC0415
    from realpolitik.sources.snapshot import SnapshotFolder  # noqa: PLC0415

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise QuestionRefused(f"'{folder}' cannot be made: {problem.strerror}. Choose another place.") from None
    sources, dates = "", {article.name: str(article.date or "") for article, _ in articles}
    for article, data in articles:
        SnapshotFolder(folder).add(article.document, data)
        sources = with_source(sources, article.name, described(article))
    said = f"recorded_by: you, {today}\nclaims:\n"
    for name, item in claims.items():
        said = with_claim(said, name, keys_of(item, dates.get(item.statement.document, "")))
    for file, content in (("sources.yaml", sources), ("claims.yaml", said), ("situation.yaml", text)):
        write_atomically(folder / file, content.encode("utf-8"))
