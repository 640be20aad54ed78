"""Import of `.gmcr` files, the JSON save files of the field's desktop program; what is not carried over is
said.

States are numbered 1, 2, ... there, in order of the decimal labels of the feasible vectors; rankings refer to
these numbers, and so do our labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from realpolitik.conflicts.findings import Findings, listed
from realpolitik.conflicts.located import Node, read_located
from realpolitik.conflicts.model import Conflict, Option
from realpolitik.conflicts.patterns import MAX_STATES, feasible_vectors, read_pattern

_MANUAL = ("useManualPreferenceRanking", "useManualPreferenceVectors")
_CARRIED = ("options", "decisionMakers", "infeasibles", "version", "program", "name", *_MANUAL)
_DIRECTIONS = {"fwd": "N->Y", "back": "Y->N"}


def parse_gmcr(text: str, file: str = "") -> Conflict:
    """A conflict from the text of a `.gmcr` file; what is lost is among the notes of the conflict.

    Raises
    ------
    InputRefused
        The text is no such file, or what it says is inconsistent.
    """
    from realpolitik.conflicts.reader import build_conflict  # noqa: PLC0415

    root = read_located(text, file)
    findings = Findings()
    translated = _Translation(root, findings).translate()
    findings.stop()
    conflict = build_conflict(translated)
    return replace(conflict, notes=(*findings.notes(), *conflict.notes))


class _Translation:
    """The same file in our own form, every value at the position it came from."""

    def __init__(self, root: Node, findings: Findings) -> None:
        self.root, self.findings = root, findings
        for key in ("options", "decisionMakers"):
            if not root.fields.get(key, root).items:
                findings.error(root, f"The list `{key}` is missing; this is no .gmcr file.")
        findings.stop()
        self.makers = root.fields["decisionMakers"].items
        self.options = [self._option(k, item) for k, item in enumerate(root.fields["options"].items)]

    def _option(self, k: int, item: Node) -> Option:
        owners = [m for m, maker in enumerate(self.makers) if any(n.value == k for n in self._held(maker))]
        name = self._named(item)
        if len(owners) != 1:
            self.findings.error(item, f"The option '{name}' has {len(owners)} owners; expected 1.")
        twins = [n for n, other in enumerate(self.root.fields["options"].items) if self._named(other) == name]
        unique = name if len(twins) == 1 and name else f"{name} [{k}]"
        return Option(unique, owners[0] if owners else 0)

    def _named(self, item: Node) -> str:
        return item.fields.get("name", item).text or ""

    def _held(self, maker: Node) -> list[Node]:
        return maker.fields.get("options", Node([], maker.at)).items

    def translate(self) -> Node:
        self._losses()
        states = self._states()
        preferences = {self._who(maker): self._preference(maker) for maker in self.makers}
        fields = {
            "decision_makers": self._list([self._maker(m, maker) for m, maker in enumerate(self.makers)]),
            "options_order": self._list([self._text(option.name) for option in self.options]),
            "irreversible": self._list(self._irreversible()),
            "state_numbering": self._object({"states": states}),
            "preferences": self._object(preferences),
            "misperceptions": self._object(self._pictures(states, preferences)),
        }
        named = {"name": self.root.fields["name"]} if "name" in self.root.fields else {}
        return self._object({**fields, **named})

    def _text(self, text: str, at: Node | None = None) -> Node:
        return Node(text, (at or self.root).at)

    def _list(self, items: list[Node], at: Node | None = None) -> Node:
        return Node(items, (at or self.root).at)

    def _object(self, fields: dict[str, Node], at: Node | None = None) -> Node:
        return Node(fields, (at or self.root).at)

    def _who(self, maker: Node) -> str:
        return maker.fields.get("name", maker).text or ""

    def _losses(self) -> None:
        blocks = [item for item in self.root.fields.get("coalitions", self._list([])).items if item.items]
        alone = () if blocks else ("coalitions", "coalitionsFull")
        lost = [key for key in self.root.fields if key not in (*_CARRIED, *alone)]
        if lost:
            self.findings.note(self.root, f"Not carried over: {listed(lost)}.")

    def _pictures(self, states: Node, preferences: dict[str, Node]) -> dict[str, Node]:
        """Who does not see every state: the states it sees, and everybody's order of them."""
        found = {}
        for maker in self.makers:
            unseen = self._unseen(maker, states)
            if unseen:
                name = self._who(maker)
                self.findings.note(maker, f"{name} does not see {listed(unseen)}: judged by its own picture too.")
                seen = self._object({label: text for label, text in states.fields.items() if label not in unseen})
                orders = {who: _without(order, unseen) for who, order in preferences.items()}
                picture = {"state_numbering": self._object({"states": seen}), "preferences": self._object(orders)}
                found[name] = self._object(picture, maker)
        return found

    def _unseen(self, maker: Node, states: Node) -> list[str]:
        given = maker.fields.get("misperceptions", self._list([])).items
        texts = [p for item in given for p in self._patterns(item).items]
        patterns = [p for text in texts if (p := read_pattern(text, self.options, self.findings))]
        vectors = {label: ["NY".index(c) for c in str(text.value)] for label, text in states.fields.items()}
        return [label for label, v in vectors.items() if any(pattern.matches(v) for pattern in patterns)]

    def _maker(self, m: int, maker: Node) -> Node:
        own = [self._text(option.name, maker) for option in self.options if option.actor == m]
        return self._object({"name": self._text(self._who(maker), maker), "options": self._list(own, maker)}, maker)

    def _irreversible(self) -> list[Node]:
        out = []
        for k, item in enumerate(self.root.fields["options"].items):
            direction = item.fields.get("permittedDirection", item.fields.get("reversibility", item)).text
            if direction in _DIRECTIONS:
                fields = {"option": Node(k, item.at), "allowed": self._text(_DIRECTIONS[direction], item)}
                out.append(self._object(fields, item))
        return out

    def _pattern(self, node: Node) -> Node:
        """A condition [[option, "Y"], ...] as a pattern."""
        letters = ["-"] * len(self.options)
        for pair in node.items:
            place, letter = [item.value for item in pair.items] if len(pair.items) == 2 else (None, None)
            if isinstance(place, int) and 0 <= place < len(letters) and letter in ("Y", "N"):
                letters[place] = str(letter)
            else:
                self.findings.error(pair, 'Expected a condition [option index, "Y" or "N"].')
        return self._text("".join(letters), node)

    def _patterns(self, node: Node) -> Node:
        if "members" in node.fields:
            return self._list([self._pattern(item) for item in node.fields["members"].items], node)
        return self._list([self._pattern(node)], node)

    def _states(self) -> Node:
        given = self.root.fields.get("infeasibles", self._list([])).items
        patterns = [read_pattern(p, self.options, self.findings) for item in given for p in self._patterns(item).items]
        self.findings.stop()
        vectors = feasible_vectors(self.options, [p for p in patterns if p])
        if not vectors:
            what = f"too many states (up to {MAX_STATES:,}) are" if vectors is None else "no state is"
            self.findings.error(self.root.fields.get("infeasibles", self.root), f"By these patterns {what} feasible.")
        texts = ["".join("NY"[level] for level in vector) for vector in vectors or ()]
        return self._object({str(n): self._text(text) for n, text in enumerate(texts, 1)})

    def _preference(self, maker: Node) -> Node:
        ranking = maker.fields.get("preferenceRanking", maker.fields.get("preferenceVector"))
        manual = self.root.fields.get(_MANUAL[0], self.root.fields.get(_MANUAL[1]))
        statements = maker.fields.get("preferences")
        if statements and statements.items and not (manual and manual.value and ranking):
            listing = self._list([self._patterns(item) for item in statements.items], statements)
            return self._object({"statements": listing}, maker)
        if ranking and ranking.items:
            if statements and statements.items:
                self.findings.note(maker, f"{self._who(maker)}'s ranking is followed, not its statements.")
            return self._object({"best_to_worst": ranking}, maker)
        self.findings.note(maker, f"{self._who(maker)} has no preferences there: all states tie.")
        return self._object({"type": self._text("indifferent", maker)}, maker)


def _without(order: Node, labels: Sequence[str]) -> Node:
    """A preference without some states; only a ranking names states."""
    ranking = order.fields.get("best_to_worst")
    if ranking is None:
        return order
    kept = [_left(item, labels) for item in ranking.items]
    return Node({"best_to_worst": Node([item for item in kept if item is not None], ranking.at)}, order.at)


def _left(item: Node, labels: Sequence[str]) -> Node | None:
    """A state, or what is left of a tie."""
    if not isinstance(item.value, list):
        return None if item.text in labels else item
    tied = [node for node in item.items if node.text not in labels]
    return Node(tied, item.at) if tied else None
