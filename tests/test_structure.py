"""The house rules: sizes, docstrings, layers, one owner for each library, nothing of the reference case in code."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import realpolitik

from .source_tree import PACKAGE, ROOT, Module, code_lines, modules, spoken

if TYPE_CHECKING:
    from realpolitik.situation.model import Situation

LONGEST_FUNCTION = 50
LONGEST_MODULE = 400
DECISION = ROOT / "docs" / "decisions" / "0001-layers-and-libraries.md"
IMPORTED_AS = {"pyyaml": "yaml"}
every_module = pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)


@cache
def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


# Sizes and docstrings


@every_module
def test_no_module_is_too_long(module: Module) -> None:
    assert len(module.text.splitlines()) <= LONGEST_MODULE


@every_module
def test_no_function_is_too_long(module: Module) -> None:
    long = {node.name: code_lines(node) for node in module.functions() if code_lines(node) > LONGEST_FUNCTION}
    assert not long


@every_module
def test_what_is_public_says_what_it_is(module: Module) -> None:
    silent = [node.name for node in module.public() if not ast.get_docstring(node)]
    assert ast.get_docstring(module.tree)
    assert not silent


# Layers


def test_layers_hold_and_leave_nothing_out() -> None:
    contracts = pyproject()["tool"]["importlinter"]["contracts"]
    layers = [item for item in contracts if item["type"] == "layers"]
    assert layers
    assert all(item["exhaustive"] and not item.get("ignore_imports") for item in layers)
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    line = (sys.executable, "-c", command, "--no-logo", "--no-cache")
    done = subprocess.run(line, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_layer_is_a_folder_or_module_of_the_package() -> None:
    (contract,) = (item for item in pyproject()["tool"]["importlinter"]["contracts"] if item["type"] == "layers")
    declared = {name.strip("() ") for layer in contract["layers"] for name in re.split(r"[|:]", layer)}
    present = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    assert declared == present - {"__init__"}


# Libraries


@cache
def owners() -> dict[str, tuple[str, ...]]:
    """Library -> the places that may import it, from the table of the decision (`-` where none does)."""
    table = DECISION.read_text(encoding="utf-8").partition("## Libraries")[2]
    rows = re.findall(r"^\| `([\w.-]+)` \| ([^|]+) \|", table, flags=re.M)
    return {IMPORTED_AS.get(library, library): tuple(re.findall(r"`([\w/.]+)`", places)) for library, places in rows}


def outside() -> Iterator[tuple[str, Module]]:
    """Every import of a library that is neither ours nor the standard one."""
    known = {"realpolitik", *sys.stdlib_module_names}
    return ((name, module) for module in modules() for name in module.imported if name not in known)


def test_each_library_is_imported_by_its_owners_only() -> None:
    strays = {
        f"{module.name} imports {library}"
        for library, module in outside()
        if not module.name.startswith(owners().get(library, ()))
    }
    assert not strays, f"not in the table of {DECISION.name}"


def test_each_owner_does_import_its_library() -> None:
    users = {(library, module.name) for library, module in outside()}
    idle = {
        (library, place)
        for library, places in owners().items()
        for place in places
        if not any(used == library and name.startswith(place) for used, name in users)
    }
    assert not idle


def test_each_dependency_has_a_line_in_the_decision() -> None:
    project = pyproject()["project"]
    optional = project["optional-dependencies"]
    needed = [*project["dependencies"], *(item for name, group in optional.items() if name != "dev" for item in group)]
    declared = {re.split(r"[<>=!~\[; ]", item)[0].partition(".")[0] for item in needed}
    assert {IMPORTED_AS.get(name, name) for name in declared} == set(owners())


# The reference case


SPEAKS_OF_STATES = ("sources/", "claims/facts/")
"""Readers of documents and of official tables know states, capitals and currencies by name; ids they may not know."""
BY_CHANCE = frozenset({"PACT", "SMALL"})
"""Ids of the reference case that are words of every example and of plain code."""


@cache
def reference_ids() -> frozenset[str]:
    """Ids of the bundled projects that could not stand in code by chance: with capitals, a dot or an underscore."""
    found = (key for situation in _situations() for key in _ids(situation))
    return frozenset(key for key in found if not re.fullmatch("[a-z]+", key)) - BY_CHANCE


@cache
def reference_names() -> frozenset[str]:
    """Names, leaders and aliases of whatever is named there, if they begin with a capital."""
    found = (name for situation in _situations() for name in _names(situation))
    return frozenset(name for name in found if name[:1].isupper())


def _situations() -> Iterator[Situation]:
    from realpolitik.situation.reader import check_situation  # noqa: PLC0415

    for project in sorted(PACKAGE.glob("projects/*")):
        situation = check_situation(project).situation
        assert situation is not None, f"{project.name} cannot be read"
        yield situation


def _ids(situation: Situation) -> Iterator[str]:
    yield Path(situation.path).parent.name
    groups = (situation.actors, situation.institutions, situation.options, situation.factors, situation.scenarios)
    for group in (*groups, situation.shocks, situation.names):
        yield from group


def _names(situation: Situation) -> Iterator[str]:
    for item in (*situation.actors.values(), *situation.institutions.values()):
        yield from (item.name, *item.aliases, getattr(item, "leader", ""))
    for item in situation.names.values():
        yield from item.aliases


def found_in(module: Module, words: frozenset[str], *, docstrings: bool) -> set[tuple[int, str]]:
    """Line and word of each of `words` that the module says."""
    either = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w-])(?:{either})(?![\w-])")
    return {(line, hit) for line, text in spoken(module, docstrings=docstrings) for hit in pattern.findall(text)}


def test_the_reference_case_gives_words_to_look_for() -> None:
    assert len(reference_ids()) > 100
    assert len(reference_names()) > 50


@every_module
def test_no_id_of_the_reference_case_is_in_code(module: Module) -> None:
    assert not found_in(module, reference_ids(), docstrings=True)


@every_module
def test_no_name_of_the_reference_case_is_in_code(module: Module) -> None:
    if not module.name.startswith(SPEAKS_OF_STATES):
        assert not found_in(module, reference_names(), docstrings=False)


# Names the world may use


def test_public_names_are_pinned() -> None:
    assert sorted(realpolitik.__all__) == ["Project", "__version__", "compile", "open", "read"]


@pytest.mark.parametrize("name", realpolitik.__all__)
def test_public_names_can_be_had(name: str) -> None:
    assert getattr(realpolitik, name)


def test_one_version_everywhere() -> None:
    version = realpolitik.__version__
    assert pyproject()["project"]["version"] == version
    assert f"version: {version}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
