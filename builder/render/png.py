"""Flat drawings as PNG: rectangles in a few colours, the same bytes for the same drawing.

Source: https://www.w3.org/TR/png-3/ (indexed colour, a byte a pixel; a row like the one above it is said to be so).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from operator import itemgetter

from builder.render.runs import VALUES, packed

SIGNATURE = b"\x89PNG\r\n\x1a\n"
DEPTH = 8  # bits a pixel
AS_IS, UP = b"\0", b"\2"  # filters: the row itself, or what it adds to the row above it


class Drawing:
    """A sheet of `width` by `height` pixels, all of colour 0; `colours` are CSS hex values, sixteen at most."""

    def __init__(self, width: int, height: int, colours: Sequence[str]) -> None:
        self.width, self.height = width, height
        self.palette = b"".join(_rgb(colour) for colour in colours)
        self.boxes: list[tuple[int, int, int, int, int]] = []  # left, right, top, bottom, colour

    def box(self, x: float, y: float, width: float, height: float, colour: int) -> None:
        """A filled rectangle; what lies off the sheet is cut."""
        left, right, top, bottom = round(x), round(x + width), round(y), round(y + height)
        if left < 0 or top < 0 or right > self.width or bottom > self.height:
            left, right, top, bottom = max(left, 0), min(right, self.width), max(top, 0), min(bottom, self.height)
        if right > left and bottom > top:
            self.boxes.append((left, right, top, bottom, colour))

    def png(self) -> bytes:
        header = struct.pack(">IIBBBBB", self.width, self.height, DEPTH, 3, 0, 0, 0)
        chunks = ((b"IHDR", header), (b"PLTE", self.palette), (b"IDAT", packed(self._filtered())), (b"IEND", b""))
        return SIGNATURE + b"".join(_chunk(*chunk) for chunk in chunks)

    def _filtered(self) -> Iterator[tuple[bytes, int]]:
        """Bands of equal rows: the first as it is, the others as nothing new."""
        same = UP + bytes(self.width)
        for row, height in self._bands():
            yield AS_IS + row, 1
            yield same, height - 1

    def _bands(self) -> Iterator[tuple[bytes, int]]:
        """Rows differ only where a box begins or ends: each row with how often it stands there."""
        edges = sorted({0, self.height}.union(*map(itemgetter(2, 3), self.boxes)))
        at = {y: number for number, y in enumerate(edges)}
        rows = [bytearray(self.width) for _ in edges[1:]]
        fills = [bytes([colour]) * self.width for colour in range(VALUES)]
        for left, right, top, bottom, colour in self.boxes:
            fill = fills[colour][left:right]
            for number in range(at[top], at[bottom]):
                rows[number][left:right] = fill
        for row, top, bottom in zip(rows, edges, edges[1:], strict=False):
            yield bytes(row), bottom - top


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _rgb(colour: str) -> bytes:
    digits = colour.removeprefix("#")
    return bytes.fromhex(digits if len(digits) == 6 else "".join(2 * d for d in digits))
