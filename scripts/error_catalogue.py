"""Write docs/reference/errors.md: exit codes, and every kind of finding with an example of what it says.

    python scripts/error_catalogue.py

The examples come from the malformed files of the tests (`tests/situation/bad`); kinds without one there are listed with
the modules that find them.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "realpolitik"
PAGE = ROOT / "docs" / "reference" / "errors.md"
BAD = ROOT / "tests" / "situation" / "bad"
HEAD = """\
# Errors and exit codes

Made from the program by `scripts/error_catalogue.py`; do not edit by hand.

## Exit codes

One rule for every command:

| Code | When | What is printed |
|---|---|---|
| 0 | it did what was asked; notes may have been told | the answer on standard output |
| 1 | the question was refused; `fmt --check`, `check --strict` found something; nothing can be written | the reason |
| 2 | the input is wrong: a file, an expression, an option | every finding: place, what was given, what to do |
| 3 | a defect of this program | one line to report; `REALPOLITIK_DEBUG=1` shows everything |
| 130 | interrupted; what was finished is kept | how to go on |

In Python 1 is `QuestionRefused`, 2 is `InputRefused` (its `findings` hold everything at once) or `ExpressionError`;
all are `RealpolitikError` from `realpolitik.errors`. Nothing else leaves the public interface.

```python
>>> import realpolitik as rp
>>> from realpolitik.errors import InputRefused
>>> try:
...     rp.read("nowhere.yaml")
... except InputRefused as refused:
...     print(refused.findings[0].severity, refused.findings[0].message)
error cannot be read: No such file or directory.

```

## Findings

Every finding has a severity (`error`: nothing runs; `note`: it runs, and should be known), a message, a position, a
hint and a code. The code is the kind of finding and stays what it is; messages may be reworded. `rpol check --json`
prints all of it.

| Code | Says, for example | And advises |
|---|---|---|

"""


def page() -> str:
    """The whole page."""
    examples = dict(_examples())
    others = {code: places for code, places in codes().items() if code not in examples}
    rows = [f"| `{code}` | {_cell(message)} | {_cell(hint)} |" for code, (message, hint) in sorted(examples.items())]
    more = [f"| `{code}` | {', '.join(map('`{}`'.format, sorted(found)))} |" for code, found in sorted(others.items())]
    tail = "\n## Findings of other files\n\nClaims, figures, documents, ledgers, whatever needs more than one file.\n"
    return "\n".join((HEAD.rstrip("\n"), *rows, tail, "| Code | Found by |\n|---|---|", *more, ""))


def _examples() -> Iterator[tuple[str, tuple[str, str]]]:
    """Code -> message and hint: of each code the shortest message that has a hint, if any has one."""
    from realpolitik.situation.reader import check_situation  # noqa: PLC0415

    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for path in sorted(BAD.glob("*.yaml")):
        for item in check_situation(path).findings:
            found[item.code].append((item.message, item.hint))
    for code, said in found.items():
        yield code, min(said, key=lambda pair: (not pair[1], len(pair[0]), pair))


@cache
def codes() -> dict[str, set[str]]:
    """Every code written in the package, with the modules that use it."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted(PACKAGE.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call):
                for code in _codes(call):
                    found[code].add(path.relative_to(PACKAGE).with_suffix("").as_posix())
    return dict(found)


def _codes(call: ast.Call) -> Iterator[str]:
    """The code a call gives a finding: its keyword `code`, or the last of the positional ones."""
    name = ast.unparse(call.func)
    place = 4 if name.endswith("Finding") else 3 if name.endswith((".error", ".note")) else None
    written = [item.value for item in call.keywords if item.arg == "code"]
    written += call.args[place : place + 1] if place is not None else []
    if place is not None or name.endswith("refuse"):
        yield from (str(item.value) for item in written if isinstance(item, ast.Constant) and item.value)


def _cell(text: str) -> str:
    return " ".join(text.replace(f"{BAD.as_posix()}/", "").split()).replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
