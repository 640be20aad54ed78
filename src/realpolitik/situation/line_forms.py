"""The line forms themselves: influences, interests, dependencies, commitments."""

from __future__ import annotations

import re
from collections.abc import Mapping

from realpolitik.claims.written.nodes import MapNode, Node, TextNode, shorten
from realpolitik.errors import did_you_mean
from realpolitik.situation.lines import (
    COMMON,
    Line,
    LineError,
    clauses,
    outside,
    short_or_long,
    split_claims,
    text_of,
)

VERBS = ("raises", "lowers", "moves", "pulls")
WISHES = ("more", "less", "goal", "never")
_SYNONYMS = {"increases": "raises", "raise": "raises", "reduces": "lowers", "decreases": "lowers", "lower": "lowers"}

LONG_KEYS: Mapping[str, tuple[str, ...]] = {
    "influences": ("cause", *VERBS, "size", "to", "after", "if"),
    "interests": ("weight", *WISHES, "by"),
    "dependencies": ("who", "on", "for", "share", "replaced"),
    "commitments": ("who", "does", "if", "likelihood", "for", "norm", "forbids", "exempts", "to", "price"),
}
SHAPES: Mapping[str, str] = {
    "influences": "cause raises|lowers|moves effect: size [after delay] [if condition] [(claims)], "
    "or: cause pulls effect to level [after delay] [if condition] [(claims)]",
    "interests": "rank: more|less term [(claims)], rank goal: term [by date], goal: term [by date], or never: term",
    "dependencies": "who on whom for what: share[, replaced share] [(claims)]",
    "commitments": "who does OPTION=level if condition: likelihood [for time] [(claims)], "
    "norm forbids OPTION to ACTOR: price, or norm exempts OPTION",
}


def read_line(section: str, item: Node) -> Line:
    """One item of a section of lines, short or long form, as a `Line`.

    >>> line = read_line("influences", TextNode("arsenal pulls evidence to 0.9 after 6 months (c1)"))
    >>> line.form, {name: part.value for name, part in line.parts.items()}, line.claims[0].value
    ('pulls', {'cause': 'arsenal', 'effect': 'evidence', 'to': '0.9', 'after': '6 months'}, 'c1')

    Raises:
        LineError: the item has another shape.
    """
    taken = short_or_long(item, LONG_KEYS[section], common_keys(section))
    if isinstance(taken, MapNode):
        return _long(section, taken)
    head, value, extra = taken
    tail = None if value is None else text_of(value, "a size, a term or a likelihood")
    line = _FORMS[section](head, tail)
    return Line(line.form, line.parts, item, line.claims, extra)


def common_keys(section: str) -> tuple[str, ...]:
    """The keys about its support that may stand beside a line."""
    return (*COMMON, "credence") if section == "influences" else COMMON


def _shape_error(section: str, node: Node, message: str, hint: str = "") -> LineError:
    return LineError(message, node, hint or f"Expected: {SHAPES[section]}.")


def _long(section: str, item: MapNode) -> Line:
    common = common_keys(section)
    parts = {key.value: text_of(value, key.value) for key, value in item if key.value not in common}
    rest = MapNode(tuple(pair for pair in item if pair[0].value in common), item.position)
    verbs = {"influences": VERBS, "interests": WISHES, "commitments": ("does", "forbids", "exempts")}.get(section, ())
    forms = [name for name in parts if name in verbs]
    if verbs and len(forms) != 1:
        raise _shape_error(
            section, item, f"expected exactly one of {', '.join(verbs)}; given: {', '.join(forms) or 'none'}."
        )
    form = forms[0] if forms else "depends"
    target = {"influences": "effect", "interests": "term", "commitments": "option"}.get(section)
    if target:
        parts = {(target if name == form else name): part for name, part in parts.items()}
    return Line(form, parts, item, (), rest)


def _influence(head: TextNode, value: TextNode | None) -> Line:
    match = re.search(rf"\s({'|'.join(VERBS)})\s", outside(head.value))
    if match is None:
        raise _shape_error("influences", head, f"no verb in '{shorten(head.value)}'.", _verb_hint(head.value))
    cause, rest = head.part(0, match.start()), head.part(match.end(), len(head.value))
    if match[1] == "pulls":
        return _pull(head, cause, rest, value)
    if value is None:
        raise _shape_error("influences", head, f"no size: nothing stands after '{shorten(head.value)}'.")
    text, claims = split_claims(value)
    parts = clauses(text, ("after", "if"))
    size = parts.pop("")
    return Line(match[1], {"cause": cause, "effect": rest, "size": size, **parts}, head, claims)


