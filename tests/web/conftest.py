from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("starlette")
pytest.importorskip("httpx")

from starlette.testclient import TestClient

from realpolitik.web.desk import Desk
from realpolitik.web.security import house
from realpolitik.web.server import Bench, application
from realpolitik.web.shelf import Shelf

CASES = Path(__file__).parent.parent / "cases"
TOKEN = "test-token-0123456789"
HOST = "http://127.0.0.1:8000"
CLAIMS = """# Written for the tests; this comment must stay.
claims:
  c1:
    paraphrase: Aland may be arming.  # and this one
    speaker: R. Example
    hedge: may
  c2:
    paraphrase: The patron pays.
    speaker: R. Example
"""


def project(folder: Path, name: str = "strait") -> Path:
    """A project folder of the user's own."""
    made = folder / name
    made.mkdir()
    shutil.copyfile(CASES / "strait.yaml", made / "situation.yaml")
    (made / "claims.yaml").write_text(CLAIMS, encoding="utf-8")
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    project(tmp_path)
    return tmp_path


@pytest.fixture
def bench(folder: Path) -> Bench:
    return Bench(Shelf(folder))


@pytest.fixture
def stranger(bench: Bench) -> Iterator[TestClient]:
    """A client that does not know the token."""
    with TestClient(application(bench, house("127.0.0.1", 8000, TOKEN)), base_url=HOST) as client:
        yield client


@pytest.fixture
def client(stranger: TestClient) -> TestClient:
    """A page of ours: token in the cookie, our origin."""
    stranger.cookies.set("realpolitik-8000", TOKEN)
    stranger.headers["origin"] = HOST
    return stranger


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("desk")
    project(folder)
    return Shelf(folder).desk("strait")
