"""The page on the format says what the code does: its tables are made from it, its examples are read."""

import re
from pathlib import Path

from realpolitik.claims.reader import read_claims
from realpolitik.claims.written.findings import Collector
from realpolitik.claims.written.yaml_text import read_text
from realpolitik.situation.reader import read_root
from realpolitik.situation.reference import spliced

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "situation-format.md"


def test_tables_are_up_to_date():
    page = PAGE.read_text(encoding="utf-8")
    assert spliced(page) == page


def test_examples_are_read():
    situation, claims = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    found = Collector()
    read_root(read_text(situation, found), found)
    read_claims(read_text(claims, found), found)
    assert not found.has_errors, "\n".join(map(str, found.sorted()))
