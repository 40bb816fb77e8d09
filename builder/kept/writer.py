"""Writes what was made into a pack, in any process: each has a pack of its own."""

from __future__ import annotations

import os
import secrets
from io import FileIO
from pathlib import Path

from builder.kept.index import ENDING
from builder.kept.packs import START, encoded

ENOUGH = 1 << 19  # bytes in a block, about: read together, so not too many


class Writer:
    """Appends to a pack that is begun with the first block. Keeping is no more than a help: a full disk ends it.

    Then it `is_full`, and what comes later is passed over.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._forget()

    def _forget(self) -> None:
        self._process = os.getpid()
        self._file: FileIO | None = None
        self._waiting: dict[bytes, bytes] = {}
        self._size = 0
        self.is_full = False

    def add(self, digest: bytes, content: bytes) -> None:
        """Has a content written, with the next ones, or when all is to be `written`."""
        if self._process != os.getpid():  # what the process it was forked from has begun is not ours
            self._forget()
        if digest not in self._waiting:
            self._waiting[digest] = content
            self._size += len(content)
            if self._size >= ENOUGH:
                self.write()

    def write(self) -> None:
        """Writes all that waits."""
        if self._waiting and self._process == os.getpid():
            self.append(encoded(list(self._waiting.items())))
            self._waiting, self._size = {}, 0

    def append(self, block: bytes) -> None:
        """Writes a block that was encoded; where there is no room, not, and none after it."""
        if self.is_full:
            return
        try:
            if self._file is None:
                self._folder.mkdir(parents=True, exist_ok=True)
                self._file = opened(self._folder / f"{secrets.token_hex(8)}{ENDING}")
                block = START + block
            self.is_full = self._file.write(block) != len(block)
        except OSError:
            self.is_full = True

    def close(self) -> None:
        """Ends the pack; another one is begun for what comes later."""
        self.write()
        if self._file is not None and self._process == os.getpid():
            self._file.close()
            self._file = None


def opened(file: Path) -> FileIO:
    """A new file that is written to at once, block by block."""
    return file.open("xb", buffering=0)
