"""What the margin need not say: a date in the very words of the text, a name that stands just above, or is linked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from msgspec.structs import replace

from builder.render import dates
from builder.render.notes import DateNote, NameNote, Notes
from builder.render.words import Words

FAR = 5  # passages after which a name is told again: about what a screen shows
WORD = re.compile(r"\w+")
KEPT = 20_000  # dates that an archive uses over and over are taken apart once

Told = tuple[str, bool]  # a name's record, and whether a machine read it there


def unsaid(margins: Iterable[Notes], linked: Iterable[Collection[Told]], words: Words) -> Iterator[Notes]:
    """Yields each passage's notes without what a reader has before their eyes already.

    `linked` are, for each passage, the names that its own words lead to.
    """
    told: dict[Told, int] = {}
    for at, (notes, shown) in enumerate(zip(margins, linked, strict=True)):
        told.update(dict.fromkeys(shown, at))
        names = [note for note in notes.names if at - told.get(_name(note), -FAR) >= FAR]
        for note in names:
            told[_name(note)] = at
        yield Notes(notes.quotations, notes.citations, tuple(_dates(notes.dates, words)), tuple(names))


def _dates(notes: Iterable[DateNote], words: Words) -> Iterator[DateNote]:
    """One that leads to the chronology stays, without the words that it would repeat."""
    for note in notes:
        if not _repeats(note, words):
            yield note
        elif note.row:
            yield replace(note, exact="")


def _name(note: NameNote) -> Told:
    """An editor's reading is told beside a machine's: a reader may have the machine's hidden."""
    return note.record.id, note.review == "machine"


def _repeats(note: DateNote, words: Words) -> bool:
    """True for “2 August 2018” and “August 2, 2018”, but not for “Thursday” of that day."""
    return bool(note.edtf) and _words(note.exact) == _words(dates.readable(note.edtf, words))


@lru_cache(maxsize=KEPT)
def _words(text: str) -> list[str]:
    return sorted(WORD.findall(text.casefold()))
