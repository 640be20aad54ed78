"""The picture of joint outcomes and moves between them, of a situation's answer or of a conflict, and as a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html import escape
from typing import Any

from realpolitik.errors import Finding, InputRefused
from realpolitik.language.likelihood import percent
from realpolitik.language.sentences import counted, listed
from realpolitik.report.figures.figure import Figure
from realpolitik.report.figures.style import SHEET
from realpolitik.report.figures.transitions import NOTE, transitions

MOSTLY = 0.5
MOST_NAMED = 8
DRAWN = (
    "Double frame: nobody leaves it (R), or answers keep it (SEQ), in half of the draws or more; shares stand below. "
    "Arrows: moves that are better for the mover named on them in half of the draws."
)
NOTICE = "Model-based: what follows from what is written, not a forecast."


def of_situation(picture: Mapping[str, Any]) -> Figure | None:
    """The states shown, and the moves that improve in most draws; None with a single state.

    picture: as in `about` of an answer about joint outcomes.
    """
    moves = [move for move in picture["moves"] if move["share"] >= MOSTLY]
    states = [_state(state) for state in picture["states"]]
    if len(states) < 2:
        return None
    holding = sum(bool(state["stable"]) for state in states)
    some = counted(holding, "outcome") if holding else "none"
    title = f"Of {len(states)} outcomes shown {some} {'hold' if holding > 1 else 'holds'} in most draws"
    return replace(transitions(states, moves, title=title), note=DRAWN)


def _state(state: Mapping[str, Any]) -> dict[str, Any]:
    """A state as it is drawn: framed twice for the senses in which it holds in most draws."""
    shares = [f"{name} {percent(state[name])}" for name in ("R", "SEQ")]
    senses = [text for name, text in zip(("R", "SEQ"), shares, strict=True) if state[name] >= MOSTLY]
    label = "everything as it is now" if state["now"] else state["words"]
    return {**state, "label": label, "stable": senses, "told": ", ".join(shares)}


def of_conflict(picture: Mapping[str, Any], name: str) -> Figure:
    """The states of an ordinal conflict and the improvements between them."""
    states = picture["states"]
    held = [state for state in states if state["stable"]]
    for_good = [str(state["id"]) for state in held if "R" in state["stable"]]
    title = f"{name or 'Conflict'}: of {len(states)} states shown {len(held)} {'holds' if len(held) == 1 else 'hold'}"
    title += f", with nobody gaining by leaving: {listed(for_good[:MOST_NAMED])}" if for_good else ", none of them by R"
    note = " ".join(part for part in (NOTE, picture["note"]) if part)
    return replace(transitions(states, picture["moves"], title=title), note=note)


def picture_file(figure: Figure, ending: str) -> str:
    """A picture with title and note as `.svg`, or as `.html` with its table too.

    Raises `InputRefused` for another ending.
    """
    if ending.lower() == ".svg":
        return figure.slide(NOTICE)
    if ending.lower() == ".html":
        return _page(figure)
    raise InputRefused([Finding("error", f"'{ending}' is no picture.", hint="Write to a .svg or a .html file.")])


def _page(figure: Figure) -> str:
    style = f"{SHEET}body{{background:var(--rp-paper);color:var(--rp-ink);margin:1.5rem;font-family:sans-serif}}"
    style += "figure{margin:0}h1{font-size:1.3rem}"
    style += ".drawing{overflow-x:auto}table{border-collapse:collapse}th,td{padding:.2rem .6rem;text-align:left}"
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(figure.title)}</title><style>{style}</style></head><body>{figure.html('h1')}"
        f"<p>{NOTICE}</p></body></html>"
    )
