"""Write docs/reference/python.md: the public names of the package, their signatures and what their docstrings say.

    python scripts/api_reference.py

`PUBLIC` is the promise: what stands in it is under the rules of docs/explanation/public-interface.md. A test compares
the page with the code, so a changed signature is seen as a changed page.
"""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "python.md"
PUBLIC = {
    "realpolitik": ("open", "read", "compile", "Project"),
    "realpolitik.results.result": ("Result", "Labelled"),
    "realpolitik.errors": (
        "RealpolitikError", "InputRefused", "QuestionRefused", "ExpressionError", "Finding", "Position",
    ),
    "realpolitik.situation": ("check_situation", "read_situation"),
    "realpolitik.situation.builder": ("Builder",),
    "realpolitik.language.parser": ("parse_term", "parse_event", "parse_query"),
    "realpolitik.language.likelihood": ("describe", "band_of", "band_for"),
    "realpolitik.claims.credence": ("credence",),
    "realpolitik.sources.reading": ("read_document", "Limits"),
    "realpolitik.sources.attribution.extract": ("extract",),
    "realpolitik.project.report": ("report_data",),
    "realpolitik.report.page.page": ("page",),
    "realpolitik.conflicts.reader": ("read_conflict", "parse_conflict"),
    "realpolitik.conflicts.writer": ("conflict_to_json",),
    "realpolitik.analyses.stability": ("analyse", "StabilityResult"),
    "realpolitik.compiled.scores": ("brier", "wilson"),
}  # fmt: skip
HEAD = """\
# Python

Made from the docstrings by `scripts/api_reference.py`; do not edit by hand. What stands here is the public interface:
how it may change, and when, is said in [what is promised](../explanation/public-interface.md). Everything else can be
imported and may change at any time.

`import realpolitik as rp` costs nothing; libraries of numbers are imported when a question is asked. One object has a
verb for each question, and each answer is a [result](json.md) that prints as sentences.
"""


LONGEST = 80
"""Parameters of more characters stand each on a line of its own."""


def page() -> str:
    """The whole page."""
    return "\n".join((HEAD, *(_module(name, names) for name, names in PUBLIC.items())))


def _module(name: str, names: tuple[str, ...]) -> str:
    module = importlib.import_module(name)
    return "\n".join((f"## {name}\n", *(_entry(name, key, getattr(module, key)) for key in names)))


def _entry(module: str, name: str, item: Any) -> str:
    what = "class " if inspect.isclass(item) else ""
    head = f"### `{what}{module.rpartition('.')[2]}.{name}`\n\n{_code(signature(name, item))}\n\n{described(item)}"
    return head + ("".join(_member(key, member) for key, member in members(item)) if what else "")


def _member(name: str, member: Any) -> str:
    """A method or a property of a class."""
    if isinstance(member, property):
        return f"**`.{name}`** {described(member.fget)}"
    return f"{_code(signature(name, member))}\n\n{described(member)}"


def members(owner: type) -> Iterator[tuple[str, Any]]:
    """The public methods and properties that the class itself defines."""
    for name, member in vars(owner).items():
        if not name.startswith("_") and (inspect.isfunction(member) or isinstance(member, property)):
            yield name, member


def signature(name: str, item: Callable[..., Any]) -> str:
    """The name with parameters and defaults as they are written; types without the paths of their modules."""
    if inspect.isclass(item) and "__init__" not in vars(item):
        return name
    given = inspect.signature(item)
    kept = [one for one in given.parameters.values() if one.name != "self" and not one.name.startswith("_")]
    written = list(_parameters(kept))
    shown = ", ".join(written)
    if len(shown) > LONGEST:
        shown = "\n    " + ",\n    ".join(written) + ",\n"
    back = given.return_annotation
    back = "" if back is inspect.Signature.empty or inspect.isclass(item) else back
    return f"{name}({shown})" + (f" -> {_kind(back)}" if back else "")


def _parameters(kept: list[inspect.Parameter]) -> Iterator[str]:
    """Parameters, with the marks of positional-only and keyword-only ones."""
    for before, one in zip([None, *kept], kept, strict=False):
        if before and before.kind is one.POSITIONAL_ONLY and one.kind is not one.POSITIONAL_ONLY:
            yield "/"
        if one.kind is one.KEYWORD_ONLY and (not before or before.kind not in (one.KEYWORD_ONLY, one.VAR_POSITIONAL)):
            yield "*"
        star = {one.VAR_POSITIONAL: "*", one.VAR_KEYWORD: "**"}.get(one.kind, "")
        kind = "" if one.annotation is one.empty else f": {_kind(one.annotation)}"
        default = "" if one.default is one.empty else f" = {_default(one.default)}"
        yield f"{star}{one.name}{kind}{default}"


def _kind(annotation: Any) -> str:
    text = annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
    return re.sub(r"\b(?:[a-z_]+\.)+(?=[A-Z])", "", text)


def _default(value: Any) -> str:
    if value is dataclasses.MISSING or "factory" in repr(value):
        return "..."
    return repr(value) if not inspect.isclass(value) else value.__name__


def described(item: Any) -> str:
    """The docstring as Markdown: paragraphs, examples indented as code."""
    text = inspect.cleandoc(inspect.getdoc(item) or "")
    return "".join(_paragraph(part) for part in text.split("\n\n") if part.strip())


def _paragraph(part: str) -> str:
    if ">>>" in part or part.startswith(" "):
        return "\n".join(f"    {line}" for line in part.splitlines()) + "\n\n"
    lines = [line.strip() for line in part.splitlines()]
    listed = [f"- {line}" if line != lines[0] and lines[0].endswith(":") else line for line in lines]
    text = "\n\n".join((lines[0], "\n".join(listed[1:]))) if listed != lines else "\n".join(lines)
    return text.replace("<", "&lt;").replace("*", "\\*") + "\n\n"


def _code(text: str) -> str:
    return f"```text\n{text}\n```"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
