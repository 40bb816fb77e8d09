"""The pages of a tree that lead to its leaves, in a file that is written from first to last, and as they are read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO

from msgspec import Struct

from builder.render.exports.sqlite_pages import HEAD, INNER, POINTER, SIZE, leads, packed


class _Full(Struct, frozen=True):
    """A page that has no more room: its children, the last one without a cell, and the cell that stands above it."""

    children: list[tuple[int, bytes]]
    last: int
    above: bytes


class _Level:
    """The pages of one height; one that is full waits until it is known that another follows."""

    def __init__(self) -> None:
        self.children: list[tuple[int, bytes]] = []
        self.size = HEAD[INNER]
        self.full: _Full | None = None

    def begin(self, children: list[tuple[int, bytes]]) -> None:
        self.children = children
        self.size = HEAD[INNER] + sum(len(cell) + POINTER + 2 for _, cell in children)


class Tree:
    """A tree in the making; `write` takes a page and gives its number. The same leaves give the same pages."""

    def __init__(self, write: Callable[[bytes], int]) -> None:
        self._write, self._levels = write, [_Level()]

    def add(self, page: int, cell: bytes, height: int = 0) -> None:
        """The next leaf, and the cell that stands between it and the one after."""
        level = self._levels[height]
        if level.size + len(cell) + POINTER + 2 > SIZE:
            level.full = _Full(level.children, page, cell)
            level.begin([])
            return
        if level.full:
            self._close(height)
        level.children.append((page, cell))
        level.size += len(cell) + POINTER + 2

    def root(self, last: int, height: int = 0) -> bytes:
        """The page above all, after the last leaf; there were others before it."""
        level = self._levels[height]
        if level.full and not level.children:  # a page of no cells is none: the one before gives its last
            children, after, cell = level.full.children, level.full.last, level.full.above
            level.full = _Full(children[:-1], *children[-1])
            self._close(height)
            level.begin([(after, cell)])
        page = _page(level.children, last)
        return page if height + 1 == len(self._levels) else self.root(self._write(page), height + 1)

    def _close(self, height: int) -> None:
        level = self._levels[height]
        assert level.full
        full, level.full = level.full, None
        if height + 1 == len(self._levels):
            self._levels.append(_Level())
        self.add(self._write(_page(full.children, full.last)), full.above, height + 1)


def _page(children: list[tuple[int, bytes]], last: int) -> bytes:
    return packed(INNER, [page.to_bytes(POINTER) + cell for page, cell in children], last)


def walked(file: BinaryIO, root: int) -> Iterator[tuple[int, bytes]]:
    """Yields a tree's leaves in their order, with the cell after each, which is empty after the last one."""
    height, page = 0, _read(file, root)
    while page[0] == INNER:
        height, page = height + 1, _read(file, leads(page)[0][0])
    if height == 0:
        yield root, b""
    for children, after in _lowest(file, root, height, b""):
        yield from children[:-1]
        yield children[-1][0], after


def _lowest(file: BinaryIO, number: int, height: int, after: bytes) -> Iterator[tuple[list[tuple[int, bytes]], bytes]]:
    """Yields what the pages right above the leaves lead to, and the cell after each of these pages."""
    found = leads(_read(file, number)) if height else []
    if height == 1:
        yield found, after
    for child, cell in found if height > 1 else ():
        yield from _lowest(file, child, height - 1, cell or after)


def _read(file: BinaryIO, number: int) -> bytes:
    file.seek((number - 1) * SIZE)
    return file.read(SIZE)


Way = list[tuple[int, int]]  # pages from the root on, and which child of each is the next one


class Moved(Exception):
    """Something would have to stand on another page than it does."""


class Above:
    """The pages above a tree's leaves, as they are in `file`; the cells that they hold can be exchanged for others."""

    def __init__(self, file: BinaryIO, root: int) -> None:
        self._file, self._root = file, root
        self._opened: dict[int, list[tuple[int, bytes]]] = {}
        self._other: set[int] = set()
        self._ways: dict[int, Way] = {}  # to pages that may now have to end elsewhere
        self._height, page = 0, _read(file, root)
        while page[0] == INNER:
            self._height, page = self._height + 1, _read(file, leads(page)[0][0])

    def way(self, leaf: int) -> Way | None:
        """The way to a leaf; None where that page is none."""
        found, number = Way(), self._root
        for height in range(self._height - 1, -1, -1):
            children = self._children(number)
            at = bisect_right(children, leaf, key=partial(self._first, height)) - 1
            if at < 0:
                return None
            found.append((number, at))
            number = children[at][0]
        return found if number == leaf else None

    def cell(self, way: Way) -> bytes:
        """The cell that stands after a leaf, or after another page; empty after the last one."""
        place = self._place(way)
        return self._children(way[place][0])[way[place][1]][1] if place is not None else b""

    def put(self, way: Way, cell: bytes) -> None:
        """Has another cell stand after a leaf, which is not the last one."""
        place = self._place(way)
        assert place is not None
        page, at = way[place]
        self._children(page)[at] = self._children(page)[at][0], cell
        self._other.add(page)
        self._ways.update((way[depth][0], way[:depth]) for depth in range(place, len(way)))  # those below end with it

    def pages(self) -> dict[int, bytes]:
        """The pages whose cells are other ones, by number; raises Moved where `Tree` would begin another page."""
        if not all(self._stays(self._children(page), way) for page, way in self._ways.items()):
            raise Moved
        return {page: _page(found[:-1], found[-1][0]) for page in self._other if (found := self._children(page))}

    def _stays(self, children: list[tuple[int, bytes]], way: Way) -> bool:
        size = HEAD[INNER] + sum(len(cell) + POINTER + 2 for _, cell in children[:-1])
        after = self.cell(way)
        if not after and way and len(children) == 2:  # one of its cells may be from the page before, see `Tree.root`
            return False
        return size <= SIZE and (not after or size + len(after) + POINTER + 2 > SIZE)

    def _place(self, way: Way) -> int | None:
        """How deep on the way the cell after its end stands."""
        found = (n for n in range(len(way) - 1, -1, -1) if way[n][1] + 1 < len(self._children(way[n][0])))
        return next(found, None)

    def _first(self, height: int, child: tuple[int, bytes]) -> int:
        """The first leaf below a page of this height."""
        page, _ = child
        for _ in range(height):
            page = self._children(page)[0][0]
        return page

    def _children(self, page: int) -> list[tuple[int, bytes]]:
        if page not in self._opened:
            self._opened[page] = leads(_read(self._file, page))
        return self._opened[page]
