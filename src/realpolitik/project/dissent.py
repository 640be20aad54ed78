"""Where a panel differs, ranked by what it does to the answers.

Every disputed input is spread from the lowest to the highest best value of the analysts. With all of them so spread
(each draw under one combination of hypotheses), one input after another is set to its lowest and to its highest best
value in every draw; same draws, same chance. An input counts by the conclusion it moves most, in units of what is worth
telling (`compiled.conclusions.MOVED`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from realpolitik.project.elicitation import Judged, by_input, item_text
from realpolitik.project.layering import laid_over
from realpolitik.project.project import Project
from realpolitik.project.restating import layer_of_inputs, unstated

if TYPE_CHECKING:
    from realpolitik.compiled.conclusions import Conclusion

DRAWS = 64
LEAST = 1e-9


@dataclass(frozen=True)
class Dispute:
    """One input the analysts see differently, and what it does: `ask` goes from `low_answer` (at `low`, the view of
    `low_who`) to `high_answer`; `effect` in units of what is worth telling, None where it was not run.
    """

    input: str
    low: float
    low_who: str
    high: float
    high_who: str
    effect: float | None = None
    ask: str = ""
    unit: str = ""
    low_answer: float = 0.0
    high_answer: float = 0.0
    turns: bool = False


def disputes(rows: Sequence[Judged]) -> tuple[Dispute, ...]:
    """Inputs on which best values differ, the widest gap beside the analysts' own ranges first; nothing is run.

    >>> rows = [Judged("start: x", "A", 0.1, 0.2, 0.3, "", "a", 2), Judged("start: x", "B", 0.4, 0.5, 0.6, "", "b", 2)]
    >>> [(item.low_who, item.high_who) for item in disputes(rows)]
    [('A', 'B')]
    """
    found = []
    for name, said in by_input(rows).items():
        least, most = min(said, key=lambda row: row.best), max(said, key=lambda row: row.best)
        gap = most.best - least.best
        if gap > LEAST:
            width = sum(row.high - row.low for row in said) / len(said)
            found.append((gap / max(width, LEAST), Dispute(name, least.best, least.who, most.best, most.who)))
    return tuple(item for _, item in sorted(found, key=lambda pair: -pair[0]))


def ranked(
    project: Project, found: Sequence[Dispute], most: int, told: Callable[[str], None] = lambda text: None
) -> tuple[Dispute, ...]:
    """The first `most` disputes with their effect, the largest first; then the others as they were."""
    if not found or most < 1:
        return tuple(found)
    from realpolitik.compiled.conclusions import conclusions  # noqa: PLC0415
    from realpolitik.project.whatif import State, WhatIf  # noqa: PLC0415

    inputs = project.model.inputs
    texts = {item.input: item_text(inputs[item.input], item.low, item.high) for item in found}
    spread = laid_over(project, [layer_of_inputs(project, texts)])
    model, settings = spread.model, spread.ensemble(draws=min(DRAWS, project.settings.draws)).settings
    base = model.draws(0, settings.draws, seed=settings.seed)
    made = []
    for item in found[:most]:
        told(f"what '{item.input}' moves")
        values = [unstated(inputs[item.input], end) for end in (item.low, item.high)]
        low, high = (
            conclusions(WhatIf(model, settings, state=State(moved=((item.input, value),)), base=base, thin=True))
            for value in values
        )
        made.append(_with_effect(item, low, high))
    return (*sorted(made, key=lambda item: -(item.effect or 0.0)), *found[most:])


def _with_effect(item: Dispute, low: dict[str, Conclusion], high: dict[str, Conclusion]) -> Dispute:
    both = [name for name in low if name in high]
    if not both:
        return item
    name = max(both, key=lambda key: (high[key].moved(low[key]), key))
    one, other = low[name], high[name]
    turns = [key for key in both if low[key].stance != high[key].stance]
    return replace(
        item, effect=other.moved(one), ask=one.text, unit=one.unit, low_answer=one.value, high_answer=other.value,
        turns=bool(turns),
    )  # fmt: skip


def sentences(found: Sequence[Dispute]) -> list[str]:
    """The disputes in words."""
    if not found:
        return ["The analysts do not differ in any best value."]
    run = [item for item in found if item.effect is not None]
    lines = [f"{len(found)} inputs are disputed; ranked by what they do to the answers:" if run else
             f"{len(found)} inputs are disputed."]  # fmt: skip
    lines += [_sentence(item) for item in run]
    left = [item.input for item in found if item.effect is None]
    if left:
        lines.append(f"Not run: {'; '.join(left)}.")
    return lines


def _sentence(item: Dispute) -> str:
    scale = 100.0 if item.unit in ("probability", "share") else 1.0
    sign = "%" if scale > 1 else f" {item.unit}" if item.unit == "points" else ""
    ends = f"{item.low_who} {item.low:.3g}, {item.high_who} {item.high:.3g}"
    if (item.effect or 0.0) < 1.0:
        return f"{item.input} ({ends}): moves no answer worth telling."
    turn = "; a conclusion turns" if item.turns else ""
    return (
        f"{item.input} ({ends}): {item.ask} is {scale * item.low_answer:.3g}{sign} or "
        f"{scale * item.high_answer:.3g}{sign}{turn}."
    )
