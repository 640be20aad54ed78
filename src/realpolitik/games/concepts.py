"""The names of the stability concepts and of the rules by which opponents may sanction."""

from __future__ import annotations

from typing import Literal

from realpolitik.errors import Finding, InputRefused

Convention = Literal["legal-sequences", "once-each", "single-move"]

CONVENTIONS: tuple[Convention, ...] = ("legal-sequences", "once-each", "single-move")
"""Who may move in a sanction: legal sequences (nobody twice in a row; Fang, Hipel & Kilgour 1993, def.
4.2.x), every opponent at most once, or one move by one opponent."""

CONCEPTS = ("R", "GMR", "SMR", "SEQ", "SSEQ")
COALITION_CONCEPTS = ("CNash", "CGMR", "CSMR", "CSEQ")
READINGS = ("a", "b", "c", "d")
"""Readings of unknown preferences (Li, Hipel, Kilgour & Fang 2004, IEEE SMC-A 34:507): a, c also leave
towards unknown states; c, d also count an unknown state as a sanction."""


def convention_named(name: str) -> Convention:
    """The sanction rule of that name. Raises `InputRefused` for another.

    >>> convention_named("once-each")
    'once-each'
    """
    for known in CONVENTIONS:
        if name == known:
            return known
    message = f"'{name}' is no sanction convention."
    raise InputRefused([Finding("error", message, hint=f"Known: {', '.join(CONVENTIONS)}.")])
