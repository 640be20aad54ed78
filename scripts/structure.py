"""Print how the package is built: sizes, docstrings, names that nothing speaks of, functions written twice.

    python scripts/structure.py

The figures are those of `tests/test_figures_of_structure.py`, which holds them to their bounds.
"""

from __future__ import annotations

import ast
import re
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.source_tree import Function, Module, code_lines, modules  # noqa: E402

CALLED_BY_OTHERS = re.compile(r"@|^test_|^__|^visit_|^handle_")
TWIN_LINES = 5


@dataclass(frozen=True)
class Figures:
    """Numbers about the whole package; lines of functions are code lines without docstrings."""

    modules: int
    module_median: float
    module_longest: int
    functions: int
    function_median: float
    function_longest: int
    documented: float


def figures() -> Figures:
    """Sizes, and the share of public names with a docstring; modules that only gather names count in no median."""
    sizes = [len(item.text.splitlines()) for item in modules()]
    whole = [len(item.text.splitlines()) for item in modules() if item.path.name != "__init__.py"]
    lines = [code_lines(node) for item in modules() for node in item.functions()]
    public = [node for item in modules() for node in item.public()]
    said = sum(ast.get_docstring(node) is not None for node in public) / len(public)
    return Figures(
        len(sizes), statistics.median(whole), max(sizes), len(lines), statistics.median(lines), max(lines), said
    )


@cache
def _spoken() -> Counter[str]:
    """How often each identifier is said in the package: names, attributes, imports, words of strings."""
    said: Counter[str] = Counter()
    for item in modules():
        said.update(re.findall(r"[A-Za-z_]\w*", item.text))
    return said


def unspoken() -> Iterator[str]:
    """Module-level functions and classes, and methods, that nothing in the package names again.

    What a decorator registers, and what a grammar, a visitor or a library calls by name, is left out.
    """
    for item in modules():
        for node, inside in _defined(item):
            if _spoken()[node.name] == 1 and not node.decorator_list and not inside:
                yield f"{item.name}: {node.name}"


def _defined(item: Module) -> Iterator[tuple[Function | ast.ClassDef, bool]]:
    """Functions and classes of a module; whether a library calls them (methods of a class with a foreign base)."""
    for node in item.tree.body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("__"):
            yield node, False
        if isinstance(node, ast.ClassDef):
            foreign = bool(node.bases)
            yield from (
                (inner, foreign) for inner in node.body if isinstance(inner, Function) and inner.name[:2] != "__"
            )


def twins() -> list[list[str]]:
    """Functions of TWIN_LINES lines or more that are the same but for their names, docstrings and types."""
    alike: dict[tuple[type, ...], list[tuple[str, Function]]] = defaultdict(list)
    for item in modules():
        for node in item.functions():
            if code_lines(node) >= TWIN_LINES:
                alike[_outline(node)].append((f"{item.name}: {node.name}", node))
    found: dict[str, list[str]] = defaultdict(list)
    for group in alike.values():
        for place, node in group if len(group) > 1 else ():
            found[_shape(node)].append(place)
    return sorted(places for places in found.values() if len(places) > 1)


def _outline(node: Function) -> tuple[type, ...]:
    """Kinds of the syntax nodes of its body: equal in twins, quickly told."""
    body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
    return tuple(type(inner) for part in body for inner in ast.walk(part) if not isinstance(inner, ast.arg))


class _Anonymous(ast.NodeTransformer):
    """Local names become numbers in order of appearance, types go."""

    def __init__(self, local: set[str]) -> None:
        self.local, self.numbers = local, {}  # type: ignore[var-annotated]

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id in self.local:
            node.id = f"v{self.numbers.setdefault(node.id, len(self.numbers))}"
        return node

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.arg = f"v{self.numbers.setdefault(node.arg, len(self.numbers))}"
        node.annotation = None
        return node


def _shape(node: Function) -> str:
    copy = ast.parse(ast.unparse(node)).body[0]
    assert isinstance(copy, Function)
    local = {item.arg for item in ast.walk(copy) if isinstance(item, ast.arg)}
    local |= {item.id for item in ast.walk(copy) if isinstance(item, ast.Name) and isinstance(item.ctx, ast.Store)}
    copy.name, copy.returns, copy.decorator_list = "f", None, []
    if ast.get_docstring(copy) is not None:
        copy.body = copy.body[1:] or [ast.Pass()]
    return ast.dump(_Anonymous(local).visit(copy))


def main() -> None:
    """Print all of it."""
    found = figures()
    print(f"{found.modules} modules, median {found.module_median:g} lines, longest {found.module_longest}")
    print(f"{found.functions} functions, median {found.function_median:g} lines, longest {found.function_longest}")
    print(f"{found.documented:.1%} of public names have a docstring")
    print("named nowhere else:", *unspoken(), sep="\n  ")
    print("the same twice:", *(" = ".join(places) for places in twins()), sep="\n  ")


if __name__ == "__main__":
    main()
