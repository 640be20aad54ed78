"""The answer as rows, arrays, sentences and grounds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from realpolitik.analyses.policy.alarms import Alarm
from realpolitik.analyses.policy.valued import TIE
from realpolitik.compiled.grounds import ground
from realpolitik.compiled.phrases import term_words
from realpolitik.compiled.wording import actor_name
from realpolitik.language.likelihood import describe
from realpolitik.language.sentences import capital, counted, listed, share, signed
from realpolitik.results.result import Labelled
from realpolitik.results.statistics import quantiles, sampling_error

if TYPE_CHECKING:
    from realpolitik.analyses.policy.answer import Answer

Row = Mapping[str, Any]


def rows(answer: Answer) -> tuple[Row, ...]:
    """Plans, best first; then beliefs against worlds; then conditions."""
    return (*_plans(answer), *_beliefs(answer), *(alarm.row(answer.planners) for alarm in answer.alarms))


def _plans(answer: Answer) -> Iterator[Row]:
    valued, planners = answer.valued, answer.planners
    enough, regret = valued.good_enough(answer.brief.at_least), valued.average(valued.regret)
    for n in np.argsort(-valued.score, kind="stable"):
        course, together = valued.courses[n], valued.together[n]
        low, high = quantiles(together, valued.weight, (0.05, 0.95))
        yield {
            "plan": planners.words(course),
            "written": planners.text(course),
            "gain": float(valued.score[n]),
            "low": low,
            "high": high,
            "sampling_error": sampling_error(together, valued.weight),
            "good_enough": float(enough[n]),
            "worst_hypothesis": float(valued.by_combination[n].min()),
            "largest_regret": None if course.free else float(valued.largest_regret[n]),
            "mean_regret": None if course.free else float(regret[n]),
            "efficient": None if course.free else bool(valued.efficient[n]),
            "each": dict(zip(planners.actors, map(float, valued.by_member[n]), strict=True)),
            "consent_needed": {name: _gain(answer, int(n), name) for name in planners.needed(course)},
        }


def _gain(answer: Answer, plan: int, actor: str) -> float:
    number = answer.planners.model.tables.actors.index(actor)
    return float(answer.valued.average(answer.valued.gains[:, :, number])[plan])


def _beliefs(answer: Answer) -> Iterator[Row]:
    found = answer.two_sided
    if found is None:
        return
    for b, believed in enumerate(found.worlds):
        for t, true in enumerate(found.worlds):
            yield {
                "believed": believed.name,
                "true": true.name,
                "acted_on": answer.planners.words(found.chosen[b]),
                "brings": float(found.values[found.courses.index(found.chosen[b]), t]),
                "cost": float(found.cost[b, t]),
            }


def arrays(answer: Answer) -> dict[str, Labelled]:
    """Gains by plan and actor, by plan and hypothesis; the cost of beliefs."""
    valued, planners = answer.valued, answer.planners
    plans = tuple(planners.text(course) for course in valued.courses)
    actors = planners.model.tables.actors
    gain = np.stack([valued.average(valued.gains[:, :, a]) for a in range(len(actors))], axis=1)
    combos = tuple(combo.label or "as written" for combo in planners.model.combos)
    shown = tuple(combos[int(label)] for label in np.unique(valued.combination))
    made = {
        "gain": Labelled(("plan", "actor"), {"plan": plans, "actor": actors}, gain, "points"),
        "by hypothesis": Labelled(
            ("plan", "hypothesis"), {"plan": plans, "hypothesis": shown}, valued.by_combination, "points"
        ),
    }
    if answer.two_sided:
        names = tuple(world.name for world in answer.two_sided.worlds)
        coords = {"believed": names, "true": names}
        made["cost of belief"] = Labelled(("believed", "true"), coords, answer.two_sided.cost, "points")
    return made


def grounds(answer: Answer) -> tuple[Row, ...]:
    """What the best plan rests on: each step, what it adds, and who stands behind the option."""
    planners, situation = answer.planners, answer.planners.model.situation
    found = []
    for part, points in answer.parts:
        for step in part.steps[:1] if len(part.steps) == 1 else part.steps:
            option = situation.options[planners.model.tables.options[step.option]]
            found.append(ground("what each step adds, in points", planners.step_words(step), points, option.support))
    return tuple(sorted(found, key=lambda row: -abs(float(row["change"]))))


def sentences(answer: Answer) -> tuple[str, ...]:
    """The answer in words, most important first."""
    told = [*_best(answer), *_safest(answer), *_usual(answer), *_members(answer), *_consent(answer)]
    return (*told, *_steps(answer), *_wrong(answer), *(text for item in answer.alarms for text in _alarm(answer, item)))


def _who(answer: Answer) -> str:
    return listed([actor_name(answer.planners.model, name) for name in answer.planners.actors])


def _best(answer: Answer) -> Iterator[str]:
    valued, planners, best = answer.valued, answer.planners, answer.valued.best
    n = valued.courses.index(best)
    among = (
        f"Of {counted(answer.search.considered, 'plan')} ({answer.search.how})"
        if answer.search
        else f"Of the {counted(len(answer.brief.plans), 'plan')} given"
    )
    if best.is_as_now:
        yield f"{among}, none brings {_who(answer)} more on average than leaving everything as it is."
        return
    low, high = quantiles(valued.together[n], valued.weight, (0.05, 0.95))
    yield (
        f"{among}, the best on average is: {planners.words(best)}. It brings {signed(float(valued.score[n]))} points "
        f"({signed(low)} to {signed(high)} in 90% of draws) against leaving everything as it is"
        f"{'' if len(planners.actors) == 1 else ', the mean of ' + _who(answer)}."
    )
    yield f"{capital(_enough_words(answer))}: {describe(float(valued.good_enough(answer.brief.at_least)[n]))}."


def _enough_words(answer: Answer) -> str:
    many, level = len(answer.planners.actors) > 1, answer.brief.at_least
    if level:
        return f"{'each of them' if many else 'it'} gets at least {signed(level)} points"
    return "none of them loses by it" if many else "no loss by it"


def _safest(answer: Answer) -> Iterator[str]:
    """The plan of least largest regret over hypotheses, where it is another than the best on average."""
    valued, planners = answer.valued, answer.planners
    count = valued.by_combination.shape[1]
    if count < 2 or len(valued.plans) < 2:
        return
    regret = valued.largest_regret
    n, best = min(valued.plans, key=lambda k: float(regret[k])), valued.courses.index(valued.best)
    if regret[best] <= regret[n] + TIE:
        yield f"It is also the safest: under none of the {count} hypotheses would another plan shown do better by much."
        return
    yield (
        f"Safest against a wrong hypothesis is: {planners.words(valued.courses[n])}, with a largest regret of "
        f"{regret[n]:.1f} points over {count} hypotheses (the best on average: {regret[best]:.1f})."
    )


def _usual(answer: Answer) -> Iterator[str]:
    valued = answer.valued
    free = next((n for n, course in enumerate(valued.courses) if course.free), None)
    if free is None:
        return
    gap = float(valued.score[valued.courses.index(valued.best)] - valued.score[free])
    apart = f"{abs(gap):.1f} {'less' if gap > 0 else 'more'} than the plan"
    verdict = apart if abs(gap) >= 0.05 else "as much as by the plan"
    yield (
        f"Left to decide as usual they get {signed(float(valued.score[free]))} points, {verdict}: in the model "
        "they then decide afresh at every review, knowing the sizes of that draw, which no planner knows."
    )


def _members(answer: Answer) -> Iterator[str]:
    valued, planners = answer.valued, answer.planners
    if len(planners.actors) < 2:
        return
    n = valued.courses.index(valued.best)
    parts = [
        f"{actor_name(planners.model, name)} {signed(float(gain))}"
        for name, gain in zip(planners.actors, valued.by_member[n], strict=True)
    ]
    yield f"By planner: {listed(parts)} points, each of its own top interest."
    for m, name in enumerate(planners.actors):
        own = max(valued.plans, key=lambda k: float(valued.by_member[k, m]))
        if valued.by_member[own, m] > valued.by_member[n, m] + 0.5:
            yield (
                f"{actor_name(planners.model, name)} alone would rather have: {planners.words(valued.courses[own])} "
                f"({signed(float(valued.by_member[own, m]))} for itself, {signed(float(valued.score[own]))} for all)."
            )


def _consent(answer: Answer) -> Iterator[str]:
    valued, planners = answer.valued, answer.planners
    for n, course in enumerate(valued.courses):
        for name in planners.needed(course):
            number = planners.model.tables.actors.index(name)
            gains = valued.gains[n, :, number]
            willing = float((valued.weight * (gains > 0)).sum() / valued.weight.sum())
            yield (
                f"'{planners.words(course)}' needs the consent of {actor_name(planners.model, name)}, which gains "
                f"by it ({signed(_gain(answer, n, name))} points on average): {describe(willing)}."
            )


def _steps(answer: Answer) -> Iterator[str]:
    if len(answer.parts) > 1:
        parts = [f"{answer.planners.words(course)} {signed(points)}" for course, points in answer.parts]
        yield f"What each step adds to the rest of the plan, in points: {'; '.join(parts)}."


def _wrong(answer: Answer) -> Iterator[str]:
    found = answer.two_sided
    if found is None:
        return
    if len(set(found.chosen)) == 1:
        names = listed([world.name for world in found.worlds])
        yield f"Belief changes nothing: the same plan is best under {names}."
        return
    pairs = [(b, t) for b in range(len(found.worlds)) for t in range(len(found.worlds)) if b != t]
    for b, t in sorted(pairs, key=lambda pair: -float(found.cost[pair])):
        if found.cost[b, t] > 0.05:
            yield (
                f"To act on '{found.worlds[b].name}' ({answer.planners.words(found.chosen[b])}) while "
                f"'{found.worlds[t].name}' is true costs {found.cost[b, t]:.1f} points."
            )


def _alarm(answer: Answer, alarm: Alarm) -> Iterator[str]:
    model = answer.planners.model
    row = alarm.row(answer.planners)
    condition = term_words(model, answer.planners.conditions[alarm.trigger])
    truth = term_words(model, alarm.truth)
    yield (
        f"Waiting for '{condition}' as the sign of '{truth}' ({row['plan']}): within the run a false alarm is "
        f"{describe(row['false_alarms'])}{_costing(row['cost_of_false_alarm'], row['false_alarms'])}; a miss is "
        f"{describe(row['misses'])}{_worth(row['cost_of_miss'], row['misses'])}."
    )
    if row["delay_years"] is not None:
        late = f"{_lateness(row['delay_years'])} late{_worth(row['cost_of_delay'], row['hits'])}"
        yield f"Where it comes after the fact ({share(row['hits'])} of draws) it comes {late}."


def _lateness(years: float) -> str:
    return f"{years:.1f} years" if years >= 0.25 else f"{365.25 * years:.0f} days"


def _costing(points: float | None, likely: float) -> str:
    if points is None:
        return " (too few draws to say what it costs)" if likely else ""
    if points < 0:
        return f", and costs nothing: acting brings {signed(-points)} points even then"
    return f", and costs {points:.1f} points"


def _worth(points: float | None, likely: float) -> str:
    """What acting the moment it came about would have changed."""
    if points is None:
        return " (too few draws to say what it costs)" if likely else ""
    verdict = "and costs" if points > 0 else "but costs nothing: acting at once would have lost"
    return f", {verdict} {abs(points):.1f} points"
