"""Tables and draws put together by hand: every number may be one value or one value per draw."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import numpy as np

from realpolitik.dynamics.tables import Draws, Enter, Keeps, Kind, Leave, Op, Tables


def key_of(stream: str, name: str) -> int:
    """A 32-bit key for a name in a stream, as compiled situations have them."""
    return zlib.crc32(f"{stream}:{name}".encode())


class Builder:
    """Collects entries in any order that makes sense (an option before the nodes that read it) and builds."""

    def __init__(self, draws: int = 1, periods: int = 4, periods_per_year: int = 4) -> None:
        self.n, self.periods, self.periods_per_year = draws, periods, periods_per_year
        self.nodes: list[tuple[int, int, int, float]] = []
        self.params: list[Any] = []
        self.actors: list[dict[str, Any]] = []
        self.views: list[tuple[set[int], set[int]]] = [(set(), set())]
        self.factors: list[dict[str, Any]] = []
        self.links: list[dict[str, Any]] = []
        self.pulls: list[dict[str, Any]] = []
        self.flows: list[dict[str, Any]] = []
        self.options: list[dict[str, Any]] = []
        self.prices: list[tuple[int, int, Any]] = []
        self.norms: list[tuple[int, int, Any]] = []
        self.interests: list[tuple[int, int, Any]] = []
        self.reds: list[tuple[int, int, Any]] = []
        self.promises: list[dict[str, Any]] = []
        self.shocks: list[dict[str, Any]] = []
        self.effects: list[tuple[int, int, int, Any]] = []
        self.exchanges: list[tuple[list[tuple[int, int]], int]] = []
        self.slots = 0

    # nodes
    def node(self, op: Op, a: int = -1, b: int = -1, c: float = 0.0) -> int:
        self.nodes.append((int(op), a, b, c))
        return len(self.nodes) - 1

    def const(self, c: float) -> int:
        return self.node(Op.CONST, c=c)

    def level(self, factor: int) -> int:
        return self.node(Op.FACTOR, factor)

    def slot(self, option: int, level: int) -> int:
        return self.node(Op.SLOT, self.options[option]["slot"] + level)

    def share(self, option: int) -> int:
        return self.node(Op.SHARE, option)

    def param(self, value: Any) -> int:
        self.params.append(value)
        return self.node(Op.PARAM, len(self.params) - 1)

    def not_(self, a: int) -> int:
        return self.node(Op.NOT, a)

    def both(self, op: Op, a: int, b: int, c: float = 0.0) -> int:
        return self.node(op, a, b, c)

    def compare(self, op: Op, a: int, value: float) -> int:
        return self.node(op, a, self.const(value))

    # parts
    def actor(self, foresight: int = 4, discount: float = 0.9, steadiness: Any = 30.0, view: int = 0) -> int:
        self.actors.append(dict(foresight=foresight, discount=discount, steadiness=steadiness, view=view))
        return len(self.actors) - 1

    def view(self, factors: Sequence[int] = (), options: Sequence[int] = ()) -> int:
        self.views.append((set(factors), set(options)))
        return len(self.views) - 1

    def factor(
        self,
        start: Any = 0.5,
        *,
        half_life: float = 0.0,
        kind: Kind = Kind.LEVEL,
        keeps: Keeps = Keeps.NO,
        noise: float = 0.0,
        trend: Any = 0.0,
        formula: int = -1,
        seen_as: int = -1,
        central: float | None = None,
    ) -> int:
        rho = 2.0 ** (-1.0 / half_life) if half_life else 0.0
        sigma = 4.0 * noise * (1 + rho) / np.sqrt(1 + rho**2)
        middle = float(np.mean(start)) if central is None else central
        self.factors.append(
            dict(start=start, kind=kind, keeps=keeps, node=formula, alpha=1 - rho, rho=rho, sigma=sigma)
            | dict(trend=trend, seen_as=seen_as, central=middle)
        )
        return len(self.factors) - 1

    def link(self, node: int, target: int, effect: Any, after: float = 0.0) -> int:
        gain = 1 - np.exp(-1 / after) if after else 1.0
        self.links.append(dict(node=node, target=target, effect=effect, gain=gain, delayed=int(after > 0)))
        return len(self.links) - 1

    def pull(self, node: int, target: int, to: Any, *, exists: Any = 1.0, after: float = 0.0) -> int:
        gain = 1 - np.exp(-1 / after) if after else 1.0
        self.pulls.append(dict(node=node, target=target, to=to, exists=exists, gain=gain, delayed=int(after > 0)))
        return len(self.pulls) - 1

    def flow(self, node: int, target: int, rate: Any) -> int:
        self.flows.append(dict(node=node, target=target, rate=rate))
        return len(self.flows) - 1

    def option(
        self,
        parties: Sequence[int],
        levels: int = 2,
        *,
        now: int = 0,
        review: int = 1,
        on: int = -1,
        irreversible: bool = False,
        fickle: float = 0.0,
        enter: Enter = Enter.ALL,
        leave: Leave = Leave.ANY,
        seen_as: int = -1,
        switch: Any = 0.02,
    ) -> int:
        self.options.append(
            dict(parties=list(parties), levels=levels, now=now, review=review, on=on, enter=enter, leave=leave)
            | dict(irreversible=int(irreversible), fickle=fickle, seen_as=seen_as, slot=self.slots)
            | dict(switch=switch, requires={})
        )
        self.slots += levels
        return len(self.options) - 1

    def require(self, option: int, level: int, node: int) -> None:
        self.options[option]["requires"][level] = node

    def price(self, actor: int, option: int, level: int, price: Any) -> None:
        self.prices.append((actor, self.options[option]["slot"] + level, price))

    def norm(self, actor: int, node: int, price: Any) -> None:
        self.norms.append((actor, node, price))

    def interest(self, actor: int, node: int, weight: Any = 1.0) -> None:
        self.interests.append((actor, node, weight))

    def red(self, actor: int, node: int, active: Any = 1.0) -> None:
        self.reds.append((actor, node, active))

    def promise(
        self,
        option: int,
        level: int,
        node: int,
        actors: Sequence[int],
        *,
        periods: int = 1,
        likelihood: Any = 1.0,
    ) -> int:
        self.promises.append(
            dict(option=option, level=level, node=node, actors=list(actors), periods=periods, chance=likelihood)
        )
        return len(self.promises) - 1

    def shock(
        self,
        hazard: Any,
        *,
        sets: dict[int, Any] | None = None,
        shifts: dict[int, Any] | None = None,
        on: int = -1,
        node: int = -1,
        once: bool = True,
        lasting: int = -1,
    ) -> int:
        self.shocks.append(dict(hazard=hazard, on=on, node=node, once=int(once), lasting=lasting))
        index = len(self.shocks) - 1
        self.effects += [(index, factor, 1, value) for factor, value in (sets or {}).items()]
        self.effects += [(index, factor, 0, value) for factor, value in (shifts or {}).items()]
        return index

    def exchange(self, legs: Sequence[tuple[int, int]], review: int = 1) -> int:
        self.exchanges.append((list(legs), review))
        return len(self.exchanges) - 1

    # building
    def column(self, values: Sequence[Any]) -> np.ndarray:
        out = np.zeros((self.n, len(values)))
        for i, value in enumerate(values):
            out[:, i] = value
        return out

    def tables(self) -> Tables:
        return Tables(**self._structure(), **self._options(), **self._rest(), **self._names())

    def draws(self, **given: Any) -> Draws:
        n = self.n
        parties = [party for option in self.options for party in self._each(option["switch"], option)]
        made: dict[str, Any] = dict(
            index=np.arange(n, dtype=np.int32),
            replica=np.zeros(n, np.int32),
            combination=np.zeros(n, np.int32),
            weight=np.full(n, 1 / n),
            param=self.column(self.params),
            weight_of_interest=self.column([w for _, _, w in self.interests]),
            red_active=self.column([w for _, _, w in self.reds]),
            price=self.column([w for _, _, w in self.prices]),
            norm_price=self.column([w for _, _, w in self.norms]),
            switch=self.column(parties),
            steadiness=self.column([a["steadiness"] for a in self.actors]),
            likelihood=self.column([p["chance"] for p in self.promises]),
            hazard=self.column([s["hazard"] for s in self.shocks]),
            effect_size=self.column([size for *_, size in self.effects]),
            effect=self.column([link["effect"] for link in self.links]),
            link_gain=self.column([link["gain"] for link in self.links]),
            pull_to=self.column([pull["to"] for pull in self.pulls]),
            pull_exists=self.column([pull["exists"] for pull in self.pulls]),
            pull_gain=self.column([pull["gain"] for pull in self.pulls]),
            flow_rate=self.column([flow["rate"] for flow in self.flows]),
        )
        for name in ("start", "alpha", "rho", "sigma", "trend"):
            made[name] = self.column([factor[name] for factor in self.factors])
        made |= given
        assert set(made) == {item.name for item in fields(Draws)}
        return Draws(**made)

    @staticmethod
    def _each(value: Any, option: dict[str, Any]) -> list[Any]:
        count = len(option["parties"])
        return list(value) if isinstance(value, list) else [value] * count

    def _structure(self) -> dict[str, Any]:
        def ints(entries: Sequence[dict[str, Any]], name: str) -> np.ndarray:
            return np.array([entry[name] for entry in entries], dtype=np.int32)

        def codes(entries: Sequence[dict[str, Any]], name: str) -> np.ndarray:
            return np.array([entry[name] for entry in entries], dtype=np.uint8)

        hidden = np.zeros((len(self.views), len(self.factors)), np.uint8)
        unseen = np.zeros((len(self.views), len(self.options)), np.uint8)
        for v, (some, others) in enumerate(self.views):
            hidden[v, list(some)] = 1
            unseen[v, list(others)] = 1
        return dict(
            periods=self.periods,
            periods_per_year=self.periods_per_year,
            node_op=np.array([x[0] for x in self.nodes], np.uint8),
            node_a=np.array([x[1] for x in self.nodes], np.int32),
            node_b=np.array([x[2] for x in self.nodes], np.int32),
            node_c=np.array([x[3] for x in self.nodes], np.float64),
            factor_kind=codes(self.factors, "kind"),
            factor_keeps=codes(self.factors, "keeps"),
            factor_node=ints(self.factors, "node"),
            factor_seen_as=ints(self.factors, "seen_as"),
            factor_central=np.array([f["central"] for f in self.factors], np.float64),
            link_node=ints(self.links, "node"),
            link_target=ints(self.links, "target"),
            link_delayed=codes(self.links, "delayed"),
            pull_node=ints(self.pulls, "node"),
            pull_target=ints(self.pulls, "target"),
            pull_delayed=codes(self.pulls, "delayed"),
            flow_node=ints(self.flows, "node"),
            flow_target=ints(self.flows, "target"),
            actor_foresight=ints(self.actors, "foresight"),
            actor_discount=np.array([a["discount"] for a in self.actors], np.float64),
            actor_view=ints(self.actors, "view"),
            top_weight=self._top_weights(),
            view_hidden_factor=hidden,
            view_hidden_option=unseen,
        )

    def _top_weights(self) -> np.ndarray:
        top = np.zeros(len(self.actors))
        for actor, _, weight in self.interests:
            top[actor] = max(top[actor], abs(float(np.mean(weight))))
        return np.where(top > 1e-3, top, 1.0)

    def _options(self) -> dict[str, Any]:
        options = self.options
        parties = [(k, actor) for k, option in enumerate(options) for actor in option["parties"]]
        counts = [options[k]["levels"] for k, _ in parties]
        names = [f"{k}/{actor}/{level}" for k, actor in parties for level in range(options[k]["levels"])]
        requires = [option["requires"].get(level, -1) for option in options for level in range(option["levels"])]
        return dict(
            slot_start=self._starts([option["levels"] for option in options]),
            party_start=self._starts([len(option["parties"]) for option in options]),
            party_actor=np.array([actor for _, actor in parties], np.int32),
            taste_start=self._starts(counts),
            key_taste=self._keys("taste", names),
            slot_requires=np.array(requires, np.int32),
            option_seen_as=np.array([option["seen_as"] for option in options], np.int32),
            option_now=np.array([option["now"] for option in options], np.int32),
            option_review=np.array([option["review"] for option in options], np.int32),
            option_on=np.array([option["on"] for option in options], np.int32),
            option_irreversible=np.array([option["irreversible"] for option in options], np.uint8),
            option_fickle=np.array([option["fickle"] for option in options], np.float64),
            option_enter=np.array([option["enter"] for option in options], np.uint8),
            option_leave=np.array([option["leave"] for option in options], np.uint8),
        )

    @staticmethod
    def _starts(counts: Sequence[Any]) -> np.ndarray:
        return np.concatenate([[0], np.cumsum(np.array(counts, dtype=np.int64))]).astype(np.int32)

    @staticmethod
    def _keys(stream: str, names: Sequence[Any]) -> np.ndarray:
        return np.array([key_of(stream, str(name)) for name in names], dtype=np.uint32)

    def _rest(self) -> dict[str, Any]:
        def part(entries: Sequence[tuple[Any, ...]], column: int) -> np.ndarray:
            return np.array([entry[column] for entry in entries], dtype=np.int32)

        def ints(entries: Sequence[dict[str, Any]], name: str) -> np.ndarray:
            return np.array([entry[name] for entry in entries], dtype=np.int32)

        legs = [leg for some, _ in self.exchanges for leg in some]
        reviewed = len(self.options) + len(self.exchanges)
        return dict(
            price_actor=part(self.prices, 0),
            price_slot=part(self.prices, 1),
            norm_actor=part(self.norms, 0),
            norm_node=part(self.norms, 1),
            interest_actor=part(self.interests, 0),
            interest_node=part(self.interests, 1),
            red_actor=part(self.reds, 0),
            red_node=part(self.reds, 1),
            promise_option=ints(self.promises, "option"),
            promise_level=ints(self.promises, "level"),
            promise_node=ints(self.promises, "node"),
            promise_periods=ints(self.promises, "periods"),
            promise_actor_start=self._starts([len(p["actors"]) for p in self.promises]),
            promise_actor=np.array([a for p in self.promises for a in p["actors"]], np.int32),
            shock_on=ints(self.shocks, "on"),
            shock_node=ints(self.shocks, "node"),
            shock_once=ints(self.shocks, "once").astype(np.uint8),
            shock_lasting=ints(self.shocks, "lasting"),
            effect_shock=part(self.effects, 0),
            effect_factor=part(self.effects, 1),
            effect_sets=part(self.effects, 2).astype(np.uint8),
            leg_start=self._starts([len(some) for some, _ in self.exchanges]),
            leg_option=part(legs, 0),
            leg_level=part(legs, 1),
            exchange_review=np.array([review for _, review in self.exchanges], np.int32),
            key_factor=self._keys("noise", range(len(self.factors))),
            key_phase=self._keys("phase", range(reviewed)),
            key_promise=self._keys("promise", range(len(self.promises))),
            key_shock=self._keys("shock", range(len(self.shocks))),
            key_order=self._keys("order", range(len(self.options))),
        )

    def _names(self) -> dict[str, Any]:
        def names(prefix: str, count: int) -> tuple[str, ...]:
            return tuple(f"{prefix}{i}" for i in range(count))

        return dict(
            actors=names("A", len(self.actors)),
            factors=names("x", len(self.factors)),
            options=names("k", len(self.options)),
            levels=tuple(names("l", option["levels"]) for option in self.options),
            shocks=names("h", len(self.shocks)),
            promises=names("c", len(self.promises)),
            exchanges=names("e", len(self.exchanges)),
        )
