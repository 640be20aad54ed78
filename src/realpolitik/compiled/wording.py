"""Names for readers: what an actor, option, level, factor or intervention is called in a sentence."""

from __future__ import annotations

from realpolitik.compiled.holds import Intervention, intervention
from realpolitik.compiled.model import Model
from realpolitik.dynamics.tables import Held, Hold
from realpolitik.language.expression import Hold as Ask
from realpolitik.language.expression import Setting


def actor_name(model: Model, actor: str) -> str:
    """The name of an actor, or "nobody"."""
    found = model.situation.actors.get(actor)
    return found.name if found else actor


def option_name(model: Model, option: str, level: int) -> str:
    """An option at a level: its name, and the level's where there are more than two."""
    item = model.situation.options[option]
    if len(item.levels) == 2 and item.levels[0] in ("off", "none", "no"):
        return item.name if level else f"no {item.name}"
    return f"{item.name}: {item.levels[level]}"


def hold_name(model: Model, hold: Hold) -> str:
    """One holding in words."""
    tables = model.tables
    if hold.held is Held.OPTION:
        words = option_name(model, tables.options[hold.index], int(hold.value))
    elif hold.held is Held.SHOCK:
        words = model.situation.shocks[tables.shocks[hold.index]].name
    else:
        factor = model.situation.factors[tables.factors[hold.index]]
        words = f"{factor.name} at {factor.low + hold.value * (factor.high - factor.low):g}"
    when = f" from {model.calendar.date_words(hold.start)}" if hold.start else ""
    return f"{words}{when}{' (secretly)' if hold.secret else ''}"


def intervention_name(model: Model, held: Intervention) -> str:
    """Everything held, in words; by the name of the scenario where one says the same in several steps."""
    if len(held.holds) > 1:
        for key, item in model.situation.scenarios.items():
            if intervention(model, Setting(do=(Ask("scenario", key),))) == held:
                return item.name
    return " and ".join(hold_name(model, hold) for hold in held.holds) or "nothing held"
