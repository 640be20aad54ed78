"""The registry of checks."""

from __future__ import annotations


def run_checks(situation, ctx, root, claims):
    pass
