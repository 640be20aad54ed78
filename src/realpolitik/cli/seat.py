"""A game in the terminal: what the seat sees, its options by number, what was ruled, and the look back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from realpolitik.cli.engine import width
from realpolitik.language.likelihood import describe
from realpolitik.language.sentences import signed
from realpolitik.results.result import plain

if TYPE_CHECKING:
    from realpolitik.project.play import Game
    from realpolitik.project.rulings import Umpire

SHOWN = 12
STOP = ("q", "quit", "end")


def played(game: Game, turns: int, log: Path | None) -> None:
    """Play until the turns are over, or the player stops; then look back, and keep the log where one is wanted."""
    from realpolitik.project.rulings import Umpire  # noqa: PLC0415

    umpire, choices, told = Umpire(game), list[dict[str, str]](), list[Any]()
    before: dict[str, float] = {}
    while len(choices) < min(turns, len(game.turns)):
        before = _picture(game, choices, before)
        choice = _asked(game, choices)
        if choice is None:
            break
        choices.append(choice)
        told.append(_ruled(umpire, choices))
    debrief = umpire.debrief(choices) if choices else {"seats": [], "turns": []}
    _looked_back(debrief, _dated(game))
    if log is not None:
        record = {"seats": game.seats, "world": game.world, "choices": choices, "rulings": told, "debrief": debrief}
        log.write_text(json.dumps(plain(record), ensure_ascii=False, indent=1), encoding="utf-8")
        typer.echo(f"Log  {log}")


def _picture(game: Game, choices: list[dict[str, str]], before: Mapping[str, float]) -> dict[str, float]:
    """What each seat sees: the factors that moved most since the turn before, and what it only believes."""
    number = len(choices)
    date = game.model.calendar.date_of(game.turns[number])
    typer.echo(f"\n{date}   turn {number + 1} of {len(game.turns)}   {' and '.join(game.seats)}")
    known: dict[str, float] = {}
    for seat in game.seats:
        rows = game.sees(seat, choices)["factors"]
        known |= {row["id"]: row["value"] for row in rows}
        rows.sort(key=lambda row: -abs(row["value"] - before.get(row["id"], row["value"])))
        typer.echo(f"  What {seat} sees{' (what moved most first)' if before else ''}:")
        for row in rows[:SHOWN]:
            moved = row["value"] - before.get(row["id"], row["value"])
            change = f"  {moved:+.2f}" if abs(moved) >= 0.005 else ""
            believed = "  (believed, not seen)" if row["believed"] else ""
            typer.echo(f"    {row['name'][: width() - 36]:<{width() - 36}} {row['value']:8.2f}{change}{believed}")
    return known


def _asked(game: Game, choices: list[dict[str, str]]) -> dict[str, str] | None:
    """The player's decisions for one turn; None to stop. Enter keeps what is."""
    typer.echo("  Your options (Enter keeps; q stops and looks back):")
    chosen: dict[str, str] = {}
    for offer in game.offers(choices):
        if not offer["joint"] and len(offer["levels"]) < 2:
            continue
        answer = _one(offer)
        if answer is None:
            return None
        if answer:
            chosen[offer["id"]] = answer
    return chosen


def _one(offer: Mapping[str, Any]) -> str | None:
    """One option: a level, "" for what is kept (or, jointly, what the others decide), None to stop."""
    levels = list(offer["levels"])
    told = "  ".join(f"{number} {_priced(offer, level)}" for number, level in enumerate(levels, 1))
    with_others = f" with {', '.join(offer['parties'])}; Enter: as the others decide" if offer["joint"] else ""
    while True:
        words = f"    {offer['name']} (now {offer['now']}{with_others}): {told}"
        try:
            given = str(typer.prompt(words, default="", show_default=False)).strip()
        except (EOFError, typer.Abort):
            return None
        if given.lower() in STOP:
            return None
        if given.isdecimal() and 1 <= int(given) <= len(levels):
            return str(levels[int(given) - 1])
        if not given or given in levels:
            return given
        typer.echo(f"      Give a number from 1 to {len(levels)}.")


def _priced(offer: Mapping[str, Any], level: str) -> str:
    price = offer["prices"].get(level)
    return f"{level} ({price:.1f} points)" if price else level


def _ruled(umpire: Umpire, choices: list[dict[str, str]]) -> list[dict[str, Any]]:
    """Tell what happened in the turn just played, as far as the seat can see it; the whole log comes back."""
    seats = umpire.game.seats
    shown = _dated(umpire.game)
    rows = umpire.rulings(len(choices) - 1, choices, told_to=seats[0] if len(seats) == 1 else "")
    typer.echo("  What happened:" if rows else "  Nothing that you can see happened.")
    for row in rows:
        who = ", ".join(row["by"])
        likely = "your decision" if row["seat"] else describe(row["odds"])
        typer.echo(f"    {row['date'][:shown]}  {who}: {row['words']} (was {row['before']}); {likely}")
        for reason in row["why"][:1]:
            typer.echo(f"             {reason}")
    return rows


def _dated(game: Game) -> int:
    """How much of a date is shown: the month, or the day where periods are days or weeks."""
    return 10 if game.model.calendar.days else 7


def _looked_back(debrief: Mapping[str, Any], shown: int) -> None:
    typer.echo("\nLooking back" if debrief["seats"] else "\nNothing was played.")
    for seat in debrief["seats"]:
        typer.echo(
            f"  {seat['name']}: {signed(seat['here'])} points in this world against the model in the same seat, "
            f"{signed(seat['on_average'])} on average over {debrief['worlds']} worlds."
        )
    for row in debrief["turns"]:
        typer.echo(f"  {row['date'][:shown]}  you: {row['chosen']}; the model: {row['model']}, {describe(row['odds'])}")
