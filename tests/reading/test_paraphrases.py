"""Free paraphrases find their claim, near misses find none: over sentences written before matching was changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from realpolitik.claims.matching import Matcher, matcher
from realpolitik.claims.statements import Statement
from realpolitik.claims.wording import same
from realpolitik.project import open_project
from realpolitik.project.evidence import evidence_of
from realpolitik.project.reading import party_names

ROWS = Path(__file__).with_name("paraphrases.txt")


@dataclass
class Count:
    """Statements that mean a claim, those whose first match is it, and all that are matched at all."""

    meant: int = 0
    right: int = 0
    matched: int = 0
    turned_wrong: int = 0


@cache
def made(project: str) -> Matcher:
    evidence = evidence_of(open_project(project, draws=2, cache=False))
    return matcher(evidence.register.claims, party_names(evidence))


def rows() -> Iterator[tuple[str, str, set[str], bool, str]]:
    for line in ROWS.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            group, project, claims, turned, words = (part.strip() for part in line.split(" | "))
            yield group, project, set() if claims == "-" else set(claims.split(", ")), turned == "yes", words


def said(words: str) -> Statement:
    return Statement(
        words, "Nora Feld", "person", "", ("Courier", "Nora Feld"), "", (), "said", False, (), "n", 1, "", ""
    )


def counted() -> dict[str, Count]:
    counts: dict[str, Count] = {}
    for group, project, claims, turned, words in rows():
        count = counts.setdefault(group, Count())
        matches = made(project).match(said(words)).matches
        count.meant += bool(claims)
        count.matched += bool(matches)
        if matches and matches[0].claim in claims:
            count.right += 1
            count.turned_wrong += (matches[0].how == "contradicts") != turned
    return counts


def test_matches_are_right_before_they_are_many() -> None:
    counts = counted()
    assert set(counts) == {"tune", "first", "later"}
    meant, right, matched, wrong = (
        sum(getattr(count, name) for count in counts.values()) for name in ("meant", "right", "matched", "turned_wrong")
    )
    assert right >= 0.92 * matched
    assert right >= 0.55 * meant
    assert wrong <= 0.05 * right


def test_parts_of_speech_share_a_stem() -> None:
    groups = (
        "deterrence deter",
        "strategy strategic strategically",
        "violation violate",
        "secure security",
        "nation national",
    )
    for group in groups:
        assert len({same(word) for word in group.split()}) == 1, group
    assert len({same(word) for word in ("army", "arms", "policy", "price", "mission", "missile")}) == 6
