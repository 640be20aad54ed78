"""The rules by which attributions are found: id, what it is for, and sentences that show it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """One rule. `example` is a text; `content` and `source` are what the rule must find in it."""

    id: str
    meaning: str
    example: str
    content: tuple[str, ...]
    source: str


RULES = (
    Rule(
        "R1",
        "quotation, verb, source",
        '"The road is open," said the governor of the province. "Use it."',
        ('"The road is open,"', '"Use it."'),
        "the governor of the province",
    ),
    Rule(
        "R2",
        "what was said, source, verb",
        "The road is open, the governor told reporters on Friday.",
        ("The road is open",),
        "the governor",
    ),
    Rule(
        "R3",
        "source and verb interrupt what was said",
        "The road, drivers say, may be closed by the evening.",
        ("The road", "may be closed by the evening"),
        "drivers",
    ),
    Rule(
        "R4",
        "reported clause, verb, source",
        "The road had been mined, said Ana Ruiz, an engineer with the border guard.",
        ("The road had been mined",),
        "Ana Ruiz, an engineer with the border guard",
    ),
    Rule(
        "R5",
        "a name in quotation marks",
        'The mayor dubbed the new wall "a monument to fear".',
        ('the new wall "a monument to fear"',),
        "The mayor",
    ),
    Rule(
        "R6",
        "relative clause and `as X said`",
        "The plan, which analysts say could fail, costs ten millions.",
        ("could fail",),
        "analysts",
    ),
    Rule(
        "R7",
        "source, verb, what was said",
        "In a statement on Monday, the ministry said that two ships had turned back.",
        ("that two ships had turned back",),
        "the ministry",
    ),
    Rule(
        "R8",
        "one source quotes another",
        "The daily quoted the harbour master as saying that two ships had turned back.",
        ("that two ships had turned back",),
        "The daily",
    ),
    Rule(
        "A1",
        "`according to` before what was said",
        "According to the harbour office, two ships have turned back.",
        ("two ships have turned back",),
        "the harbour office",
    ),
    Rule(
        "A2",
        "`according to` after what was said",
        "Two ships have turned back, according to the harbour office.",
        ("Two ships have turned back",),
        "the harbour office",
    ),
    Rule(
        "H1",
        "hearsay adverb",
        "The army has reportedly left the valley.",
        ("The army has reportedly left the valley",),
        "",
    ),
    Rule(
        "H2",
        "`is said to`",
        "The general is said to have left the country.",
        ("The general is said to have left the country",),
        "",
    ),
    Rule(
        "H3",
        "reports without an owner",
        "There are reports that the general has left.",
        ("that the general has left",),
        "",
    ),
    Rule(
        "Q1",
        "a quotation led in by other words",
        'The governor was blunt: "Nobody asked us about the road."',
        ('"Nobody asked us about the road."',),
        "The governor",
    ),
    Rule(
        "Q2",
        "a quotation after reported speech of the same speaker",
        'The governor said the road was open. "Nobody asked us before."',
        ('"Nobody asked us before."',),
        "The governor",
    ),
    Rule(
        "Q3",
        "a quotation after a sentence about somebody",
        'The governor shook his head. "Nobody asked us about the road."',
        ('"Nobody asked us about the road."',),
        "The governor",
    ),
    Rule(
        "Q4",
        "a paragraph of quotation belongs to the last speaker",
        '"The road is open," said the governor.\n\n"Nobody asked us about the road before it was built."',
        ('"Nobody asked us about the road before it was built."',),
        "the governor",
    ),
)
