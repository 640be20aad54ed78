"""What each verb prints with --json is what its published schema says, and nothing else."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import json_cases  # noqa: E402
import json_schemas  # noqa: E402

jsonschema = pytest.importorskip("jsonschema")
SILENT = {"mcp", "play", "serve"}
"""Commands that talk with somebody instead of answering (`play --log` writes JSON)."""
FILES = sorted(json_schemas.FOLDER.glob("*.json"))


def test_every_verb_prints_json() -> None:
    commands = json_cases.application().commands
    leaves = {name for name, item in commands.items() if not hasattr(item, "commands")}
    inner = {f"{name} {sub}" for name, item in commands.items() for sub in getattr(item, "commands", ())}
    assert leaves | inner == json_cases.verbs() | SILENT


def test_every_verb_that_prints_json_has_its_schema() -> None:
    written = {path.stem for path in FILES}
    assert written == {json_schemas.file_of(verb)[:-5] for verb in json_cases.verbs() - {"schema"}}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_is_a_schema(path: Path) -> None:
    found = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(found)
    assert found["title"] == f"rpol {path.stem.replace('-', ' ')} --json" or path.stem == "explain-defaults"


def test_rpol_schema_prints_one_and_refuses_what_it_does_not_know() -> None:
    app = json_cases.importlib.import_module("realpolitik.cli.main").app
    json_cases.application()
    told = CliRunner().invoke(app, ["schema", "claims", "test"])
    assert json.loads(told.stdout)["title"] == "rpol claims test --json"
    refused = CliRunner().invoke(app, ["schema", "gain"])
    assert "Did you mean 'gains'?" in str(refused.exception)


def test_a_wrong_answer_would_be_seen() -> None:
    schema = json.loads((json_schemas.FOLDER / "gains.json").read_text(encoding="utf-8"))
    assert not jsonschema.Draft202012Validator(schema).is_valid({"kind": "gains", "rows": [{"gain": "much"}]})


@pytest.fixture(scope="module")
def made() -> tuple[dict[str, Any], dict[str, list[Any]]]:
    return json_schemas.schemas()


@pytest.mark.slow
def test_schemas_and_their_page_are_those_of_the_answers(made: Any) -> None:
    stale = [verb for verb, schema in made[0].items() if _written(verb) != json_schemas.text(schema)]
    assert not stale, "run: make docs"
    assert json_schemas.PAGE.read_text(encoding="utf-8") == json_schemas.page(made[0]), "run: make docs"


@pytest.mark.slow
def test_every_answer_fits_its_schema(made: Any) -> None:
    for verb, answers in made[1].items():
        validator = jsonschema.Draft202012Validator(json.loads(_written(verb)))
        for answer in answers:
            assert not list(validator.iter_errors(answer)), verb


def _written(verb: str) -> str:
    return (json_schemas.FOLDER / json_schemas.file_of(verb)).read_text(encoding="utf-8")
