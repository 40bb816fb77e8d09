"""The SQLite file with all pages where they were, as most edits leave them: what did not change is not looked at.

Pieces that changed take the pages they took, and the cells above them stand where they stood. Where that cannot be,
`Moved` is raised, and the file is put together piece by piece.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import BinaryIO

from msgspec import Struct

from builder.model.output import Former, Part, Piece
from builder.render.exports.rows import Row
from builder.render.exports.sqlite_pages import SIZE, Move, leaves, number_in, places, record
from builder.render.exports.sqlite_rows import ALONE, LAST, called
from builder.render.exports.sqlite_tree import Above, Moved, Way

COUNT = range(28, 32)  # where the number of pages stands
MOST = 4096  # pages of a table that are held to be renumbered


class Tree(Struct, frozen=True):
    """A table: on which page its tree begins, whether its rows begin with their numbers, and its pieces."""

    root: int
    numbered: bool
    pieces: list[Piece[list[Row]]]


def parts(former: Former, head: bytes, trees: Iterable[Tree]) -> list[Part]:
    """The file, which begins with pages as in `head`; raises Moved, and then nothing is kept."""
    if former.file is None:
        raise Moved
    named = [(tree, called(tree.pieces)) for tree in trees]
    names = [piece.name for _, pieces in named for piece in pieces]
    others = _others(names, former)
    if not _begins_with(head, former.file, [tree.root for tree, _ in named]):
        raise Moved
    changed: dict[int, bytes] = {}
    for tree, pieces in named:
        if any(piece.name in others for piece in pieces):
            changed |= _Table(former, former.file, tree).changed(pieces, others)
    former.stay(names)
    return _around(changed, former.file.seek(0, 2))


def _others(names: Sequence[str], former: Former) -> dict[str, range]:
    """Pieces that are to be made, and where they are to stand: in the places of those that were there before them."""
    if len(names) != len(former.names):
        raise Moved
    outdated, found = former.outdated, dict[str, range]()
    for name, before in zip(names, former.names, strict=True):
        if name != before and (former.stood(name) or _kind(name) != _kind(before)):
            raise Moved
        if name != before or name in outdated:
            found[name] = _stood(former, before)
    return found


def _kind(name: str) -> tuple[str, str]:
    """Of which table a piece is, and whether it is the last one there."""
    table, _, rest = name.partition(" ")
    return table, rest.partition(" ")[2]


def _begins_with(head: bytes, file: BinaryIO, roots: Iterable[int]) -> bool:
    """Whether the file does, but for what depends on the rows."""
    file.seek(0)
    found, wanted = bytearray(file.read(len(head))), bytearray(head)
    for part in (COUNT, *(range((root - 1) * SIZE, root * SIZE) for root in roots)):
        for one in (found, wanted):
            one[part.start : part.stop] = bytes(len(part))
    return found == wanted


def _stood(former: Former, name: str) -> range:
    place = former.stood(name)
    if place is None:
        raise Moved
    return place


def _around(changed: dict[int, bytes], size: int) -> list[Part]:
    """The pages that changed, by their numbers, and where the others stand."""
    found, end = list[Part](), 0
    for page in sorted(changed):
        found += range(end, (page - 1) * SIZE), changed[page]
        end = (page - 1) * SIZE + len(changed[page])
    return [*found, range(end, size)]


class _Table:
    """One tree of the former file, of which some pieces are made anew."""

    def __init__(self, former: Former, file: BinaryIO, tree: Tree) -> None:
        self._former, self._file, self._numbered = former, file, tree.numbered
        self._above = Above(file, tree.root)
        self._more = 0  # rows than there were up to here
        self._left = MOST

    def changed(self, pieces: Iterable[Piece[list[Row]]], others: Mapping[str, range]) -> dict[int, bytes]:
        """Pages of the pieces that are others, which are to stand there, and those above, by the first one's number.

        Where there are more numbered rows in a piece, or fewer, those after it are renumbered.
        """
        found: dict[int, bytes] = {}
        for piece in pieces:
            if piece.name in others:
                found[others[piece.name].start] = self._pages(piece, others[piece.name])
            elif self._more:
                place = _stood(self._former, piece.name)
                found[place.start] = self._renumbered(place)
        return found | self._above.pages()

    def _pages(self, piece: Piece[list[Row]], place: range) -> bytes:
        if piece.name.endswith(ALONE):  # it stands on the page where the tree begins
            raise Moved
        last = piece.name.endswith(LAST)
        found = leaves([record(row) for row in self._rows(piece, place)], place.start, last)
        ways = self._ways(place, len(found.beyond))
        if len(ways) != len(found.leaves):
            raise Moved
        if self._numbered and not last:
            self._more = number_in(found.between[-1]) - number_in(self._above.cell(ways[-1]))
        for way, cell in zip(ways, found.between, strict=False):  # after the last leaf of all there is none
            self._put(way, cell)
        return b"".join((*found.beyond, *found.leaves))

    def _rows(self, piece: Piece[list[Row]], place: range) -> list[Row]:
        rows = self._former.made(piece)
        if not self._numbered:
            return rows
        self._ways(place, 0)  # or it is so long that it begins with something else
        page = self._read(place[:1])
        first = number_in(page[places(page)[0] :]) + self._more
        return [(number, *row[1:]) for number, row in enumerate(rows, first)]

    def _renumbered(self, place: range) -> bytes:
        """The pages of a piece that did not change, where others have other numbers before it."""
        self._left -= len(place)
        if self._left < 0:
            raise Moved
        move = Move(0, self._more)
        for way in self._ways(place, 0):
            if cell := self._above.cell(way):
                self._put(way, move.cell(cell))
        return move.moved(self._read(place), 0)

    def _put(self, way: Way, cell: bytes) -> None:
        if self._above.cell(way) != cell:
            self._above.put(way, cell)

    def _read(self, pages: range) -> bytes:
        self._file.seek((pages.start - 1) * SIZE)
        return self._file.read(len(pages) * SIZE)

    def _ways(self, place: range, beyond: int) -> list[Way]:
        """The ways to the leaves of a piece, which come after what is `beyond` them; there is one at least."""
        found = [self._above.way(page) for page in place[beyond:]]
        ways = [way for way in found if way is not None]
        if len(ways) != len(found) or not ways or (beyond and self._above.way(place[beyond - 1]) is not None):
            raise Moved
        return ways
