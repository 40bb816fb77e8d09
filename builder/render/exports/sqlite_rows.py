"""The rows of one table on the pages of the SQLite file, piece by piece; those that did not change are copied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from builder.model import output
from builder.model.output import Piece
from builder.render.exports.rows import Row
from builder.render.exports.sqlite_file import Former, Pages
from builder.render.exports.sqlite_pages import LEAF, Leaves, Move, leaves, number_in, packed, record
from builder.render.exports.sqlite_tree import Tree

LAST, ALONE = " last", " alone"


def called(pieces: Iterable[Piece[list[Row]]]) -> list[Piece[list[Row]]]:
    """The same, where the last one, and one that is alone, has a name that says so: it is cut otherwise."""
    found = list(pieces)
    if found:
        found[-1] = Piece(found[-1].name + (LAST if len(found) > 1 else ALONE), found[-1].make)
    return found


class Rows:
    """A table in the making; `pieces` tells what of it was there before, `tree` has their pages.

    Rows that are `numbered` begin with their number among all.
    """

    def __init__(self, numbered: bool, pages: Pages, pieces: output.Former, tree: Former | None) -> None:
        self._numbered, self._pages, self._pieces, self._former = numbered, pages, pieces, tree
        self._tree = Tree(pages.write)
        self._rows = 0

    def written(self, pieces: Iterable[Piece[list[Row]]]) -> bytes:
        """Puts the pages next but for the one that the table's tree begins with, which is given."""
        found = called(pieces)
        if not found:
            return packed(LEAF, ())
        *others, last = found
        if not others:
            return self._alone(last)
        for piece in others:
            self._add(*self._put(piece, last=False))
        return self._root(*self._put(last, last=True))

    def _alone(self, piece: Piece[list[Row]]) -> bytes:
        found = self._made(piece, last=True)
        if len(found.leaves) > 1:
            return self._root(*self._new(piece, found))
        start = self._pages.write(b"".join(found.beyond))  # the rest stands where the tree begins
        self._pieces.keep(piece.name, range(start, self._pages.next))
        return found.leaves[0] if found.leaves else packed(LEAF, ())

    def _root(self, first: int, between: Sequence[bytes]) -> bytes:
        self._add(first, between)
        return self._tree.root(first + len(between))

    def _add(self, first: int, between: Sequence[bytes]) -> None:
        for leaf, cell in enumerate(between, first):
            self._tree.add(leaf, cell)

    def _put(self, piece: Piece[list[Row]], last: bool) -> tuple[int, list[bytes]]:
        """Puts a piece's pages next; gives the number of its first leaf and the cells between the leaves."""
        place = self._pieces.place(piece.name)
        if place is None or self._former is None:
            return self._new(piece, self._made(piece, last))
        start, kept = self._pages.next, self._former.take(place)
        rows = self._rows + 1 - kept.first if self._numbered else 0
        move = Move(start - place.start if kept.beyond else 0, rows)
        moves, between = move.pages or move.rows, kept.between
        self._pages.take(place, move if moves else None, kept.beyond)
        if moves:
            between = [move.cell(cell) for cell in between]
        if self._numbered and between:
            self._rows = number_in(between[-1])
        self._pieces.keep(piece.name, range(start, self._pages.next))
        return start + kept.beyond, between

    def _new(self, piece: Piece[list[Row]], found: Leaves) -> tuple[int, list[bytes]]:
        start = self._pages.write(b"".join((*found.beyond, *found.leaves)))
        self._pieces.keep(piece.name, range(start, self._pages.next))
        return start + len(found.beyond), found.between

    def _made(self, piece: Piece[list[Row]], last: bool) -> Leaves:
        rows = self._pieces.made(piece)
        if self._numbered:
            rows = [(number, *row[1:]) for number, row in enumerate(rows, self._rows + 1)]
            self._rows += len(rows)
        return leaves([record(row) for row in rows], self._pages.next, last)