def _pull(head: TextNode, cause: TextNode, rest: TextNode, value: TextNode | None) -> Line:
    if value is not None:
        raise _shape_error(
            "influences", head, "a pull has no colon.", "Write: cause pulls effect to level after delay."
        )
    text, claims = split_claims(rest)
    parts = clauses(text, ("to", "after", "if"))
    effect = parts.pop("")
    if "to" not in parts:
        raise _shape_error(
            "influences", head, "a pull names the level it pulls to.", "Write: cause pulls effect to 0.6."
        )
    return Line("pulls", {"cause": cause, "effect": effect, **parts}, head, claims)


def _verb_hint(text: str) -> str:
    for word in text.split()[:40]:
        if word in _SYNONYMS:
            return f"Write '{_SYNONYMS[word]}' for '{word}'."
    guesses = (did_you_mean(word, VERBS) for word in text.split()[1:40])
    near = next((guess for guess in guesses if guess.startswith("Did you")), "")
    return near or f"Expected: {SHAPES['influences']}."


def _interest(head: TextNode, value: TextNode | None) -> Line:
    if value is None:
        raise _shape_error("interests", head, f"no colon in '{shorten(head.value)}'.")
    text, claims = split_claims(value)
    rank = head.value.split()
    if rank[-1:] == ["goal"] or rank == ["never"]:
        parts = clauses(text, ("by",))
        weight = {"weight": head.part(0, len(head.value) - 4)} if len(rank) > 1 else {}
        return Line(rank[-1], {**weight, "term": parts.pop(""), **parts}, head, claims)
    match = re.match(r"(more|less)(?![\w.-])", text.value)
    if match is None:
        hint = "Write 'more TERM' or 'less TERM'."
        raise _shape_error("interests", value, f"'{shorten(text.value)}' says neither more nor less.", hint)
    term = text.part(match.end(), len(text.value))
    if not term.value:
        raise _shape_error("interests", value, f"'{match[1]}' of what?", "Name a factor, an option or a term.")
    return Line(match[1], {"weight": head, "term": term}, head, claims)


def _dependency(head: TextNode, value: TextNode | None) -> Line:
    parts = clauses(head, ("on", "for"))
    if value is None or not {"on", "for"} <= parts.keys():
        raise _shape_error("dependencies", head, f"'{shorten(head.value)}' is no dependency.")
    text, claims = split_claims(value)
    shares = clauses(text, ("replaced",))
    share = shares[""].value
    size = shares[""].part(0, len(share) - 1) if share.endswith(",") else shares[""]
    found = {"who": parts[""], "on": parts["on"], "for": parts["for"], "share": size}
    return Line("depends", {**found, **{k: v for k, v in shares.items() if k}}, head, claims)


def _commitment(head: TextNode, value: TextNode | None) -> Line:
    match = re.search(r"\s(does|forbids|exempts)\s", outside(head.value))
    if match is None:
        raise _shape_error("commitments", head, f"no 'does', 'forbids' or 'exempts' in '{shorten(head.value)}'.")
    who, rest = head.part(0, match.start()), head.part(match.end(), len(head.value))
    if match[1] == "does":
        return _promise(head, who, rest, value)
    return _norm(head, match[1], who, rest, value)


def _promise(head: TextNode, who: TextNode, rest: TextNode, value: TextNode | None) -> Line:
    parts = clauses(rest, ("if", "for"))
    option = parts.pop("")
    if value is None or "if" not in parts:
        missing = "a likelihood after the colon" if value is None else "the condition ('if ...')"
        raise _shape_error("commitments", head, f"'{shorten(head.value)}' lacks {missing}.")
    text, claims = split_claims(value)
    tail = clauses(text, ("for",))
    likelihood = tail.pop("")
    return Line("does", {"who": who, "option": option, **parts, **tail, "likelihood": likelihood}, head, claims)


def _norm(head: TextNode, form: str, who: TextNode, rest: TextNode, value: TextNode | None) -> Line:
    text, claims = split_claims(rest if value is None else value)
    parts = clauses(text if value is None else rest, ("to",))
    found = {"norm": who, "option": parts.pop(""), **parts}
    if form == "exempts" and (value is not None or parts):
        raise _shape_error("commitments", head, "an exemption has neither price nor 'to'.")
    if value is not None:
        skip = len("price") if text.value.startswith("price") else 0
        found["price"] = text.part(skip, len(text.value))
    elif form == "forbids":
        raise _shape_error("commitments", head, f"'{shorten(head.value)}' has no price.")
    return Line(form, found, head, claims)


_FORMS = {
    "influences": _influence,
    "interests": _interest,
    "dependencies": _dependency,
    "commitments": _commitment,
}
