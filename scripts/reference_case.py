"""Write docs/reference-case.md: the mechanisms of the bundled case, each with its figure and the command that gives it.

python scripts/reference_case.py

Every command of the page is run, through the same entry as `rpol`; what a mechanism fails to show is read from the
strict expected failures of its test module. Same program, same seed, same bytes. Three to four minutes of one core.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shlex
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import fill
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE, ASKED = ROOT / "docs" / "reference-case.md", ROOT / "scripts" / "reference_case.yaml"
TESTS = ROOT / "tests" / "reference" / "mechanisms"
SITUATION, WIDE = "northeast-asia", 116
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Step:
    """A command, what it is about, and the sentences shown of its answer (no `shows`: the first)."""

    label: str
    arguments: tuple[str, ...]
    shows: tuple[str, ...] = ()
    part: str = ""  # "whole" or "rest": the figure of the table, and the same without what carries it

    @property
    def line(self) -> str:
        """The command as it is typed."""
        return shlex.join(("rpol", *self.arguments))


@dataclass(frozen=True)
class Answer:
    """A step and what came of it."""

    step: Step
    sentences: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def figure(self) -> str:
        """The number with two sampling errors, in the answer's own unit."""
        row = self.rows[0]
        unit = {"probability": "", "level": "", "points": " points", "share": ""}[str(row["unit"])]
        digits = 1 if unit else 2
        error = 2 * float(row["sampling_error"])
        value = f"{float(row['value']):+.{digits}f}".replace("+", "" if row["unit"] == "probability" else "+")
        return f"{value.replace('-0.00', '0.00').replace('+0.00', '0.00')} ± {error:.{digits}f}{unit}"


def steps_of(written: Row) -> Iterator[Step]:
    """One entry of the file as the one or two commands it stands for."""
    label = str(written["label"])
    if "run" in written:
        name, *rest = shlex.split(written["run"])
        yield Step(label, (name, SITUATION, *rest), tuple(written.get("shows", ())))
        return
    if "ask" in written:
        yield Step(label, ("ask", SITUATION, "-q", written["ask"]), part="whole" if written.get("figure") else "")
        return
    yield Step(label, ("ask", SITUATION, "-q", question(written, ())), part="whole")
    yield Step("without what carries it", ("ask", SITUATION, "-q", question(written, written["gone"])), part="rest")


def question(written: Row, gone: Iterable[str]) -> str:
    """A question of the kinds `change`, `alone` and `chosen`, in the situation without some entries."""
    settings = [f"under({written['under']})"] if "under" in written else []
    settings += [f'without("{name}")' for name in (*written.get("throughout", ()), *gone)]
    if "chosen" in written:
        return f"P({written['chosen']}{' | ' if settings else ''}{', '.join(settings)})"
    if "alone" in written:
        return f"gain({written['alone']} by itself | {', '.join([held(written['do']), *settings])})"
    close = "]" if written["change"].startswith("E[") else ")"
    ends = (f"{written['change']} | {', '.join([held(written[end]), *settings])}{close}" for end in ("do", "against"))
    return " - ".join(ends)


def held(do: str) -> str:
    """What is done, as a setting."""
    return f"do({do})"


def answered(step: Step) -> Answer:
    """Run a command as it is typed, in an empty folder; stop with what it said if it fails."""
    from typer.testing import CliRunner  # noqa: PLC0415

    began = time.process_time()
    found = CliRunner().invoke(commands(), [*step.arguments, "--json"])
    print(f"{time.process_time() - began:5.1f} s  {step.line[:140]}", file=sys.stderr, flush=True)
    if found.exit_code:
        raise SystemExit(f"{step.line}\n{found.output}")
    data = json.loads(found.stdout)
    rows, sentences = tuple(data.get("rows", ())), [str(text) for text in data["sentences"]]
    shown = [text for text in sentences if any(words in text for words in step.shows)] if step.shows else sentences[:1]
    if not shown:
        raise SystemExit(f"{step.line}\nNone of {step.shows} was said:\n" + "\n".join(sentences))
    return Answer(step, tuple(shown), rows)


@cache
def commands() -> Any:
    """The application with all its verbs."""
    from realpolitik.cli.main import _register, app  # noqa: PLC0415

    _register()
    return app


