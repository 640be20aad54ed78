"""Which day, month or year does a text speak of? Absolute dates, and relative ones where its own date is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from realpolitik.sources.attribution.model import Span

MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905
SHORT = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
MONTH = r"(?P<month>(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:[a-z]*\.?))"
FULL = (
    re.compile(rf"\b{MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>[12]\d{{3}})\b"),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{MONTH},?\s+(?P<year>[12]\d{{3}})\b"),
    re.compile(r"\b(?P<year>[12]\d{3})-(?P<number>\d{2})-(?P<day>\d{2})\b"),
)
PARTIAL = (
    re.compile(rf"\b{MONTH}\s+(?P<year>[12]\d{{3}})\b"),
    re.compile(rf"\b{MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,?\s+\d)"),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}\b"),
    re.compile(r"\b(?:in|since|by|until|of|during|the)\s+(?P<year>(?:19|20)\d{2})\b"),
)
RELATIVE = re.compile(r"\b(?:(?P<weekday>" + "|".join(DAYS) + r")|(?P<word>yesterday|today|tomorrow))\b")


def document_date(text: str) -> date | None:
    """The date a text gives for itself: the first full date among its first 600 characters.

    >>> document_date("Talks fail\\n\\nSunday, January 20, 2008\\n")
    datetime.date(2008, 1, 20)
    """
    head = text[:600]
    found = sorted((match.start(), day) for match, day in _full(head))
    return found[0][1] if found else None


def _full(text: str) -> Iterator[tuple[re.Match[str], date]]:
    for pattern in FULL:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            month = int(parts["number"]) if "number" in parts else SHORT[parts["month"][:3]]
            try:
                yield match, date(int(parts["year"]), month, int(parts["day"]))
            except ValueError:
                continue


def dates(text: str, place: Span, said: date | None = None) -> tuple[tuple[Span, str], ...]:
    """Dates within `place` as ISO 8601 of the precision stated (2008, 2008-01 or 2008-01-20), in order.

    Weekdays are the last ones on or before the text's own date `said`; without it relative dates are left out.
    """
    words = text[place.start : place.end]
    found = [(match.span(), day.isoformat()) for match, day in _full(words)]
    found += [(match.span(), value) for match, value in _partial(words, said)]
    found += [(match.span(), value) for match, value in _relative(words, said)]
    kept: list[tuple[Span, str]] = []
    for (start, end), value in sorted(found, key=lambda item: (item[0][0], -item[0][1])):
        span = Span(place.start + start, place.start + end)
        if not kept or span.start >= kept[-1][0].end:
            kept.append((span, value))
    return tuple(kept)


def _partial(words: str, said: date | None) -> Iterator[tuple[re.Match[str], str]]:
    for pattern in PARTIAL:
        for match in pattern.finditer(words):
            parts = match.groupdict()
            year = parts.get("year") or (str(said.year) if said else "")
            if not year:
                continue
            month = f"-{SHORT[parts['month'][:3]]:02d}" if "month" in parts else ""
            day = f"-{int(parts['day']):02d}" if "day" in parts else ""
            yield match, year + month + day


def _relative(words: str, said: date | None) -> Iterator[tuple[re.Match[str], str]]:
    if said is None:
        return
    for match in RELATIVE.finditer(words):
        if match["word"]:
            days = {"yesterday": -1, "today": 0, "tomorrow": 1}[match["word"]]
        else:
            days = -((said.weekday() - DAYS.index(match["weekday"])) % 7)
        yield match, (said + timedelta(days=days)).isoformat()
