"""Evidence: rival hypotheses and what tells them apart, signs to watch, what reports changed, the track record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from realpolitik.report.figures import FIGURES, Figure
from realpolitik.report.page.blocks import Block, Bullets, Picture, Section, para
from realpolitik.report.page.words import Words, words_of

Data = Mapping[str, Any]


def rivals(data: Data) -> Iterator[Section]:
    """What differs between the hypotheses, and the matrix of evidence against them."""
    found = data.get("rivals")
    if not found:
        return
    intro = para(
        f"What could be seen {found['when']}, or was reported, against each reading. A mark says how much likelier the "
        "item is under this reading than under its rivals; the model gives the likelihoods."
    )
    pictures = [Picture(picture, broad=True) for picture in matrices(found["pieces"])]
    yield Section("rivals", "Rival hypotheses against the evidence", (intro, _told(found, words_of(data)), *pictures))


def matrices(pieces: list[Data]) -> Iterator[Figure]:
    """One matrix for each group of hypotheses."""
    for group in dict.fromkeys(row["group"] for row in pieces):
        own = [row for row in pieces if row["group"] == group]
        names = list(own[0]["marks"])
        rows = [
            {
                "evidence": row["name"],
                "marks": [row["marks"][name] for name in names],
                "diagnosticity": row["diagnosticity"],
            }
            for row in own
        ]
        yield FIGURES["matrix"](rows, names, title=f"{group}: what tells most stands first")


def signs(data: Data) -> Iterator[Section]:
    """The signs that tell most, found on one half of the draws and measured on the other."""
    found = data.get("signs")
    if not found:
        return
    intro = para("Early and public signs, found on one half of the draws and measured on the other half.")
    yield Section("signs", "What the model says to watch", (intro, _told(found, words_of(data))))


def learned(data: Data) -> Iterator[Section]:
    """What reports since the earlier state changed."""
    found = data.get("learned")
    if not found:
        return
    intro = para(f"From the state of {found['since']}, the reports made since, each weighed by its grade.")
    yield Section("learned", "What the reports taught", (intro, _told(found, words_of(data))))


def track(data: Data) -> Iterator[Section]:
    """How good earlier forecasts were."""
    found = data.get("track")
    if not found:
        return
    picture = Picture(FIGURES["calibration"](found["groups"]))
    yield Section("track", "How good the forecasts were", (_told(found, words_of(data)), picture))


def _told(found: Data, words: Words) -> Block:
    return Bullets(tuple(para(*words.spans(sentence)) for sentence in found["sentences"]))
