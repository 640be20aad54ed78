"""What a source phrase tells by itself: the name in it, what kind of speaker it is, role and affiliation."""

from __future__ import annotations

import re

from realpolitik.sources.attribution.actors import names
from realpolitik.sources.attribution.lexicon import isa
from realpolitik.sources.attribution.model import Speaker
from realpolitik.sources.attribution.naming import (
    ARTICLE,
    KINDS,
    NAME,
    OWNED,
    bare,
    document,
    leader,
    outlet,
    person_name,
    without_titles,
)

POSSESSIVE = re.compile(r"['’]s?$")
HELD = re.compile(r"\s+(?:at large\s+)?(?:at|of|for|with|from)\s+(?:its\s+|the\s+|a\s+)?(?=[A-Z])")
FORMER = re.compile(r"^(?:former|late|then|outgoing|retired)\s+", re.I)
OF_WHAT = re.compile(r"\b(?:of|at|for|from)\s+(?:the\s+)?$")
OPENING = re.compile(r"^(?:an?|the|his|her|its|their|who (?:is|was|heads|leads)|now|then)\s+")
OFFICES = frozenset({"Prime", "Minister", "President", "Secretary", "General", "Chancellor", "Director"})
NAMED_KIND = {"media": "media", "seat": "government", "organisation": "organisation", "international": "organisation"}
Held = tuple[str | None, str | None]


def describe(words: str) -> Speaker:
    """Name, kind, role and affiliation as far as the phrase itself tells them.

    >>> told = describe("Ana Ruiz, an editor at the Coast Gazette")
    >>> told.name, told.kind, told.role, told.affiliation
    ('Ana Ruiz', 'person', 'editor', 'Coast Gazette')
    """
    head, _, rest = (part.strip() for part in words.partition(","))
    head, rest = head.replace(" – ", ", ").strip(), rest.rstrip(", ")
    if outlet(head):
        return Speaker(head, "media")
    if document(head):
        return Speaker(bare(head), "document")
    found = _named_after(head, rest) or _person(head, rest)
    if found is not None:
        return found
    known = _outlet_at_end(bare(head))
    return Speaker(known or bare(head) or words, kind(known or head))


def _outlet_at_end(head: str) -> str | None:
    """`the daily Example Times`: the known outlet that ends the phrase."""
    if re.search(r"\bby\b", head):
        return None
    words = head.split()
    return next((name for at in range(len(words)) if outlet(name := " ".join(words[at:]))), None)


def _named_after(head: str, rest: str) -> Speaker | None:
    """`the environment minister, Ana Ruiz`: the office first, the name after the comma."""
    name = rest.split(",", maxsplit=1)[0].strip()
    last = head.rsplit(maxsplit=1)[-1].lower() if head else ""
    if name and name.isupper() and isa(last, "government_noun", "organisation_noun"):
        return Speaker(name, kind(head))
    plain = without_titles(name)
    if not NAME.fullmatch(name) or not person_name(plain) or len(plain.split()) < 2:
        return None
    if not _has_role(head) and last not in {"counterpart", "colleague", "successor", "predecessor", "brother"}:
        return None
    role, affiliation = _role_before(head)
    return Speaker(plain, "person", None, role or _role_before(name)[0], affiliation)


def _person(head: str, rest: str) -> Speaker | None:
    match = _person_match(head)
    if match is None:
        return None
    before, after = head[: match.start()].strip(), head[match.end() :].strip()
    name = without_titles(match.group())
    titles = match.group()[: len(match.group()) - len(name)].strip()
    role, affiliation = _role_before(f"{before} {titles}".strip())
    told = _role_after(rest or after)
    if not role and not told[0] and not titles and (ARTICLE.match(head) or not told[1]):
        role = _untitled(head, before, name)
        if role is None:
            return None
    return Speaker(name, "person", None, told[0] or role or None, told[1] or affiliation)


def _untitled(head: str, before: str, name: str) -> str | None:
    """The role of a name without office: empty where it stands alone, None where it is no person."""
    article = ARTICLE.match(head) is not None
    if len(name.split()) < 2:
        return None if article or name in names() else ""
    return _common_noun(before) if article else ""


def _common_noun(before: str) -> str | None:
    """`the Faroese writer` before a name: the lower-case words that say what the person is."""
    words = [word for word in before.split() if word.islower() and not isa(word, "determiner")]
    if not words or not before.rsplit(maxsplit=1)[-1].islower():
        return None
    return None if any(isa(word, *KINDS, "voice_noun", "preposition", "group") for word in words) else " ".join(words)


