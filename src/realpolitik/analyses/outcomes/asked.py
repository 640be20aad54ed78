"""Which options and which outcome are asked about: from text to numbers, every mistake named at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.focal import MOST_DEFAULT, JointStates, joint_states, named_options, ranked_options
from realpolitik.compiled.model import Model
from realpolitik.errors import Finding, InputRefused, QuestionRefused, did_you_mean


def read_outcome(model: Model, text: str) -> dict[int, int]:
    """`AAA.x=on, BBB.y=full` (or with `&`) as option number: level. A bare option means its highest level.

    Raises `InputRefused` with every unknown option or level.
    """
    findings: list[Finding] = []
    parts = [part.strip() for part in text.replace("&", ",").split(",") if part.strip()]
    pairs = list(dict.fromkeys(pair for part in parts if (pair := _pair(model, part, findings)) is not None))
    found = dict(pairs)
    for k in found if len(found) < len(pairs) else ():
        levels = [model.tables.levels[k][level] for option, level in pairs if option == k]
        if len(levels) > 1:
            message = f"{model.tables.options[k]} cannot stand at {' and '.join(levels)} at once."
            findings.append(Finding("error", message))
    if findings:
        raise InputRefused(findings)
    return found


def _pair(model: Model, part: str, findings: list[Finding]) -> tuple[int, int] | None:
    name, _, level = (piece.strip() for piece in part.partition("="))
    tables = model.tables
    if name not in tables.options:
        message = f"'{name}' is no option of this situation."
        findings.append(Finding("error", message, hint=did_you_mean(name, tables.options)))
        return None
    option = tables.options.index(name)
    levels = tables.levels[option]
    if level and level not in levels:
        message = f"'{level}' is no level of {name}; its levels are {', '.join(levels)}."
        findings.append(Finding("error", message, hint=did_you_mean(level, levels)))
        return None
    return option, levels.index(level) if level else len(levels) - 1


def given_for(model: Model, wanted: Mapping[int, int]) -> list[int]:
    """The other legs of the exchanges that an outcome's options stand in."""
    tables = model.tables
    parts = zip(tables.leg_start[:-1], tables.leg_start[1:], strict=True)
    legs = [tables.leg_option[first:last].tolist() for first, last in parts]
    return [k for leg in legs if set(leg) & set(wanted) for k in leg]


def default_options(ensemble: Ensemble, wanted: Mapping[int, int]) -> tuple[int, ...]:
    """The options in the game where none are named: see `asked_states`."""
    model = ensemble.model
    options = tuple(dict.fromkeys((*wanted, *given_for(model, wanted), *ranked_options(ensemble))))
    return options[: max(MOST_DEFAULT, len(wanted))]


def taken_by_default(ensemble: Ensemble, options: Sequence[int], wanted: Mapping[int, int]) -> bool:
    """Are these the options taken where none are named? Choosing them needs the untouched run: without it they were
    named.
    """
    if not ensemble.has():
        return False
    try:
        return sorted(default_options(ensemble, wanted)) == list(options)
    except QuestionRefused:
        return False


def asked_states(
    ensemble: Ensemble, focal: Sequence[str] = (), outcome: str = ""
) -> tuple[JointStates, dict[int, int]]:
    """The joint states of the options named (and of those in the outcome), and the outcome.

    Without `focal`: the options of the outcome, what exchanges give for them, and those whose decisions differ most
    between draws, eight in all.
    Raises `QuestionRefused` if no feasible joint state fits the outcome.
    """
    model = ensemble.model
    wanted = read_outcome(model, outcome)
    if focal:
        options = tuple(dict.fromkeys((*wanted, *named_options(model, focal))))
    else:
        options = default_options(ensemble, wanted)
    states = joint_states(model, sorted(options))
    if wanted and not len(states.matching(wanted)):
        raise QuestionRefused("No feasible joint state fits the outcome: what it needs does not hold at the start.")
    return states, wanted
