"""The facade's questions about pairs and groups: leverage, deterrence, alignment, wedges, coalitions, rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from realpolitik.errors import QuestionRefused
from realpolitik.project.explain import sourced
from realpolitik.results.progress import silent

if TYPE_CHECKING:
    from realpolitik.project.project import Project
    from realpolitik.results.progress import Told
    from realpolitik.results.result import Result


def leverage(project: Project, *, years: float | None = None, told: Told = silent) -> Result:
    """Who has leverage over whom?"""
    from realpolitik.analyses.leverage import leverage as found  # noqa: PLC0415

    return sourced(project, found(project.ensemble(), years, told))


def deterrence(project: Project, move: str, response: str, *, actor: str = "", years: float | None = None) -> Result:
    """Is a move deterred by a response? Both as in `do(...)`."""
    from realpolitik.analyses.deterrence import deterrence as found  # noqa: PLC0415

    held = (project.held(move), project.held(response))
    return sourced(project, found(project.ensemble(), *held, actor=actor, years=years))


def threats(project: Project, *, years: float | None = None, told: Told = silent) -> Result:
    """Do the threats that the file writes, promises that answer a move of somebody else, keep the others from it?

    Raises `QuestionRefused` where it writes none.
    """
    from dataclasses import replace  # noqa: PLC0415

    from realpolitik.analyses.deterrence import threats as written  # noqa: PLC0415
    from realpolitik.results.progress import each  # noqa: PLC0415

    pairs = written(project.situation)
    if not pairs:
        raise QuestionRefused(
            "No promise in this file answers somebody else's move, so it writes no threat. "
            "Name a move and a response: --move AAA.arm=on --response BBB.cut=on."
        )
    found = [
        (pair, deterrence(project, *pair, actor=_owner(project, pair[0]), years=years))
        for pair in each(pairs, told, lambda pair: f"{pair[0]} against {pair[1]}")
    ]
    rows = tuple({"move": move, "response": answer, **row} for (move, answer), one in found for row in one.rows)
    sentences = tuple(text for _, one in found for text in (f"{one.question}", *one.sentences))
    first = found[0][1]
    return replace(
        first,
        question="Do the threats written here deter?",
        rows=rows,
        sentences=sentences,
        arrays={},
        trace=tuple(item for _, one in found for item in one.trace),
        sources=tuple({str(item): item for _, one in found for item in one.sources}.values()),
    )


def _owner(project: Project, move: str) -> str:
    """Who is to be deterred: the first of those who make the move together."""
    return project.situation.options[move.partition("=")[0]].owners[0]


def alignment(project: Project, *, years: float | None = None, told: Told = silent) -> Result:
    """Whose interests overlap?"""
    from realpolitik.analyses.alignment import alignment as found  # noqa: PLC0415

    return sourced(project, found(project.ensemble(), years, told))


def wedges(project: Project, partners: tuple[str, ...], *, years: float | None = None, told: Told = silent) -> Result:
    """Where do partners part, and what splits them?"""
    from realpolitik.analyses.wedges import wedges as found  # noqa: PLC0415

    return sourced(project, found(project.ensemble(), partners, years, told))


def coalitions(
    project: Project, agreement: str = "", *, candidate: str = "", years: float | None = None, wait: float = 1.5
) -> Result:
    """What is an agreement worth, who blocks or leaves it, whom to add? Default: the first joint option, at its top."""
    from realpolitik.analyses.coalitions import coalitions as found  # noqa: PLC0415

    held = project.held(agreement or first_agreement(project))
    return sourced(project, found(project.ensemble(), held, candidate=candidate, years=years, wait=wait))


def first_agreement(project: Project) -> str:
    """The joint option that most questions and scenarios hold, else the first."""
    joint = [item for item in project.situation.options.values() if len(item.owners) > 1]
    if not joint:
        raise QuestionRefused("There is no joint option here, so there is no agreement to value.")
    asked = " ".join(text for question in project.situation.questions for text in question.ask_texts)
    best = max(joint, key=lambda item: asked.count(f"do({item.id}"))
    return f"{best.id}={best.levels[-1]}"


def balance(
    project: Project,
    left: tuple[str, ...],
    right: tuple[str, ...],
    metric: str,
    *,
    year: int | None = None,
    cooperation: tuple[float | None, float | None] = (None, None),
    exponent: float = 1.0,
) -> Result:
    """What share of a named capability does each of two lists have? From `facts.yaml`."""
    from realpolitik.analyses.balance import Bloc  # noqa: PLC0415
    from realpolitik.analyses.balance import balance as found  # noqa: PLC0415
    from realpolitik.claims.facts.reader import read_facts_file  # noqa: PLC0415

    folder = project.path if project.path.is_dir() else project.path.parent
    facts = read_facts_file(folder / "facts.yaml")
    if not facts.facts:
        raise QuestionRefused("A balance needs figures: write a facts.yaml beside the situation.")
    blocs = (Bloc(left, cooperation[0]), Bloc(right, cooperation[1]))
    return found(facts, *blocs, metric, year=year, m=exponent)


def norms(project: Project, *, do: str = "", years: float | None = None) -> Result:
    """Which rules are broken, and who keeps its word?"""
    from realpolitik.analyses.norms import norms as found  # noqa: PLC0415

    return sourced(project, found(project.ensemble(), project.held(do) if do else None, years))


def contingencies(project: Project, *, years: float | None = None) -> Result:
    """If it came to it, would it hold, with and without help?"""
    from realpolitik.analyses.contingencies import contingencies as found  # noqa: PLC0415

    return sourced(project, found(project.ensemble(), years))
