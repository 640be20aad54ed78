"""The compiled kernel: the formal core in portable C99, the same bits on every processor and for any thread count.

It reads the same tables as `literal` (the definition) and `batched` (NumPy). Where it was not built, `available`
says so and the package runs on NumPy, slower.
"""

from __future__ import annotations

from .binding import library, variants
from .run import KernelInputError, simulate
from .stream import Totals, totals

__all__ = ["KernelInputError", "Totals", "available", "simulate", "totals", "variants"]


def available() -> bool:
    """Is the compiled kernel here?"""
    return library() is not None
