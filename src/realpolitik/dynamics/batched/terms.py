"""What is every term worth, over a batch of columns?"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from realpolitik.dynamics.batched.layout import DERIVED, Floats, Layout, Rows, Wave
from realpolitik.dynamics.tables import SLACK, SMOOTH_WIDTH, Op

Binary = Callable[[Floats, Floats, Floats, Floats], None]
Single = Callable[[Floats, Floats], None]


class Scratch:
    """Reusable flat buffers, so that no step of a path allocates; one per thread."""

    def __init__(self) -> None:
        self._flat: dict[str, Floats] = {}

    def array(self, name: str, rows: int, columns: int) -> Floats:
        """A contiguous (rows, columns) array with whatever it held before; valid until asked for again."""
        need = rows * columns
        flat = self._flat.get(name)
        if flat is None or flat.size < need:
            flat = self._flat[name] = np.zeros(need)
        return flat[:need].reshape(rows, columns)

    def gather(self, name: str, source: Floats, rows: Rows) -> Floats:
        """Some rows of an array, copied to a buffer."""
        out = self.array(name, len(rows), source.shape[1])
        return source.take(rows, axis=0, out=out, mode="clip")


def logistic(u: Floats, out: Floats) -> Floats:
    """s(u) = 1 / (1 + exp(-u)), written to `out`."""
    np.negative(u, out=out)
    np.exp(out, out=out)
    out += 1.0
    return np.divide(1.0, out, out=out)


def logit(x: Floats, clip: float) -> Floats:
    """L(x) = logit of x clipped to [clip, 1 - clip]."""
    inner = np.clip(x, clip, 1.0 - clip)
    return np.asarray(np.log(inner / (1.0 - inner)))


def _not(a: Floats, out: Floats) -> None:
    np.subtract(1.0, a, out=out)


def _or(a: Floats, b: Floats, out: Floats, _: Floats) -> None:
    np.subtract(1.0, a, out=a)
    np.subtract(1.0, b, out=b)
    np.multiply(a, b, out=out)
    np.subtract(1.0, out, out=out)


def _clip01(a: Floats, out: Floats) -> None:
    np.maximum(a, 0.0, out=out)
    np.minimum(out, 1.0, out=out)


def _contest(a: Floats, b: Floats, out: Floats, c: Floats) -> None:
    np.power(np.maximum(a, 0.0), c, out=a)
    np.power(np.maximum(b, 0.0), c, out=b)
    b += a
    out.fill(0.5)
    np.divide(a, b, out=out, where=b > 0.0)


def _above(a: Floats, b: Floats, out: Floats, _: Floats) -> None:
    np.subtract(a, b, out=a)
    a /= SMOOTH_WIDTH
    logistic(a, out)


PLAIN: dict[int, np.ufunc] = {
    Op.MUL: np.multiply,
    Op.ADD: np.add,
    Op.SUB: np.subtract,
    Op.MIN: np.minimum,
    Op.MAX: np.maximum,
}
_WRITTEN: dict[int, Binary] = {Op.OR: _or, Op.CONTEST: _contest, Op.ABOVE: _above}
_SINGLE: dict[int, Single] = {Op.NOT: _not, Op.CLIP01: _clip01}
_EXACT: dict[int, np.ufunc] = {Op.TRIGGER_ABOVE: np.greater, Op.TRIGGER_AT_LEAST: np.greater_equal}

_SLACK: dict[int, float] = {Op.TRIGGER_ABOVE: SLACK, Op.TRIGGER_AT_LEAST: -SLACK}


def evaluate(layout: Layout, registers: Floats, scratch: Scratch, *, exact: bool) -> None:
    """Fill the computed registers (register, column) from the leaves; `exact` makes trigger comparisons 0 or 1."""
    for wave in layout.waves:
        if wave.op == DERIVED:
            registers[wave.out] = registers.take(wave.a, axis=0)
        else:
            _run(wave, registers, scratch, exact)


def _run(wave: Wave, registers: Floats, scratch: Scratch, exact: bool) -> None:
    """Compute one wave."""
    a = scratch.gather("a", registers, wave.a)
    b = a if wave.op in _SINGLE else scratch.gather("b", registers, wave.b)
    apply(wave.op, a, b, wave.c, registers[wave.span], exact=exact)


def apply(op: int, a: Floats, b: Floats, c: Floats, out: Floats, *, exact: bool) -> None:
    """Compute one op over rows, using `a` and `b` up."""
    if op in _SINGLE:
        _SINGLE[op](a, out)
    elif op in PLAIN:
        PLAIN[op](a, b, out=out)
    elif exact and op in _EXACT:
        b += _SLACK[op]
        out[...] = _EXACT[op](a, b)
    else:
        _WRITTEN.get(op, _above)(a, b, out, c)


def fill_leaves(layout: Layout, registers: Floats, params: Floats) -> None:
    """Write parameters (param, column) and constants, which no step changes."""
    registers[layout.params] = params[: layout.params.stop - layout.params.start]
    registers[layout.constants] = layout.constant_values
