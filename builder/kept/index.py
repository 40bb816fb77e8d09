"""Where each content stands in the packs."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from builder.kept.packs import Block, Damaged, blocks, decoded

ENDING = ".pack"


Place = tuple[int, int, int]  # the number of a block, and where in it, when it was read: start and bytes


class Index:
    """The packs of a folder as they were when it was made; asked by a content's SHA-256, in hexadecimal digits."""

    def __init__(self, folder: Path) -> None:
        self.blocks: list[Block] = []
        self.contents: dict[bytes, Place] = {}
        for pack in self.packs(folder):
            self._enter(pack)

    @staticmethod
    def packs(folder: Path) -> list[Path]:
        """The packs of a folder, always in the same order."""
        return sorted(folder.glob(f"*{ENDING}"))

    def _enter(self, pack: Path) -> None:
        for block, rows in blocks(pack):
            number, at = len(self.blocks), 0
            self.blocks.append(block)
            for digest, size in rows:
                self.contents[digest] = number, at, size
                at += size

    def has(self, digest: str) -> bool:
        """Whether a content is there."""
        return known_by(digest) in self.contents

    def place(self, digest: str) -> Place | None:
        """Where the content stands."""
        return self.contents.get(known_by(digest))


def known_by(digest: str) -> bytes:
    """Its bytes; of what is no SHA-256 something that nothing is known by."""
    try:
        return bytes.fromhex(digest)
    except ValueError:
        return b""


class Reader:
    """Reads blocks; keeps packs open, and the last block that was read."""

    def __init__(self) -> None:
        self._opened: dict[Path, BinaryIO] = {}
        self._last: tuple[Block | None, bytes] = (None, b"")

    def read(self, block: Block) -> bytes:
        """The block's contents; raises Damaged."""
        if self._last[0] is not block:
            self._last = block, decoded(block, self._file(block.pack))
        return self._last[1]

    def _file(self, pack: Path) -> BinaryIO:
        if pack not in self._opened:
            try:
                self._opened[pack] = pack.open("rb")
            except OSError as error:
                raise Damaged(str(error)) from None
        return self._opened[pack]

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with ExitStack() as all_:
            for file in self._opened.values():
                all_.callback(file.close)
        self._opened.clear()
