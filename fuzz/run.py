"""Feed one reader mutated input for some seconds, and say how far it came.

    python fuzz/run.py TARGET SECONDS      python fuzz/run.py --list

An exception that is no refusal does not end the run: its input is kept under fuzz/crashes/TARGET (once for each kind of
exception and line), and so is one that took over `SLOW` seconds of processor time. Mended, it moves to fuzz/found.
"""

from __future__ import annotations

import hashlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from fuzz.targets import TARGETS, harm  # noqa: E402

CRASHES = Path(__file__).resolve().parent / "crashes"
SLOW = 2.0
ENDLESS = 8.0
"""Seconds of processor time after which an input is given up."""


def main(name: str, seconds: str = "60") -> int:
    """Run the fuzzer in a process of its own and tell its last words."""
    if name not in TARGETS:
        print("Targets:", ", ".join(TARGETS))
        return 0 if name == "--list" else 2
    target = TARGETS[name]
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder)
        for data in target.seeds():
            (corpus / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
        words = corpus.with_name(f"{corpus.name}.dict")
        words.write_text("".join(f'"{word}"\n' for word in target.words), encoding="utf-8")
        command = [sys.executable, __file__, "--inside", name, str(corpus), f"-max_total_time={seconds}",
                   f"-max_len={target.longest}", "-rss_limit_mb=2048", "-timeout=60", "-print_final_stats=1",
                   f"-artifact_prefix={folder}/", *([f"-dict={words}"] if target.words else [])]  # fmt: skip
        done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, errors="replace")
        words.unlink()
        grown = len(list(corpus.iterdir()))
    print(summary(name, done.stderr + done.stdout, grown))
    return 0 if "DONE" in done.stderr or "Done" in done.stderr else done.returncode


def summary(name: str, log: str, grown: int) -> str:
    """One line: executions, coverage, corpus, what was kept."""
    runs = re.findall(r"(?:stat::number_of_executed_units: *|Done )(\d+)", log)
    reached = re.findall(r"cov: (\d+) ft: (\d+)", log)
    first, last = (reached[0], reached[-1]) if reached else (("?", "?"), ("?", "?"))
    kept = len(list((CRASHES / name).glob("*"))) if (CRASHES / name).is_dir() else 0
    end = "" if runs else f"  ENDED EARLY: {log.strip().splitlines()[-1:]}"
    return (f"{name}: {runs[-1] if runs else '?'} executions, edges {first[0]} -> {last[0]}, features {last[1]}, "
            f"corpus {grown}, inputs kept {kept}{end}")  # fmt: skip


def inside(name: str, corpus: str, arguments: list[str]) -> None:
    """The fuzzing process: instrument the package, then mutate until the time is over."""
    import atheris  # noqa: PLC0415

    with atheris.instrument_imports(include=["realpolitik", "pypdf"]):
        target = TARGETS[name]
        for data in target.seeds():
            harm(target, data)
    seen: set[str] = set()
    signal.signal(signal.SIGVTALRM, _too_long)

    def one(data: bytes) -> None:
        start = time.process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, ENDLESS)
        problem = harm(target, data)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        took = time.process_time() - start
        if problem is not None:
            keep(name, data, fingerprint(problem), seen)
        elif took > SLOW:
            keep(name, data, "slow", seen)

    atheris.Setup([sys.argv[0], corpus, *arguments], one)
    atheris.Fuzz()


def _too_long(number: int, frame: object) -> None:
    raise TimeoutError(f"over {ENDLESS} seconds")


def fingerprint(problem: BaseException) -> str:
    """Kind of exception and the line of ours it came from.

    >>> fingerprint(ValueError("x"))
    'ValueError'
    """
    ours = [item for item in traceback.extract_tb(problem.__traceback__) if "realpolitik" in item.filename]
    return f"{type(problem).__name__}" + (f"-{Path(ours[-1].filename).stem}-{ours[-1].lineno}" if ours else "")


def keep(name: str, data: bytes, kind: str, seen: set[str]) -> None:
    """Write the first input of each kind of harm."""
    if kind in seen:
        return
    seen.add(kind)
    folder = CRASHES / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / kind).write_bytes(data)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        inside(sys.argv[2], sys.argv[3], sys.argv[4:])
    else:
        sys.exit(main(*(sys.argv[1:] or ["--list"])))
