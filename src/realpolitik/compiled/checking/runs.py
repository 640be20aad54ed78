"""Which runs a check needs, so that those no later check needs can be let go."""

from __future__ import annotations

from collections.abc import Iterable

from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.holds import intervention
from realpolitik.errors import RealpolitikError
from realpolitik.language.expression import Expression, Query, walk


def keys_of(ensemble: Ensemble, check: Expression) -> frozenset[str]:
    """The keys of every run a check may ask of an ensemble: held, status quo, and one replaying the other."""
    found: set[str] = set()
    for query in (node for node in walk(check) if isinstance(node, Query)):
        try:
            held = intervention(ensemble.model, query.setting)
        except RealpolitikError:
            continue
        for quo in (held.status_quo, ()):
            found.update((ensemble.key(quo, None, True), ensemble.key(held.holds, quo, True)))
        found.add(ensemble.key(held.holds, None, True))
    return frozenset(found)


def release(ensemble: Ensemble, mine: Iterable[str], later: Iterable[frozenset[str]]) -> None:
    """Let go of the runs in `mine` that none of the `later` checks needs."""
    wanted = frozenset().union(*later)
    for key in set(mine) - wanted:
        ensemble.runs.pop(key, None)
