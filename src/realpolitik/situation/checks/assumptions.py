"""What an entry rests on: claims that exist, or an author; and ends of scales that are named."""

from __future__ import annotations

from collections.abc import Iterator

from realpolitik.claims.model import Claim
from realpolitik.errors import did_you_mean
from realpolitik.situation.checks.registry import Facts, Say, check
from realpolitik.situation.model import Support

MOST_SHOWN = 5
WISHES = ("interest", "commitment")
"""Kinds of claim that state what somebody wants, unless the claim says of whom (`wish_of`)."""


@check("claim", "error", "Every claim id that is cited exists.")
def unknown_claims(facts: Facts, say: Say) -> None:
    """Ids that the claims file lacks."""
    if facts.claims is None:
        return
    for node in facts.ctx.cited:
        if node.value not in facts.claims:
            hint = did_you_mean(node.value, facts.claims) or "Add it to claims.yaml."
            say(f"there is no claim '{node.value}'.", node.position, hint)


@check("no claims", "note", "Claims that are cited can be looked up.")
def no_claims_file(facts: Facts, say: Say) -> None:
    """Claims cited where no claims file stands beside the situation."""
    if facts.claims is not None or not facts.ctx.cited:
        return
    names = sorted({node.value for node in facts.ctx.cited})
    shown = ", ".join(names[:3]) + (", ..." if len(names) > 3 else "")
    hint = "Put a claims.yaml beside the file; until then they count as unhedged."
    say(f"claims are cited ({shown}) but there is no claims.yaml.", facts.ctx.cited[0].position, hint)


@check("no author", "note", "Somebody stands behind every entry.")
def no_author(facts: Facts, say: Say) -> None:
    """Entries with neither claim nor author; they head the list of assumptions."""
    bare = [item for item in _supports(facts) if not item.claims and not item.author]
    for item in bare[:MOST_SHOWN]:
        hint = "Cite a claim, or add 'judged_by: NAME, DATE' to the file."
        say(
            f"'{item.text[:60]}' has no claim and no author: it will head the list of assumptions.", item.position, hint
        )
    if len(bare) > MOST_SHOWN:
        more = len(bare) - MOST_SHOWN
        say(f"{more} more entries have no claim and no author.", bare[MOST_SHOWN].position, "Add 'judged_by:' once.")


def _supports(facts: Facts) -> Iterator[Support]:
    for part in facts.parts():
        for items in (part.influences, part.interests, part.red_lines, part.dependencies, part.promises, part.norms):
            yield from (item.support for item in items)


@check("wish", "note", "A claim cited for an interest says that somebody wants something.")
def no_wish(facts: Facts, say: Say) -> None:
    """Interests that cite nothing but claims of a kind that states no wish: they are judgements after those claims."""
    for part in facts.parts():
        for item in part.interests:
            cited = [facts.claims[name] for name in item.support.claims if facts.claims and name in facts.claims]
            if cited and not any(states_wish(claim, item.actor) for claim in cited):
                ids = ", ".join(claim.id for claim in cited)
                hint = (
                    f"Write '(after {ids})', which makes it your judgement; or, where a claim does say it, add "
                    f"'wish_of: {item.actor}' to the claim."
                )
                say(
                    f"no claim cited says that {item.actor} wants '{item.support.text[:60]}'.",
                    item.support.position,
                    hint,
                )


def states_wish(claim: Claim, actor: str) -> bool:
    """True where a claim names the actor as one whose wish or advantage it states; unsaid, where its kind is a wish."""
    if claim.wish_of:
        return actor in claim.wish_of
    return not claim.kind or claim.kind in WISHES


@check("ends", "note", "Every factor says what its ends mean.")
def unnamed_ends(facts: Facts, say: Say) -> None:
    """Factors without `from` and `to`; stocks and derived factors may have a range and unit instead."""
    for name, factor in facts.situation.factors.items():
        if factor.kind != "derived" and not factor.unit and not (factor.low_end and factor.high_end):
            hint = "Add 'from: ...' and 'to: ...'."
            say(f"'{name}' does not say what its ends mean.", facts.symbols.factors[name], hint)


@check("title", "note", "The situation has a title.")
def untitled(facts: Facts, say: Say) -> None:
    """Files without `situation:`."""
    if not facts.situation.title:
        say("the situation has no title.", facts.root.position, "Begin with 'situation: TITLE'.")
