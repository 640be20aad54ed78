"""The verdicts on a project's claims, kept beside its runs, and judged again when what they rest on has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from realpolitik.sources.atomic import atomic

if TYPE_CHECKING:
    from realpolitik.analyses.verdicts import Verdict
    from realpolitik.project.project import Project

KEPT = Path(".rpol") / "verdicts"
FILES = ("claims.yaml", "facts.yaml")
Told = Callable[[str, int, int], None]


def kept_verdicts(
    project: Project, *, only: Sequence[str] = (), told: Told | None = None, confirm: bool = True
) -> tuple[Verdict, ...]:
    """What does the model say of every claim (of some, `only`)? From what is kept where it is, else judged and kept.

    What was judged before a stop is kept too. Raises `QuestionRefused` for an id that is no claim.
    """
    from realpolitik.analyses.verdicts import verdicts  # noqa: PLC0415

    path = KEPT / f"{_key(project, confirm)[:32]}.json"
    known = _read(path) if project.store else {}
    before = len(known)
    try:
        return verdicts(project, only=only, told=told, confirm=confirm, known=known)
    finally:
        if project.store and len(known) > before:
            _write(path, known)


def all_kept(project: Project) -> bool:
    """True where the verdicts on every check, at the project's own draws, have been made and kept."""
    from realpolitik.analyses.verdicts import check_key  # noqa: PLC0415

    known = _read(KEPT / f"{_key(project, True)[:32]}.json") if project.store else {}
    return all(check_key(check) in known for check in project.situation.checks)


def _key(project: Project, confirm: bool) -> str:
    """Everything a verdict rests on but its own check: code, model, settings, what was said, figures."""
    from realpolitik.analyses.verdicts import folder_of  # noqa: PLC0415
    from realpolitik.compiled.fingerprint import code_digest  # noqa: PLC0415

    files = (folder_of(project) / name for name in FILES)
    written = [hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "" for path in files]
    words = project.situation.digest, project.settings.identity
    return hashlib.sha256(repr((code_digest(), project.model.digest, words, written, confirm)).encode()).hexdigest()


def _read(path: Path) -> dict[str, Verdict]:
    from realpolitik.analyses.verdicts import Verdict  # noqa: PLC0415

    try:
        kept: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        return {name: Verdict.from_json(item) for name, item in kept.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _write(path: Path, known: dict[str, Verdict]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic(path) as temporary:
            temporary.write_text(json.dumps({name: item.as_json() for name, item in known.items()}), encoding="utf-8")
    except OSError:
        return
