"""A file of pages, put together from its former edition and from new pages, which wait in a file of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from msgspec import Struct

from builder.model.output import Part
from builder.render.exports.sqlite_pages import SIZE, Move, number_in
from builder.render.exports.sqlite_tree import walked

AT_ONCE = 256  # new pages


class _Stretch(Struct, frozen=True):
    """Pages beside each other: where they come from, from 0, and what is to be changed in them."""

    new: bool
    start: int
    number: int
    move: Move | None = None
    beyond: int = 0


class Pages:
    """The pages of the new file in order, from page `first` on; `former` and `waiting` hold them."""

    def __init__(self, first: int, waiting: BinaryIO, former: BinaryIO | None) -> None:
        self.next = first
        self._waiting, self._former = waiting, former
        self._written = 0
        self._stretches: list[_Stretch] = []

    def write(self, content: bytes) -> int:
        """Puts new pages next; gives the first one's number."""
        self._waiting.write(content)
        number = len(content) // SIZE
        self._put(_Stretch(True, self._written, number))
        self._written += number
        return self.next - number

    def take(self, pages: range, move: Move | None, beyond: int) -> None:
        """Puts pages of the former file next, changed by `move`; `beyond` of them are before the leaves."""
        self._put(_Stretch(False, pages.start - 1, len(pages), move, beyond))

    def _put(self, stretch: _Stretch) -> None:
        self.next += stretch.number
        before = self._stretches[-1] if self._stretches else None
        plain = before and before.move is None and stretch.move is None and before.new == stretch.new
        if plain and before and before.start + before.number == stretch.start:
            self._stretches[-1] = _Stretch(stretch.new, before.start, before.number + stretch.number)
        else:
            self._stretches.append(stretch)

    def content(self) -> Iterator[Part]:
        """Yields all of them: new and changed ones, and where others stand in the former file."""
        for stretch in self._stretches:
            if stretch.new:
                yield from self._new(stretch)
            elif stretch.move:
                assert self._former
                self._former.seek(stretch.start * SIZE)
                yield stretch.move.moved(self._former.read(stretch.number * SIZE), stretch.beyond)
            else:
                yield range(stretch.start * SIZE, (stretch.start + stretch.number) * SIZE)

    def _new(self, stretch: _Stretch) -> Iterator[bytes]:
        self._waiting.seek(stretch.start * SIZE)
        for done in range(0, stretch.number, AT_ONCE):
            yield self._waiting.read(min(AT_ONCE, stretch.number - done) * SIZE)


class Kept(Struct, frozen=True):
    """Leaves as the former file has them: how many, the cells between, the pages before, and the rows before."""

    leaves: int
    between: list[bytes]
    beyond: int
    first: int


class Former:
    """A tree of the former file, whose leaves are asked for piece by piece, nearly always in their order.

    With `numbered` rows, those before a piece are counted.
    """

    def __init__(self, file: BinaryIO, root: int, numbered: bool) -> None:
        self._file, self._root, self._numbered = file, root, numbered
        self._begin()

    def _begin(self) -> None:
        self._leaves = walked(self._file, self._root)
        self._at = 0
        self._before = b""

    def take(self, pages: range) -> Kept:
        """The leaves on these pages."""
        if pages.start < self._at:
            self._begin()
        found: list[tuple[int, bytes]] = []
        before = b""
        while self._at < pages.stop - 1:
            self._at, cell = next(self._leaves)
            if self._at in pages:
                before = before if found else self._before
                found.append((self._at, cell))
            self._before = cell
        first = number_in(before) + 1 if self._numbered and before else 1
        return Kept(len(found), [cell for _, cell in found if cell], found[0][0] - pages.start, first)
