"""What the package promises: names and signatures in Python, codes of findings. Changed knowingly: make docs."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import api_reference  # noqa: E402
import error_catalogue  # noqa: E402

PAGES = sorted(path for path in ROOT.glob("docs/**/*.md") if "decisions" not in path.parts)
SHOWN_TO_DEVELOPERS = {
    "realpolitik.project": "leverage",
    "realpolitik.project.background": "hindcast",
    "realpolitik.project.payoffs": "payoffs",
    "realpolitik.games.classical": "solution concepts",
    "realpolitik.language.quantity": "constant",
}
"""Modules that a page uses in an example though they are not promised."""


def test_python_page_is_what_the_code_says() -> None:
    assert api_reference.PAGE.read_text(encoding="utf-8") == api_reference.page(), "the public interface changed"


def test_a_changed_signature_would_be_seen() -> None:
    def asked(name: str, *, draws: int = 256, **more: object) -> str:
        return name

    assert api_reference.signature("asked", asked) == "asked(name: str, *, draws: int = 256, **more: object) -> str"


@pytest.mark.parametrize("name", api_reference.PUBLIC["realpolitik"])
def test_each_public_name_says_what_it_does(name: str) -> None:
    assert f"realpolitik.{name}`" in api_reference.PAGE.read_text(encoding="utf-8")


def test_pages_import_what_is_promised() -> None:
    texts = (page.read_text(encoding="utf-8") for page in PAGES)
    lines = [line for text in texts for line in re.findall(r"from (realpolitik[\w.]*) import (.+)", text)]
    promised = {(module, name) for module, names in api_reference.PUBLIC.items() for name in names}
    strays = {
        (module, name)
        for module, names in lines
        for name in re.split(r",\s*", names.strip())
        if (module, name) not in promised and module not in SHOWN_TO_DEVELOPERS
    }
    assert not strays


@pytest.mark.slow
def test_page_of_errors_is_what_the_code_says() -> None:
    assert error_catalogue.PAGE.read_text(encoding="utf-8") == error_catalogue.page(), "run: make docs"


@pytest.mark.slow
def test_every_code_of_a_finding_stands_in_the_catalogue() -> None:
    listed = set(re.findall(r"^\| `([\w ]+)` \|", error_catalogue.PAGE.read_text(encoding="utf-8"), flags=re.M))
    assert len(listed) > 60
    assert set(error_catalogue.codes()) <= listed


def test_exit_codes_are_those_of_the_errors() -> None:
    from realpolitik import errors  # noqa: PLC0415

    of_input = {errors.InputRefused.exit_code, errors.ExpressionError.exit_code, errors.RealpolitikError.exit_code}
    assert (errors.QuestionRefused.exit_code, of_input) == (1, {2})
