"""What holds and why, in sentences a reader of the situation recognises."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from realpolitik.analyses.outcomes.judged import Judged, Temptation
from realpolitik.analyses.outcomes.reasons import Reason, Remedy
from realpolitik.analyses.outcomes.study import Study
from realpolitik.analyses.outcomes.words import change_words, entry_spoken, path_words, state_words, together, who
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.language.likelihood import describe, percent
from realpolitik.language.sentences import capital, points

TOLD = 3
WORTH = 0.02
OFTEN = 0.2


def sentences(study: Study) -> Iterator[str]:
    """The outcome asked about first, then the status quo, then what holds most often."""
    now = study.judged.form.states.now
    if study.outcome is not None:
        yield _fits(study)
        yield from _about(study, study.outcome)
    elif study.reasons or study.margins[now]:
        yield from _about(study, now)
    others = [s for s in study.shown if s != study.outcome and (study.outcome is None) <= (s != now)]
    for s in [s for s in others if study.judged.shares("R")[s] >= WORTH][:TOLD]:
        yield from _holding(study, s)
    yield _count(study)
    yield from _chosen(study)


def _chosen(study: Study) -> Iterator[str]:
    """Where nobody named the options: by what rule they were taken, and how to name others."""
    if not study.chosen_for_you:
        return
    first = "" if study.outcome is None else "those of the outcome asked about, what exchanges give for them, and then "
    text = f"No options were named, so these {len(study.judged.form.states.options)} are in the game: {first}"
    yield f"{text}those whose decisions differ most between draws; all others stay as they are."


def _fits(study: Study) -> str:
    low, high = study.judged.interval(study.fits)
    text = "That some outcome of this kind holds, nobody leaving it of its own accord"
    return f"{text}: {describe(study.fits, low, high)}; with credible answers counted {percent(study.fits_answered)}."


def _about(study: Study, state: int) -> Iterator[str]:
    """One state, whether it holds, who leaves it, and what would have to change."""
    yield from _holding(study, state)
    if not study.reasons:
        yield from (_kept(study, item) for item in study.margins[state] if item.slack is not None)
    for item in study.reasons:
        yield f"  {leaving_words(study.ensemble, study.judged, state, item)}"


def _holding(study: Study, state: int) -> Iterator[str]:
    judged = study.judged
    share = float(judged.shares("R")[state])
    words = capital(state_words(study.ensemble.model, judged.form.states, state))
    text = f"{words}: that nobody would leave it of its own accord (R) is {describe(share, *judged.interval(share))}"
    yield f"{text}{_by_hypothesis(study, state)}{_answered(study, state)}."
    told = (_coalition(study, state), _closest(study, state), _path(study, state))
    yield from (line for line in told if line)


def _answered(study: Study, state: int) -> str:
    """How often it holds once the answers of others count, and what that means."""
    r, seq = (float(study.judged.shares(concept)[state]) for concept in ("R", "SEQ"))
    text = f"; with the others' credible answers counted (SEQ) it holds in {percent(seq)} of draws"
    return f"{text}, so what keeps it is the answer that leaving it would draw" if seq > max(2 * r, 0.2) else text


def _by_hypothesis(study: Study, state: int) -> str:
    judged, combos = study.judged, study.ensemble.model.combos
    values = [x for x in judged.by_hypothesis(judged.held[0][:, state], len(combos)) if not math.isnan(x)]
    if len(values) < 2 or max(values) - min(values) < 0.05:
        return ""
    return f", {percent(min(values))} to {percent(max(values))} over the hypotheses"


def _coalition(study: Study, state: int) -> str:
    view = study.coalitions[state]
    if float(study.judged.shares("R")[state]) < WORTH:
        return ""
    text = f"  In {percent(view.proof)} of draws no coalition leaves it either (CNash)"
    if view.upset and view.upset[0][1] >= WORTH:
        members, share, target = view.upset[0]
        goes = change_words(study.ensemble.model, study.judged.form.states, state, target)
        names = together(study.ensemble.model, study.judged.movers, members)
        text += f"; most often {names} would ({percent(share)}): {goes}"
    text += _outsiders(view.holds)
    return f"{text}."


def _outsiders(holds: Mapping[str, float | None]) -> str:
    """What the answers of those outside a coalition would keep in place."""
    free, final, credible = (holds[concept] for concept in ("CGMR", "CSMR", "CSEQ"))
    if free is None or final is None:
        return ""
    text = f"; where outsiders can answer any coalition that leaves, it holds in {percent(free)} of draws (CGMR), in"
    text += f" {percent(final)} if the coalition may reply once more (CSMR)"
    return (
        text if credible is None else f"{text}, in {percent(credible)} by answers that pay those who give them (CSEQ)"
    )


def _closest(study: Study, state: int) -> str:
    """The margin: of those who mostly stay, whom the least would make leave."""
    if float(study.judged.shares("R")[state]) < OFTEN:
        return ""
    staying = [
        (item.slack, item.actor) for item in study.margins[state] if item.slack is not None and item.leaves < 0.5
    ]
    if not staying:
        return ""
    slack, actor = min(staying)
    name = who(study.ensemble.model, study.judged.movers, actor)
    cost = points(slack / 100).lstrip("+")
    return f"  Closest to leaving it is {name}: where it stays, its best move costs it {cost} in the median."


def _path(study: Study, state: int) -> str:
    path, weight = study.paths.get(state, ((), 0.0))
    if not path:
        return ""
    reached = float(study.judged.share(study.judged.attained)[state])
    steps = path_words(study.ensemble.model, study.judged.movers, study.judged.form.states, path)
    found = f"  From today it is reached by improvements in {percent(reached)} of draws, most often by {steps}"
    return f"{found} ({percent(weight)})."


def _kept(study: Study, item: Temptation) -> str:
    name = who(study.ensemble.model, study.judged.movers, item.actor)
    return f"  {name} keeps to it; its best move would cost it {points((item.slack or 0.0) / 100)} in the median."


def leaving_words(ensemble: Ensemble, judged: Judged, state: int, item: Reason) -> str:
    """Who leaves a state, for what, moved by which interest, and what would keep it."""
    model, tempted = ensemble.model, item.temptation
    name = who(model, judged.movers, tempted.actor)
    assert tempted.target is not None
    move = change_words(model, judged.form.states, state, tempted.target)
    drawn = [pull for pull in item.pulls if pull.points > 0][:2]
    because = " and ".join(f"{entry_spoken(model, p.kind, p.column)} ({points(p.points / 100)})" for p in drawn)
    text = f"{name} would leave it in {percent(tempted.leaves)} of draws, mostly for {move}"
    text += f" ({points(tempted.points / 100)} in the median{f'; drawn by {because}' if because else ''})"
    return f"{text}{_remedies(ensemble, item)}."


def _remedies(ensemble: Ensemble, item: Reason) -> str:
    if item.temptation.leaves < 0.5:
        return "; in most draws it stays"
    found = [_remedy(entry_spoken(ensemble.model, r.kind, r.column), r) for r in item.remedies[:2]]
    found.append(f"leaving cost it {points(item.cost / 100).lstrip('+')} more")
    return f"; it would stay in most draws if {', or if '.join(found)}"


def _remedy(entry: str, remedy: Remedy) -> str:
    if remedy.factor == 0:
        return f"{entry} did not count"
    return f"{entry} weighed {remedy.factor:g} times what it does"


def _count(study: Study) -> str:
    judged = study.judged
    number = judged.held[0].sum(axis=1)
    mean, none = float(judged.form.weight @ number), float(judged.form.weight @ (number == 0))
    total = len(judged.form.states.levels)
    return f"Of {total:,} joint outcomes {mean:.1f} hold in a draw on average; in {percent(none)} of draws none does."
