"""A dense-matrix stability engine on BLAS, as a peer to compare with.

The matrix form of the graph model (Xu, Kilgour & Hipel 2009): reachability and preference as n x n 0/1 matrices in
float32, sanction tests as matrix products. Written to be fast: legal sequences by Gauss-Seidel over the last mover,
as few products as that needs, thresholding in place, no Python loop over states.
"""

from __future__ import annotations

import numpy as np

Matrix = np.ndarray


def stability(moves: list[Matrix], ranks: Matrix, focal: range) -> dict[str, Matrix]:
    """moves[actor] (state, state) 0/1 float32; ranks (actor, state). R, GMR, SMR, SEQ: (focal actor, state) bool."""
    actors = range(len(moves))
    better = [(row[None, :] > row[:, None]).astype(np.float32) for row in ranks]
    climbs = [m * b for m, b in zip(moves, better, strict=True)]
    out: dict[str, list[Matrix]] = {"R": [], "GMR": [], "SMR": [], "SEQ": []}
    for i in focal:
        others = [j for j in actors if j != i]
        not_better = 1 - better[i]
        free = reach([moves[j] for j in others])
        final = not_better * (moves[i] @ better[i].T == 0).T
        out["R"].append(~climbs[i].any(axis=1))
        out["GMR"].append(deterred(climbs[i], free, not_better))
        out["SMR"].append(deterred(climbs[i], free, final))
        out["SEQ"].append(deterred(climbs[i], reach([climbs[j] for j in others]), not_better))
    return {concept: np.stack(rows) for concept, rows in out.items()}


def deterred(improvements: Matrix, reached: Matrix, sanctions: Matrix) -> Matrix:
    """Has every improvement t of s a state u that others reach from t and that deters at s? sanctions: (s, u)."""
    met = reached @ sanctions.T > 0
    return ~((improvements > 0) & ~met.T).any(axis=1)


def reach(steps: list[Matrix]) -> Matrix:
    """End states of legal sequences of at least one step, nobody moving twice in a row."""
    if len(steps) == 1:
        return steps[0]
    n = len(steps[0])
    onward = [np.eye(n, dtype=np.float32) for _ in steps]
    taken = [np.zeros((n, n), dtype=np.float32) for _ in steps]
    stale = list(range(len(steps)))
    while stale:
        k = stale.pop(0)
        taken[k] = (steps[k] @ onward[k] > 0).astype(np.float32)
        for j in range(len(steps)):
            if j != k and (taken[k] > onward[j]).any():
                np.maximum(onward[j], taken[k], out=onward[j])
                if j not in stale:
                    stale.append(j)
    return np.maximum.reduce(taken)
