"""What is forced, written into the situation's file as a scenario; every comment and line that was there stays."""

from __future__ import annotations

import re
from typing import Any

from starlette.requests import Request

from realpolitik.claims.claim_text import scalar
from realpolitik.compiled.model import Model
from realpolitik.dynamics.tables import Held, Hold
from realpolitik.errors import QuestionRefused
from realpolitik.web import files
from realpolitik.web.shelf import Entry
from realpolitik.web.state import read_state, text


def save(bench: Any, request: Request, body: dict[str, Any]) -> Any:
    """Add the scenario; a bundled situation is copied first, and the scenario goes into the copy."""
    key = request.path_params["key"]
    entry: Entry = bench.shelf.entry(key)
    name = " ".join(text(body.get("name"), "name", 60).split())
    model = bench.shelf.desk(key).model
    holds = read_state(model, {"hold": body.get("hold")}).holds
    if not name or not holds:
        raise QuestionRefused("A scenario needs a name and at least one thing that is forced.")
    made = with_scenario(files.read(entry), identifier(name, model.situation.scenarios), name, lines(model, holds))
    reading = files.checked(entry, made)
    if reading.errors:
        raise QuestionRefused(f"The scenario cannot be written: {next(iter(reading.findings))}")
    if entry.own:
        files.save(bench.shelf, entry, made)
        return {"key": key, "name": name, "file": entry.file.name}
    copied = files.copy(bench.shelf, entry, _free(bench, f"my-{key}"), made)
    return {"key": copied, "name": name, "file": f"{copied}/situation.yaml"}


def _free(bench: Any, name: str) -> str:
    """A key that is free: the name, else with a number."""
    taken = bench.shelf.entries()
    base = re.sub(r"[^a-z0-9-]", "-", name.lower())[:34]
    return next(item for item in (base, *(f"{base}-{i}" for i in range(2, 1000))) if item not in taken)


def identifier(name: str, taken: Any) -> str:
    """A name as an id of the file.

    >>> identifier("If they cut it!", {})
    'if_they_cut_it'
    """
    base = re.sub(r"\W+", "_", name.lower(), flags=re.ASCII).strip("_") or "scenario"
    base = base if base[0].isalpha() else f"s_{base}"
    return next(item for item in (base, *(f"{base}_{i}" for i in range(2, 1000))) if item not in taken)


def lines(model: Model, holds: tuple[Hold, ...]) -> dict[str, list[str]]:
    """What is held openly and secretly, in the words of the file, with dates."""
    found: dict[str, list[str]] = {}
    for hold in holds:
        found.setdefault("do secretly" if hold.secret else "do", []).append(_line(model, hold))
    return found


def _line(model: Model, hold: Hold) -> str:
    tables, calendar = model.tables, model.calendar
    if hold.held is Held.OPTION:
        words = f"{tables.options[hold.index]}={tables.levels[hold.index][int(hold.value)]}"
    elif hold.held is Held.SHOCK:
        words = f"shock {tables.shocks[hold.index]}"
    else:
        factor = model.situation.factors[tables.factors[hold.index]]
        words = f"{factor.id}={factor.low + hold.value * (factor.high - factor.low):.6g}"
    start = f" from {calendar.date_of(hold.start)}" if hold.start else ""
    end = f" until {calendar.date_of(hold.end)}" if hold.end >= 0 else ""
    return words + start + end


def with_scenario(written: str, key: str, name: str, held: dict[str, list[str]]) -> str:
    """The file with one scenario more, at the end of its section (or the section at the end of the file).

    >>> file = "scenarios:  # what if\\n  a:\\n    do: X.y\\n\\nchecks:\\n"
    >>> print(with_scenario(file, "b", "B", {"do": ["X.z=on"]}), end="")
    scenarios:  # what if
      a:
        do: X.y
      b:
        name: B
        do:
          - X.z=on
    <BLANKLINE>
    checks:
    """
    end_of_line = "\r\n" if "\r\n" in written else "\n"
    rows = written.replace("\r\n", "\n").split("\n")
    block = [f"  {key}:", f"    name: {scalar(name)}"]
    for kind, entries in held.items():
        block += [f"    {kind}:", *(f"      - {entry}" for entry in entries)]
    start = next((number for number, row in enumerate(rows) if re.match(r"scenarios:\s*(#.*)?$", row)), None)
    if start is None:
        made = [*_stripped(rows), "", "scenarios:", *block, ""]
    else:
        end = _end(rows, start)
        made = [*rows[:end], *block, *rows[end:]]
    return end_of_line.join(made)


def _stripped(rows: list[str]) -> list[str]:
    while rows and not rows[-1].strip():
        rows = rows[:-1]
    return rows


def _end(rows: list[str], start: int) -> int:
    """The line after the last of a section: comments and blank lines before the next section belong to that one."""
    end = start + 1
    for number in range(start + 1, len(rows)):
        if re.match(r"[^\s#]", rows[number]):
            break
        if rows[number].strip() and (rows[number].startswith(" ")):
            end = number + 1
    return end


VIEWS = (("/api/s/{key}/scenario", "POST", save),)
