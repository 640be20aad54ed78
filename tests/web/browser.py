"""A running workbench and a real browser for end-to-end tests; skipped where there is no Chromium."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from realpolitik.web.run import listening
from realpolitik.web.security import house
from realpolitik.web.server import Bench, application
from realpolitik.web.shelf import Shelf

from .conftest import TOKEN

uvicorn = pytest.importorskip("uvicorn")
playwright = pytest.importorskip("playwright.sync_api")

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
)
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip
PATIENCE = 15_000


@contextmanager
def running(folder: Path, **settings: Any) -> Iterator[str]:
    """The workbench of a folder on a free port; its link."""
    opened = listening("127.0.0.1", 0)
    port = opened.getsockname()[1]
    guarded = application(Bench(Shelf(folder, **settings)), house("127.0.0.1", port, TOKEN))
    server = uvicorn.Server(uvicorn.Config(guarded, log_level="error", ws="none", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [opened]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}/?token={TOKEN}"
    finally:
        server.should_exit = True
        thread.join(10)


class Visit:
    """A page of the workbench, with everything it asked of the network and every complaint of the browser."""

    def __init__(self, page: Any, link: str) -> None:
        self.page, self.link = page, link
        self.root = link.partition("?")[0]
        self.asked: list[str] = []
        self.complaints: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.goto(link)

    def view(self, key: str, view: str) -> None:
        """Go to a view by its address."""
        self.page.evaluate("hash => { location.hash = hash }", f"#/{key}/{view}")
        self.page.wait_for_selector(f'#nav a[data-view="{view.partition("?")[0]}"][aria-current="page"]')

    def answered(self) -> None:
        """Wait until the last change is answered and refined."""
        self.page.wait_for_selector('main[aria-busy="false"]')

    @property
    def outside(self) -> list[str]:
        """What was asked of other hosts."""
        return [url for url in self.asked if not url.startswith((self.root, "data:"))]


@contextmanager
def browsing(link: str, **given: Any) -> Iterator[Visit]:
    """A fresh browser at a link."""
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(viewport={"width": 1400, "height": 950}, **given)
        try:
            yield Visit(context.new_page(), link)
        finally:
            browser.close()
