"""The engine's room: few at a time, the newest drag first, and whoever left is not waited for.

A `job` is a generator of parts that runs in a thread; its parts are streamed as they come, and what it tells of
progress. A new job of the same tab stops the one before (it asks `cancel` between blocks of draws), and beyond a number
of jobs nobody else is let in.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from realpolitik.dynamics.engine import RunCancelledError
from realpolitik.errors import RealpolitikError

Part = dict[str, Any]
Tell = Callable[[Part], None]
Job = Callable[[threading.Event, Tell], Iterator[Part]]
MOST_JOBS = 16


class BusyError(RealpolitikError):
    """More is asked than can be answered now."""


@dataclass
class Room:
    """Threads for the engine, and the jobs in them by tab; long jobs have their own, so no drag waits for them."""

    workers: int = 2
    most: int = MOST_JOBS
    jobs: dict[str, threading.Event] = field(default_factory=dict)
    waiting: int = 0

    def __post_init__(self) -> None:
        self.pool = ThreadPoolExecutor(self.workers, thread_name_prefix="engine")
        self.long = ThreadPoolExecutor(1, thread_name_prefix="long")

    def enter(self, tab: str) -> threading.Event:
        """A place for a tab's newest job; its older one is told to stop. Raises `BusyError` where there is none."""
        older = self.jobs.pop(tab, None)
        if older is not None:
            older.set()
        if self.waiting >= self.most:
            raise BusyError("Too much is asked at once; try again in a moment.")
        cancel = self.jobs[tab] = threading.Event()
        self.waiting += 1
        return cancel

    def leave(self, tab: str, cancel: threading.Event) -> None:
        """The job is over, or its reader has gone."""
        cancel.set()
        self.waiting -= 1
        if self.jobs.get(tab) is cancel:
            del self.jobs[tab]

    async def stream(
        self, tab: str, cancel: threading.Event, job: Job, *, long: bool = False
    ) -> AsyncGenerator[Part, None]:
        """The parts of a job as they come; an error of ours becomes a last part."""
        loop = asyncio.get_running_loop()
        queue: asyncio.Queue[Part | None] = asyncio.Queue()

        def tell(part: Part | None) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(queue.put_nowait, part)

        try:
            (self.long if long else self.pool).submit(_work, job, cancel, tell)
            while (part := await queue.get()) is not None:
                yield part
        finally:
            self.leave(tab, cancel)

    def close(self) -> None:
        """Stop everything."""
        for cancel in self.jobs.values():
            cancel.set()
        for pool in (self.pool, self.long):
            pool.shutdown(wait=False, cancel_futures=True)


def _work(job: Job, cancel: threading.Event, tell: Callable[[Part | None], None]) -> None:
    try:
        for part in () if cancel.is_set() else job(cancel, tell):
            if cancel.is_set():
                break
            tell(part)
    except RunCancelledError:
        pass
    except RealpolitikError as problem:
        tell({"error": str(problem)})
    except Exception as problem:  # a fault of ours must reach the page as a sentence, not end the thread
        tell({"error": f"This failed inside the workbench ({type(problem).__name__}); the situation is unharmed."})
    finally:
        tell(None)
