"""Rival hypotheses: what follows under each, what evidence says of each, and whether the evidence hangs together."""

from realpolitik.analyses.hypotheses.evidence import Evidence, could_be_seen, reported
from realpolitik.analyses.hypotheses.hypotheses import hypotheses

__all__ = ["Evidence", "could_be_seen", "hypotheses", "reported"]
