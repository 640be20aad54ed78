"""What is checked once everything is read; `registry.CHECKS` lists every check by id."""

from realpolitik.situation.checks import assumptions, chances, hidden, kinds, moves, names, queries
from realpolitik.situation.checks.registry import CHECKS, Facts, run_checks

__all__ = [
    "CHECKS",
    "Facts",
    "assumptions",
    "chances",
    "hidden",
    "kinds",
    "moves",
    "names",
    "queries",
    "run_checks",
]
