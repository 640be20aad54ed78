"""How wide text is, and how it is cut into lines: pictures are laid out before anything is drawn."""

from __future__ import annotations

_NARROW, _WIDE = "iljI.,:;'|!ft()[]{}/\\ ", "mwMW@%"
SIZE = 13.0
ROOM = 1.04


def width(text: str, size: float = SIZE, bold: bool = False) -> float:
    """The width of a line of Helvetica or Arial in pixels, from classes of letters, a little on the safe side.

    >>> width("ill") < width("mmm")
    True
    """
    units = 0.0
    for letter in text:
        if letter in _NARROW:
            units += 0.30
        elif letter in _WIDE:
            units += 0.88
        elif letter.isupper():
            units += 0.70
        elif ord(letter) > 0x2E80:
            units += 1.0
        else:
            units += 0.555
    return units * size * ROOM * (1.06 if bold else 1.0)


def lines(text: str, room: float, size: float = SIZE, most: int = 0) -> list[str]:
    """The text in lines of at most `room` pixels; with `most`, no more lines than that, the last one cut with dots.

    >>> lines("a long name", width("a long"))
    ['a long', 'name']
    """
    found: list[str] = []
    for word in text.split():
        joined = f"{found[-1]} {word}" if found else word
        if found and width(joined, size) <= room:
            found[-1] = joined
        else:
            found.append(word)
    if most and len(found) > most:
        found = [*found[: most - 1], " ".join(found[most - 1 :])]
    return [cut(line, room, size) for line in found] or [""]


def cut(text: str, room: float, size: float = SIZE) -> str:
    """The text, or as much of it as fits with an ellipsis.

    >>> cut("Patronia", 30.0)
    'Pat…'
    """
    if width(text, size) <= room:
        return text
    kept = text
    while kept and width(f"{kept}…", size) > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"
