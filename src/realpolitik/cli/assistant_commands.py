"""`rpol mcp`: the situation's answers for an assistant, over the Model Context Protocol, read only."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any

import typer

from realpolitik.errors import QuestionRefused, RealpolitikError

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

    from realpolitik.project.assistant import Desk

TOOLS = {
    "list": "Which situations are here: parties, options, factors, how to ask, and their own questions by number.",
    "ask": "Answer a question of a situation: its number, or an expression. Sentences with likelihood word, number, "
    "interval and trace.",
    "why": "What carries a gain, a loser, an option or a factor: entries, and the claims or judgements behind them.",
    "claims": "Who said what, with hedge and grade; `about`: words the claim contains; `page` from 1.",
}


def server(desk: Desk) -> MCPServer[Any]:
    """The server over a desk: four tools, all read only.

    Raises `QuestionRefused` without the extra `mcp`.
    """
    try:
        from mcp.server.mcpserver import MCPServer  # noqa: PLC0415
        from mcp.types import ToolAnnotations  # noqa: PLC0415
    except ImportError:
        raise QuestionRefused("This needs the package mcp (2.0 or later): pip install 'realpolitik[mcp]'") from None
    from realpolitik import __version__  # noqa: PLC0415
    from realpolitik.project.assistant import HEED  # noqa: PLC0415

    made: MCPServer[Any] = MCPServer("realpolitik", instructions=HEED, version=__version__)
    marks = ToolAnnotations(read_only_hint=True, idempotent_hint=True, destructive_hint=False, open_world_hint=False)
    bodies: dict[str, Callable[..., str]] = {
        "list": desk.situations,
        "ask": desk.ask,
        "why": desk.why,
        "claims": desk.claims,
    }
    for name, body in bodies.items():
        made.add_tool(_refusing(body), name=name, description=TOOLS[name], annotations=marks, structured_output=False)
    return made


def _refusing(body: Callable[..., str]) -> Callable[..., str]:
    """The same, its refusals said to the assistant as they stand."""
    from mcp.server.mcpserver.exceptions import ToolError  # noqa: PLC0415

    @wraps(body)
    def told(*args: Any, **more: Any) -> str:
        try:
            return body(*args, **more)
        except RealpolitikError as problem:
            raise ToolError(str(problem)) from None

    return told


def mcp(
    situations: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SITUATION...]", help="What is answered for; default: that of the last run here."),
    ] = None,
    draws: Annotated[int, typer.Option("--draws", help="Judgement draws, a power of two.")] = 256,
    seed: Annotated[int, typer.Option("--seed", help="Same seed, same answers.")] = 1,
) -> None:
    """Serve answers to an assistant over MCP (standard input and output), read only.

    For example `rpol mcp mycase` as the command of a server in the assistant's settings.
    """
    from realpolitik.project.assistant import desk  # noqa: PLC0415

    server(desk(situations or (), draws, seed)).run("stdio")


def register(app: typer.Typer) -> None:
    """Add the verb `mcp`."""
    app.command(name="mcp")(mcp)
