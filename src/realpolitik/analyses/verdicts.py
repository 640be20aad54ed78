"""The claims of the documents as tests: does each hold in this model, and what does it turn on?

One ensemble answers every check; runs are shared, so that all checks cost little more than the distinct interventions
they name. No verdict stands anywhere in the inputs: what is written is the check alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal, Protocol

from realpolitik.claims.facts import FactsTable, read_facts_file
from realpolitik.claims.model import Claim
from realpolitik.claims.register import Register, Tension
from realpolitik.claims.register_reader import read_register_file
from realpolitik.compiled.checking.construction import by_construction
from realpolitik.compiled.checking.judge import Judgement, Sources, judge
from realpolitik.compiled.checking.reading import falls_short, number_asked, thresholds
from realpolitik.compiled.checking.runs import keys_of, release
from realpolitik.compiled.checking.truth import Band, Bench
from realpolitik.compiled.ensemble import Ensemble
from realpolitik.compiled.holds import intervention
from realpolitik.compiled.wording import intervention_name
from realpolitik.errors import QuestionRefused, RealpolitikError, did_you_mean
from realpolitik.language.expression import Expression, Query, walk
from realpolitik.language.words import hedge_band
from realpolitik.situation.model import Check, Situation

Kind = Literal["holds", "holds by construction", "fails", "contested", "untestable"]
KINDS: tuple[Kind, ...] = ("holds", "holds by construction", "contested", "fails", "untestable")
Told = Callable[[str, int, int], None]
UNTOUCHED = "nothing held"


class Opened(Protocol):
    """What of an opened project is needed here."""

    path: Path

    @property
    def situation(self) -> Situation:
        """What is written."""

    @property
    def claims(self) -> Mapping[str, Claim]:
        """What was said, by id."""

    def ensemble(self) -> Ensemble:
        """The runs all questions share."""


@dataclass(frozen=True)
class Verdict:
    """What the model says of one claim (or, `claim` "", of one check that cites none).

    `number` with its interval `low` to `high`, of the kind named, in `unit`; `share` of draws in which it is true, if
    that counts; `band`: low and high of the author's hedge; `above`: more certain here than the author was. `turns_on`:
    of a contested claim, what separates true from false. `reason`: of an untestable one, why. `figures`: each metric,
    year and source, its number and truth. `runs`: the interventions it needed. `asked`: what the number measures;
    `thresholds`: the numbers the check compares with, which are ours; `short`: the number goes the way the claim says,
    but not as far as the threshold; `tied`: the share of draws without a difference.
    """

    claim: str
    verdict: Kind
    check: str = ""
    number: float | None = None
    low: float | None = None
    high: float | None = None
    interval: str = ""
    unit: str = ""
    share: float | None = None
    hedge: str = ""
    band: tuple[float, float] | None = None
    above: bool = False
    turns_on: tuple[str, ...] = ()
    reason: str = ""
    figures: tuple[tuple[str, float, bool | None], ...] = ()
    runs: tuple[str, ...] = ()
    asked: str = ""
    thresholds: tuple[str, ...] = ()
    tied: float | None = None
    short: bool = False

    def as_json(self) -> dict[str, Any]:
        """The verdict as plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Verdict:
        """The verdict that `as_json` wrote.

        >>> made = Verdict("c1", "holds", band=(0.5, 1.0), figures=(("gdp", 2.0, True),), turns_on=("weights",))
        >>> Verdict.from_json(made.as_json()) == made
        True
        """
        tuples = {name: tuple(data[name]) for name in ("turns_on", "runs", "thresholds")}
        band = None if data["band"] is None else tuple(data["band"])
        return cls(**{**data, **tuples, "band": band, "figures": tuple(tuple(item) for item in data["figures"])})


@dataclass(frozen=True)
class Disagreement:
    """Two statements that pull against each other: who says them, what the model says of each, what separates them.

    `both_can_hold`: at their word both can be true; otherwise one contradicts the other.
    """

    tension: str
    about: str
    first: Verdict
    second: Verdict
    speakers: tuple[str, str]
    separated_by: str
    both_can_hold: bool = False


