"""Many small questions about paths, put together into batches that fit the cache.

A `Job` asks for the values of some actors on the paths of some columns; jobs are rolled together, longest foresight
first, and each hands its values to its own sink.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from realpolitik.dynamics.batched.layout import Floats, Rows
from realpolitik.dynamics.batched.model import Model
from realpolitik.dynamics.batched.path import CHUNK, Course, Origin, Roll, Stake


@dataclass(frozen=True, eq=False)
class Job:
    """Columns (view * N + draw), their weights of slots, whose values are asked, and where these go.

    `weights(part)` gives (slot, column) of a part of the columns; `sink(part, values)` takes (actor, column);
    `course(part)` gives what the weights' course along the path is made of, for paths on which options reply.
    """

    columns: Rows
    actors: tuple[int, ...]
    weights: Callable[[slice], Floats]
    sink: Callable[[slice, Floats], None]


@dataclass(frozen=True, eq=False)
class Piece:
    """A part of a job that goes into one batch."""

    job: Job
    part: slice

    @property
    def width(self) -> int:
        """How many columns it has."""
        return int(self.part.stop - self.part.start)


def run(
    model: Model,
    origin: Origin,
    jobs: list[Job],
    course: Callable[[list[Piece]], Course] | None = None,
    chunk: int = CHUNK,
) -> None:
    """Roll all jobs; `course` makes the course of the weights of a batch."""
    for batch in _batches(model, jobs, chunk):
        columns = np.concatenate([piece.job.columns[piece.part] for piece in batch])
        weights = np.concatenate([piece.job.weights(piece.part) for piece in batch], axis=1)
        stakes = list(_stakes(batch))
        roll = Roll(model, origin, columns, weights, None if course is None else course(batch))
        for piece, found in zip(batch, roll.values(stakes), strict=True):
            piece.job.sink(piece.part, found)


def _stakes(batch: list[Piece]) -> Iterator[Stake]:
    start = 0
    for piece in batch:
        yield Stake(start, start + piece.width, piece.job.actors)
        start += piece.width


def _batches(model: Model, jobs: list[Job], chunk: int) -> Iterator[list[Piece]]:
    """Cut jobs into pieces and fill batches with them, longest foresight first."""
    foresight = model.tables.actor_foresight
    longest = sorted(jobs, key=lambda job: -max(int(foresight[a]) for a in job.actors))
    batch: list[Piece] = []
    room = chunk
    for job in longest:
        for start in range(0, len(job.columns), chunk):
            piece = Piece(job, slice(start, min(start + chunk, len(job.columns))))
            if piece.width > room and batch:
                yield batch
                batch, room = [], chunk
            batch.append(piece)
            room -= piece.width
    if batch:
        yield batch
