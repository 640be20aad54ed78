"""Plans of an actor or a coalition: options held from the start or from a date, or moved on public evidence.

A plan is written as in `do(...)`, item by item, each with a condition if wanted:

    AAA.talk=on, PACT.drill=public if evidence > 0.6, AAA.ships=more while threat > 0.5

`if`: once the condition comes true the level is set, for good. `while`: it is set when the condition comes true and
taken back when it ceases to. A condition reads what everybody sees, never what is hidden from anyone. Options that the
planners own alone and a plan does not name stay as they are now; an option that `requires` something (help for an ally
under attack) is left to be decided as usual unless the plan names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from realpolitik.compiled.holds import intervention
from realpolitik.compiled.model import Model
from realpolitik.compiled.phrases import term_words
from realpolitik.compiled.wording import option_name
from realpolitik.dynamics.tables import Held, Hold
from realpolitik.errors import ExpressionError, QuestionRefused, did_you_mean
from realpolitik.language.expression import Expression, Query, names_in
from realpolitik.language.formatter import format_expression
from realpolitik.language.parser import parse_query, parse_term
from realpolitik.language.sentences import listed
from realpolitik.situation.model import Factor, Option

Mode = Literal["", "if", "while"]
AS_NOW = ("", "as now")
FREE = "as they decide"
_CONDITION = re.compile(r"\s+(if|while)\s+")


@dataclass(frozen=True)
class Step:
    """One option moved to a level: from period `start` to before `end`, or by a condition (`trigger`, canonical text).

    `mode`: "" without a condition, "if" for good once it comes true, "while" as long as it is true.
    """

    option: int
    level: int
    start: int = 0
    end: int = -1
    trigger: str = ""
    mode: Mode = ""


@dataclass(frozen=True)
class Course:
    """A plan: its steps. `free`: not a plan at all, the actors decide as usual."""

    steps: tuple[Step, ...] = ()
    free: bool = False
    name: str = field(default="", compare=False)

    @property
    def is_as_now(self) -> bool:
        """Everything stays as it is."""
        return not self.steps and not self.free

    @property
    def triggers(self) -> tuple[str, ...]:
        """Its conditions, each once."""
        return tuple(dict.fromkeys(step.trigger for step in self.steps if step.trigger))


@dataclass(frozen=True, eq=False)
class Planners:
    """Who plans, and over what. `actors` in the order of the situation."""

    model: Model
    actors: tuple[str, ...]
    conditions: dict[str, Expression] = field(default_factory=dict)

    @cached_property
    def own(self) -> tuple[int, ...]:
        """Options that nobody else has a say in."""
        options = self.model.situation.options.values()
        return tuple(k for k, item in enumerate(options) if set(item.owners) <= set(self.actors))

    @cached_property
    def kept(self) -> tuple[int, ...]:
        """Own options that stay as they are where a plan does not name them: those that require nothing."""
        options = list(self.model.situation.options.values())
        return tuple(k for k in self.own if not options[k].requires)

    def now(self, option: int) -> int:
        """The level an option stands at now."""
        return int(self.model.tables.option_now[option])

    def needed(self, course: Course) -> tuple[str, ...]:
        """Who besides the planners must consent, because a step moves an option it has a say in."""
        options = list(self.model.situation.options.values())
        owners = {owner for step in course.steps for owner in options[step.option].owners}
        return tuple(name for name in self.model.situation.actors if name in owners - set(self.actors))

    def read(self, text: str) -> Course:
        """A plan as written. Raises `QuestionRefused` or `ExpressionError` for what cannot be planned."""
        text = text.strip()
        if text in AS_NOW or text == FREE:
            return Course((), text == FREE)
        steps = tuple(step for item in _items(text) for step in self._steps(item))
        self._refuse_clashes(steps, text)
        scenario = self.model.situation.scenarios.get(text.removeprefix("scenario ").strip())
        return Course(steps, name=scenario.name if scenario else "")

    def condition(self, text: str) -> str:
        """A condition on public evidence, remembered under its canonical text."""
        term = parse_term(text)
        self._refuse_hidden(term, text)
        known = format_expression(term)
        self.conditions[known] = term
        return known

    def _steps(self, item: str) -> Iterator[Step]:
        head, *rest = _CONDITION.split(item, maxsplit=1)
        mode: Mode = "if" if rest and rest[0] == "if" else "while" if rest else ""
        trigger = self.condition(rest[1]) if rest else ""
        for hold in self._holds(head.strip()):
            if trigger and (hold.start, hold.end) != (0, -1):
                raise QuestionRefused(f"'{item}': a step waits for a date or for a condition, not for both.")
            yield Step(hold.index, int(hold.value), hold.start, hold.end, trigger, mode)

    def _holds(self, text: str) -> Iterator[Hold]:
        query = parse_query(f"loser(| do({text}))")
        assert isinstance(query, Query)
        for hold in intervention(self.model, query.setting).holds:
            if hold.held is not Held.OPTION or hold.secret:
                raise QuestionRefused(
                    f"'{text}' moves what is no open option. A plan moves options; suppose anything else with --world."
                )
            self._refuse_foreign(hold)
            yield hold

    def _refuse_foreign(self, hold: Hold) -> None:
        name = self.model.tables.options[hold.index]
        owners = self.model.situation.options[name].owners
        if set(owners) & set(self.actors):
            return
        mine = [self.model.tables.options[k] for k in self.own]
        raise QuestionRefused(
            f"{name} belongs to {listed(owners)}, not to {listed(self.actors)}; options to plan with: "
            f"{', '.join(mine) or 'none'}. Suppose what others do with --world."
        )

    def _refuse_hidden(self, term: Expression, text: str) -> None:
        """A plan that waits for what nobody can see, or only some, could not be carried out in public."""
        situation = self.model.situation
        known: dict[str, Factor | Option] = {**situation.factors, **situation.options}
        for name in dict.fromkeys(names_in(term)):
            if name not in known:
                if any(name in option.levels for option in situation.options.values()):
                    continue
                raise ExpressionError(f"'{name}' is no factor or option.", 0, did_you_mean(name, known))
            visibility = known[name].visibility
            if visibility.hidden_from:
                seen = f"; what shows it is {visibility.seen_as}" if visibility.seen_as else ""
                raise QuestionRefused(
                    f"'{text}' waits for {name}, which is hidden from {listed(visibility.hidden_from)}: a plan acts on "
                    f"public evidence only{seen}."
                )

    def _refuse_clashes(self, steps: Sequence[Step], text: str) -> None:
        for step in steps:
            same = [
                other for other in steps if other.option == step.option and bool(other.trigger) == bool(step.trigger)
            ]
            if len(same) > 1 and not _apart(same):
                name = self.model.tables.options[step.option]
                raise QuestionRefused(
                    f"'{text}' sets {name} twice at the same time; one level for a time, and one condition."
                )

    def words(self, course: Course) -> str:
        """A plan in words."""
        if course.free:
            return "left to decide as usual"
        if course.name:
            return course.name
        return "; ".join(self.step_words(step) for step in course.steps) or "everything as it is now"

    def step_words(self, step: Step) -> str:
        """A step in words."""
        words = option_name(self.model, self.model.tables.options[step.option], step.level)
        if step.trigger:
            often = "once" if step.mode == "if" else "while"
            return f"{words}, {often} {term_words(self.model, self.conditions[step.trigger])}"
        date = self.model.calendar.date_words
        since = f" from {date(step.start)}" if step.start else ""
        until = f" until {date(step.end)}" if step.end >= 0 else ""
        return f"{words}{since}{until}"

    def text(self, course: Course) -> str:
        """A plan as it could be written again."""
        if course.free:
            return FREE
        return ", ".join(self._step_text(step) for step in course.steps) or "as now"

    def _step_text(self, step: Step) -> str:
        tables, date = self.model.tables, self.model.calendar.date_of
        text = f"{tables.options[step.option]}={tables.levels[step.option][step.level]}"
        text += f" from {date(step.start):%Y-%m-%d}" if step.start else ""
        text += f" until {date(step.end):%Y-%m-%d}" if step.end >= 0 else ""
        return f"{text} {step.mode} {step.trigger}" if step.trigger else text


def planners(model: Model, names: Sequence[str]) -> Planners:
    """Who plans: actors, or institutions, which stand for their members.

    Raises `QuestionRefused` for a name that names nobody, or for nobody who has an option of its own.
    """
    situation = model.situation
    wanted: set[str] = set()
    for name in names:
        if name in situation.institutions:
            wanted |= set(situation.institutions[name].members)
        elif name in situation.actors:
            wanted.add(name)
        else:
            known = [*situation.actors, *situation.institutions]
            raise QuestionRefused(f"'{name}' is no actor or institution. {did_you_mean(name, known)}".strip())
    found = Planners(model, tuple(name for name in situation.actors if name in wanted))
    if not found.own:
        able = [name for name in situation.actors if any(name in o.owners for o in situation.options.values())]
        who = listed(found.actors) if found.actors else "Nobody"
        raise QuestionRefused(f"{who} has no option of its own, so there is nothing to plan. Options: {listed(able)}.")
    return found


def public_conditions(planners: Planners, options: Sequence[int]) -> tuple[str, ...]:
    """The public conditions on which the situation itself ties these options: promises, and reviews `or on` them."""
    situation, names = planners.model.situation, planners.model.tables.options
    wanted = {names[k] for k in options}
    found = [promise.trigger for promise in situation.promises if promise.option in wanted]
    found += [option.review_on for name, option in situation.options.items() if name in wanted and option.review_on]
    out = []
    for term in found:
        try:
            out.append(planners.condition(format_expression(term)))
        except QuestionRefused:
            continue
    return tuple(dict.fromkeys(out))


def _apart(steps: Sequence[Step]) -> bool:
    """Steps without conditions that begin at different times: the later takes over."""
    return not any(step.trigger for step in steps) and len({step.start for step in steps}) == len(steps)


def _items(text: str) -> Iterator[str]:
    """The parts of a list, at commas outside brackets.

    >>> list(_items("A.x=on, B.y if max(a, b) > 0.5"))
    ['A.x=on', 'B.y if max(a, b) > 0.5']
    """
    depth, part = 0, ""
    for sign in text:
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0:
            yield part.strip()
            part = ""
        else:
            part += sign
    yield part.strip()
