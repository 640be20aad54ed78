"""What is not the article's own text: headlines, date lines, by-lines, credits, captions, notes of the editor."""

from __future__ import annotations

import re
from dataclasses import dataclass

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
SHORT = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
DATE_LINE = re.compile(
    rf"(?:Updated|Published|Posted|Last updated)?:?\s*(?:\d{{1,2}}:\d{{2}}\s*\w*,?\s*)?(?:(?:{DAYS}),?\s+)?"
    rf"(?:\d{{1,2}}\s+)?(?:{MONTHS})\b\.?\s*\d{{0,2}},?\s*(?:\d{{4}})?.{{0,40}}",
    re.I,
)
BY_LINE = re.compile(
    r"[(\W]*(?:By|Edited by|Editing by|Reporting by|With reporting by|Written by|Translated by|Additional reporting|"
    r"Writing by|Compiled by)\s+[A-Z]"
)
CREDIT = re.compile(
    r"(?:Image|Photo|Photograph|Picture|Credit|Video|Audio|Source|File photo|Illustration)s?\s*(?:credit)?\s*:", re.I
)
AGENCIES = r"via|AP|AFP|Reuters|Getty|EPA|Photo|Image|file|handout|courtesy"
BRACKET_CREDIT = re.compile(rf"\((?:[^()]{{0,80}}\b(?:{AGENCIES})\b[^()]{{0,60}})\)\s*$", re.I)
NOTE = re.compile(
    r"(?:Updated|Corrected|Amended|Clarified)\s+(?:to|with|on|at)\b|(?:Editor['’]?s[’']?|Author['’]?s)\s+note|"
    r"(?:Correction|Clarification|Disclaimer|Update)\s*:|This (?:article|story|post) (?:was|has been)|"
    r"\W*(?:The|Any) (?:views?|opinions?)\b.{0,80}\b(?:express|reflect|those of)",
    re.I,
)
FURNITURE = re.compile(
    r"(?:\d[\d,.]*\s+(?:views?|comments?|shares?)|Read more|See also|Related|Share|Advertisement|Follow us|Subscribe|"
    r"About (?:the )?(?:author|expert)s?)\b",
    re.I,
)
DATE_LINE_PLACE = re.compile(
    r"(?:[A-Z][A-Z .'-]{2,30}(?:,\s[^\n—–:(-]{1,30})?\s*(?:\([^)\n]{1,40}\)\s*)?(?:—|–|--|-|:)"
    r"|[A-Z][\w .,'-]{2,40}\([^)\n]{1,40}\)\s*(?:—|–|--|-)"
    rf"|[A-Z][\w .'-]{{2,30}},\s(?:\d{{1,2}}\s)?(?:{MONTHS}|{SHORT})\b\.?\s*\d{{0,2}}\s*(?:\([^)\n]{{1,20}}\)\s*)?"
    r"(?:—|–|--|-|:))\s+"
)
ENDED = re.compile(r"[.?!…:,;]['\"”’»)\]]*$|^['\"“„«‘].*['\"”’»]$")


@dataclass(frozen=True)
class Place:
    """How a paragraph stands in the document."""

    number: int
    last: int
    words: int


def body(text: str, place: Place) -> bool:
    """Is this paragraph (or heading that reports) a part of the article?

    >>> body("Photo: A. Example / Agency", Place(4, 9, 5)), body("The envoy said no.", Place(4, 9, 4))
    (False, True)
    """
    if BY_LINE.match(text) and place.words <= 14:
        return False
    if DATE_LINE.fullmatch(text) or NOTE.match(text) or FURNITURE.match(text):
        return False
    if CREDIT.search(text) and place.words <= 45 and not ENDED.search(CREDIT.split(text)[0].strip() or "."):
        return False
    return not (BRACKET_CREDIT.search(text) or (CREDIT.search(text) and place.words <= 25))


def after_dateline(text: str) -> int:
    """How many characters of a paragraph are its date line (`PARIS (Agency) - `)?

    >>> after_dateline("PARIS (Agency) - The talks"), after_dateline("The talks")
    (17, 0)
    """
    match = DATE_LINE_PLACE.match(text)
    return match.end() if match else 0


def heading(text: str, place: Place) -> bool:
    """Is this a line without a sentence end (title, section heading, caption)?"""
    return not ENDED.search(text) and place.words <= 25
