"""Rows as SQLite's files hold them: records in cells, cells in the pages of a tree that is sorted by key.

Only what this archive's file needs: tables WITHOUT ROWID, text in UTF-8, whole numbers of four or eight bytes.
Source: https://www.sqlite.org/fileformat2.html
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from msgspec import Struct

Cell = str | int | float | None
Bytes = bytes | bytearray

SIZE = 4096  # bytes of a page
MOST = (SIZE - 12) * 64 // 255 - 23  # bytes of a record that stand in its cell; of a longer one at least
LEAST = (SIZE - 12) * 32 // 255 - 23  # these, and the rest on pages of its own that
BEYOND = SIZE - 4  # begin with the number of the next one
LEAF, INNER = 10, 2  # kinds of pages: the lowest ones of a tree, and those that lead to others
HEAD = {LEAF: 8, INNER: 12}  # bytes before the places of the cells
POINTER = 4  # bytes of a page's number
NULL, FOUR, EIGHT, REAL = b"\x00", b"\x04", b"\x06", b"\x07"  # what a record says of each value
TEXT = 13  # and twice its length
LARGE = 1 << 31  # numbers from here on take eight bytes
SHORT = 512  # bytes of texts and records whose lengths are at hand


_four, _real = struct.Struct(">i").pack, struct.Struct(">d").pack


class Leaves(Struct, frozen=True):
    """The pages of some rows in their order: what is too long for its cell first, then the leaves.

    `between` are the cells that stand in the pages above: one after each leaf, or after each but the last one.
    """

    beyond: list[bytes]
    leaves: list[bytes]
    between: list[bytes]


def varint(value: int) -> bytes:
    """Seven bits a byte, the largest first, all but the last marked."""
    if value < len(VARINTS):
        return VARINTS[value]
    return _varint(value)


def _varint(value: int) -> bytes:
    found = [value & 0x7F]
    while value := value >> 7:
        found.append(value & 0x7F | 0x80)
    return bytes(reversed(found))


VARINTS = list(map(_varint, range(SHORT)))
TEXTS = [_varint(TEXT + 2 * size) for size in range(SHORT)]


def _read_varint(page: Bytes, at: int) -> tuple[int, int]:
    """The number that stands there, and where it ends."""
    value = page[at] & 0x7F
    while page[at] & 0x80:
        at += 1
        value = value << 7 | page[at] & 0x7F
    return value, at + 1


def record(row: Sequence[Cell]) -> bytes:
    """A row's values, with their kinds before them; a reader takes what is missing at its end for empty."""
    kinds, values = [], []
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    for value in row[:end]:  # most of an archive's cells are empty or short text, and there are millions
        if value is None:
            kinds.append(NULL)
        elif type(value) is str:
            encoded = value.encode()
            size = len(encoded)
            kinds.append(TEXTS[size] if size < SHORT else varint(TEXT + 2 * size))
            values.append(encoded)
        elif type(value) is int and -LARGE <= value < LARGE:
            kinds.append(FOUR)
            values.append(_four(value))
        else:
            kind, encoded = _number(value)
            kinds.append(kind)
            values.append(encoded)
    head = b"".join(kinds)
    size = len(head) + 1
    return b"".join((varint(size if size < 0x80 else size + 1), head, *values))


def _number(value: Cell) -> tuple[bytes, bytes]:
    if isinstance(value, float):
        return REAL, _real(value)
    assert isinstance(value, int)
    return (FOUR, _four(value)) if -LARGE <= value < LARGE else (EIGHT, struct.pack(">q", value))


def leaves(records: Sequence[bytes], at: int, last: bool) -> Leaves:
    """Puts records on pages, as many as there is room for; `at` is the first page's number.

    Of a tree's `last` rows the last ones stand on a leaf; else the last one stands above, so there are two or more.
    """
    beyond: list[bytes] = []
    pages: list[list[bytes]] = []
    between: list[bytes] = []
    page: list[bytes] = []
    room = SIZE - HEAD[LEAF]
    for one in records:
        cell = _cell(one, at, beyond)
        room -= len(cell) + 2
        if room >= 0:
            page.append(cell)
        else:
            pages.append(page)
            between.append(cell)
            page, room = [], SIZE - HEAD[LEAF]
    if page or (last and pages):
        if len(page) < (1 if last else 2):  # too few for a page, so the one before gives some of its own
            page.insert(0, between[-1])
            between[-1] = pages[-1].pop()
        if not last:
            between.append(page.pop())
        pages.append(page)
    return Leaves(beyond, [packed(LEAF, cells) for cells in pages], between)


