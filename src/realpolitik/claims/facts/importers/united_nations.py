"""The General Assembly: votes (Voeten) and ideal points (Bailey, Strezhnev and Voeten)."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from realpolitik.claims.facts.importers.common import EVERYTHING, Imported, Wanted, read_rows
from realpolitik.claims.facts.model import Fact, Metric

POINTS = "IdealpointestimatesAll_*.csv (ccode, session, IdealPointAll or IdealPoint, Q5%All, Q95%All)"
VOTES = "UNVotes.csv (rcid, ccode, vote, year or session)"
CITE_POINTS = "Bailey, Strezhnev and Voeten (2017), Estimating Dynamic State Preferences from UN Voting Data, JCR 61(2)"
CITE_VOTES = "Voeten, Strezhnev and Bailey (2009), United Nations General Assembly Voting Data, Harvard Dataverse"
YES, ABSTAIN, NO = 1, 2, 3
FIRST = 1945


def import_ideal_points(path: Path, wanted: Wanted = EVERYTHING) -> Imported:
    """The estimated position of each state in each year (year = session + 1945), 5th to 95th percentile if given."""
    rows = read_rows(path, ("ccode", "session"), POINTS)
    metric = Metric("ideal_point", "ideal point in the General Assembly", "standard deviations", adds=False)
    column = next((name for name in ("IdealPointAll", "IdealPoint", "ideal_point") if name in rows.header), "")
    if not column:
        rows.problem(1, "there is no column IdealPointAll or IdealPoint.", f"Expected: {POINTS}.")
        rows.done()
    low, high = (next((n for n in (f"Q{q}%All", f"Q{q}%", f"q{q}") if n in rows.header), column) for q in (5, 95))
    facts = []
    for line, row in rows:
        session = rows.number(line, row["session"])
        year = int(session) + FIRST if session is not None else 0
        actor = rows.state(line, row["ccode"], "cow", year, any_year=True) if year else ""
        if actor and wanted.takes(year, actor):
            ends = [rows.number(line, row[name]) for name in (low, high)]
            if ends[0] is not None and ends[1] is not None:
                facts.append(Fact(actor, metric.id, year, ends[0], ends[1], metric.unit, "ideal_points"))
    rows.done()
    return Imported(tuple(facts), {metric.id: metric}, "ideal_points", CITE_POINTS)


def import_votes(path: Path, wanted: Wanted = EVERYTHING) -> Imported:
    """For each pair and year the share of common roll calls with the same vote (1 yes, 2 abstain, 3 no).

    Absence (8) and non-membership (9) are no votes. A pair needs `wanted.actors`; without any, every pair is made.
    """
    rows = read_rows(path, ("rcid", "ccode", "vote"), VOTES)
    metric = Metric("vote_agreement", "share of roll calls with the same vote", "share", adds=False)
    cast: dict[tuple[int, str], dict[str, int]] = defaultdict(dict)
    for line, row in rows:
        year = _year(row)
        vote = rows.number(line, row["vote"])
        if not year:
            rows.problem(line, "there is neither a year nor a session.", f"Expected: {VOTES}.")
        elif vote in (YES, ABSTAIN, NO):
            actor = rows.state(line, row["ccode"], "cow", year, any_year=True)
            if actor and wanted.takes(year, actor):
                cast[(year, actor)][row["rcid"]] = int(vote or 0)
    rows.done()
    facts = []
    for (year, actor), mine in cast.items():
        for (other_year, other), theirs in cast.items():
            common = mine.keys() & theirs.keys() if year == other_year and actor != other else frozenset[str]()
            if common:
                share = sum(mine[item] == theirs[item] for item in common) / len(common)
                said = f"{len(common)} roll calls"
                facts.append(Fact(actor, metric.id, year, share, share, "share", "un_votes", said, other))
    return Imported(tuple(facts), {metric.id: metric}, "un_votes", CITE_VOTES)


def _year(row: dict[str, str] | object) -> int:
    values = row if isinstance(row, dict) else {}
    year, session = values.get("year", ""), values.get("session", "")
    if year[:4].isdecimal() and len(year) >= 4:
        return int(year[:4])
    return int(session.partition(".")[0]) + FIRST if re.fullmatch(r"\d{1,3}(\.0*)?", session) else 0
