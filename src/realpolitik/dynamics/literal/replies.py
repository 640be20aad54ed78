"""How would the others answer a move: the look-ahead at depth 1.

D_c(m, l') = V_c[move, m = l'] - V_c[move, m = current] - [l' != current] switch_c     (depth-0 paths)
one party    q = softmax(lambda_c D_c)
joint        r(l') = product over parties of s(lambda_c D_c(m, l')),
             q = r / max(1, sum r) for l' not 0, not current;
             q(0) = (1 - sum q) (1 - product of (1 - s(lambda_c D_c(m, 0)))) where any may leave,
             q(0) = (1 - sum q) product of s(lambda_c D_c(m, 0)) where all must; the rest stays
promises     w_m := (1 - p) w_m + p [level],  p = likelihood * largest smooth trigger so far
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from realpolitik.dynamics.literal.inputs import Option, Party, Promise
from realpolitik.dynamics.literal.moment import Moment
from realpolitik.dynamics.literal.path import Course, value
from realpolitik.dynamics.literal.terms import evaluate, holds, logistic, one_level
from realpolitik.dynamics.tables import Held, Leave


class Reply(NamedTuple):
    """Where an option's weights go, and in how many periods."""

    weights: tuple[float, ...]
    periods: int


def candidates(moment: Moment, k: int, levels: Sequence[int], moved: Mapping[int, int] | None = None) -> list[int]:
    """To which levels can option k go, the current one included, as its owner sees it (with a move in force)?"""
    option, now = moment.model.options[k], levels[k]
    view = moment.model.actors[option.parties[0].actor].view
    state = moment.seen(view, with_move(levels, moved or {}), {})
    values = evaluate(moment.model, state.x, state.weights, exact=True)
    return [
        level
        for level in range(now if option.irreversible else 0, option.levels)
        if level == now or holds(option.requires[level], values)
    ]


def with_move(levels: Sequence[int], move: Mapping[int, int]) -> list[int]:
    """The levels with a move made."""
    return [move.get(k, level) for k, level in enumerate(levels)]


def prospect(moment: Moment, actor: int, levels: Sequence[int], move: Mapping[int, int]) -> float:
    """V_a of a move, at the moment's depth: options at `levels`, those in `move` as it says."""
    state = moment.seen(moment.model.actors[actor].view, levels, move)
    if moment.depth == 0:
        return value(moment, actor, state)
    return value(moment, actor, state, answers(moment, actor, levels, move))


def answers(moment: Moment, actor: int, levels: Sequence[int], move: Mapping[int, int]) -> Course:
    """The course of depth 1: where the options of others go after a move."""
    replies = {m: reply(moment, m, levels, move, actor) for m in responders(moment, actor, levels, move)}
    start = moment.seen(moment.model.actors[actor].view, levels, move).weights
    promises = [p for c, p in enumerate(moment.model.promises) if acts(moment, c, actor, levels, move)]
    return Answers(moment, replies, promises, start)


@dataclass
class Answers:
    """The weights of other parties' options along a path."""

    moment: Moment
    replies: Mapping[int, Reply]
    promises: Sequence[Promise]
    start: Sequence[float]
    highest: dict[int, float] = field(default_factory=dict)

    def __call__(self, step: int, before: Sequence[float]) -> Mapping[int, Sequence[float]]:
        """Which options have which weights at step h, given the terms of the step before?"""
        weights = {m: self._on_the_way(m, reply, step) for m, reply in self.replies.items()}
        for c, promise in enumerate(self.promises):
            self.highest[c] = max(self.highest.get(c, 0.0), before[promise.node])
            p, option = promise.likelihood * self.highest[c], self.moment.model.options[promise.option]
            old = weights.get(promise.option, self._at_start(promise.option))
            new = one_level(option.levels, promise.level)
            weights[promise.option] = [(1.0 - p) * w + p * v for w, v in zip(old, new, strict=True)]
        return weights

    def _at_start(self, m: int) -> list[float]:
        option = self.moment.model.options[m]
        return list(self.start[option.slot : option.slot + option.levels])

    def _on_the_way(self, m: int, reply: Reply, step: int) -> list[float]:
        share = min(1.0, step / reply.periods)
        return [w + share * (q - w) for w, q in zip(self._at_start(m), reply.weights, strict=True)]