def _cell(whole: bytes, at: int, beyond: list[bytes]) -> bytes:
    size = len(whole)
    local = _local(size)
    if local == size:
        return varint(size) + whole
    first = at + len(beyond)
    parts = [whole[start : start + BEYOND] for start in range(local, size, BEYOND)]
    for number, part in enumerate(parts, first + 1):
        following = number if number < first + len(parts) else 0
        beyond.append((following.to_bytes(POINTER, "big") + part).ljust(SIZE, b"\0"))
    return varint(size) + whole[:local] + first.to_bytes(POINTER, "big")


def _local(size: int) -> int:
    """How much of a record stands in its cell."""
    if size <= MOST:
        return size
    local = LEAST + (size - LEAST) % BEYOND
    return local if local <= MOST else LEAST


def packed(kind: int, cells: Sequence[bytes], right: int = 0) -> bytes:
    """A page of cells; one that is INNER leads to `right` after the last one."""
    found, start = [], SIZE
    for cell in cells:
        start -= len(cell)
        found.append(start)
    head = struct.pack(">BHHHB", kind, 0, len(cells), start, 0)
    head += right.to_bytes(POINTER) if kind == INNER else b""
    head += struct.pack(f">{len(found)}H", *found)
    return head.ljust(start, b"\0") + b"".join(reversed(cells))


def places(page: bytes) -> Sequence[int]:
    """Where a page's cells stand."""
    (number,) = struct.unpack_from(">H", page, 3)
    return struct.unpack_from(f">{number}H", page, HEAD[page[0]])


def leads(page: bytes) -> list[tuple[int, bytes]]:
    """To which pages an INNER one leads, with the cell after each; for the last one that is empty."""
    found, end = [], SIZE
    for at in places(page):  # as `packed` put them: each ends where the one before begins
        found.append((int.from_bytes(page[at : at + POINTER]), page[at + POINTER : end]))
        end = at
    return [*found, (int.from_bytes(page[8:12]), b"")]


def _end(page: Bytes, at: int) -> tuple[int, bool]:
    """Where the cell ends, and whether that is with the number of a page."""
    size, start = _read_varint(page, at)
    local = _local(size)
    return (start + local, False) if local == size else (start + local + POINTER, True)


def number_in(cell: bytes) -> int:
    """The whole number that its record begins with."""
    (value,) = struct.unpack_from(">i", cell, _first_value(cell, 0))
    return int(value)


def _first_value(page: Bytes, at: int) -> int:
    _, start = _read_varint(page, at)
    return start + page[start]


class Move(Struct, frozen=True):
    """What changes in pages that are taken to another place: numbers of pages, and the numbers that rows begin with."""

    pages: int
    rows: int = 0

    def cell(self, cell: bytes) -> bytes:
        """The same of a single one."""
        changed = bytearray(cell)
        self._cell(changed, 0)
        return bytes(changed)

    def moved(self, content: bytes, beyond: int) -> bytes:
        """The content of pages, of which the first ones hold what is `beyond` the cells."""
        changed = bytearray(content)
        for at in range(0, beyond * SIZE, SIZE):
            _add(changed, at, self.pages)
        for start in range(beyond * SIZE, len(content), SIZE):
            for place in places(content[start : start + SIZE]):
                self._cell(changed, start + place)
        return bytes(changed)

    def _cell(self, page: bytearray, at: int) -> None:
        end, long = _end(page, at)
        if long:
            _add(page, end - POINTER, self.pages)
        if self.rows:
            _add(page, _first_value(page, at), self.rows)


def _add(page: bytearray, at: int, value: int) -> None:
    """To the number that stands there, unless it is 0, which stands for no page."""
    (found,) = struct.unpack_from(">I", page, at)
    struct.pack_into(">I", page, at, found + value if found else 0)
