"""The package's modules as text and syntax trees, for tests that hold the code to its rules."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "realpolitik"
Function = ast.FunctionDef | ast.AsyncFunctionDef
Documented = Function | ast.ClassDef


@dataclass(frozen=True)
class Module:
    """One source file."""

    path: Path

    @property
    def name(self) -> str:
        """Its place below the package, as in `dynamics/tables.py`."""
        return self.path.relative_to(PACKAGE).as_posix()

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    def functions(self) -> Iterator[Function]:
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def public(self) -> Iterator[Documented]:
        """Public functions and classes of the module, and the public methods of its public classes."""
        for node in _named(self.tree.body):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _named(node.body)

    @cached_property
    def imported(self) -> frozenset[str]:
        """Top-level names of everything imported anywhere in the module, type-checking blocks left out."""
        return frozenset(_imports(self.tree))


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the package, in order of path."""
    return tuple(Module(path) for path in sorted(PACKAGE.rglob("*.py")))


def code_lines(function: Function) -> int:
    """Lines of a function from its `def` to its end, its docstring and blank lines left out."""
    first = function.body[0]
    has_docstring = ast.get_docstring(function, clean=False) is not None
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if has_docstring else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - docstring


def without_examples(docstring: str) -> str:
    """A docstring without its doctest examples and what they print."""
    kept, inside = [], False
    for line in docstring.splitlines():
        inside = line.lstrip().startswith(">>>") or (inside and bool(line.strip()))
        if not inside:
            kept.append(line)
    return "\n".join(kept)


def spoken(module: Module, *, docstrings: bool = True) -> Iterator[tuple[int, str]]:
    """Identifiers and texts of a module with their lines; comments and docstring examples are left out.

    `docstrings` false: texts of docstrings too are left out.
    """
    explaining = {id(node.body[0].value) for node in ast.walk(module.tree) if _has_docstring(node)}
    for node in ast.walk(module.tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in explaining:
                yield line, node.value
            elif docstrings:
                yield line, without_examples(node.value)
        for field in ("id", "attr", "arg", "name"):
            value = getattr(node, field, None)
            if isinstance(value, str):
                yield line, re.sub(r"_+", " ", value)


def _named(body: list[ast.stmt]) -> Iterator[Documented]:
    found = (node for node in body if isinstance(node, Documented) and not node.name.startswith("_"))
    return (node for node in found if "overload" not in map(ast.unparse, node.decorator_list))


def _has_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Module | ast.ClassDef | Function) and ast.get_docstring(node) is not None


def _imports(node: ast.AST) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING"):
            continue
        if isinstance(child, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in child.names)
        elif isinstance(child, ast.ImportFrom) and child.level == 0:
            yield str(child.module).partition(".")[0]
        elif isinstance(child, ast.Call) and ast.unparse(child.func).endswith("import_module"):
            yield from (str(item.value).partition(".")[0] for item in child.args[:1] if isinstance(item, ast.Constant))
        yield from _imports(child)
