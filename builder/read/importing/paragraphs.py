"""How a plain text file parts its paragraphs: by blank lines, one a line, or wrapped at a width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

HYPHEN = re.compile(r"\w-$")
Layout = Literal["blank lines", "one a line", "wrapped"]

WIDEST_WRAP = 120  # characters; longer lines were not broken to fit
NARROWEST_WRAP = 40
FEWEST_BREAKS = 3
LEAST_FILLED = 0.6  # the rest: lists, addresses, verse quoted in prose
LONG_LINE = 60  # characters a line has on average where each is a paragraph


def layout(text: str) -> Layout:
    """Tells the layout of a body from its lines; in doubt "blank lines", which changes nothing."""
    groups = list(_groups(text))
    breaks = [pair for group in groups for pair in pairwise(group)]
    if not breaks:
        return "blank lines"
    width = max(len(line) for group in groups for line in group)
    if len(breaks) >= FEWEST_BREAKS and NARROWEST_WRAP <= width <= WIDEST_WRAP:
        filled = [following for line, following in breaks if is_filled(line, following, width)]
        capitals = sum(following[0].isupper() for following in filled)
        if len(filled) >= LEAST_FILLED * len(breaks) and 2 * capitals <= len(filled):  # verse begins with capitals
            return "wrapped"
    lines = [line for group in groups for line in group]
    long_enough = sum(map(len, lines)) / len(lines) >= LONG_LINE
    if long_enough and (len(groups) == 1 or all(len(line) > WIDEST_WRAP for line, _ in breaks)):
        return "one a line"
    return "blank lines"


def is_filled(line: str, following: str, width: int) -> bool:
    """True where a line was broken because the next word did not fit any more."""
    return not following[:1].isspace() and len(line.rstrip()) + 1 + len(following.split(maxsplit=1)[0]) > width


def unwrap(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Joins the lines of each paragraph; a line that was not full ends one where no blank line does.

    Also gives the words whose hyphen ended a line, before and after: whether it belongs to them, only a reader knows.
    """
    groups = list(_groups(text))
    width = max((len(line) for group in groups for line in group), default=0)
    parted = "\n" if len(groups) > 1 else "\n\n"
    hyphened: list[tuple[str, str]] = []
    joined = "\n\n".join(_joined(group, width, parted, hyphened) for group in groups)
    return joined, hyphened


def _joined(group: list[str], width: int, parted: str, hyphened: list[tuple[str, str]]) -> str:
    parts = [group[0].strip()]
    for line, following in pairwise(group):
        if not is_filled(line, following, width):
            parts.append(parted)
        elif HYPHEN.search(line):
            first, second = line.split()[-1], following.split(maxsplit=1)[0]
            hyphened.append((f"{first}\n{second}", f"{first}{second}"))
        else:
            parts.append(" ")
        parts.append(following.strip())
    return "".join(parts)


def _groups(text: str) -> Iterator[list[str]]:
    """Runs of lines without a blank one between."""
    group: list[str] = []
    for line in [*text.split("\n"), ""]:
        if line.strip():
            group.append(line.rstrip())
        elif group:
            yield group
            group = []