def broken(moment: Moment, levels: Sequence[int], move: Mapping[int, int]) -> set[int]:
    """Which options are legs of standing exchanges that a move breaks?"""
    after = with_move(levels, move)
    return {
        option
        for e, exchange in enumerate(moment.model.exchanges)
        if moment.stands(e, levels) and not moment.stands(e, after)
        for option, _ in exchange.legs
    }


def responders(moment: Moment, actor: int, levels: Sequence[int], move: Mapping[int, int]) -> list[int]:
    """Which options may answer a move of an actor, as far as it foresees?"""
    foresight = moment.model.actors[actor].foresight
    legs = broken(moment, levels, move)
    return [
        m
        for m, option in enumerate(moment.model.options)
        if foreseen(moment, m, actor, move)
        and m not in moment.kept
        and any(party.actor != actor for party in option.parties)
        and (option.review <= foresight or m in legs)
    ]


def foreseen(moment: Moment, m: int, actor: int, move: Mapping[int, int]) -> bool:
    """May option m move on an actor's path: not part of the move, not publicly held, not hidden from it?"""
    hidden = moment.model.views[moment.model.actors[actor].view].hidden_options
    return m not in move and m not in moment.held(Held.OPTION) and m not in hidden


def acts(moment: Moment, c: int, actor: int, levels: Sequence[int], move: Mapping[int, int]) -> bool:
    """Does promise c, not yet due, count on an actor's path?"""
    promise = moment.model.promises[c]
    barred = moment.model.options[promise.option].irreversible and promise.level < levels[promise.option]
    return (
        not moment.triggered[c]
        and promise.actors != (actor,)
        and not barred
        and foreseen(moment, promise.option, actor, move)
    )


def reply(moment: Moment, m: int, levels: Sequence[int], move: Mapping[int, int], actor: int) -> Reply:
    """Where do the weights of option m go after a move, and how fast?"""
    option = moment.model.options[m]
    open_levels = candidates(moment, m, levels, move)
    odds = [party_odds(moment, m, party, levels, move, open_levels) for party in option.parties]
    weights = choice_weights(odds[0]) if len(odds) == 1 else consent_weights(option, levels[m], odds)
    periods = 1 if m in broken(moment, levels, move) else option.review
    return Reply(tuple(weights.get(level, 0.0) for level in range(option.levels)), periods)


def party_odds(
    moment: Moment, m: int, party: Party, levels: Sequence[int], move: Mapping[int, int], open_levels: Sequence[int]
) -> dict[int, float]:
    """lambda_c D_c(m, l') of one party, for each candidate level."""
    who = moment.model.actors[party.actor]
    after = with_move(levels, move)
    worth = {
        level: value(moment, party.actor, moment.seen(who.view, after, {m: level}))
        for level in sorted({levels[m], *open_levels})
    }
    stay = worth[levels[m]]
    return {
        level: who.steadiness * (worth[level] - stay - (party.switch if level != levels[m] else 0.0))
        for level in open_levels
    }


def choice_weights(odds: Mapping[int, float]) -> dict[int, float]:
    """softmax: how likely is each level to be chosen by one party?

    >>> choice_weights({0: 0.0, 1: 0.0})
    {0: 0.5, 1: 0.5}
    """
    top = max(odds.values())
    grown = {level: math.exp(u - top) for level, u in odds.items()}
    total = sum(grown.values())
    return {level: share / total for level, share in grown.items()}


def consent_weights(option: Option, current: int, odds: Sequence[Mapping[int, float]]) -> dict[int, float]:
    """How likely is each level of a joint option to be entered, or the option to be left for level 0?"""
    entering = {
        level: math.prod(logistic(party[level]) for party in odds) for level in odds[0] if level not in (0, current)
    }
    total = max(1.0, sum(entering.values()))
    weights = {level: share / total for level, share in entering.items()}
    rest = 1.0 - sum(weights.values())
    if current != 0 and 0 in odds[0]:
        weights[0] = rest * leaving(option, [logistic(party[0]) for party in odds])
        rest -= weights[0]
    return weights | {current: rest}


def leaving(option: Option, wishes: Sequence[float]) -> float:
    """How likely do parties leave, by any one's or by all's wish?"""
    if option.leave == Leave.ALL:
        return math.prod(wishes)
    return 1.0 - math.prod(1.0 - wish for wish in wishes)
