"""Where two wordings of one quotation differ, word by word.

Quotation marks, dashes, commas and capitals are not differences: articles set the same words each in their own way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

from msgspec import Struct

LONG = 6  # words left out beyond this are counted, not printed


class Piece(Struct, frozen=True):
    """A run of words: in both, only in this wording, or only in the fullest; `words` of them, `cut` if not printed."""

    kind: Literal["same", "only", "missing"]
    text: str
    words: int
    cut: bool = False


def compare(fullest: str, said: str) -> tuple[Piece, ...]:
    """The pieces of `said` in order, with what `fullest` has in their place; together they make both wordings."""
    ours, theirs = fullest.split(), said.split()
    matcher = SequenceMatcher(None, [_key(w) for w in ours], [_key(w) for w in theirs], autojunk=False)
    return tuple(_pieces(matcher, ours, theirs))


def differs(pieces: tuple[Piece, ...]) -> bool:
    """True if any word is other, added or missing."""
    return any(piece.kind != "same" for piece in pieces)


def _pieces(matcher: SequenceMatcher[str], ours: list[str], theirs: list[str]) -> Iterator[Piece]:
    for tag, i, j, k, m in matcher.get_opcodes():
        gone, here = _words(ours[i:j]), _words(theirs[k:m])
        if tag == "equal":
            yield Piece("same", " ".join(theirs[k:m]), m - k)
            continue
        if gone:
            yield Piece("missing", " ".join(ours[i:j]), gone, cut=gone > LONG)
        if here:
            yield Piece("only", " ".join(theirs[k:m]), here)
        elif m > k:  # marks alone are no difference, but they are printed
            yield Piece("same", " ".join(theirs[k:m]), m - k)


def _words(run: list[str]) -> int:
    return sum(1 for word in run if _key(word))


def _key(word: str) -> str:
    """A word without its marks; "[…]" and dashes alone come out empty."""
    return re.sub(r"[^\w]+", "", word.replace("’", "'")).casefold()
