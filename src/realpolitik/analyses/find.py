"""What became of a name of the documents: what it is here, where it acts, which claims speak of it, or why it is not.

A name is looked for as an id, a name or an alias; then as a nationality or capital; among speakers, outlets, authors
and editors; among the names set aside; then as part of a longer name; last, among the words of the paraphrases.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from realpolitik.errors import QuestionRefused, did_you_mean
from realpolitik.results.result import Result
from realpolitik.situation.elements import TOKEN, Element
from realpolitik.situation.evidence import Evidence

NEAREST = 12


@dataclass(frozen=True)
class Entry:
    """Something a name can stand for. `what`: in words; `ids`: the ids that act for it; `claims` that speak of it.
    `role`: it "acts" itself, is "named" only, or "speaks" (a person or outlet the claims come through).
    """

    name: str
    what: str
    spellings: tuple[str, ...]
    ids: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    why_absent: str = ""
    role: str = "acts"


def find(evidence: Evidence, name: str) -> Result:
    """What is `name` here? Rows: one for each thing it stands for.

    Raises `QuestionRefused` with the nearest names where nothing answers.
    """
    wanted = fold(name)
    if not wanted:
        raise QuestionRefused("Find what? Give a name: a person, a place, a body, a thing.")
    if name.strip() in evidence.register.claims:
        return _claim_found(evidence, name.strip())
    known = tuple(_entries(evidence))
    found = _exact(known, wanted) or _national(evidence, known, name) or _within(known, wanted)
    if not found and not _said(evidence, wanted):
        found = _parts(evidence, known, name)
    rows = tuple(_row(evidence, entry, name) for entry in found)
    if rows and not any(_covers(entry, wanted) for entry in found):
        rows = (*_by_words(evidence, name), *({**row, "what": _only_part(row, name)} for row in rows))
    if not rows:
        entry = _spoken_of(evidence, name)
        if entry is None:
            spelled = [spelling for entry in known for spelling in entry.spellings]
            raise QuestionRefused(f"Nothing here is called '{name}'.  {did_you_mean(name, spelled)}".strip())
        rows = (_row(evidence, entry, name),)
    about = {"situation": evidence.situation.title, "name": name}
    return Result("find", f"What is {name} here?", rows, tuple(_sentence(row) for row in rows), {}, about)


def _covers(entry: Entry, wanted: str) -> bool:
    """True where one of the entry's spellings, or a nationality, is all of the name and not one word of a phrase."""
    return len(wanted.split()) < 3 or any(wanted in fold(item) for item in entry.spellings if item)


def _only_part(row: dict[str, Any], name: str) -> str:
    return f"{row['what']} (only a part of '{name}' is called so; nothing bears the whole phrase)"


def _by_words(evidence: Evidence, name: str) -> tuple[dict[str, Any], ...]:
    """The statements that share at least two of a phrase's telling words, before what is called like one of them."""
    entry = _spoken_of(evidence, name)
    stems = [word[: max(4, len(word) - 3)] for word in fold(name).split() if len(word) > 3]
    known = evidence.register.claims
    shared = max((_shared(known[claim].paraphrase, stems) for claim in entry.claims), default=0) if entry else 0
    return (_row(evidence, entry, name),) if entry is not None and shared > 1 else ()


def _claim_found(evidence: Evidence, claim: str) -> Result:
    """A claim by its id: what it says, and the entries that rest on it or come after it."""
    said = evidence.register.claims[claim]
    resting = evidence.resting.get(claim, ())
    row = {
        "name": claim,
        "what": f"claim of {said.speaker}: {said.paraphrase}",
        "role": "speaks",
        "acts": [item.label for item in resting],
        "kinds": _counted(resting),
        "claims": [_claim(evidence, other) for other in _linked(evidence, claim)],
        "paragraphs": _paragraphs(evidence, (claim,)),
        "why_absent": said.not_modelled,
    }
    about = {"situation": evidence.situation.title, "name": claim}
    return Result("find", f"What is {claim} here?", (row,), (_sentence(row),), {}, about)


def _linked(evidence: Evidence, claim: str) -> tuple[str, ...]:
    """The claim itself, then those it is linked to."""
    return tuple(dict.fromkeys((claim, *(link.to for link in evidence.register.claims[claim].links))))


