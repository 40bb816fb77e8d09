"""Pack files: blocks of contents one after another, each with a table that tells what is in it, and checksums of both.

A pack is only ever appended to. What a killed build left at its end is no whole block, and is passed over; a block that
was damaged since is found out when it is read. Contents are known by their SHA-256.
"""

from __future__ import annotations

import importlib
import struct
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

START = b"glossator pack 2\n"
HEAD = struct.Struct("<4sBIIII")  # mark, method, bytes of table and body, checksum of the table and of the body
MARK = b"\x9dblk"
ROW = struct.Struct("<32sI")  # SHA-256, bytes
ZLIB, ZSTD = 0, 1  # methods
FASTEST = 1  # level: of zlib and Zstandard alike, pages grow little shorter by more


Row = tuple[bytes, int]


class Damaged(Exception):
    """A block is not what was written."""


class Block(NamedTuple):
    """Where a block's body stands, and how to read it."""

    pack: Path
    at: int
    size: int
    whole: int  # bytes, when it is read
    check: int
    method: int


def _zstandard() -> Any:
    """Python 3.14's own, or its backport: it reads three times as fast as zlib. None where neither is there."""
    for name in ("compression.zstd", "backports.zstd"):
        try:
            return importlib.import_module(name)
        except ImportError:
            continue
    return None


_zstd = _zstandard()


def encoded(contents: Sequence[tuple[bytes, bytes]]) -> bytes:
    """A block of contents, each with its SHA-256."""
    table = b"".join(ROW.pack(digest, len(content)) for digest, content in contents)
    whole = b"".join(content for _, content in contents)
    body = _zstd.compress(whole, FASTEST) if _zstd else zlib.compress(whole, FASTEST)
    method = ZSTD if _zstd else ZLIB
    head = HEAD.pack(MARK, method, len(table), len(body), zlib.crc32(table), zlib.crc32(body))
    return head + table + body


def blocks(pack: Path) -> Iterator[tuple[Block, list[Row]]]:
    """Yields a pack's blocks, each with its contents' SHA-256s and sizes; ends at the first that is not whole."""
    with pack.open("rb") as file:
        end = file.seek(0, 2)
        file.seek(0)
        if file.read(len(START)) != START:
            return
        while len(head := file.read(HEAD.size)) == HEAD.size:
            mark, method, rows, size, right, check = HEAD.unpack(head)
            table = file.read(rows) if mark == MARK else b""
            at = file.tell()
            if mark != MARK or zlib.crc32(table) != right or rows % ROW.size or at + size > end:
                return
            found = list(ROW.iter_unpack(table))
            yield Block(pack, at, size, sum(row[1] for row in found), check, method), found
            file.seek(size, 1)


def decoded(block: Block, file: BinaryIO) -> bytes:
    """The contents of a block, one after another; raises Damaged."""
    try:
        file.seek(block.at)
        body = file.read(block.size)
        if len(body) == block.size and zlib.crc32(body) == block.check:
            if block.method == ZLIB:
                return zlib.decompress(body, bufsize=max(1, block.whole))
            if block.method == ZSTD and _zstd:
                return cast(bytes, _zstd.decompress(body))
    except (OSError, zlib.error, getattr(_zstd, "ZstdError", zlib.error)) as error:
        raise Damaged(str(error)) from None
    raise Damaged(str(block.pack))
