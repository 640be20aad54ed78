"""Proposals, claims and the file, in any order, from the workbench and from the command line: nothing is lost."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

pytest.importorskip("starlette")
pytest.importorskip("httpx")

from starlette.testclient import TestClient

from realpolitik.claims.ledger import ClaimsLedger, Step
from realpolitik.claims.proposals import decide
from realpolitik.claims.register_reader import read_register_file
from realpolitik.errors import QuestionRefused
from realpolitik.web.security import house
from realpolitik.web.server import Bench, application
from realpolitik.web.shelf import Shelf
from tests.web.conftest import HOST, TOKEN, project

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)
ME = {"by": "R. Example"}


class Keeping(RuleBasedStateMachine):
    """A project's folder; what it should hold is kept beside it and compared after every step."""

    names = Bundle("names")

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp())
        self.folder = project(self.root)
        self.open: dict[str, str] = {}
        self.accepted: dict[str, str] = {}
        self.steps: list[tuple[str, str]] = []
        self.saved = [(self.folder / "situation.yaml").read_text(encoding="utf-8")]

    @initialize()
    def start(self) -> None:
        """A workbench over the folder; starting again must change nothing."""
        bench = Bench(Shelf(self.root))
        self.client = TestClient(application(bench, house("127.0.0.1", 8000, TOKEN)), base_url=HOST)
        self.client.cookies.set("realpolitik-8000", TOKEN)
        self.client.headers["origin"] = HOST
        self.saved = self.saved[-1:]

    def post(self, path: str, **body: object) -> dict[str, object]:
        answer = self.client.post(f"/api/s/strait/{path}", json=body)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    @rule(target=names, words=WORDS)
    def propose(self, words: str) -> str:
        name = str(self.post("claims/propose", paraphrase=words, **ME)["id"])
        assert name not in self.open
        self.open[name] = words
        self.steps.append((name, "proposed"))
        return name

    @rule(name=names, words=WORDS)
    def edit_in_the_browser(self, name: str, words: str) -> None:
        if name in self.open:
            self.post("claims/decide", id=name, act="edited", paraphrase=words, **ME)
            self.open[name] = words
            self.steps.append((name, "edited"))

    @rule(name=names, words=WORDS)
    def edit_in_the_terminal(self, name: str, words: str) -> None:
        if name in self.open:
            decide(self.folder, name, "edited", "me", {"paraphrase": words})
            self.open[name] = words
            self.steps.append((name, "edited"))

    @rule(name=consumes(names), browser=st.booleans())
    def accept(self, name: str, browser: bool) -> None:
        if browser:
            self.post("claims/decide", id=name, act="accepted", **ME)
        else:
            decide(self.folder, name, "accepted", "me")
        self.accepted[name] = self.open.pop(name)
        self.steps.append((name, "accepted"))

    @rule(name=consumes(names), browser=st.booleans())
    def reject(self, name: str, browser: bool) -> None:
        if browser:
            self.post("claims/decide", id=name, act="withdrawn", **ME)
        else:
            decide(self.folder, name, "withdrawn", "me")
        del self.open[name]
        self.steps.append((name, "withdrawn"))

    @rule()
    def decide_what_is_decided(self) -> None:
        for name in (*self.accepted, "p-999"):
            with pytest.raises(QuestionRefused):
                decide(self.folder, name, "accepted", "me")

    @rule(words=WORDS)
    def save(self, words: str) -> None:
        text = self.saved[0] + f"# {words}\n"
        self.post("file/save", text=text, before=self.saved[-1])
        if text != self.saved[-1]:
            self.saved.append(text)

    @rule()
    def undo(self) -> None:
        answer = self.client.post("/api/s/strait/file/undo", json={})
        assert answer.status_code == (200 if len(self.saved) > 1 else 422)
        del self.saved[max(1, len(self.saved) - 1) :]

    @rule()
    def save_over_somebody_else(self) -> None:
        answer = self.client.post("/api/s/strait/file/save", json={"text": "mine", "before": "something older"})
        assert answer.status_code == 422

    @rule()
    def start_again(self) -> None:
        self.start()

    @invariant()
    def nothing_is_lost(self) -> None:
        read = ClaimsLedger(self.folder).read()
        assert [(step.claim, step.act) for step in read.steps] == self.steps
        assert not read.damaged
        claims = read_register_file(self.folder / "claims.yaml").claims
        assert {key: item.paraphrase for key, item in claims.items() if key in self.accepted} == self.accepted
        assert {"c1", "c2"} <= set(claims) <= {"c1", "c2", *self.accepted}
        assert "this comment must stay" in (self.folder / "claims.yaml").read_text(encoding="utf-8")
        assert (self.folder / "situation.yaml").read_text(encoding="utf-8") == self.saved[-1]

    def teardown(self) -> None:
        shutil.rmtree(self.root)


Keeping.TestCase.settings = settings(
    max_examples=12, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
)
TestKeeping = pytest.mark.slow(Keeping.TestCase)


class Appending(RuleBasedStateMachine):
    """A ledger of steps, torn and tampered with: every whole step stays, in order; the others are named."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.ledger = ClaimsLedger(self.folder)
        self.kept: list[str] = []
        self.harmed = 0

    @rule(words=WORDS)
    def append(self, words: str) -> None:
        self.ledger.append(Step(words, "proposed", "me", "2024-01-05"))
        self.kept.append(words)

    @rule(data=st.binary(min_size=1, max_size=30).filter(lambda data: b"\n" not in data))
    def tear(self, data: bytes) -> None:
        """A writer that died: half a line at the end, where none is yet."""
        text = self.ledger.path.read_bytes() if self.ledger.path.exists() else b""
        self.harmed += not text or text.endswith(b"\n")
        self.ledger.path.write_bytes(text + data)

    @rule()
    def open_anew(self) -> None:
        self.ledger = ClaimsLedger(self.folder)

    @invariant()
    def every_whole_step_is_there(self) -> None:
        read = self.ledger.read()
        assert [step.claim for step in read.steps] == self.kept
        assert len(read.damaged) == self.harmed

    def teardown(self) -> None:
        shutil.rmtree(self.folder)


Appending.TestCase.settings = settings(max_examples=30, stateful_step_count=20, deadline=None)
TestAppending = pytest.mark.slow(Appending.TestCase)
