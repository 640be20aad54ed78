"""Joint states, moves, coalitions and entries of utilities in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from realpolitik.analyses.outcomes.moves import Movers, parties_of
from realpolitik.compiled.focal import JointStates
from realpolitik.compiled.model import Model
from realpolitik.compiled.phrases import term_words
from realpolitik.compiled.wording import actor_name, option_name
from realpolitik.games.paths import Move, Path
from realpolitik.language.sentences import listed
from realpolitik.situation.model import Interest, Norm, RedLine


def state_label(model: Model, states: JointStates, state: int) -> str:
    """A joint state by the options that differ from the status quo: `AAA.x=on & BBB.y=full`, or `as now`."""
    parts = [f"{option}={level}" for option, level in _differences(model, states, states.now, state)]
    return " & ".join(parts) or "as now"


def state_words(model: Model, states: JointStates, state: int) -> str:
    """The same for readers."""
    return " and ".join(_named(model, _differences(model, states, states.now, state))) or "everything as it is now"


def asked_words(model: Model, wanted: Mapping[int, int]) -> str:
    """An outcome asked about, options that stay as they are included. wanted: option number: level."""
    tables = model.tables
    new = [option_name(model, tables.options[k], x) for k, x in wanted.items() if x != tables.option_now[k]]
    kept = [model.situation.options[tables.options[k]].name for k, x in wanted.items() if x == tables.option_now[k]]
    text = " and ".join(new)
    unchanged = f"{listed(kept)} as now" if kept else ""
    return f"{text}, with {unchanged}" if text and unchanged else text or unchanged


def change_words(model: Model, states: JointStates, origin: int, target: int) -> str:
    """What a move changes."""
    return " and ".join(_named(model, _differences(model, states, origin, target))) or "no change"


def _differences(model: Model, states: JointStates, origin: int, target: int) -> list[tuple[str, str]]:
    tables = model.tables
    before, after = states.levels[origin], states.levels[target]
    return [
        (tables.options[k], tables.levels[k][int(after[c])])
        for c, k in enumerate(states.options)
        if before[c] != after[c]
    ]


def _named(model: Model, differences: Iterable[tuple[str, str]]) -> list[str]:
    tables = model.tables
    return [
        option_name(model, option, tables.levels[tables.options.index(option)].index(level))
        for option, level in differences
    ]


def who(model: Model, movers: Movers, i: int) -> str:
    """The name of an actor of the game."""
    return actor_name(model, model.tables.actors[movers.actors[i]])


def together(model: Model, movers: Movers, members: Iterable[int]) -> str:
    """A coalition by name."""
    names = [who(model, movers, i) for i in members]
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def path_words(model: Model, movers: Movers, states: JointStates, path: Path) -> str:
    """A path from the status quo, move by move, with those whose consent a move needs."""
    here, steps = states.now, []
    for move in path:
        names = [who(model, movers, move.mover), *_consenting(model, movers, states, here, move)]
        agreed = f" with {listed(names[1:])}" if names[1:] else ""
        steps.append(f"{names[0]}{agreed} ({change_words(model, states, here, move.target)})")
        here = move.target
    return ", then ".join(steps)


def _consenting(model: Model, movers: Movers, states: JointStates, here: int, move: Move) -> list[str]:
    """The other parties of what the move changes, unless the mover may do so alone."""
    alone = movers.moves.own[move.mover]
    if ((alone[:, 0] == here) & (alone[:, 1] == move.target)).any():
        return []
    changed = [c for c in range(len(states.options)) if states.levels[here][c] != states.levels[move.target][c]]
    parties = {a for c in changed for a in parties_of(model.tables, states.options[c])}
    others = sorted(parties - {movers.actors[move.mover]})
    return [actor_name(model, model.tables.actors[a]) for a in others]


def entry_words(model: Model, kind: str, column: int) -> str:
    """What an entry of a utility is: the line of the file, or the price of a level."""
    if kind == "interest":
        interest = _interest(model, column)
        return interest.support.text or interest.key
    if kind == "norm":
        norm = _norm(model, column)
        return norm.support.text or norm.key
    if kind == "red line":
        red = _red_line(model, column)
        return f"red line: {red.support.text or red.key}"
    return f"price of {_priced(model, column)}"


def entry_spoken(model: Model, kind: str, column: int) -> str:
    """The same for a sentence: `its wish for less tension`."""
    if kind == "interest":
        interest = _interest(model, column)
        way = "more" if interest.sign > 0 else "less"
        return f"its wish for {way} ({term_words(model, interest.term)})"
    if kind == "norm":
        norm = _norm(model, column)
        option = model.situation.options[norm.option].name
        return f"what it costs to break {norm.norm.replace('_', ' ')} by {option}"
    if kind == "red line":
        return f"its red line ({term_words(model, _red_line(model, column).term)})"
    return f"the price of {_priced(model, column)}"


def _interest(model: Model, column: int) -> Interest:
    situation = model.situation
    found = model.union.keyed(situation.interests, lambda reading: reading.interests, lambda item: item.key)
    return found[column].item


def _norm(model: Model, column: int) -> Norm:
    norms = model.union.keyed(model.situation.norms, lambda reading: reading.norms, lambda item: item.key)
    return [entry.item for entry in norms if entry.item.kind == "forbids"][column]


def _red_line(model: Model, column: int) -> RedLine:
    lines = model.union.keyed(model.situation.red_lines, lambda reading: reading.red_lines, lambda item: item.key)
    return lines[column].item


def _priced(model: Model, column: int) -> str:
    slot = int(model.tables.price_slot[column])
    option = max(k for k, start in enumerate(model.tables.slot_start[:-1]) if start <= slot)
    return option_name(model, model.tables.options[option], slot - int(model.tables.slot_start[option]))
