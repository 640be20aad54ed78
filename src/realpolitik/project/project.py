"""The facade: open a situation, ask it questions, keep what was run. The same verbs as the command line.

>>> import realpolitik as rp
>>> project = rp.open("northeast-asia", draws=4)
>>> project.situation.as_of.year
2024
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from realpolitik.project.locate import locate
from realpolitik.project.store import FileStore, default_folder

if TYPE_CHECKING:
    from realpolitik.claims.model import Claim
    from realpolitik.compiled import Ensemble, Model, Settings
    from realpolitik.compiled.holds import Intervention
    from realpolitik.conflicts.model import Conflict
    from realpolitik.results.assessment import Assessment
    from realpolitik.results.result import Result
    from realpolitik.situation.model import Situation

FORESIGHT_DRAWS = 64


def open_project(  # noqa: PLR0913  (keyword-only settings, each with a default)
    name: str | Path | None = None,
    *,
    state: str | None = None,
    judgements: tuple[str, ...] = (),
    draws: int = 256,
    seed: int = 1,
    depth: int = 0,
    lookahead: str = "exact",
    threads: int = 0,
    kernel: str = "auto",
    cache: bool = True,
) -> Project:
    """Open a situation: a file, a project folder, a bundled project's name, or (None) that of the last run here.

    `draws` (a power of two), `seed`, `depth` (0: others stay as they are, 1: others reply) and `lookahead` ("quick": an
    approximation with stated error) fix the answers; `threads` and `kernel` only the time. Raises `InputRefused` with
    every finding, `QuestionRefused` for impossible settings.
    """
    from realpolitik.compiled import Settings  # noqa: PLC0415  (heavy)
    from realpolitik.errors import InputRefused  # noqa: PLC0415
    from realpolitik.report.notebook import show_results_as_pictures  # noqa: PLC0415
    from realpolitik.situation.reader import check_situation  # noqa: PLC0415

    show_results_as_pictures()
    path = locate(name)
    reading = check_situation(path, state=state, judgements=judgements)
    if reading.situation is None:
        raise InputRefused(reading.findings)
    settings = Settings(draws=draws, seed=seed, depth=depth, threads=threads, kernel=kernel, lookahead=lookahead)  # type: ignore[arg-type]
    store = FileStore(default_folder() / "runs") if cache else None
    made = Project(path, str(name or path), reading.situation, reading.claims, settings, store)
    made.state, made.judgements = state, judgements
    return made


@dataclass(eq=False)
class Project:
    """An opened situation; every answer is a `Result`."""

    path: Path
    name: str
    situation: Situation
    claims: Mapping[str, Claim]
    settings: Settings
    store: FileStore | None = None
    progress: Callable[[int, int], None] | None = None
    state: str | None = None
    judgements: tuple[str, ...] = ()
    _ensembles: dict[Settings, Ensemble] = field(default_factory=dict)

    @cached_property
    def model(self) -> Model:
        """The compiled situation."""
        from realpolitik.compiled import compile  # noqa: A004, PLC0415

        return compile(self.situation)

    def at(self, **changed: Any) -> Project:
        """The same situation at other settings: compiled once for both, and sharing every run."""
        made = replace(self, settings=replace(self.settings, **changed))
        vars(made)["model"] = self.model
        return made

    def ensemble(self, **changed: Any) -> Ensemble:
        """The runs at the project's settings, or at changed ones; shared by all questions."""
        from realpolitik.compiled import Ensemble  # noqa: PLC0415

        settings = replace(self.settings, **changed)
        if settings not in self._ensembles:
            self._ensembles[settings] = Ensemble(self.model, settings, store=self.store, progress=self.progress)
        return self._ensembles[settings]

    def foresight(self) -> Ensemble:
        """The runs for questions that turn on foreseen replies (`depth: 1` in the file)."""
        return self.ensemble(draws=min(FORESIGHT_DRAWS, self.settings.draws), depth=1)

    def futures(self, do: str = "", *, secretly: str = "") -> Result:
        """What will each party probably do, where will the factors go, which goals are reached?"""
        from realpolitik.analyses.futures import futures  # noqa: PLC0415

        return futures(self.ensemble(), self.held(do, secretly) if do or secretly else None)

    def gains(
        self, do: str = "", *, secretly: str = "", years: tuple[float, ...] = (), vs_free: bool = False
    ) -> Result:
        """If it is done, who gains and who loses, by itself and through reactions?"""
        from realpolitik.analyses.gains import gains  # noqa: PLC0415

        return gains(self.ensemble(), self.held(do, secretly), years=years, vs_free=vs_free)

    def compare(self, do: str = "", *, secretly: str = "", vs_free: bool = False) -> Result:
        """What does it change, against its own status quo (or the untouched run)?"""
        from realpolitik.analyses.compare import compare  # noqa: PLC0415

        return compare(self.ensemble(), self.held(do, secretly), vs_free=vs_free)

    def why(self, actor: str, do: str = "", *, secretly: str = "", years: float = 3.0) -> Result:
        """Why does an actor gain or lose by it?"""
        from realpolitik.analyses.why import why  # noqa: PLC0415
        from realpolitik.errors import QuestionRefused, did_you_mean  # noqa: PLC0415
        from realpolitik.project.explain import sourced  # noqa: PLC0415

        if actor not in self.situation.actors:
            raise QuestionRefused(f"'{actor}' is no actor. {did_you_mean(actor, self.situation.actors)}")
        return sourced(self, why(self.ensemble(), self.held(do, secretly), actor, years))

    def null(self, ask: str) -> Result:
        """Is the answer in the inputs? The same question with wrong weights."""
        from realpolitik.analyses.null import null  # noqa: PLC0415
        from realpolitik.language.parser import parse_query  # noqa: PLC0415

        return null(self.ensemble(), parse_query(ask), ask)

    def stability(
        self,
        focal: Sequence[str] = (),
        *,
        outcome: str = "",
        convention: str = "legal-sequences",
        responding: bool = False,
        switches: bool = False,
        effects: bool = False,
        draws: int = 0,
        told: Callable[[str, int, int], None] | None = None,
    ) -> Result:
        """Which joint outcomes of some options hold, how often, who breaks them, and what would have to change?

        `focal`: option names; default: those whose decisions differ most between draws. `outcome`: `AAA.x=on, BBB.y`.
        `draws`: 0 for the project's.
        """
        from realpolitik.analyses import outcomes  # noqa: PLC0415
        from realpolitik.games.concepts import convention_named  # noqa: PLC0415

        ensemble = self.ensemble(draws=draws) if draws else self.ensemble()
        states, wanted = outcomes.asked_states(ensemble, tuple(focal), outcome)
        settings = outcomes.Settings(convention_named(convention), responding, switches, effects)
        found = outcomes.study(ensemble, states, wanted, settings, told or (lambda text, done, total: None))
        return outcomes.outcomes_result(found)

    def conflict(self, focal: Sequence[str] = (), *, outcome: str = "", draw: int | None = None) -> Conflict:
        """The joint outcomes of some options as an ordinal conflict, at central values or in one draw."""
        from realpolitik.analyses import outcomes  # noqa: PLC0415

        states, _ = outcomes.asked_states(self.ensemble(), tuple(focal), outcome)
        return outcomes.conflict_of(self.ensemble(), states, draw)

    def paths(self, focal: Sequence[str] = (), *, to: str = "") -> Result:
        """Which joint outcomes do improvements lead to from today, how often and along which ways?"""
        from realpolitik.project.ways import ways  # noqa: PLC0415

        return ways(self, focal, to)

    def inverse(self, outcome: str, focal: Sequence[str] = (), *, draw: int | None = None) -> Result:
        """What would have to change in whose preferences for an outcome (`AAA.x=on, BBB.y`) to hold?"""
        from realpolitik.project.needed import needed  # noqa: PLC0415

        return needed(self, outcome, focal, draw=draw)

    def leverage(self, *, years: float | None = None) -> Result:
        """Who has leverage over whom? (`realpolitik.project.leverage` has the other questions of pairs and groups.)"""
        from realpolitik.project.leverage import leverage  # noqa: PLC0415

        return leverage(self, years=years)

    def deterrence(self, move: str, response: str, *, actor: str = "", years: float | None = None) -> Result:
        """How likely must a response be to keep `actor` from a move, and how likely is it?"""
        from realpolitik.project.leverage import deterrence  # noqa: PLC0415

        return deterrence(self, move, response, actor=actor, years=years)

    def alignment(self, *, years: float | None = None) -> Result:
        """Whose interests overlap?"""
        from realpolitik.project.leverage import alignment  # noqa: PLC0415

        return alignment(self, years=years)

    def coalitions(self, agreement: str = "", *, candidate: str = "", years: float | None = None) -> Result:
        """What is an agreement worth, who blocks or leaves it, whom to add?"""
        from realpolitik.project.leverage import coalitions  # noqa: PLC0415

        return coalitions(self, agreement, candidate=candidate, years=years)

    def norms(self, *, do: str = "", years: float | None = None) -> Result:
        """Which rules are broken, and who keeps its word?"""
        from realpolitik.project.leverage import norms  # noqa: PLC0415

        return norms(self, do=do, years=years)

    def contingencies(self, *, years: float | None = None) -> Result:
        """If it came to it, would it hold, with and without help?"""
        from realpolitik.project.leverage import contingencies  # noqa: PLC0415

        return contingencies(self, years=years)

    def policy(self, actors: str | Sequence[str], plans: Sequence[str] = (), **more: Any) -> Result:
        """What should an actor or a coalition do? `plans` as `AAA.arm=on if evidence > 0.6`; none: they are searched.

        `more`: options, conditions, dates, worlds, truth, at_least, most, years (see `project.advice.policy`).
        """
        from realpolitik.project.advice import policy  # noqa: PLC0415

        return policy(self, actors, plans=plans, **more)

    def diff(self, other: str) -> Result:
        """What differs from another situation (a file, `NAME@DATE`, `@DATE`, `+judgements`), and what does it move?"""
        from realpolitik.project.advice import diff  # noqa: PLC0415

        return diff(self, other)

    def premortem(self, *, top: int = 6) -> Result:
        """If the assumptions that carry most are wrong, what still stands?"""
        from realpolitik.project.advice import premortem  # noqa: PLC0415

        return premortem(self, top=top)

    def sensitivity(self, ask: str) -> Result:
        """Which inputs carry the spread of an answer? `ask`: an expression, or the number of a question."""
        from realpolitik.project.sensitive import sensitivity  # noqa: PLC0415

        return sensitivity(self, ask)

    def flip(self, ask: str) -> Result:
        """What is the smallest change that reverses a conclusion, as `loser(| do(X)) is AAA`?"""
        from realpolitik.project.sensitive import flip  # noqa: PLC0415

        return flip(self, ask)

    def discover(self, ask: str, *, box: int = -1) -> Result:
        """Where in the space of the inputs does a statement, as `gain(AAA | do(X)) < 0`, hold?"""
        from realpolitik.project.sensitive import discover  # noqa: PLC0415

        return discover(self, ask, box=box)

    def information(self, actor: str, plans: Sequence[str], *, years: float | None = None) -> Result:
        """What is it worth to an actor to know more before it chooses between plans as in `do(...)`?"""
        from realpolitik.project.sensitive import information  # noqa: PLC0415

        return information(self, actor, plans, years=years)

    def hypotheses(self, ask: Sequence[str] = (), **more: Any) -> Result:
        """What do rival hypotheses say, and the evidence of them? `more`: see `project.updating.hypotheses`."""
        from realpolitik.project.updating import hypotheses  # noqa: PLC0415

        return hypotheses(self, ask, **more)

    def indicators(self, outcomes: Sequence[str] = (), *, within: float | None = None) -> Result:
        """What should be watched within some years, for outcomes such as `AAA.arm=on by 3 years`?"""
        from realpolitik.project.updating import indicators  # noqa: PLC0415

        return indicators(self, outcomes, within=within)

    def assimilate(self, saw: Sequence[str] = (), **more: Any) -> Result:
        """What do dated reports change? `more`: file, ask (see `project.updating.assimilate`)."""
        from realpolitik.project.updating import assimilate  # noqa: PLC0415

        return assimilate(self, saw, **more)

    def ask(self, text: str, *, precision: float = 0.0, told: Callable[[str, int, int], None] | None = None) -> Result:
        """Any question of the expression language, as one sentence with its numbers.

        `precision`: double the draws until the sampling error is this small, in the unit of the answer; 0: as opened.
        """
        from realpolitik.compiled.about import about  # noqa: PLC0415
        from realpolitik.compiled.sentences import Asked, answer  # noqa: PLC0415
        from realpolitik.compiled.stopping import enough  # noqa: PLC0415
        from realpolitik.language.parser import parse_query  # noqa: PLC0415
        from realpolitik.results.progress import silent  # noqa: PLC0415
        from realpolitik.results.result import Result  # noqa: PLC0415

        asked = parse_query(text)
        if not precision:
            line = answer(Asked(self.ensemble(), asked, text))
            return Result("ask", text, (line.data,), (line.text,), {}, about(self.ensemble()))
        ensemble, error = enough(lambda draws: self.ensemble(draws=draws), asked, precision, told=told or silent)
        line = answer(Asked(ensemble, asked, text))
        reached = "reached" if error <= precision else "NOT reached: this is the largest ensemble tried"
        note = f"Sampling error {error:.2g} (asked: {precision:g}, {reached}) with {ensemble.settings.draws} draws."
        return Result(
            "ask", text, (line.data,), (line.text, note), {}, about(ensemble, precision=precision, error=error)
        )

    def assess(self, told: Callable[[str, int, int], None] | None = None, *, lift: bool = True) -> Assessment:
        """The usual assessment: the situation's own questions in its own order."""
        from realpolitik.analyses.assessment import Ensembles, assessment  # noqa: PLC0415

        ensembles = Ensembles(self.ensemble(), self.foresight(), told or (lambda text, done, total: None), lift)
        return assessment(ensembles)

    def held(self, do: str, secretly: str = "") -> Intervention:
        """What `do(...)` and `do secretly(...)` hold. Raises `ExpressionError` for what cannot be read."""
        from realpolitik.compiled.holds import intervention  # noqa: PLC0415
        from realpolitik.errors import QuestionRefused  # noqa: PLC0415
        from realpolitik.language.expression import Query  # noqa: PLC0415
        from realpolitik.language.parser import parse_query  # noqa: PLC0415

        if not (do or secretly):
            names = [*self.situation.scenarios, *(f"{name}=..." for name in self.situation.options)]
            hint = f"Scenarios and options here: {', '.join(names)}."
            raise QuestionRefused(f"Nothing is done, so nothing is compared. Name a move with --do. {hint}")
        parts = [f"do({do})"] if do else []
        parts += [f"do secretly({secretly})"] if secretly else []
        query = parse_query(f"loser(| {', '.join(parts)})")
        assert isinstance(query, Query)
        return intervention(self.model, query.setting)

    def __repr__(self) -> str:
        situation = self.situation
        return (
            f"Project({situation.title!r}, as of {situation.as_of}: {len(situation.actors)} actors, "
            f"{len(situation.options)} options, {len(situation.factors)} factors, {len(self.claims)} claims)"
        )
