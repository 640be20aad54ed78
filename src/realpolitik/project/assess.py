"""`rpol run`: the usual assessment, kept as a run folder.

The folder holds `run.json` (what was run, in PROV words: an activity used the situation and generated the answers),
the assessment as data, and the table of gains. It is written beside its place and renamed, so it is whole or not there,
and is named by its content: the same question of the same situation is answered from it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import platform
import secrets
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from realpolitik import __version__
from realpolitik.project.background import background, judged_claims
from realpolitik.project.locate import LAST
from realpolitik.project.project import FORESIGHT_DRAWS, Project
from realpolitik.results.result import plain
from realpolitik.sources.atomic import atomic

RUNS = Path(".rpol") / "runs"


@dataclass(frozen=True)
class Made:
    """A finished assessment as plain data, where it is kept, and a line that says so."""

    assessment: dict[str, Any]
    folder: Path | None
    note: str


def assess(
    project: Project,
    *,
    told: Callable[[str, int, int], None] | None = None,
    lift: bool = True,
    claims: bool = True,
    out: Path | None = None,
) -> Made:
    """The usual assessment, from its run folder if it is there, else made and kept."""
    key = content_key(project, lift, claims)
    folder = out or RUNS / key[:16]
    kept = _kept(folder, key) if project.store else None
    if kept is None:
        began = time.time()
        kept = project.assess(told, lift=lift).as_json()
        if claims:
            kept |= plain(background(project))
        _keep(project, kept, folder, key, time.time() - began)
    if claims:
        kept |= plain(judged_claims(project, told or quiet))
    _remember(project, folder)
    here = folder if folder.is_dir() else None
    return Made(kept, here, f"Kept in {here}." if here else "Not kept: this folder cannot be written.")


def quiet(text: str, done: int, total: int) -> None:
    """Tell nothing."""


def content_key(project: Project, lift: bool, claims: bool) -> str:
    """What an assessment is made of: model, questions, claims, settings, version."""
    from realpolitik.compiled.fingerprint import code_digest  # noqa: PLC0415

    situation = project.situation
    asked = [text for question in situation.questions for text in question.ask_texts]
    words = [question.text for question in situation.questions]
    names = [situation.title, *(item.name for item in situation.scenarios.values())]
    checks = [item.text for item in situation.checks]
    made_from = (code_digest(), project.model.digest, situation.digest, project.settings.identity)
    parts = (*made_from, asked, words, names, checks, sorted(project.claims), lift, claims)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _kept(folder: Path, key: str) -> dict[str, Any] | None:
    try:
        record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        if record.get("key") != key:
            return None
        found: dict[str, Any] = json.loads((folder / "assessment.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found


def _keep(project: Project, made: dict[str, Any], folder: Path, key: str, took: float) -> None:
    """Write the run folder beside its place and rename it."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary = folder.parent / f".{folder.name}.{secrets.token_hex(8)}"
        temporary.mkdir()
    except OSError:
        return
    try:
        _write(temporary / "assessment.json", made)
        _write(temporary / "run.json", _record(project, key))
        _write(
            temporary / "times.json",
            {"seconds": took, "made": dt.datetime.now(dt.UTC).isoformat(), "on": platform.platform()},
        )
        _gains_table(made, temporary)
        shutil.rmtree(folder, ignore_errors=True)
        os.replace(temporary, folder)
    except OSError:
        shutil.rmtree(temporary, ignore_errors=True)


def _write(path: Path, data: Any) -> None:
    with path.open("w", encoding="utf-8") as file:
        json.dump(data, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())


def _record(project: Project, key: str) -> dict[str, Any]:
    import numpy  # noqa: PLC0415

    settings = project.settings
    return {
        "key": key,
        "activity": {"type": "assessment", "seed": settings.seed, "draws": settings.draws, "depth": settings.depth},
        "foresight": {"draws": min(FORESIGHT_DRAWS, settings.draws), "depth": 1},
        "used": {
            "situation": project.name,
            "situation_sha256": project.situation.digest,
            "model_sha256": project.model.digest,
            "as_of": project.situation.as_of.isoformat(),
        },
        "agent": {"software": "realpolitik", "version": __version__, "numpy": numpy.__version__},
        "generated": ["assessment.json", "gains.parquet"],
    }


def _gains_table(made: dict[str, Any], folder: Path) -> None:
    """The table of gains as Parquet: one row for each scenario and actor."""
    import pandas as pd  # noqa: PLC0415

    rows = [
        {"scenario": move["id"], "actor": actor, "years": made["moves_years"], **numbers}
        for move in made["moves"]
        for actor, numbers in move["gains"].items()
    ]
    pd.DataFrame(rows).to_parquet(folder / "gains.parquet")


def _remember(project: Project, folder: Path) -> None:
    """Let the next command in this folder leave the situation out."""
    try:
        LAST.parent.mkdir(exist_ok=True)
        with atomic(LAST) as temporary:
            where = project.name if not Path(project.name).exists() else str(Path(project.name))
            temporary.write_text(json.dumps({"situation": where, "folder": str(folder)}), encoding="utf-8")
    except OSError:
        return
