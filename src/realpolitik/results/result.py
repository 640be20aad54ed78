"""One answer: a tidy table, labelled arrays, sentences, and what it was made from. Every analysis returns this."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr


@dataclass(frozen=True, eq=False)
class Labelled:
    """An array with named axes: `coords` gives the labels of each axis of `dims`; `unit` says what the numbers are."""

    dims: tuple[str, ...]
    coords: Mapping[str, tuple[Any, ...]]
    values: NDArray[Any]
    unit: str = ""


@dataclass(frozen=True, eq=False)
class Result:
    """What was asked, and the answer in four forms.

    `rows`: one mapping for each row of the tidy table. `arrays`: labelled arrays by name. `sentences`: the answer in
    words, most important first. `about`: model digest, draws, seed, depth, scaling, kind of interval. `trace`: for each
    thing the answer rests on, (what, how much, input names). `sources`: the claims behind it, with who said them.
    """

    kind: str
    question: str
    rows: tuple[Mapping[str, Any], ...]
    sentences: tuple[str, ...]
    arrays: Mapping[str, Labelled] = field(default_factory=dict)
    about: Mapping[str, Any] = field(default_factory=dict)
    trace: tuple[Mapping[str, Any], ...] = ()
    sources: tuple[Mapping[str, Any], ...] = ()

    @property
    def table(self) -> pd.DataFrame:
        """The tidy table."""
        import pandas as pd  # noqa: PLC0415  (heavy: only when asked for)

        return pd.DataFrame(list(self.rows))

    @property
    def data(self) -> xr.Dataset:
        """The labelled arrays."""
        import xarray as xr  # noqa: PLC0415

        arrays = {
            name: xr.DataArray(
                item.values,
                dims=item.dims,
                coords={k: list(v) for k, v in item.coords.items()},
                attrs={"unit": item.unit},
            )
            for name, item in self.arrays.items()
        }
        return xr.Dataset(arrays, attrs={"question": self.question, **{k: str(v) for k, v in self.about.items()}})

    def because(self) -> tuple[Mapping[str, Any], ...]:
        """What the answer rests on, largest part first."""
        return self.trace

    def as_json(self) -> dict[str, Any]:
        """The answer as plain data; a number that does not exist is null."""
        whole: dict[str, Any] = plain(
            {
                "kind": self.kind,
                "question": self.question,
                "sentences": self.sentences,
                "rows": self.rows,
                "about": self.about,
                "trace": self.trace,
                "sources": self.sources,
            }
        )
        return whole

    def __str__(self) -> str:
        return "\n".join((self.question, *(f"  {sentence}" for sentence in self.sentences)))

    def _repr_html_(self) -> str:
        words = "".join(f"<p>{_escaped(sentence)}</p>" for sentence in self.sentences)
        picture = PAINTERS[self.kind](self) if self.kind in PAINTERS else ""
        return f"<h4>{_escaped(self.question)}</h4>{words}{picture}{self.table.to_html(index=False, escape=True)}"


PAINTERS: dict[str, Callable[[Result], str]] = {}
"""How results of a kind are drawn in a notebook (HTML); filled by those who can draw."""


def plain(value: Any) -> Any:
    """Numbers, texts, lists and mappings only; NaN and infinities become None.

    >>> import json
    >>> json.dumps(plain({"a": np.float64(1.5), "b": float("nan"), "c": (np.int64(2),)}))
    '{"a": 1.5, "b": null, "c": [2]}'
    """
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return [plain(item) for item in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if isinstance(value, int | float | str | bool) or value is None else str(value)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
