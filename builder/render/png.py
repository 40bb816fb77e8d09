"""Flat drawings as PNG: rectangles in a few colours, the same bytes for the same drawing.

Source: https://www.w3.org/TR/png-3/ (indexed colour, one byte a pixel, no filter).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

SIGNATURE = b"\x89PNG\r\n\x1a\n"


class Drawing:
    """A sheet of `width` by `height` pixels, all of colour 0; `colours` are CSS hex values."""

    def __init__(self, width: int, height: int, colours: Sequence[str]) -> None:
        self.width, self.height = width, height
        self.palette = b"".join(_rgb(colour) for colour in colours)
        self.rows = [bytearray(width) for _ in range(height)]

    def box(self, x: float, y: float, width: float, height: float, colour: int) -> None:
        """A filled rectangle; what lies off the sheet is cut."""
        left, right = max(round(x), 0), min(round(x + width), self.width)
        if right > left:
            fill = bytes([colour]) * (right - left)
            for row in self.rows[max(round(y), 0) : max(round(y + height), 0)]:
                row[left:right] = fill

    def png(self) -> bytes:
        header = struct.pack(">IIBBBBB", self.width, self.height, 8, 3, 0, 0, 0)
        pixels = zlib.compress(b"".join(b"\0" + row for row in self.rows), 9)
        chunks = ((b"IHDR", header), (b"PLTE", self.palette), (b"IDAT", pixels), (b"IEND", b""))
        return SIGNATURE + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _rgb(colour: str) -> bytes:
    digits = colour.removeprefix("#")
    return bytes.fromhex(digits if len(digits) == 6 else "".join(2 * d for d in digits))