@dataclass(frozen=True)
class DocumentClaims:
    """The verdicts, how many of each kind, and the disagreements on which the model takes a side."""

    verdicts: tuple[Verdict, ...]
    counts: Mapping[Kind, int]
    disagreements: tuple[Disagreement, ...]


def folder_of(project: Opened) -> Path:
    """The folder of a project."""
    return project.path if project.path.is_dir() else project.path.parent


def facts_of(project: Opened) -> FactsTable:
    """A project's table of figures; empty where it has none. Raises `InputRefused` where it cannot be read."""
    return read_facts_file(folder_of(project) / "facts.yaml")


def register_of(project: Opened) -> Register:
    """A project's claims file. Raises `InputRefused` where it cannot be read."""
    return read_register_file(folder_of(project) / "claims.yaml")


def verdicts(
    project: Opened,
    *,
    only: Sequence[str] = (),
    told: Told | None = None,
    confirm: bool = True,
    known: MutableMapping[str, Verdict] | None = None,
) -> tuple[Verdict, ...]:
    """What does the model say of every claim, in the order of the claims file?

    `only` some ids; `confirm` False leaves out the runs that tell what holds by construction through an influence;
    `known`: verdicts already made of this very model, by check (`check_key`), which are not made again; it is filled.
    Raises `QuestionRefused` for an id that is no claim.
    """
    for name in only:
        if name not in project.claims:
            raise QuestionRefused(f"'{name}' is no claim. {did_you_mean(name, project.claims)}".strip())
    checks = [check for check in project.situation.checks if not only or check.claim in only]
    found = dict(_checked(project, checks, told or _quiet, confirm, {} if known is None else known))
    made = []
    for name in (name for name in project.claims if not only or name in only):
        own = [found[place] for place, check in enumerate(checks) if check.claim == name]
        made.append(weakest(own) if own else _unasked(project.claims[name]))
    return (*made, *(found[place] for place, check in enumerate(checks) if not check.claim))


def _quiet(text: str, done: int, total: int) -> None:
    """Tell nothing."""


def check_key(check: Check) -> str:
    """What names a check among those of one model: the claim it tests and its text."""
    return f"{check.claim}: {check.text}"


def _checked(
    project: Opened, checks: Sequence[Check], told: Told, confirm: bool, known: MutableMapping[str, Verdict]
) -> Iterator[tuple[int, Verdict]]:
    """The verdict on every check, by its place; runs that were made for these checks alone are let go after use."""
    ensemble = project.ensemble()
    sources, before = Sources(facts_of(project), project.claims), set(ensemble.runs)
    open_checks = [place for place, check in enumerate(checks) if check_key(check) not in known]
    needs = [keys_of(ensemble, checks[place].expression) for place in open_checks]
    for number, place in enumerate(open_checks):
        check = checks[place]
        told(f"claim {check.claim}" if check.claim else check.text, number, len(open_checks))
        known[check_key(check)] = check_verdict(ensemble, check, sources, confirm=confirm)
        release(ensemble, needs[number] - before, needs[number + 1 :])
    yield from ((place, known[check_key(check)]) for place, check in enumerate(checks))


def _unasked(claim: Claim) -> Verdict:
    """A claim without a check: why not."""
    why = claim.untestable or claim.not_modelled or "no check is written for it at this start"
    return Verdict(claim.id, "untestable", reason=why, hedge=claim.hedge)


def weakest(found: Sequence[Verdict]) -> Verdict:
    """Of several checks of one claim the verdict that weighs against it most; all by construction only if all are."""
    order: tuple[Kind, ...] = ("fails", "contested", "untestable", "holds", "holds by construction")
    return min(found, key=lambda item: order.index(item.verdict))


def check_verdict(ensemble: Ensemble, check: Check, sources: Sources, *, confirm: bool = True) -> Verdict:
    """The verdict on one check; what cannot be computed is untestable, with the reason."""
    claim = sources.claims.get(check.claim)
    bench = Bench(ensemble, band_of(claim), claimed=bool(check.claim))
    bare = Verdict(check.claim, "untestable", check.text, hedge=claim.hedge if claim else "")
    try:
        found = judge(bench, check.expression, sources)
        kind: Kind = found.finding
        if kind == "holds" and by_construction(bench, check.expression, check.claim, runs=confirm):
            kind = "holds by construction"
        return replace(_filled(bare, found, bench, check.expression), verdict=kind, runs=runs_of(ensemble, check))
    except RealpolitikError as problem:
        return replace(bare, reason=str(problem))


