"""What do actors decide at a review: options of one party, joint options, exchanges.

    S_a(l) = lambda_a (V_a[k = l] - [l != current] switch) + G(a, k, l)
    G      = sqrt(1 - f) G_persistent + sqrt(f) G_review

One party takes its best level. A joint option is entered and left by its rule. An exchange forms if every giver
strictly gains. The current level wins ties, then the lowest level.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from realpolitik.dynamics.chance import PERSISTENT, gumbel_of
from realpolitik.dynamics.literal.inputs import Model, Option, Party
from realpolitik.dynamics.literal.moment import Moment
from realpolitik.dynamics.literal.replies import candidates, prospect
from realpolitik.dynamics.tables import Enter, Leave

Scores = Mapping[int, float]
Decision = tuple[int, float]
"""The level decided on, and the margin in log-odds by which."""


def taste(moment: Moment, option: Option, party: Party, level: int) -> float:
    """G(a, k, l): what an actor likes about a level beyond what is modelled."""
    if not moment.plan.tastes:
        return 0.0
    model, key = moment.model, party.taste_keys[level]
    lasting = gumbel_of(model.n, model.r, key, PERSISTENT, model.seed)
    passing = gumbel_of(model.n, model.r, key, moment.t, model.seed)
    return math.sqrt(1.0 - option.fickle) * lasting + math.sqrt(option.fickle) * passing


def scores(moment: Moment, k: int, party: Party, levels: Sequence[int], open_levels: Iterable[int]) -> Scores:
    """S_a(l) of one party to option k, for each candidate level."""
    option, steadiness = moment.model.options[k], moment.model.actors[party.actor].steadiness
    found = {}
    for level in open_levels:
        switch = party.switch if level != levels[k] else 0.0
        worth = prospect(moment, party.actor, levels, {k: level})
        found[level] = steadiness * (worth - switch) + taste(moment, option, party, level)
    return found


def best(found: Scores, current: int | None = None) -> int:
    """The level with the highest score; `current` wins a tie, then the lowest level.

    >>> best({0: 1.0, 1: 1.0, 2: 1.0}, current=1), best({0: 1.0, 2: 1.0})
    (1, 0)
    """
    return max(found, key=lambda level: (found[level], level == current, -level))


def decide_alone(moment: Moment, k: int, levels: Sequence[int]) -> Decision:
    """To which level does the one party of option k move it?"""
    found = scores(moment, k, moment.model.options[k].parties[0], levels, candidates(moment, k, levels))
    chosen = best(found, levels[k])
    others = [score for level, score in found.items() if level != chosen]
    return chosen, found[chosen] - max(others) if others else math.inf


def decide_jointly(moment: Moment, k: int, levels: Sequence[int], consents: Mapping[int, int]) -> Decision:
    """To which level do the parties of option k move it? `consents`: the level promised, by actor."""
    option, open_levels = moment.model.options[k], candidates(moment, k, levels)
    found = []
    for party in option.parties:
        own = dict(scores(moment, k, party, levels, open_levels))
        if consents.get(party.actor) in own:
            own[consents[party.actor]] = math.inf
        found.append(own)
    return agree(option, levels[k], found), joint_margin(found, levels[k])


def joint_margin(found: Sequence[Scores], current: int) -> float:
    """The smallest difference between scores that could matter, leaving out promised consent.

    Of one party: between the current level and another, or between two levels that it prefers to the current one.
    """
    gaps = [
        abs(one - other)
        for own in found
        for level, one in own.items()
        for rival, other in own.items()
        if level != rival and own[current] <= one and math.isfinite(one) and math.isfinite(other)
    ]
    return min(gaps, default=math.inf)


def agree(option: Option, current: int, found: Sequence[Scores]) -> int:
    """Which level do the parties' scores lead to, by the option's rules?"""
    entered = enter(option.enter, current, found)
    if entered is not None:
        return entered
    if current == 0 or 0 not in found[0]:
        return current
    wishes = [own[0] > own[current] for own in found]
    return 0 if (all(wishes) if option.leave == Leave.ALL else any(wishes)) else current


def enter(rule: Enter, current: int, found: Sequence[Scores]) -> int | None:
    """Which level other than the current one is entered, if any?

    >>> enter(Enter.ALL, 0, [{0: 0.0, 1: 0.2, 2: 0.9}, {0: 0.0, 1: 0.1, 2: -0.1}])
    1
    """
    others = [level for level in found[0] if level != current]
    if not others:
        return None
    if rule == Enter.IN_ORDER:
        proposed = best({level: found[0][level] for level in others})
        return proposed if all(own[proposed] > own[current] for own in found) else None
    needed = len(found) if rule == Enter.ALL else len(found) // 2 + 1
    assented = [level for level in others if sum(own[level] > own[current] for own in found) >= needed]
    for own in found:
        if any(own[level] > own[current] for level in assented):
            return best({level: own[level] for level in assented})
    return None


def raised(moment: Moment, e: int, levels: Sequence[int]) -> dict[int, int]:
    """Which legs does forming an exchange raise, and to where?"""
    found: dict[int, int] = {}
    for option, level in moment.model.exchanges[e].legs:
        if levels[option] < level:
            found[option] = max(level, found.get(option, 0))
    return found


def forms(moment: Moment, e: int, levels: Sequence[int]) -> tuple[bool, float]:
    """Does an exchange form, and by which margin?"""
    move = raised(moment, e, levels)
    if any(level not in candidates(moment, option, levels) for option, level in move.items()):
        return False, math.inf
    gains = [giver_gain(moment, actor, levels, move) for actor in givers(moment.model, e)]
    refusals = [-gain for gain in gains if gain <= 0.0]
    return not refusals, max(refusals, default=min(gains))


def givers(model: Model, e: int) -> list[int]:
    """Who gives in an exchange: every party to an option that is a leg."""
    legs = [model.options[option] for option, _ in model.exchanges[e].legs]
    return sorted({party.actor for option in legs for party in option.parties})


def giver_gain(moment: Moment, actor: int, levels: Sequence[int], move: Mapping[int, int]) -> float:
    """lambda_a times what all raised legs at once are worth to a giver, less its own switch costs."""
    as_it_is = {option: levels[option] for option in move}
    switch = sum(
        party.switch for option in move for party in moment.model.options[option].parties if party.actor == actor
    )
    gain = prospect(moment, actor, levels, move) - prospect(moment, actor, levels, as_it_is) - switch
    return moment.model.actors[actor].steadiness * gain
