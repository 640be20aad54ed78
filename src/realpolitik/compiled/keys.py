"""Names hashed for chance: one 32-bit key for each stream and name; a collision is refused."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from realpolitik.errors import QuestionRefused


class Keys:
    """Deals keys and remembers them, so that two names never share one.

    >>> keys = Keys()
    >>> keys.deal("noise", ["tension"]).dtype
    dtype('uint32')
    """

    def __init__(self) -> None:
        self.taken: dict[int, str] = {}

    def deal(self, stream: str, names: Iterable[str]) -> NDArray[np.uint32]:
        """Keys of `names` within `stream` (name,)."""
        return np.array([self._one(f"{stream}:{name}") for name in names], dtype=np.uint32)

    def _one(self, text: str) -> int:
        key = zlib.crc32(text.encode())
        if self.taken.setdefault(key, text) != text:
            raise QuestionRefused(f"'{text}' and '{self.taken[key]}' hash to the same number. Rename one of them.")
        return key
