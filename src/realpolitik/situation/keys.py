"""Every key of a situation file, defined once.

Reading, the JSON Schema, `fmt`, `explain-defaults` and the reference derive from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "text", "id", "ids", "texts", "number", "quantity", "duration", "date", "yes", "choice", "term", "queries",
    "claims", "author", "table", "lines", "any",
]  # fmt: skip
Form = Literal["value", "entries", "lines", "lines by actor", "items", "groups"]


@dataclass(frozen=True)
class Key:
    """One key: what it holds (`kind`), what it says, its choices and its default as printed."""

    name: str
    kind: Kind
    says: str
    choices: tuple[str, ...] = ()
    default: str = ""
    example: str = ""


@dataclass(frozen=True)
class Section:
    """One top-level key: a plain value, named entries with keys, lines, lines by actor, or items of a list."""

    name: str
    form: Form
    says: str
    keys: tuple[Key, ...] = ()
    kind: Kind = "any"
    default: str = ""
    choices: tuple[str, ...] = ()

    def key(self, name: str) -> Key | None:
        """The key `name` of an entry, or None."""
        return next((key for key in self.keys if key.name == name), None)


SUPPORT = (
    Key("claims", "claims", "ids of the claims this rests on", example="[s0-015]"),
    Key("judged_by", "author", "who judged it, and when; stands where no claim does", default="the file's judged_by"),
    Key("note", "text", "anything to remember; not read by the engine"),
)
CREDENCE = Key(
    "credence",
    "quantity",
    "how probable it is that an influence exists at all",
    default="that of its strongest claim; 1 without",
)
_NAMED = (
    Key("name", "text", "how it is called in sentences", default="the id"),
    Key("aliases", "texts", "other names, capitals, other languages"),
    Key("tags", "ids", "labels, such as the treaties it is bound by"),
    Key("theatre", "id", "where it plays out"),
)
_HIDING = (
    Key("known_to", "ids", "who sees the true value; everybody else does not", default="everybody"),
    Key("hidden_from", "ids", "who does not see the true value"),
    Key("seen_as", "id", "the factor that shows it to those who do not see it", default="its starting value"),
)
_RULES = (
    Key(
        "enter",
        "choice",
        "whose consent it takes to raise it",
        ("all agree", "most agree", "members, in order"),
        "all agree",
    ),
    Key("leave", "choice", "whose wish ends it", ("any", "all agree"), "any"),
)
_LASTING = Key("lasting", "duration", "how long a shift lasts", default="for good")

ACTOR = (
    *_NAMED,
    Key("leader", "text", "who decides for it; an alias"),
    Key("foresight", "duration", "how far it looks ahead", default="2 years"),
    Key("patience", "duration", "half-life of its discount of later gains", default="its foresight"),
    Key("steadiness", "quantity", "how surely it takes the better option: low, medium, high, or log-odds "
        "per full swing",
        default="medium"),
    *SUPPORT,
)  # fmt: skip
INSTITUTION = (
    Key("name", "text", "how it is called in sentences", default="the id"),
    Key("aliases", "texts", "other names"),
    Key("tags", "ids", "labels"),
    Key("members", "ids", "the actors that belong to it"),
    *_RULES,
    *SUPPORT,
)
FACTOR = (
    Key("name", "text", "how it is called in sentences", default="the id"),
    Key("from", "text", "what 0 (or the low end of the range) means"),
    Key("to", "text", "what 1 (or the high end of the range) means"),
    Key("now", "quantity", "its level at the start, in its own unit", example="0.3 to 0.5"),
    Key(
        "kind",
        "choice",
        "a level that is drawn back to its anchor, or a stock fed by flows",
        ("level", "stock"),
        "level",
    ),
    Key("range", "any", "low and high end in its own unit", default="0 to 1", example="0 to 500"),
    Key("unit", "text", "unit of the range"),
    Key("half_life", "duration", "time in which half of a change is gone or reached", default="immediate"),
    Key("keeps", "choice", "what it never loses: rises, falls, or both", ("rises", "falls", "both"), "neither"),
    Key("trend", "quantity", "swing per stated time that goes on by itself", default="0", example="0.05 per year"),
    Key("noise", "quantity", "size of its own unrest, as a swing", default="0"),
    Key("is", "term", "formula of a derived factor: sum, min, max, product, contest"),
    Key("inflows", "lines", "what feeds a stock: TERM: rate per year"),
    Key("outflows", "lines", "what drains a stock: TERM: rate per year"),
    *_HIDING,
    Key("aliases", "texts", "other names"),
    Key("tags", "ids", "labels"),
    Key("theatre", "id", "where it plays out"),
    *SUPPORT,
)
OPTION = (
    Key("name", "text", "how it is called in sentences", default="the id"),
    Key("by", "ids", "who takes it, together", default="the actor or institution before the dot"),
    Key("levels", "ids", "its levels, the first one meaning 'not used'", default="[off, on]"),
    Key("now", "id", "the level at the start", default="the first level"),
    Key("price", "any", "what holding it costs, in points (hundredths of a full swing of the holder's top interest): "
        "one amount, by level, or by level and actor", default="0"),
    Key("switch", "any", "what changing it costs once, in points; one amount, or by actor", default="2 points"),
    Key("revisited", "duration", "how often it is decided on, 'or on TERM' brings a decision forward",
        default="every 6 months", example="every 6 months or on evidence > 0.6"),
    Key("requires", "any", "condition for every level above the first, or by level"),
    Key("irreversible", "yes", "once raised it is never lowered", default="no"),
    Key("fickle", "number", "share of its taste drawn anew at every decision", default="0"),
    Key("withholds", "text", "what it cuts off: GOOD from ACTOR", example="energy from BBB"),
    *_RULES,
    *_HIDING,
    Key("aliases", "texts", "other names"),
    Key("tags", "ids", "labels"),
    Key("theatre", "id", "where it plays out"),
    *SUPPORT,
)  # fmt: skip
SHOCK = (
    Key("name", "text", "how it is called in sentences", default="the id"),
    Key("chance", "quantity", "chance per year, or on its date", default="1 on a date", example="5% to 15% per year"),
    Key("on", "date", "the date it may happen on"),
    Key("while", "term", "it can happen only while this holds"),
    Key("once", "yes", "it happens at most once", default="yes"),
    Key("repeats", "yes", "it can happen again", default="no"),
    Key("sets", "table", "levels it sets, in the factor's own unit"),
    Key("shifts", "table", "swings it gives"),
    _LASTING,
    *SUPPORT,
)
SCENARIO = (
    Key("name", "text", "how it is called in sentences", default="the id"),
    Key("do", "any", "what is held, for all to see", example="AAA.arm=on"),
    Key("do secretly", "any", "what is held while nobody expects it"),
    Key("from", "date", "when it begins", default="the start"),
    Key("until", "date", "when it ends", default="the horizon"),
    *SUPPORT,
)
READING_HEAD = (
    Key("says", "text", "the reading in a sentence"),
    Key("chance", "quantity", "how probable it is; 'rest' takes what the others leave", default="rest"),
    Key("drop", "any", "entries and lines it removes"),
    Key("instead", "any", "sections it replaces or adds entries to"),
    *SUPPORT,
)
QUESTION = (
    Key("text", "text", "the question as the reader asks it"),
    Key("ask", "queries", "the expressions that answer it"),
    Key("depth", "number", "look-ahead used for it", default="the run's"),
)
INDICATOR = (
    Key("watch", "text", "what to watch"),
    Key("when", "term", "what it would look like in the model"),
    Key("for", "text", "what it tells about"),
    Key("p_if", "quantity", "chance of seeing it if so"),
    Key("p_else", "quantity", "chance of seeing it otherwise"),
    *SUPPORT,
)
NAMED_THING = (
    Key("what", "text", "what it is"),
    Key("aliases", "texts", "other names"),
    *SUPPORT,
)

SECTIONS: tuple[Section, ...] = (
    Section("situation", "value", "the title", kind="text"),
    Section("note", "value", "what the reader should know first", kind="text"),
    Section("based_on", "value", "a file this one layers changes on", kind="texts"),
    Section("drop", "value", "entries and lines of the file below that are removed", kind="any"),
    Section("as_of", "value", "the date of the start", kind="date"),
    Section("horizon", "value", "how far the run goes", kind="duration", default="10 years"),
    Section("period", "value", "length of a step", kind="choice", default="quarter",
            choices=("quarter", "month", "week", "day")),
    Section("answers", "value", "times after which results are reported", kind="texts",
            default="[1 year, 3 years, 10 years]"),
    Section("judged_by", "value", "who stands behind every entry without a claim, and since when", kind="author"),
    Section("words", "value", "words of size, weight, steadiness and likelihood read otherwise", kind="table"),
    Section("hedges", "value", "authors' hedges read otherwise: word: credence", kind="table"),
    Section("questions", "items", "what the screen and the report answer, in this order", QUESTION),
    Section("actors", "entries", "who decides", ACTOR),
    Section("institutions", "entries", "who acts together, and by what rule", INSTITUTION),
    Section("factors", "entries", "what has a level", FACTOR),
    Section("options", "entries", "what can be done", OPTION),
    Section("exchanges", "entries", "deals: ACTOR gives: [OPTION=level]",
            (Key("name", "text", "how it is called in sentences", default="the id"),
             Key("revisited", "duration", "how often it is proposed", default="every 6 months"), *SUPPORT)),
    Section("influences", "lines", "what moves what"),
    Section("interests", "lines by actor", "who wants what"),
    Section("dependencies", "lines", "who needs what from whom"),
    Section("commitments", "lines", "promises, norms and exemptions"),
    Section("shocks", "entries", "what chance may bring", SHOCK),
    Section("hypotheses", "groups", "groups of rival readings; exactly one of each is true", READING_HEAD),
    Section("scenarios", "entries", "named what-ifs", SCENARIO),
    Section("indicators", "items", "what to watch", INDICATOR),
    Section("checks", "lines", "claims as tests: CLAIM: expression"),
    Section("names", "entries", "named things that are no party: a plant, a forum, a proposal", NAMED_THING),
)  # fmt: skip
SECTION: Mapping[str, Section] = {section.name: section for section in SECTIONS}
LAYERED = (
    "actors",
    "institutions",
    "factors",
    "options",
    "influences",
    "interests",
    "dependencies",
    "commitments",
    "shocks",
)
"""Sections a reading of a hypothesis may replace entries of or add entries to."""
