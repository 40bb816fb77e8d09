"""How much room words take in a drawing, near enough to break or cut them: SVG cannot do so by itself.

Widths are in the drawing's units, for a serif as wide as Palatino; a reader's own font may be narrower, hardly wider.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate

NARROW = frozenset("iljtfrI.,:;'’‘!|()[]/ ")
BROAD = frozenset("mwMWQ@%&—…")
KEPT = 20_000  # words that stand in many drawings are measured once


def width(words: str, size: float) -> float:
    """How long the words are on one line, in letters of `size`."""
    return size * _reached(words)[-1]


def line(words: str, room: float, size: float) -> str:
    """The words on one line of `room`; what does not fit is cut and ends with “…”."""
    return _cut(" ".join(words.split()), room, size)


@lru_cache(maxsize=KEPT)
def lines(words: str, room: float, size: float, most: int = 2) -> tuple[str, ...]:
    """The words on at most so many lines of `room`, broken at spaces; what does not fit is cut and ends with “…”."""
    parts = words.split()
    whole = " ".join(parts)
    if width(whole, size) <= room:
        return (whole,)
    found = [""]
    for word in parts:
        longer = f"{found[-1]} {word}".lstrip()
        if not found[-1] or width(longer, size) <= room:
            found[-1] = longer
        else:
            found.append(word)
    kept = [*found[: most - 1], " ".join(found[most - 1 :])]
    return tuple(_cut(line, room, size) for line in kept if line) or ("",)


def _cut(line: str, room: float, size: float) -> str:
    reached = _reached(line)
    if size * reached[-1] <= room:
        return line
    kept = bisect_right(reached, room, key=lambda share: size * (share + MORE)) - 1
    return f"{line[: max(kept, 0)].rstrip()}…"


@lru_cache(maxsize=KEPT)
def _reached(words: str) -> tuple[float, ...]:
    """How far the words reach after each letter, as a share of the size; before the first it is nothing."""
    return tuple(accumulate(map(_share, words), initial=0.0))


@lru_cache(maxsize=KEPT)
def _share(letter: str) -> float:
    """A letter's width as a share of the size: marks above or below others take none, East Asian ones a square."""
    if letter in NARROW:
        return 0.32
    if letter in BROAD:
        return 0.9
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    return 0.72 if letter.isupper() else 0.52


MORE = _share("…")
