"""`make demo`: set up, check, compile and run the bundled situation, saying how long each step takes.

Standard library only: it starts before anything is installed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

SITUATION = "northeast-asia"
RPOL = ".venv/bin/rpol"
PYTHON = ".venv/bin/python"
ROOT = Path(__file__).resolve().parent.parent
COMPILE = f"""
import realpolitik as rp
from realpolitik.dynamics.native import available
tables = rp.open({SITUATION!r}).model.tables
kernel = "compiled kernel" if available() else "NumPy kernel (no compiler was found; slower)"
print(f"{{len(tables.actors)}} actors, {{kernel}}")
"""
NEXT = (
    (f"{RPOL} why 1", "what the answer to question 1 rests on, down to who said it"),
    (f"{RPOL} gains {SITUATION} --do 'LINK.nato=direct'", "a what-if of your own: who gains, who loses"),
    (f"{RPOL} report {SITUATION}", "the whole answer as one file that opens offline"),
    (f"{RPOL} walk {SITUATION}", "go through the two documents, paragraph by paragraph"),
    (f"{RPOL} new mycase", "start your own situation; a first answer in about ten minutes"),
    (f"{RPOL} --help", "everything else"),
)


def main() -> int:
    """Run the steps in order; stop at the first that fails, with what it said."""
    os.chdir(ROOT)
    print("Sets up .venv here, then answers the questions of the bundled situation. Runs are kept in .rpol here and in")
    print("your cache folder; nothing is sent. One to three minutes the first time, with the download of packages.\n")
    sys.stdout.flush()
    steps = (
        ("environment", ("make", "--no-print-directory", ".venv/.ready")),
        ("check the situation", (RPOL, "check", SITUATION)),
        ("compile it to tables", (PYTHON, "-c", COMPILE)),
    )
    total = len(steps) + 1
    for number, (name, command) in enumerate(steps, 1):
        code = _quiet_step(f"[{number}/{total}] {name}", command)
        if code:
            return code
    print(f"[{total}/{total}] ask the usual questions ...\n", flush=True)
    began = time.monotonic()
    code = subprocess.run((RPOL, "run", SITUATION), check=False).returncode
    print(f"\n[{total}/{total}] asked the usual questions: {time.monotonic() - began:.1f} s")
    return code or _door()


def _quiet_step(title: str, command: Sequence[str]) -> int:
    """Run one step; print its last line of output and its time. Its whole output is shown only if it fails."""
    print(f"{title} ...", end="", flush=True)
    began = time.monotonic()
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        print(f" failed\n{done.stdout}{done.stderr}", flush=True)
        return done.returncode
    said = done.stdout.strip().splitlines()
    print(f" {said[-1].strip() if said else 'ready'}  ({time.monotonic() - began:.1f} s)", flush=True)
    return 0


def _door() -> int:
    wide = max(len(command) for command, _ in NEXT)
    for number, (command, meaning) in enumerate(NEXT):
        print(f"{'' if number else 'Next':<6}{command:<{wide}}  {meaning}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