def _person_match(head: str) -> re.Match[str] | None:
    """The last run of capitals in the head, where it can be a name."""
    stop = re.search(r"\s(?:of|at|from|for|in|on|with)\s", head)
    limit = stop.start() if stop and not isa(head[: stop.start()].rsplit(maxsplit=1)[-1].lower(), "role") else len(head)
    for match in reversed([run for run in NAME.finditer(head) if run.start() <= limit]):
        name = without_titles(match.group())
        proper = name[:1].isupper() or name.startswith(("al-", "el-"))
        if OF_WHAT.search(head[: match.start()]):
            continue
        if not proper or POSSESSIVE.search(name) or not _ends_name(head[match.end() :]):
            continue
        if leader(name) or (person_name(name) and name not in names()):
            return match
    return None


def _ends_name(following: str) -> bool:
    return not following.strip() or re.match(r"\s+(?:of|at|from|for|in|who)\b|\s*[-–(]", following) is not None


def _role_before(before: str) -> Held:
    words = before.split()
    at = next((i for i, word in enumerate(words) if isa(word.lower(), "role")), None)
    if at is None:
        return None, None
    first, last = at, at + 1
    while first > 0 and _qualifies(words[first - 1]):
        first -= 1
    while last < len(words) and _goes_on(words, at, last):
        last += 1
    owner = " ".join(word for word in words[:first] if not isa(word.lower(), "determiner", "possessive"))
    of = re.search(r"\bof\s+(?:the\s+)?(.+)$", before)
    affiliation = of.group(1) if of else _organisation(owner)
    return " ".join(words[first:last]), OWNED.sub("", affiliation) or None


def _goes_on(words: list[str], at: int, last: int) -> bool:
    office = isa(words[last].lower(), "role") or words[last] in OFFICES or _department(words, last)
    return office and words[last][0].isupper() == words[at][0].isupper()


def _department(words: list[str], at: int) -> bool:
    """`Deputy Foreign Minister`: a department's name between two parts of an office."""
    return at + 1 < len(words) and isa(words[at].lower(), "title") and isa(words[at + 1].lower(), "role")


def _qualifies(word: str) -> bool:
    if isa(word.lower(), "determiner", "preposition"):
        return False
    return word.islower() or isa(word.lower(), "title", "role")


def _organisation(owner: str) -> str:
    """The organisation in the words before a role; empty for nationalities, `former` and the like."""
    name = POSSESSIVE.sub("", FORMER.sub("", owner))
    actor = names().get(name)
    if actor is not None:
        return name if actor.kind in NAMED_KIND else ""
    return name if name.isupper() or any(isa(word.lower(), *KINDS) for word in name.split()) else ""


def _role_after(rest: str) -> Held:
    """Role and affiliation in an apposition (`an analyst at the Example Institute`)."""
    if not rest:
        return None, None
    rest = ARTICLE.sub("", OWNED.sub("", OPENING.sub("", rest)))
    of = re.match(r"of\s+(?:the\s+)?(.+)$", rest)
    if of:
        return None, of.group(1).strip()
    match = HELD.search(rest)
    if not match or not _has_role(rest[: match.start()]):
        role = re.split(r",|\s(?:who|whose|in|which)\s", rest)[0].strip()
        return (role, None) if _has_role(role) else (None, None)
    role = re.split(r",|\s(?:who|whose)\s", rest[: match.start()])[0].strip()
    return role + (" at large" if "at large" in match.group() else ""), _affiliation(rest[match.end() :])


def _has_role(words: str) -> bool:
    return any(isa(word.lower(), "role") for word in words.split())


def _affiliation(words: str) -> str:
    parts = [part.strip() for part in re.split(r",|\s+and\s+(?:an?\s|[a-z])|\s+(?:who|in)\s", words)]
    first = OWNED.sub("", parts[0])
    return parts[1] if first[:1].islower() and len(parts) > 1 and parts[1][:1].isupper() else first


def kind(head: str) -> str:
    """What kind of speaker a phrase without a person's name is.

    >>> kind("the defence ministry"), kind("two diplomats"), kind("Reuters")
    ('government', 'anonymous', 'media')
    """
    actor = names().get(ARTICLE.sub("", head)) or names().get(head)
    if actor is not None:
        return NAMED_KIND.get(actor.kind, "state")
    words = [re.sub(r"['’]s$", "", word.lower()) for word in head.split()] or [""]
    if isa(words[-1], "role", "group") and head.rsplit(maxsplit=1)[-1].islower():
        return "anonymous"
    if "international" in words[:2]:
        return "organisation"
    return _noun_kind(head, words)


def _noun_kind(head: str, words: list[str]) -> str:
    capital = any(char.isupper() for char in head)
    for name, noun in (("government", KINDS[0]), ("media", KINDS[2]), ("organisation", KINDS[1])):
        if any(isa(word, noun) for word in words) and (capital or name == "government"):
            return name
    if head[:1].isupper() and not isa(words[0], "determiner", "possessive", "group") and not isa(words[-1], "group"):
        return "organisation"
    return "anonymous"
