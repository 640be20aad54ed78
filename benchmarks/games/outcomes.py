"""How long does a situation's game form take, with stability? Every joint state of some options, in every draw.

    python benchmarks/games/outcomes.py northeast-asia 256 AAA.x,BBB.y,...

Prints joint states, draws, paths; seconds (wall and processor) for the values, for stability, and for the rest.
"""

from __future__ import annotations

import sys
import time
from itertools import pairwise

import realpolitik as rp


def main(name: str, draws: int, options: str) -> None:
    project = rp.open(name, draws=draws, cache=False)
    project.model.digest  # noqa: B018  (compiled before the clock starts)
    marks: list[tuple[str, float, float]] = []

    def told(text: str, done: int, total: int) -> None:
        marks.append((text, time.perf_counter(), time.process_time()))

    found = project.stability(options.split(","), told=told)
    states, rows = found.about["joint_states"], found.about["rows"]
    print(f"{states} joint states x {rows} draws = {states * rows:,} paths")
    for (text, wall, cpu), (_, next_wall, next_cpu) in pairwise(marks):
        print(f"  {text:40} {next_wall - wall:6.1f} s wall  {next_cpu - cpu:6.1f} s processor")
    print(f"  {'in all':40} {marks[-1][1] - marks[0][1]:6.1f} s wall  {marks[-1][2] - marks[0][2]:6.1f} s processor")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
