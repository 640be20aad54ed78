"""Where a situation is: a path, a bundled project's name, or the last run in this folder."""

from __future__ import annotations

import json
from pathlib import Path

from realpolitik.errors import Finding, InputRefused, did_you_mean

BUNDLED = Path(__file__).resolve().parent.parent / "projects"
LAST = Path(".rpol") / "last.json"


def bundled() -> tuple[str, ...]:
    """Names of the projects that come with the package."""
    if not BUNDLED.is_dir():
        return ()
    return tuple(sorted(item.name for item in BUNDLED.iterdir() if (item / "situation.yaml").is_file()))


def is_situation(name: str) -> bool:
    """True where `name` is a path that exists or a bundled project."""
    return Path(name).exists() or name in bundled()


def meant_as_situation(name: str) -> bool:
    """True where `name` is a situation, or looks like the path or the misspelled name of one.

    >>> meant_as_situation("northeast-aisa"), meant_as_situation("mine.yaml"), meant_as_situation("5.7")
    (True, True, False)
    """
    is_path = "/" in name or name.endswith((".yaml", ".yml"))
    return (
        is_situation(name) or (is_path and "(" not in name) or did_you_mean(name, bundled()).startswith("Did you mean")
    )


def locate(name: str | Path | None) -> Path:
    """The file or folder meant by `name`; None means that of the last run in this folder.

    A path that exists comes first, with or without its `.yaml`, then a bundled project. Raises `InputRefused` with the
    nearest names.
    """
    if name is None:
        return _last()
    path = Path(name)
    for there in (path, path.with_name(f"{path.name}.yaml")) if path.name else (path,):
        if there.exists():
            return there
    if str(name) in bundled():
        return BUNDLED / str(name)
    hint = did_you_mean(path.name, (*bundled(), *_near(path))) or _START
    raise InputRefused([Finding("error", f"There is no file, folder or bundled project '{name}'.", hint=hint)])


_START = "Give a .yaml file, a project folder, or start one with: rpol new NAME"


def _near(path: Path) -> tuple[str, ...]:
    """Names of the situation files in the folder of `path`."""
    folder = path.parent if path.parent.is_dir() else Path()
    return tuple(item.name for item in folder.glob("[!.]*.yaml"))


def _last() -> Path:
    try:
        text = json.loads(LAST.read_text(encoding="utf-8"))["situation"]
        return locate(str(text))
    except (OSError, ValueError, KeyError, TypeError):
        hint = f"Name one, for example: rpol run {bundled()[0] if bundled() else 'mycase.yaml'}"
        raise InputRefused(
            [Finding("error", "No situation given, and none was run in this folder.", hint=hint)]
        ) from None