def fold(name: str) -> str:
    """A name without case, accents, marks and articles, for comparing.

    >>> fold("The “U.S.”"), fold("Komsomolsk-on-Amur"), fold("the 2+2")
    ('us', 'komsomolsk on amur', '2+2')
    """
    plain = unicodedata.normalize("NFKD", name.replace("’", "'"))
    plain = "".join(char for char in plain if not unicodedata.combining(char)).casefold()
    plain = re.sub(r"(?<=\b\w)\.|'s\b|['\"“”]", "", plain)
    words = re.sub(r"[^\w+]+", " ", plain).split()
    return " ".join(words[1:] if words[:1] in (["the"], ["a"]) and len(words) > 1 else words)


def _entries(evidence: Evidence) -> Iterator[Entry]:
    """Everything that has a name, in order of weight: what acts first."""
    for item in evidence.elements:
        if item.aliases or item.kind in ("name", "scenario"):
            is_name = item.kind == "name"
            what = item.words if is_name else f"{item.kind} {item.id}: {item.words}"
            ids = tuple(_ids(evidence, item.words)) if is_name else (item.id,)
            title = (item.aliases[0] if item.aliases else item.id) if is_name else item.words
            spellings = (item.id, item.id.replace("_", " "), *item.aliases)
            yield Entry(title, what, spellings, ids, item.claims, role="named" if is_name else "acts")
    yield from _people(evidence)
    for absent in evidence.register.absent.values():
        spellings = (absent.name, *absent.aliases)
        yield Entry(absent.name, absent.what, spellings, (), absent.claims, absent.why_absent, "named")


def _ids(evidence: Evidence, words: str) -> Iterator[str]:
    """The ids a description mentions."""
    known = {item.id for item in evidence.elements if item.is_model and item.id}
    yield from dict.fromkeys(token for token in TOKEN.findall(words) if token in known)


def _people(evidence: Evidence) -> Iterator[Entry]:
    """Speakers, outlets, authors and editors."""
    register = evidence.register
    parties = {fold(name) for item in evidence.elements if item.kind == "actor" for name in item.aliases}
    for speaker in register.speakers.values():
        said = tuple(claim.id for claim in register.claims.values() if claim.speaker == speaker.name)
        part = ", ".join(filter(None, (speaker.role, speaker.affiliation)))
        what = f"speaker: {part}; reliability {speaker.reliability} ({speaker.because})"
        both = re.split(r", | / ", speaker.name)
        homes = (home for home in re.split(r"[,;] ", speaker.affiliation) if fold(home) not in parties)
        spellings = (speaker.name, *both, *homes)
        yield Entry(speaker.name, what, spellings, (), said, role="speaks")
    for source in evidence.sources.values():
        said = tuple(claim.id for claim in register.claims.values() if claim.place_in(source.id))
        parts = ((source.author, "author"), *((name, "editor") for name in source.editors))
        outlets = [(name, "outlet") for name in re.split(r", (?:hosted by (?:the )?)?", source.outlet)]
        for name, part in filter(lambda item: item[0], (*parts, *outlets)):
            spoken = tuple(claim for claim in said if name in (part, *register.claims[claim].chain))
            yield Entry(
                name, f"{part} of {source.id} ({source.kind}, {source.date})", (name,), (), spoken, role="speaks"
            )
        yield Entry(source.id, f"document: {source.title}", (source.id,), (), said, role="speaks")


def _exact(known: Iterable[Entry], wanted: str) -> list[Entry]:
    return [entry for entry in known if wanted in {fold(item) for item in entry.spellings if item}]


def _national(evidence: Evidence, known: Iterable[Entry], name: str) -> list[Entry]:
    """The actor of a nationality, a capital or a seat of government."""
    from realpolitik.sources.attribution.actors import names  # noqa: PLC0415

    state = names().get(name) or names().get(name.title())
    actors = evidence.situation.actors
    return [entry for entry in known if state and entry.ids == (state.iso3,) and state.iso3 in actors][:1]


def _parts(evidence: Evidence, known: tuple[Entry, ...], name: str) -> list[Entry]:
    """What the first telling word of a compound stands for (`Alandic-led`)."""
    for word in re.split(r"[\s-]+", name):
        found = _national(evidence, known, word) or (_exact(known, fold(word)) if word[:1].isupper() else [])
        if found:
            return found
    return []


def _within(known: Iterable[Entry], wanted: str) -> list[Entry]:
    """Entries with a spelling inside the name, or the name inside a spelling; the longest spelling decides."""
    hits: dict[int, list[Entry]] = {}
    for entry in known:
        for spelling in filter(None, map(fold, entry.spellings)):
            longer, shorter = sorted((spelling, wanted), key=len, reverse=True)
            if len(shorter) > 1 and re.search(rf"(?<!\w){re.escape(shorter)}(?!\w)", longer):
                hits.setdefault(len(shorter), []).append(entry)
    return list(dict.fromkeys(hits[max(hits)])) if hits else []