@dataclass(frozen=True)
class Module:
    """What the test module of a mechanism says of it: its name, what it is, and what it strictly fails to show."""

    path: Path
    name: str
    says: str
    failures: tuple[tuple[str, str], ...]


def module(number: int) -> Module:
    """The module of a mechanism, read without importing it."""
    (path,) = TESTS.glob(f"test_m{number:02d}_*.py")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    name, _, says = (ast.get_docstring(tree) or "").split("\n")[0].partition(": ")
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return Module(path, name, says, tuple((item.name, why) for item in functions for why in reasons(item)))


def reasons(function: ast.FunctionDef) -> Iterator[str]:
    """Why a test is expected to fail."""
    for mark in function.decorator_list:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.xfail":
            given = {word.arg: ast.literal_eval(word.value) for word in mark.keywords}
            if not given["strict"]:
                raise SystemExit(f"{function.name}: an expected failure is strict.")
            yield str(given["reason"])


def block(found: Iterable[Answer]) -> Iterator[str]:
    """Commands and answers as they stand on the page."""
    for answer in found:
        yield f"*{answer.step.label}*"
        yield ""
        yield "```console"
        yield f"$ {answer.step.line}"
        yield from (fill(text, WIDE, break_on_hyphens=False) for text in answer.sentences)
        yield "```"
        yield ""


def mechanism(written: Row, said: Module, found: Sequence[Answer]) -> Iterator[str]:
    """The section of one mechanism."""
    yield f"### {said.name}"
    yield ""
    yield fill(said.says[:1].upper() + said.says[1:], WIDE)
    if written["carrier"]:
        yield f"Carried by: {written['carrier']}."
    yield ""
    yield from block(found)
    for _, why in said.failures:
        yield fill(f"**Not as the documents say.** {why}", WIDE)
        yield ""
    yield f"Tests: `{said.path.relative_to(ROOT)}`"
    yield ""


def line(said: Module, found: Sequence[Answer]) -> str:
    """The row of one mechanism in the table."""
    parts = {answer.step.part: answer for answer in found if answer.step.part}
    whole, rest = (parts[part].figure if part in parts else "" for part in ("whole", "rest"))
    what = parts["whole"].step.label if parts else found[0].step.label
    number = said.name.partition(",")[0]
    shown = "shown" if not said.failures else "in part"
    return (
        f"| [{number}](#{anchor(said.name)}) | {said.name.partition(', ')[2]} | {what} | {whole} | {rest} | {shown} |"
    )


def anchor(heading: str) -> str:
    """The address of a heading within the page."""
    kept = "".join(letter for letter in heading.lower() if letter.isalnum() or letter in " -")
    return kept.replace(" ", "-")


def page(asked: Row, words: Row) -> str:
    """The whole page."""
    every = {key: [[answered(step) for step in steps_of(entry)] for entry in asked[key]] for key in words["sections"]}
    parts = [(entry, module(entry["number"])) for entry in asked["mechanisms"]]
    found = []
    for entry, _ in parts:
        found.append([answered(step) for item in entry["steps"] for step in steps_of(item)])
    failed = sum(bool(said.failures) for _, said in parts)
    out = [words["head"].format(whole=len(parts) - failed, failed=failed).rstrip(), ""]
    out += ["| | mechanism | what is asked | figure | without what carries it | |", "|---|---|---|---|---|---|"]
    out += [line(said, answers) for (_, said), answers in zip(parts, found, strict=True)]
    for key, text in words["sections"].items():
        out += ["", text.rstrip(), "", *block(answer for answers in every[key] for answer in answers)]
    out += [words["details"].rstrip(), ""]
    for (entry, said), answers in zip(parts, found, strict=True):
        out += mechanism(entry, said, answers)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).rstrip() + "\n"


def main() -> int:
    """Write the page, and the picture of the two schools."""
    import two_schools  # noqa: PLC0415
    from ruamel.yaml import YAML  # noqa: PLC0415

    asked = YAML(typ="safe").load(ASKED)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["REALPOLITIK_CACHE"] = str(Path(folder) / "cache")
        os.chdir(folder)
        region = two_schools.write()
        words = {**asked["page"], "head": asked["page"]["head"]}
        words["sections"] = {key: text.format(**region) for key, text in words["sections"].items()}
        PAGE.write_text(page(asked, words), encoding="utf-8")
        os.chdir(ROOT)
    return 0


if __name__ == "__main__":
    sys.exit(main())
