"""From files to a checked `Situation`: layers merged, every section read, every check run, all findings at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from realpolitik.claims.model import Claim
from realpolitik.claims.register_reader import read_register
from realpolitik.claims.written.findings import Collector
from realpolitik.claims.written.nodes import MapNode, Node, shorten
from realpolitik.errors import Finding, InputRefused, did_you_mean
from realpolitik.situation.checks import Facts, run_checks
from realpolitik.situation.context import Context
from realpolitik.situation.digest import digest_of
from realpolitik.situation.keys import SECTION
from realpolitik.situation.model import Situation
from realpolitik.situation.project_files import read_files
from realpolitik.situation.sections.asking import read_checks, read_indicators, read_questions, read_scenarios
from realpolitik.situation.sections.exchanges import read_exchanges
from realpolitik.situation.sections.factors import read_factors
from realpolitik.situation.sections.header import read_author, read_header, read_words
from realpolitik.situation.sections.options import read_options
from realpolitik.situation.sections.parties import read_actors, read_institutions, read_names
from realpolitik.situation.sections.pledges import read_commitments
from realpolitik.situation.sections.relations import read_dependencies, read_influences, read_interests
from realpolitik.situation.sections.rivals import read_hypotheses
from realpolitik.situation.sections.shocks import read_shocks
from realpolitik.situation.symbols import collect


@dataclass(frozen=True)
class Reading:
    """What a check of a file gives: the situation (None where there are errors), the claims, every finding."""

    situation: Situation | None
    claims: dict[str, Claim]
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(item.severity == "error" for item in self.findings)


def check_situation(path: str | Path, *, state: str | None = None, judgements: tuple[str, ...] = ()) -> Reading:
    """What does the file say, and what is wrong with it? Never raises for bad input.

    Args:
        path: a .yaml file, or a project folder with situation.yaml.
        state: a date of states/DATE.yaml (None: the latest; "": none).
        judgements: names of judgements/NAME.yaml laid over it, in this order.
    """
    found = Collector()
    try:
        files = read_files(Path(path), found, state, judgements)
        situation, claims = read_root(files.root, found, files.claims, files.path, files.authors)
    except InputRefused:
        return Reading(None, {}, found.sorted())
    return Reading(None if found.has_errors else situation, claims, found.sorted())


def read_situation(path: str | Path, *, state: str | None = None, judgements: tuple[str, ...] = ()) -> Situation:
    """The situation a file or project folder describes.

    Raises:
        InputRefused: with every finding, where at least one is an error.
    """
    reading = check_situation(path, state=state, judgements=judgements)
    if reading.situation is None:
        raise InputRefused(reading.findings)
    return reading.situation


def read_root(
    root: MapNode,
    found: Collector,
    claims: Node | None = None,
    path: str = "",
    authors: Mapping[str, Node] = MappingProxyType({}),
) -> tuple[Situation, dict[str, Claim]]:
    """The situation of merged nodes, and the claims of a claims file (None: there is none, ids are not checked).

    `authors`: file -> its `judged_by`; what stands in it without a claim is that author's, whatever lies above.
    Findings go to `found`; with errors among them the situation is not to be used.
    """
    ctx = Context(found, collect(root))
    _check_sections(ctx, root)
    ctx.overrides = read_words(ctx, root)
    ctx.judged = read_author(ctx, root)
    ctx.authors = {file: ctx.author(node) for file, node in authors.items()}
    known = {} if claims is None else dict(read_register(claims, found, ctx.overrides).claims)
    situation = _read(ctx, root, known, path)
    run_checks(Facts(situation, ctx, root, None if claims is None else known))
    return situation, known


def _check_sections(ctx: Context, root: MapNode) -> None:
    for key, _ in root:
        if key.value not in SECTION:
            hint = did_you_mean(key.value, SECTION) or f"Known: {', '.join(SECTION)}."
            ctx.found.error(f"'{shorten(key.value)}' is no section.", key.position, hint, "key")


def _read(ctx: Context, root: MapNode, claims: dict[str, Claim], path: str) -> Situation:
    def section(name: str) -> Node | None:
        return root.get(name)

    actors = read_actors(ctx, section("actors"))
    institutions = read_institutions(ctx, section("institutions"))
    factors = read_factors(ctx, section("factors"))
    ctx.ranges = {name: (factor.low, factor.high) for name, factor in factors.items()}
    wants = read_interests(ctx, section("interests"))
    promises, norms = read_commitments(ctx, section("commitments"))
    credences = {name: claim.credence for name, claim in claims.items()}
    return Situation(
        actors=actors,
        institutions=institutions,
        factors=factors,
        options=read_options(ctx, section("options"), institutions),
        exchanges=read_exchanges(ctx, section("exchanges")),
        influences=read_influences(ctx, section("influences")),
        interests=tuple(wants.interests),
        goals=tuple(wants.goals),
        red_lines=tuple(wants.red_lines),
        dependencies=read_dependencies(ctx, section("dependencies")),
        promises=promises,
        norms=norms,
        shocks=read_shocks(ctx, section("shocks")),
        hypotheses=read_hypotheses(ctx, root, institutions),
        scenarios=read_scenarios(ctx, section("scenarios")),
        questions=read_questions(ctx, section("questions")),
        checks=read_checks(ctx, section("checks")),
        indicators=read_indicators(ctx, section("indicators")),
        names=read_names(ctx, section("names")),
        credences=credences,
        judged_by=ctx.judged,
        path=path,
        digest=digest_of(root, credences),
        **read_header(ctx, root),
    )
