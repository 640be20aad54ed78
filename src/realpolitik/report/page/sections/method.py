"""How it was made, where it ends, and how to make it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from realpolitik.language.likelihood import ICD_203
from realpolitik.language.sentences import listed
from realpolitik.report.figures import Table
from realpolitik.report.page.blocks import Bullets, Grid, Head, Section, Span, para

Data = Mapping[str, Any]


def method(data: Data) -> Iterator[Section]:
    """Method and limits."""
    about = data["about"]
    words = tuple((band.words[0], band.text) for band in ICD_203)
    yield Section(
        "method",
        "Method and limits",
        (
            para(
                "Each party weighs its options at its review dates by what it cares for, over the time it looks ahead, "
                "and chooses the better ones more often; factors follow the influences written in the situation. "
                f"Every uncertain input is drawn {about['draws']} times from its interval (fewer where a section says "
                "so), with chance events, and under each combination of the rival hypotheses, by their chances."
            ),
            para(
                "A gain is a party's own measure with a move held, less the same with its status quo held, in the same "
                "draws. An interval holds 90% of draws: judgement and chance together, no more. "
                "Where few draws carry a gain, its mean can lie outside."
            ),
            Head("Likelihood words (ICD 203)"),
            Grid(Table(("word", "range"), words)),
            para(
                "A number at the end of two ranges belongs to the upper one; statements stop at 1% and 99%. Authors' "
                "own words of caution are read by another table and become the chance that a link exists.",
                kind="note",
            ),
            Head("Limits"),
            Bullets(tuple(para(item) for item in LIMITS)),
            *(para(Span("Left out of this report: ", "strong"), _left(data)) for _ in range(1) if data["left_out"]),
        ),
    )


LIMITS = (
    "It works out what follows from what the documents and the authors assume. Where they are wrong, it is wrong.",
    "What nobody wrote down does not happen here: no new parties, options or events.",
    "Sizes, weights and prices are given by people; an interval shows how unsure they were, not how wrong.",
    "Parties are taken to know how the system works, apart from what is hidden from them.",
    "Agreement of the model with a claim it was built from proves nothing: such claims are marked.",
)


def _left(data: Data) -> str:
    return f"{listed(f'{name} ({reason})' for name, reason in data['left_out'].items())}."


def reproduce(data: Data) -> Iterator[Section]:
    """What must be the same for the same numbers."""
    about = data["about"]
    rows = (
        ("situation", f"{about['title']} ({about['name']})"),
        ("as of", about["as_of"]),
        ("horizon, period", f"{about['horizon']}, one {about['period']}"),
        ("judged by", about["judged_by"] or "nobody named"),
        ("SHA-256 of the situation", about["situation_sha256"]),
        ("SHA-256 of the model", about["model_sha256"]),
        ("draws, seed, depth", f"{about['draws']}, {about['seed']}, {about['depth']}"),
        ("version", f"realpolitik {about['version']}"),
        (
            "command",
            f"rpol report {about['name']} --draws {about['draws']} --seed {about['seed']} --depth {about['depth']}",
        ),
    )
    note = "The same situation, settings and version give the same numbers."
    yield Section("reproduce", "How to make it again", (Grid(Table(("what", "value"), rows)), para(note, kind="note")))
