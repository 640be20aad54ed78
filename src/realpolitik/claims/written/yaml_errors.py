"""The YAML parser's complaints in the words of someone who writes a situation."""

from __future__ import annotations

from typing import Any

_PLAIN: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "a second ': ' stands in this line, or the line above is indented otherwise.",
        "Put a text that contains ': ' in quotes, and line up the keys.",
    ),
    (
        "expected ',' or '}'",
        "a '{' is not closed, or a text within braces needs quotes.",
        "Close it with '}', or write one key per line.",
    ),
    (
        "expected ',' or ']'",
        "a '[' is not closed, or a text within brackets needs quotes.",
        "Close it with ']', or write one '- ...' per line.",
    ),
    ("while scanning a quoted scalar", "a quote is not closed.", "Close it, or double a quote within the text."),
    ("found unexpected end of stream", "a quote is not closed.", "Close it, or double a quote within the text."),
    ("could not find expected ':'", "a key without ': '.", "Write 'key: value'."),
    (
        "expected <block end>",
        "the indentation does not fit the lines above.",
        "Keys of one level start in the same column; list items start with '- '.",
    ),
    ("expected the node content", "something is missing or misplaced here.", "Check commas, brackets and braces."),
    (
        "cannot start any token",
        "a text cannot begin with this character.",
        "Put the text in quotes.",
    ),
    ("unknown escape character", "an unknown \\ escape within double quotes.", "Use single quotes, or double the \\."),
    ("sequence entries are not allowed", "a list item '- ' cannot stand here.", "Start the list on its own line."),
    ("undefined alias", "aliases ('*name') are not read.", "A text that begins with * needs quotes."),
    ("block mapping", "the indentation does not fit the lines above.", "Keys of one level start in the same column."),
)


def explain(error: Any, lines: list[str]) -> tuple[str, str, int, int]:
    """Message, hint, line and column (from 1) for an error of the YAML parser."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    said = f"{getattr(error, 'context', '') or ''} {getattr(error, 'problem', '') or error}"
    at_end = line > len(lines) or (line == len(lines) and not lines[-1].strip())
    if at_end or "quoted scalar" in said:
        line, column = _opening(error, line, column)
    for sign, message, hint in _PLAIN:
        if sign in said:
            return message, hint, line, column
    return f"cannot be read as YAML: {' '.join(said.split())}.", "Check indentation, quotes and brackets.", line, column


def _opening(error: Any, line: int, column: int) -> tuple[int, int]:
    """At the end of the file, and for open quotes, the place to mend is where the open thing began."""
    start = getattr(error, "context_mark", None)
    return (start.line + 1, start.column + 1) if start is not None else (line, column)