def _filled(bare: Verdict, found: Judgement, bench: Bench, check: Expression) -> Verdict:
    outcome, band = found.outcome, bench.band
    return replace(
        bare,
        number=outcome.value,
        low=outcome.low,
        high=outcome.high,
        interval=outcome.interval,
        unit=outcome.unit,
        share=outcome.share,
        band=(band.low, band.high) if band else None,
        above=outcome.above and found.finding == "holds",
        turns_on=found.turns_on,
        figures=found.figures,
        asked=number_asked(bench.ensemble.model, outcome.part),
        thresholds=thresholds(check),
        tied=outcome.tied,
        short=found.finding != "holds" and falls_short(outcome.part, outcome.value, outcome.unit),
    )


def band_of(claim: Claim | None) -> Band | None:
    """The band of a claim's hedge: its credence where the file gives one, else the table of hedges; None unhedged."""
    if claim is None or not claim.hedge:
        return None
    low, high = claim.credence.low, claim.credence.high
    if low is None or high is None or low == high:
        low, high = hedge_band(claim.hedge)[1]
    return Band(float(low), float(high), claim.hedge)


def runs_of(ensemble: Ensemble, check: Check) -> tuple[str, ...]:
    """The interventions a check names, in words, each once."""
    model = ensemble.model
    queries = [node for node in walk(check.expression) if isinstance(node, Query)]
    names = [intervention_name(model, intervention(model, query.setting)) for query in queries]
    return tuple(dict.fromkeys(names))


def counts(found: Iterable[Verdict]) -> dict[Kind, int]:
    """How many claims have each verdict."""
    counted = Counter(item.verdict for item in found)
    return {kind: counted.get(kind, 0) for kind in KINDS}


def disagreements(
    tensions: Iterable[Tension], claims: Mapping[str, Claim], found: Iterable[Verdict]
) -> tuple[Disagreement, ...]:
    """Every pair within a tension, in the order of its sides, with the verdict on each and what separates them."""
    known = {item.claim: item for item in found}
    return tuple(
        Disagreement(
            tension.id,
            tension.about,
            known[first],
            known[second],
            (claims[first].speaker, claims[second].speaker),
            tension.separated_by,
            tension.both_can_hold,
        )
        for tension in tensions
        for first, second in pairs_of(tension, claims)
        if first in known and second in known
    )


def document_claims(project: Opened, found: tuple[Verdict, ...]) -> DocumentClaims:
    """Everything a first screen says of the documents' claims: counts, and where the experts disagree."""
    pairs = disagreements(register_of(project).tensions.values(), project.claims, found)
    return DocumentClaims(found, counts(found), split(pairs))


def pairs_of(tension: Tension, claims: Mapping[str, Claim]) -> tuple[tuple[str, str], ...]:
    """The pairs of a tension: claims of different sides; where not both can hold, those that contradict each other."""
    sides = tension.sides or tuple((claim,) for claim in tension.claims)
    return tuple(
        (first, second)
        for place, side in enumerate(sides)
        for first in side
        for other in sides[place + 1 :]
        for second in other
        if tension.both_can_hold or _contradict(claims[first], claims[second])
    )


def _contradict(first: Claim, second: Claim) -> bool:
    """True where one of two claims says that it contradicts the other."""
    return second.id in first.linked("contradicts") or first.id in second.linked("contradicts")


def split(found: Iterable[Disagreement]) -> tuple[Disagreement, ...]:
    """The contradictions on which the model takes a side, or says what each side turns on: one verdict differs."""
    return tuple(
        item
        for item in found
        if not item.both_can_hold
        and "untestable" not in (item.first.verdict, item.second.verdict)
        and _side(item.first.verdict) != _side(item.second.verdict)
    )


def _side(kind: Kind) -> str:
    return "holds" if kind.startswith("holds") else kind
