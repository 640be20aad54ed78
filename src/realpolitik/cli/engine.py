"""What every verb that asks the engine has in common: which situation, how many draws, how to print."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterable
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from realpolitik.results.result import Result

SituationName = Annotated[
    str | None,
    typer.Argument(
        metavar="[SITUATION]", help="A .yaml file, a project folder or a bundled project; default: the last run's."
    ),
]
COMMON: dict[str, tuple[Any, Any]] = {
    "state": (Annotated[str | None, typer.Option("--state", help="Which dated state; default: the latest.")], None),
    "judgements": (
        Annotated[list[str] | None, typer.Option("--judgements", help="Lay judgements/NAME.yaml over it.")],
        None,
    ),
    "draws": (Annotated[int, typer.Option("--draws", help="Judgement draws, a power of two.")], 256),
    "seed": (Annotated[int, typer.Option("--seed", help="Same seed, same answers, to the byte.")], 1),
    "depth": (Annotated[int, typer.Option("--depth", help="0: others stay as they are; 1: others reply.")], 0),
    "lookahead": (
        Annotated[
            str,
            typer.Option("--lookahead", help="exact, or quick: a few choices of a thousand differ (decision 0004)."),
        ],
        "exact",
    ),
    "threads": (
        Annotated[int, typer.Option("--threads", help="0: every core. Changes the time, never the answer.")],
        0,
    ),
    "kernel": (Annotated[str, typer.Option("--kernel", help="auto, native, batched or literal.")], "auto"),
    "cache": (Annotated[bool, typer.Option("--cache/--no-cache", help="Keep and reuse finished runs.")], True),
    "as_json": (Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")], False),
}


def verb(body: Callable[..., Any]) -> Callable[..., None]:
    """A command from `body(project, ..., as_json)`: the common options are added, the project is opened."""
    given_by_us = ("project", "as_json")
    own = [_read(item, body) for name, item in inspect.signature(body).parameters.items() if name not in given_by_us]
    parameters = [_parameter("situation", SituationName, None), *own]
    parameters += [_parameter(name, kind, default) for name, (kind, default) in COMMON.items()]

    @wraps(body)
    def command(**given: Any) -> None:
        _shifted(given, own)
        project = _opened(given)
        body(project, as_json=given.pop("as_json"), **{item.name: given[item.name] for item in own})

    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    command.__annotations__ = {item.name: item.annotation for item in parameters}
    return command


def _shifted(given: dict[str, Any], own: list[inspect.Parameter]) -> None:
    """Where the situation is left out (that of the last run), the argument is the verb's own; two in either order."""
    first = next((item.name for item in own if item.name == "line"), None)
    if first is None or not given["situation"]:
        return
    from realpolitik.project.locate import is_situation, meant_as_situation  # noqa: PLC0415

    name, line = given["situation"], given[first]
    if line and is_situation(line) and not is_situation(name):
        given[first], given["situation"] = name, line
    elif not line and not meant_as_situation(name):
        given[first], given["situation"] = name, None


def _read(item: inspect.Parameter, body: Callable[..., Any]) -> inspect.Parameter:
    """A parameter with its annotation as an object (annotations are kept as text until needed)."""
    kind = item.annotation
    read = eval(kind, body.__globals__) if isinstance(kind, str) else kind  # our own source
    return item.replace(annotation=read, kind=inspect.Parameter.KEYWORD_ONLY)


def _parameter(name: str, kind: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)


def _opened(given: dict[str, Any]) -> Any:
    from realpolitik.project import open_project  # noqa: PLC0415  (heavy: only once a question is asked)

    names = ("state", "draws", "seed", "depth", "lookahead", "threads", "kernel", "cache")
    settings = {name: given[name] for name in names}
    return open_project(given["situation"], judgements=tuple(given["judgements"] or ()), **settings)


def show(result: Result, as_json: bool) -> None:
    """Print a result for readers or for programs."""
    if as_json:
        typer.echo(json.dumps(result.as_json(), ensure_ascii=False, indent=1))
        return
    from realpolitik.report.tables import result_text  # noqa: PLC0415

    typer.echo(result_text(result, width()))


AsJson = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]


def tell(lines: Iterable[str], data: Any, as_json: bool) -> None:
    """Print what was done, for readers (`lines`) or for programs (`data`)."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=1) if as_json else "\n".join(lines))


def width() -> int:
    """Columns of the terminal, 96 where there is none; never below 60 nor above 120."""
    import shutil  # noqa: PLC0415

    return max(60, min(120, shutil.get_terminal_size((96, 24)).columns))
