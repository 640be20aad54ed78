"""What each verb costs: CPU seconds and wall, cold after `rpol run`, and asked once more.

    python benchmarks/verbs/measure.py [SITUATION] [--only NAME ...] [--again]

Each verb is a process of its own in one empty folder, at its default size. `rpol run` goes first, so that the runs all
verbs share are on disk; a verb's own runs are not, the first time. CPU seconds count every thread and child; wall
depends on what else the machine does, so its load is printed with the table.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ASKED = "gain(CHN at 3 years | do(scenario trio))"
MOVE = ("--move", "exchange shells for re-entry technology", "--actor", "RUS", "--response", "CHN.energy=stop")
VERBS: dict[str, tuple[str, ...]] = {
    "run": ("run", "@"),
    "check": ("check", "@"),
    "futures": ("futures", "@"),
    "gains": ("gains", "@", "--do", "trio"),
    "compare": ("compare", "@", "--do", "trio"),
    "ask": ("ask", "@", "-q", ASKED),
    "ask, replies foreseen": ("ask", "@", "--depth", "1", "-q", "P(RUS.reentry=given by 3 years)"),
    "null": ("null", "@", "-q", "loser(at 3 years | do(TRIO.institution=institutionalised))"),
    "why": ("why", "@", "1"),
    "hindcast": ("hindcast", "@"),
    "claims": ("claims", "@"),
    "assumptions": ("assumptions", "@"),
    "coverage": ("coverage", "@"),
    "walk": ("walk", "@"),
    "find": ("find", "@", "China"),
    "leverage": ("leverage", "@"),
    "deterrence": ("deterrence", "@", *MOVE),
    "alignment": ("alignment", "@"),
    "wedges": ("alignment", "@", "--partners", "RUS,PRK,CHN"),
    "coalitions": ("coalitions", "@"),
    "balance": ("balance", "@", "--lists", "USA,KOR,JPN:CHN,RUS,PRK", "--metric", "military size"),
    "norms": ("norms", "@"),
    "contingencies": ("contingencies", "@"),
    "policy": ("policy", "@", "--for", "USA"),
    "information": ("information", "@", "--actor", "USA", "--plans", "scenario trio; scenario engage_and_deter"),
    "sensitivity": ("sensitivity", "@", "1"),
    "flip": ("flip", "@", "1"),
    "discover": ("discover", "@", "gain(CHN at 3 years | do(scenario trio)) < -20"),
    "premortem": ("premortem", "@"),
    "diff": ("diff", "@", "@2023-09-15"),
    "hypotheses": ("hypotheses", "@"),
    "indicators": ("indicators", "@"),
    "assimilate": ("assimilate", "@", "--state", "2023-09-15"),
    "stability": ("stability", "@"),
    "paths": ("paths", "@"),
    "inverse": ("inverse", "@", "--outcome", "RUS.reentry=given"),
    "export": ("export", "@", "--as", "graphml"),
    "report": ("report", "@"),
}


@dataclass(frozen=True)
class Cost:
    """CPU seconds and wall of one process, and how it ended."""

    cpu: float
    wall: float
    code: int


def main() -> None:
    """Print a row for each verb as it ends."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("situation", nargs="?", default="northeast-asia")
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--again", action="store_true", help="ask each once more, its own runs kept")
    asked = parser.parse_args()
    wanted = dict.fromkeys(["run", *(name for name in VERBS if name in (asked.only or VERBS))])
    print("| verb | CPU s | wall s | load |\n|---|---|---|---|" if not asked.again else HEAD)
    with tempfile.TemporaryDirectory() as folder:
        for name in wanted:
            print(*_cells(name, asked.situation, Path(folder), asked.again), sep=" | ", flush=True)


HEAD = "| verb | CPU s | wall s | again, CPU s | load |\n|---|---|---|---|---|"


def _cells(name: str, situation: str, folder: Path, again: bool) -> Iterator[str]:
    first = cost(VERBS[name], situation, folder)
    yield f"| `{name}`" + (f" (exit {first.code})" if first.code else "")
    yield f"{first.cpu:.1f}"
    yield f"{first.wall:.1f}"
    if again:
        yield f"{cost(VERBS[name], situation, folder).cpu:.1f}"
    yield f"{os.getloadavg()[0]:.1f} |"


def cost(words: tuple[str, ...], situation: str, folder: Path) -> Cost:
    """What one command costs, `@` standing for the situation."""
    name = str(Path(situation).resolve()) if Path(situation).exists() else situation
    command = str(Path(sys.executable).parent / "rpol")
    line = [command, *(name if word == "@" else word for word in words)]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    code = subprocess.run(line, cwd=folder, capture_output=True, check=False).returncode
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, time.perf_counter() - began, code)


if __name__ == "__main__":
    main()
