"""Situations as games: `rpol stability`, `paths`, `inverse` of a situation."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from realpolitik.cli.conflict_shared import keep
from realpolitik.cli.engine import show
from realpolitik.errors import Finding, InputRefused, QuestionRefused, did_you_mean

if TYPE_CHECKING:
    from realpolitik.conflicts.model import Conflict
    from realpolitik.project import Project
    from realpolitik.results.result import Result


@dataclass(frozen=True)
class Given:
    """Which situation, on how many draws."""

    file: Path | None
    draws: int = 256
    seed: int = 1
    dated: str | None = None

    def opened(self) -> Project:
        """The project; raises what `open_project` raises."""
        from realpolitik.project import open_project  # noqa: PLC0415

        return open_project(self.file, state=self.dated, draws=self.draws, seed=self.seed)


@dataclass(frozen=True)
class Asked:
    """What is asked of its joint outcomes."""

    focal: str
    outcome: str
    convention: str
    responding: bool
    switches: bool
    effects: bool
    picture: Path | None = None


def names(text: str) -> tuple[str, ...]:
    """The parts of a list with commas (or `&`)."""
    return tuple(part.strip() for part in text.replace("&", ",").split(",") if part.strip())


def stability(given: Given, asked: Asked, as_json: bool) -> None:
    """Print which joint outcomes of a situation hold."""
    from realpolitik.cli.progress import Progress  # noqa: PLC0415

    project = given.opened()
    with Progress() as progress:
        result = project.stability(
            names(asked.focal),
            outcome="" if asked.outcome.strip() == "as now" else asked.outcome,
            convention=asked.convention,
            responding=asked.responding,
            switches=asked.switches,
            effects=asked.effects,
            told=progress.told,
        )
    if asked.picture:
        _draw(result, asked.picture)
    show(result, as_json)


def _draw(result: Result, path: Path) -> None:
    """Keep the picture of moves. Raises `QuestionRefused` where there is nothing to draw."""
    from realpolitik.report.joint_picture import of_situation, picture_file  # noqa: PLC0415

    figure = of_situation(result.about["picture"])
    if figure is None:
        raise QuestionRefused("There is one outcome only: nothing to draw.")
    keep(path, picture_file(figure, path.suffix))


def inverse(
    given: Given, wanted: str, focal: str, concepts: tuple[str, ...], *, draw: int | None, free: bool, as_json: bool
) -> None:
    """Print what an outcome would need, over draws and exactly; options left out are free, or as now."""
    from realpolitik.project.needed import SENSES, needed  # noqa: PLC0415

    show(needed(given.opened(), wanted, names(focal), concepts or SENSES, draw, free=free), as_json)


def paths(given: Given, focal: str, to: str, as_json: bool) -> None:
    """Print the ways from today, over draws."""
    from realpolitik.project.ways import ways  # noqa: PLC0415

    show(ways(given.opened(), names(focal), to), as_json)


def conflict(given: Given, focal: str, states: tuple[str, ...], draw: int | None) -> tuple[Conflict, tuple[str, ...]]:
    """The conflict of a situation, and the labels of the states described (an empty one stays empty).

    A description that leaves options out means the state that differs least from the status quo.
    """
    project = given.opened()
    described = ",".join(item for item in states if item and item != "as now")
    found = project.conflict(names(focal), outcome=options_in(described), draw=draw)
    return found, tuple(label(found, text) for text in states)


def options_in(described: str) -> str:
    """Descriptions of states as a list of options, each once (levels left to `label`)."""
    return ", ".join(dict.fromkeys(part.partition("=")[0] for part in names(described)))


def label(found: Conflict, text: str) -> str:
    """The label of the state that a description means."""
    if not text or text in found.labels:
        return text
    wanted = dict(_level(found, part) for part in names(text))
    now = found.states[found.status_quo or 0].vectors[0]
    fits = [s for s in found.states if all(s.vectors[0][k] == level for k, level in wanted.items())]
    if not fits:
        message = f"No feasible joint state is '{text}'."
        raise InputRefused([Finding("error", message, hint="What it requires does not hold at the start.")])
    return min(fits, key=lambda s: sum(a != b for a, b in zip(s.vectors[0], now, strict=True))).label


def _level(found: Conflict, part: str) -> tuple[int, int]:
    name, _, level = (piece.strip() for piece in part.partition("="))
    known = [option.name for option in found.options]
    if name not in known:
        raise InputRefused([Finding("error", f"'{name}' is no option in the game.", hint=did_you_mean(name, known))])
    k = known.index(name)
    levels = found.options[k].levels
    if not level:
        return k, len(levels) - 1
    if level not in levels:
        message = f"'{level}' is no level of {name}; its levels are {', '.join(levels)}."
        raise InputRefused([Finding("error", message, hint=did_you_mean(level, levels))])
    return k, levels.index(level)
