"""Compiled code is reached by ctypes over an extension module's file: one way to load it, for every kernel."""

from __future__ import annotations

import ctypes
import importlib.util
from collections.abc import Mapping
from typing import Any

Signatures = Mapping[str, tuple[Any, list[Any]]]


def load(module: str, signatures: Signatures) -> ctypes.CDLL | None:
    """The library behind an extension module; None where it was not built or cannot be loaded.

    signatures: function -> (type of its result, types of its arguments).

    >>> load("realpolitik.no_such_kernel", {})
    """
    found = importlib.util.find_spec(module)
    if found is None or found.origin is None:
        return None
    try:
        loaded = ctypes.CDLL(found.origin)
    except OSError:
        return None
    for name, (result, arguments) in signatures.items():
        function = getattr(loaded, name)
        function.restype, function.argtypes = result, arguments
    return loaded
