"""How are all reviews of a period decided: one after another within an actor, and within joint decisions.

Decisions of one *chain* see the earlier ones. All that is due is valued at once from the state before; a draw in which
a decision changes something values the later ones of its chain again. This gives the same decisions as taking them one
by one, in few large batches.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from realpolitik.dynamics.batched.items import Exchange, Item, Option
from realpolitik.dynamics.batched.layout import Floats
from realpolitik.dynamics.batched.lookahead import Question, answer
from realpolitik.dynamics.batched.moment import Flags, Levels, Moment
from realpolitik.dynamics.batched.replies import answer_with_replies
from realpolitik.dynamics.chance import uniforms


class Chain:
    """Items decided one after another, draw by draw, in the order of `rank` (item, draw: position of its turn)."""

    def __init__(self, moment: Moment, items: Sequence[Item], due: Flags, turn: Levels) -> None:
        self.moment, self.items, self.turn = moment, items, turn
        self.levels: Levels = moment.levels.copy()
        self.pending: Flags = due.copy()
        self.fresh: Flags = np.ones(due.shape[1], dtype=bool)
        self.margin: Floats = np.full(due.shape[1], np.inf)
        self.proposed: list[Levels] = [self.levels[list(item.options)] for item in items]
        self.gap: Floats = np.full(due.shape, np.inf)

    def questions(self) -> list[tuple[int, Question]]:
        """What has to be asked before the next decisions, by item."""
        found: list[tuple[int, Question]] = []
        for place, item in enumerate(self.items):
            self.proposed[place] = self.levels[list(item.options)]
            self.gap[place] = np.inf
            for fresh in (True, False):
                rows = np.flatnonzero(self.pending[place] & (self.fresh == fresh))
                if len(rows):
                    asked = item.asks(self.moment, rows, self.levels[:, rows], fresh)
                    found.extend((place, question) for question in asked)
        return found

    def hear(self, place: int, question: Question) -> None:
        """Take the answers to a question."""
        item = self.items[place]
        levels, decision = item.concludes(self.moment, question)
        index = [item.options.index(option) for option in question.options]
        self.proposed[place][np.asarray(index)[:, None], question.rows] = levels
        self.gap[place, question.rows] = decision.margin

    def settle(self) -> None:
        """Take decisions in turn, in each draw up to the first that changes something."""
        open_draws = np.ones(self.turn.shape[1], dtype=bool)
        draws = np.arange(self.turn.shape[1])
        for place_of in self.turn:
            taken = open_draws & self.pending[place_of, draws]
            self.pending[place_of, draws] &= ~open_draws
            self.margin = np.where(taken, np.minimum(self.margin, self.gap[place_of, draws]), self.margin)
            open_draws &= ~self._apply(place_of, taken)

    def _apply(self, place_of: Levels, taken: Flags) -> Flags:
        """Put the decisions of one turn into force; in which draws does something change?"""
        changed = np.zeros(len(taken), dtype=bool)
        for place in np.unique(place_of[taken]):
            item, here = self.items[place], taken & (place_of == place)
            old = self.levels[list(item.options)]
            new = np.where(here, self.proposed[place], old)
            changed |= (new != old).any(axis=0)
            self.levels[list(item.options)] = new
        self.fresh &= ~changed
        return changed


def decide(moment: Moment, due: Flags, exchange_due: Flags) -> tuple[Levels, Floats]:
    """Levels (K, N) after all reviews due (option, draw) and (exchange, draw), and the smallest margins (N)."""
    chains = [*_alone(moment, due), *_together(moment, due, exchange_due)]
    while asked := [(chain, place, question) for chain in chains for place, question in chain.questions()]:
        questions = [question for _, _, question in asked]
        (answer_with_replies if moment.model.depth else answer)(moment, questions)
        for chain, place, question in asked:
            chain.hear(place, question)
        for chain in chains:
            chain.settle()
    levels, margin = moment.levels.copy(), np.full(moment.model.size, np.inf)
    for chain in chains:
        levels = np.where(chain.levels != moment.levels, chain.levels, levels)
        margin = np.minimum(margin, chain.margin)
    return levels, margin


def _alone(moment: Moment, due: Flags) -> list[Chain]:
    """A chain for every actor that has an option of its own due, in the order keyed by chance."""
    tables = moment.model.tables
    chains = []
    single = np.flatnonzero((np.diff(tables.party_start) == 1) & due.any(axis=1))
    owner = tables.party_actor[tables.party_start[single]]
    for actor in np.unique(owner):
        own = single[owner == actor]
        chains.append(Chain(moment, [Option(moment, int(k)) for k in own], due[own], _turn(moment, own)))
    return chains


def _turn(moment: Moment, own: Levels) -> Levels:
    """Which of an actor's options (turn, draw) has its turn first, second, ...?"""
    model = moment.model
    if len(own) == 1:
        return np.zeros((1, model.size), dtype=np.int64)
    keys = model.tables.key_order[own, None]
    order = uniforms(model.draws.index, model.draws.replica, keys, moment.period, model.seed)
    return np.argsort(order, axis=0, kind="stable")


def _together(moment: Moment, due: Flags, exchange_due: Flags) -> list[Chain]:
    """The chain of joint options, then exchanges, in file order."""
    joint = np.flatnonzero((np.diff(moment.model.tables.party_start) > 1) & due.any(axis=1))
    deals = np.flatnonzero(exchange_due.any(axis=1))
    items: list[Item] = [Option(moment, int(k)) for k in joint]
    items.extend(Exchange(moment, int(e)) for e in deals)
    if not items:
        return []
    wanted = np.concatenate([due[joint], exchange_due[deals]])
    turn = np.repeat(np.arange(len(items))[:, None], moment.model.size, axis=1)
    return [Chain(moment, items, wanted, turn)]
