"""Finding verbs of saying: the verb, its auxiliaries, and whether it really reports."""

from __future__ import annotations

from dataclasses import dataclass

from realpolitik.sources.attribution.lexicon import Verb, cue_forms, isa, verbal
from realpolitik.sources.attribution.sentences import Sentence

IDIOMS = (("it", "clear"), ("clear",), ("it", "be", "known"), ("it", "known"), ("it", "plain"), ("the", "case"))
HABITUAL = frozenset({"likes", "liked", "like", "used", "tends"})
CARRYING = frozenset({"went", "goes", "continued", "continues", "continue"})


@dataclass(frozen=True)
class Cue:
    """A verb of saying: group `first:last` (units; `outer` with adverbs before it), main verb `at`, and its clause."""

    outer: int
    verb: Verb
    form: str
    first: int
    at: int
    last: int
    passive: bool
    doubtful: bool

    @property
    def participle(self) -> bool:
        """Is it a bare participle (`adding that`), which shares the subject of another verb?"""
        return self.form == "ing" and self.first == self.at


def find_cues(s: Sentence) -> list[Cue]:
    """All verbs of saying of a sentence outside quotations, in order."""
    found = (_cue(s, at) for at, unit in enumerate(s) if unit.kind == "word" and unit.low in cue_forms())
    return [cue for cue in found if cue is not None]


def _cue(s: Sentence, at: int) -> Cue | None:
    form = cue_forms()[s[at].low]
    if form.verb.frames == "M":
        return _idiom(s, at)
    if s[at].capital and at > 0 and s[at - 1].kind == "word":
        return None
    first = _group(s, at)
    if isa(s[at].low, "cue_noun") and first == at and _noun_context(s, at):
        return None
    helpers = [unit.low for unit in s[first:at]]
    if s[at].low == form.verb.base and first > 0 and s[first - 1].low == "to":
        first = _carried(s, first)
    if first < 0 or (first == at and _no_verb(s, at, form.form)):
        return None
    if form.form == "ing" and _nominal_ing(s, at, helpers):
        return None
    outer = first
    passive = form.form == "past" and any(isa(word, "be") for word in helpers)
    while first < at and isa(s[first].low, "adverb"):
        first += 1
    last = at + 1 + _particle(s, at, form.verb.frames)
    doubtful = any(isa(word, "negation") or word in {"never"} for word in helpers) or _modal(helpers)
    return Cue(outer, form.verb, form.form, first, at, last, passive, doubtful)


def _no_verb(s: Sentence, at: int, form: str) -> bool:
    """Is a form without helpers no verb of its own: a base without plural, `disputed by`, `the disputed land`?"""
    if form == "base":
        return not _plural_before(s, at)
    if form != "past":
        return False
    attributive = at > 0 and s[at - 1].low in {"the", "a", "an", "its", "their", "this"}
    return attributive or (at + 1 < len(s) and s[at + 1].low == "by")


def _idiom(s: Sentence, at: int) -> Cue | None:
    """`made it clear that`, `let it be known that`: several words that together report."""
    for words in IDIOMS:
        if tuple(unit.low for unit in s[at + 1 : at + 1 + len(words)]) == words:
            verb = Verb(s[at].low, "tcw", False, False)
            return Cue(_group(s, at), verb, "past", at, at, at + 1 + len(words), False, False)
    return None


def _modal(helpers: list[str]) -> bool:
    return any(isa(word, "modal") and word not in {"will", "can"} for word in helpers)


def _group(s: Sentence, at: int) -> int:
    first = at
    while first > 0 and _helper(s, first - 1):
        first -= 1
    return first


def _helper(s: Sentence, at: int) -> bool:
    low = s[at].low
    if isa(low, "auxiliary", "modal", "negation"):
        return True
    if isa(low, "adverb") and not (s[at].capital and at == 0):
        return True
    return low.endswith("ly") and len(low) > 4 and not s[at].capital and not isa(low, "not_adverb")


def _noun_context(s: Sentence, at: int) -> bool:
    """Does what stands before make this word a noun (`the claims`, `territorial claim`, `in reports`)?"""
    if at == 0:
        return True
    before = s[at - 1].low
    if s[at - 1].kind == "quote" and s[at - 1].inner[-1:] in {",", "?", "!"}:
        return False
    if isa(before, "determiner", "possessive", "preposition", "adjective", "conjunction") or s[at - 1].kind == "quote":
        return before not in {"who", "which", "they", "some", "many", "most", "others"} and not _saying_and(s, at)
    if before.endswith(("'s", "s'")):
        return True
    return before.endswith(("ial", "ous", "ive", "ful", "ern", "ese", "ish")) and not s[at - 1].capital


def _saying_and(s: Sentence, at: int) -> bool:
    return s[at - 1].low in {"and", "but", "or"} and any(unit.low in cue_forms() for unit in s[: at - 1])


def _plural_before(s: Sentence, at: int) -> bool:
    """Does a plural subject stand before a verb in its base form (or another verb it is joined to)?"""
    before = s[at - 1]
    if isa(before.low, "pronoun", "relative", "group"):
        return True
    if before.low in {"and", "but"}:
        return any(unit.low in cue_forms() for unit in s[: at - 1])
    if before.low.endswith("s") and not before.low.endswith(("'s", "ss")):
        return True
    return before.kind == "mark" or (any(unit.low == "and" for unit in s[max(0, at - 6) : at]) and before.capital)


def _nominal_ing(s: Sentence, at: int, helpers: list[str]) -> bool:
    if any(isa(word, "be") for word in helpers) or at == 0:
        return False
    before = s[at - 1].low
    if verbal(before) or isa(before, "determiner", "possessive", "adjective"):
        return True
    return before in {"as", "to"} or isa(before, "preposition")


def _carried(s: Sentence, first: int) -> int:
    """`went on to say`, `went so far as to say`: the group begins at the carrying verb; -1 for other infinitives."""
    if first >= 5 and tuple(unit.low for unit in s[first - 4 : first - 1]) == ("so", "far", "as"):
        return first - 5 if s[first - 5].low in {"went", "goes", "going", "gone"} else -1
    for back in (2, 3):
        word = s[first - back].low if first - back >= 0 else ""
        if word in CARRYING or (word in HABITUAL and any(unit.kind == "quote" for unit in s)):
            return first - back
    return -1


def _particle(s: Sentence, at: int, frames: str) -> int:
    following = s[at + 1].low if at + 1 < len(s) else ""
    return int(("P" in frames and following == "out") or ("J" in frames and following == "it"))
