"""Which promises fall due, are honoured, and bind whom for how long (step 3 of a period)?"""

from __future__ import annotations

from collections.abc import Container, Sequence

from realpolitik.dynamics.chance import uniform_of
from realpolitik.dynamics.literal.inputs import Model
from realpolitik.dynamics.literal.state import State
from realpolitik.dynamics.literal.terms import holds


def holds_for(model: Model, states: Sequence[State], node: int, actor: int) -> bool:
    """Does a trigger hold in the eyes of an actor?"""
    return holds(node, states[model.actors[actor].view].values)


class Promises:
    """The promises of one draw: whose triggers hold, and until when honoured ones are kept."""

    def __init__(self, model: Model, states: Sequence[State]) -> None:
        self.model = model
        self.until: dict[int, int] = {}
        self.triggered = self._triggers(states)

    def _triggers(self, states: Sequence[State]) -> list[bool]:
        return [holds_for(self.model, states, p.node, p.actors[0]) for p in self.model.promises]

    def fall_due(self, states: Sequence[State], levels: list[int], held: Container[int], t: int) -> list[int]:
        """Draw a lottery at every up-crossing (1 honoured, -1 not, 0 none); set the levels of options of one party."""
        before, self.triggered = self.triggered, self._triggers(states)
        outcome = [0] * len(before)
        for c, was in enumerate(before):
            if self.triggered[c] and not was:
                outcome[c] = self._draw(c, t)
                if outcome[c] == 1:
                    self._honour(c, levels, held, t)
        return outcome

    def _draw(self, c: int, t: int) -> int:
        model, promise = self.model, self.model.promises[c]
        return 1 if uniform_of(model.n, model.r, promise.key, t, model.seed) < promise.likelihood else -1

    def _honour(self, c: int, levels: list[int], held: Container[int], t: int) -> None:
        promise = self.model.promises[c]
        self.until[c] = t + promise.periods
        option = self.model.options[promise.option]
        barred = option.irreversible and promise.level < levels[promise.option]
        if len(option.parties) == 1 and promise.option not in held and not barred:
            levels[promise.option] = promise.level

    def running(self, t: int) -> list[int]:
        """Which promises are being kept in period t, in file order?"""
        return [c for c in range(len(self.model.promises)) if t < self.until.get(c, -1)]

    def kept(self, t: int) -> frozenset[int]:
        """Which options of one party do promises keep from review?"""
        options = {self.model.promises[c].option for c in self.running(t)}
        return frozenset(k for k in options if len(self.model.options[k].parties) == 1)

    def consents(self, k: int, t: int) -> dict[int, int]:
        """Who has promised which level of joint option k?"""
        running = [self.model.promises[c] for c in self.running(t)]
        return {actor: promise.level for promise in running if promise.option == k for actor in promise.actors}
