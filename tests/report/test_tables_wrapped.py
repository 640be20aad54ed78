"""A table keeps its columns on a narrow terminal: long words are wrapped, and what is left out is named."""

from __future__ import annotations

from realpolitik.report.tables import table

ROWS = [
    {
        "answer": "1.1",
        "asked": "gain(AAA at 3 years | do(scenario everything that can be done at once))",
        "was": "neither gain nor loss (+0.1 points)",
        "is": "a loss (-2.1 points)",
        "change": -2.2,
    }
]


def test_no_column_is_dropped_or_cut_at_eighty_columns() -> None:
    lines = table(ROWS, 80)
    assert max(map(len, lines)) <= 80
    assert lines[1].split() == ["answer", "asked", "was", "is", "change"]
    text = " ".join(" ".join(lines).split())
    for word in ("once))", "neither", "loss", "points)", "-2.20"):
        assert word in text


def test_what_does_not_fit_even_so_is_named() -> None:
    wide = [{f"column_{n}": "some words of a cell" for n in range(9)}]
    assert "left out for width: column 5" in " ".join(table(wide, 70))