def _said(evidence: Evidence, wanted: str) -> tuple[str, ...]:
    claims = evidence.register.claims.values()
    return tuple(claim.id for claim in claims if re.search(rf"(?<!\w){re.escape(wanted)}", fold(claim.paraphrase)))


def _spoken_of(evidence: Evidence, name: str) -> Entry | None:
    """A name without an entry: the statements that use it, or else those that share most of its telling words."""
    claims = _said(evidence, fold(name))
    if claims:
        return Entry(name, "no entry of its own; these statements speak of it", (), claims=claims, role="named")
    stems = [word[: max(4, len(word) - 3)] for word in fold(name).split() if len(word) > 3]
    shared = {claim.id: _shared(claim.paraphrase, stems) for claim in evidence.register.claims.values()}
    best = max(shared.values(), default=0)
    if not best or 2 * best < len(stems):
        return None
    near = tuple(claim for claim, count in shared.items() if count == best)[:NEAREST]
    what = f"nothing of that name; these statements share {best} of its {len(stems)} telling words"
    return Entry(name, what, (), claims=near, role="named")


def _shared(paraphrase: str, stems: Iterable[str]) -> int:
    """How many of the word beginnings a paraphrase uses."""
    words = fold(paraphrase).split()
    return sum(any(word.startswith(stem) for word in words) for stem in stems)


def _row(evidence: Evidence, entry: Entry, name: str) -> dict[str, Any]:
    acting = _acting(evidence, entry)
    known = evidence.register.claims
    named = () if entry.role == "speaks" else _said(evidence, fold(name))
    claims = dict.fromkeys((*entry.claims, *_spoken_by(evidence, entry), *named))
    cited = tuple(claim for claim in claims if claim in known)
    return {
        "name": entry.name,
        "what": entry.what,
        "role": entry.role,
        "acts": [item.label for item in acting],
        "kinds": _counted(acting),
        "claims": [_claim(evidence, claim) for claim in cited],
        "paragraphs": _paragraphs(evidence, cited),
        "why_absent": entry.why_absent,
    }


def _spoken_by(evidence: Evidence, entry: Entry) -> tuple[str, ...]:
    """The claims whose speaker bears one of the entry's names."""
    bearers = {fold(spelling) for spelling in (entry.name, *entry.spellings)}
    return tuple(claim.id for claim in evidence.register.claims.values() if fold(claim.speaker) in bearers)


def _acting(evidence: Evidence, entry: Entry) -> list[Element]:
    """The entries in which it acts; of a name or speaker, those it stands for and those that rest on its claims."""
    if entry.role == "acts":
        return [item for item in evidence.elements if item.is_model and item.mentions & set(entry.ids)]
    same = [item for item in evidence.elements if item.is_model and item.id in entry.ids]
    resting = [item for claim in entry.claims for item in evidence.resting.get(claim, ())]
    return list(dict.fromkeys((*same, *resting)))


def _claim(evidence: Evidence, name: str) -> dict[str, str]:
    claim = evidence.register.claims[name]
    return {"id": name, "speaker": claim.speaker, "hedge": claim.hedge, "paraphrase": claim.paraphrase}


def _paragraphs(evidence: Evidence, claims: Iterable[str]) -> dict[str, list[int]]:
    out: dict[str, set[int]] = {}
    for name in claims:
        for place in evidence.register.claims[name].places:
            out.setdefault(place.document, set()).add(place.paragraph)
    return {document: sorted(numbers) for document, numbers in out.items()}


def _counted(acting: Iterable[Element]) -> dict[str, int]:
    out: dict[str, int] = {}
    for item in acting:
        out[item.kind] = out.get(item.kind, 0) + 1
    return out


PLURALS = {"dependency": "dependencies", "hypothesis": "hypotheses"}
LEAD = {"acts": "Acts in", "named": "Here in", "speaks": "What it says carries"}


def _sentence(row: dict[str, Any]) -> str:
    counts = row["kinds"].items()
    where = ", ".join(f"{count} {PLURALS.get(kind, kind + 's') if count > 1 else kind}" for kind, count in counts)
    acts = f"{LEAD[row['role']]} {where}." if where else "In no entry of the model."
    told = f"{len(row['claims'])} claims speak of it." if len(row["claims"]) != 1 else "One claim speaks of it."
    return f"{row['name']}: {row['what']}.  {row['why_absent'] or acts}  {told}"
