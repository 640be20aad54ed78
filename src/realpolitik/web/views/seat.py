"""The seat: one party's options and what it may know; the whole game comes with every request, nothing is kept here."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from realpolitik.errors import QuestionRefused
from realpolitik.project.play import Game
from realpolitik.project.rulings import Umpire
from realpolitik.results.result import plain
from realpolitik.web.state import listed, mapping, text

MOST_TURNS = 60


def turn(bench: Any, request: Request, body: dict[str, Any]) -> Any:
    """The next turn: options, what each seat sees, and what was ruled in the turn before; at the end the debrief."""
    desk = bench.shelf.desk(request.path_params["key"])
    game, choices = _game(desk, body)
    game.check(choices)
    umpire = Umpire(game)
    over = len(choices) >= len(game.turns) or body.get("end") is True
    told_to = game.seats[0] if len(game.seats) == 1 else ""
    return plain({
        "turn": len(choices) + 1, "turns": len(game.turns),
        "date": game.model.calendar.date_of(game.turns[min(len(choices), len(game.turns) - 1)]).isoformat(),
        "offers": [] if over else game.offers(choices),
        "sees": {seat: game.sees(seat, choices) for seat in game.seats},
        "log": umpire.rulings(len(choices) - 1, choices, told_to=told_to) if choices else [],
        "debrief": umpire.debrief(choices) if over and choices else None,
    })  # fmt: skip


def _game(desk: Any, body: dict[str, Any]) -> tuple[Game, list[dict[str, str]]]:
    seats = tuple(text(item, "seat", 60) for item in listed(body.get("seats"), "seats"))
    world = body.get("world", 0)
    if isinstance(world, bool) or not isinstance(world, int):
        raise QuestionRefused("'world' is a whole number.")
    choices = [_choice(item) for item in listed(body.get("choices"), "choices")]
    return Game(desk.project, seats, world), choices


def _choice(given: Any) -> dict[str, str]:
    return {text(name, "option"): text(level, "level") for name, level in mapping(given, "choice").items()}


VIEWS = (("/api/s/{key}/seat", "POST", turn),)
