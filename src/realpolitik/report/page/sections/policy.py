"""What to do: the plans of those who hold the agreement asked about most, and what being wrong costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from realpolitik.language.sentences import share, signed
from realpolitik.report.figures import Table
from realpolitik.report.page.blocks import Bullets, Fold, Grid, Section, para
from realpolitik.report.page.words import draws_note, words_of

Data = Mapping[str, Any]


def policy(data: Data) -> Iterator[Section]:
    """The answer in words, and every plan shown with its regret."""
    found = data.get("policy")
    if not found:
        return
    words = words_of(data)
    told = Bullets(tuple(para(*words.spans(sentence)) for sentence in found["sentences"]))
    note = para(
        "Gains are over leaving every option of theirs as it is now, in points, discounted over the whole run. A plan "
        "waits for public evidence only. Regret: what the best plan shown would have brought more."
    )
    yield Section("policy", found["question"], (note, told, *draws_note(found), Fold("Every plan", (_plans(found),))))


def _plans(found: Data) -> Grid:
    columns = ("plan", "gain", "in 90% of draws", "nobody worse off", "worst hypothesis", "largest regret")
    rows = tuple(
        (
            row["plan"],
            signed(row["gain"]),
            f"{signed(row['low'])} to {signed(row['high'])}",
            share(row["good_enough"]),
            signed(row["worst_hypothesis"]),
            "-" if row["largest_regret"] is None else f"{row['largest_regret']:.1f}",
        )
        for row in found["plans"]
    )
    return Grid(Table(columns, rows, frozenset({1, 3, 4, 5})))
