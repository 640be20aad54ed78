"""How each actor orders the states: rankings, prioritised statements, option weights, partial orders,
indifference.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isfinite

from realpolitik.conflicts.findings import Findings, listed
from realpolitik.conflicts.located import Node
from realpolitik.conflicts.model import Option, Preference, State, Vector
from realpolitik.conflicts.moves import state_index
from realpolitik.conflicts.partial import partial_order
from realpolitik.conflicts.statements import read_statement
from realpolitik.errors import did_you_mean


def read_preferences(
    root: Node, actors: Sequence[str], options: Sequence[Option], states: Sequence[State], findings: Findings
) -> list[Preference]:
    """One preference per actor; reports what is missing or wrong."""
    node = root.fields.get("preferences")
    if node is None:
        findings.error(root, "`preferences` is missing: one entry per actor.")
        return []
    given = findings.mapping(node, "preferences (actor: order of states)")
    for name, item in given.items():
        findings.index(Node(name, item.at), actors, "actor")
    reader = _Reader(options, states, findings)
    found = []
    for name in actors:
        if name not in given:
            findings.error(node, f"{name} has no preferences.", 'Give a ranking, or {"type": "indifferent"}.')
        else:
            found.append(reader.read(given[name], name))
    return [preference for preference in found if preference]


class _Reader:
    def __init__(self, options: Sequence[Option], states: Sequence[State], findings: Findings) -> None:
        self.options, self.states, self.findings = options, states, findings
        self.labels = {state.label: s for s, state in enumerate(states)}
        self.kinds: dict[str, Callable[[Node, str], Preference | None]] = {
            "ranking": self.ranking,
            "prioritized": self.prioritized,
            "weights": self.weights,
            "partial": self.partial,
            "indifferent": lambda _node, _name: Preference("indifferent", (0,) * len(self.states)),
        }
        self.by_key = {
            "best_to_worst": "ranking",
            "statements": "prioritized",
            "weights": "weights",
            "strict_pairs": "partial",
        }

    def read(self, node: Node, name: str) -> Preference | None:
        if isinstance(node.value, list):
            return self._ranked(node, name)
        kind = self._kind(node)
        if kind is None:
            return None
        return self.kinds[kind](node, name)

    def _kind(self, node: Node) -> str | None:
        given = node.fields.get("type")
        implied = [kind for key, kind in self.by_key.items() if key in node.fields]
        spelled = {"prioritised": "prioritized", "option_weights": "weights"}
        kind = spelled.get(given.text or "", given.text) if given else (implied[0] if implied else None)
        if kind in self.kinds:
            return kind
        what = f"'{kind}' is no type of preference." if given else "The type of preference is missing."
        self.findings.error(given or node, what, did_you_mean(kind or "", self.kinds))
        return None

    def _member(self, node: Node, key: str) -> Node:
        if key in node.fields:
            return node.fields[key]
        self.findings.error(node, f"`{key}` is missing.")
        return Node([], node.at)

    def ranking(self, node: Node, name: str) -> Preference | None:
        if "best_to_worst" not in node.fields and "worst_to_best" in node.fields:
            listing = node.fields["worst_to_best"]
            return self._ranked(Node(listing.items[::-1], listing.at), name)
        listing = self._member(node, "best_to_worst")
        return self._ranked(listing, name) if "best_to_worst" in node.fields else None

    def _ranked(self, node: Node, name: str) -> Preference | None:
        ranks: dict[int, int] = {}
        for place, item in enumerate(self.findings.sequence(node, "states, best to worst")):
            for entry in item.items if isinstance(item.value, list) else [item]:
                s = state_index(entry, self.labels, self.findings)
                if s is not None and s in ranks:
                    self.findings.error(entry, f"{name}'s ranking lists state '{entry.text}' twice.")
                elif s is not None:
                    ranks[s] = -place
        missing = [state.label for s, state in enumerate(self.states) if s not in ranks]
        if missing:
            self.findings.error(node, f"{name}'s ranking omits {listed(missing)}.", "Rank every feasible state.")
            return None
        return Preference("ranking", dense([ranks[s] for s in range(len(self.states))]))

    def prioritized(self, node: Node, name: str) -> Preference | None:
        listing = self._member(node, "statements")
        items = self.findings.sequence(listing, "statements, most important first")
        statements = [read_statement(item, self.options, self.findings) for item in items]
        ranks = [0] * len(self.states)
        for item, statement in zip(items, statements, strict=True):
            if statement:
                truth = self._values(item, statement)
                ranks = list(dense([2 * rank + bool(true) for rank, true in zip(ranks, truth, strict=True)]))
        return Preference("prioritized", tuple(ranks)) if all(statements) else None

    def weights(self, node: Node, name: str) -> Preference | None:
        listing = self._member(node, "weights")
        names = [option.name for option in self.options]
        table = [[0.0] * len(option.levels) for option in self.options]
        given = [(Node(key, item.at), item) for key, item in listing.fields.items()]
        if isinstance(listing.value, list):
            given = [
                (Node(names[k] if k < len(names) else str(k), item.at), item) for k, item in enumerate(listing.items)
            ]
        for key, item in given:
            k = self.findings.index(key, names, "option")
            if k is not None:
                table[k] = self._weights_of(item, self.options[k])
        scores = self._values(listing, lambda vector: sum(table[k][level] for k, level in enumerate(vector)))
        return Preference("weights", dense([round(score, 12) for score in scores]))

    def _weights_of(self, node: Node, option: Option) -> list[float]:
        numbers = [item.value for item in node.items] or [0] + [node.value] * (len(option.levels) - 1)
        good = [float(x) for x in numbers if isinstance(x, int | float) and not isinstance(x, bool) and isfinite(x)]
        if len(good) != len(option.levels):
            expected = f"a number, or one for each of its levels ({', '.join(option.levels)})"
            self.findings.error(node, f"The weight of '{option.name}' should be {expected}.")
            return [0.0] * len(option.levels)
        return good

    def _values(self, node: Node, function: Callable[[Vector], float]) -> list[float]:
        """The function at every state; a merged state counts as the first vector it stands for."""
        if not all(state.vectors for state in self.states):
            self.findings.error(node, "Without option vectors, states can only be ranked.", "Use a ranking.")
            self.findings.stop()
        for state in self.states:
            if len({function(vector) for vector in state.vectors}) > 1:
                first = "".join(map(str, state.vectors[0]))
                message = f"Differs among the vectors merged in state '{state.label}'; its first one ({first}) counts."
                self.findings.note(node, message)
        return [function(state.vectors[0]) for state in self.states]

    def partial(self, node: Node, name: str) -> Preference | None:
        rest = next((node.fields[k] for k in ("rest", "otherwise") if k in node.fields), None)
        if rest and rest.text not in ("unknown", "indifferent"):
            self.findings.error(rest, f"`rest` is 'unknown' or 'indifferent', not '{rest.text}'.")
        strict = self._pairs(node, "strict_pairs")
        ties = self._pairs(node, "equal_pairs") if "equal_pairs" in node.fields else []
        listing = node.fields.get("strict_pairs", node)
        order = partial_order(len(self.states), strict, ties)
        if isinstance(order, list):
            circle = " > ".join(self.states[s].label for s in order)
            self.findings.error(listing, f"{name}'s strict preferences run in a circle: {circle}.")
            return None
        better, unknown = order
        if rest and rest.text == "indifferent":
            unknown = tuple(frozenset() for _ in unknown)
        return Preference("partial", None, better, unknown)

    def _pairs(self, node: Node, key: str) -> list[tuple[int, int]]:
        out = []
        for item in self.findings.sequence(self._member(node, key), "pairs [better, worse]"):
            if len(item.items) != 2:
                self.findings.error(item, "Expected a pair [better, worse].")
                continue
            ends = [state_index(end, self.labels, self.findings) for end in item.items]
            if ends[0] is not None and ends[1] is not None:
                out.append((ends[0], ends[1]))
        return out


def dense(scores: Sequence[float]) -> tuple[int, ...]:
    """Ranks 0, 1, 2, ... of the scores, equal scores equal.

    >>> dense([0.5, -1, 0.5])
    (1, 0, 1)
    """
    order = {score: rank for rank, score in enumerate(sorted(set(scores)))}
    return tuple(order[score] for score in scores)
