"""Files that an edition takes in: of a large archive there are a million, so they are held close together."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from builder.publish.manifest import Lines
from builder.publish.stage import Staged

TOGETHER = 1024
File = tuple[str, str, bool]  # path, SHA-256, and whether it waits in the stage
_decoder = msgspec.msgpack.Decoder(list[File])


class Taken:
    """Files in the order in which they were taken in."""

    def __init__(self) -> None:
        self.changed = 0  # how many of them wait in the stage
        self._chunks: list[bytes] = []
        self._open: list[File] = []

    def add(self, staged: Staged) -> None:
        """Takes one in."""
        self.changed += staged.changed
        self._open.append((staged.path, staged.digest, staged.changed))
        if len(self._open) >= TOGETHER:
            self._chunks.append(msgspec.msgpack.encode(self._open))
            self._open.clear()

    def _all(self) -> Iterator[File]:
        for chunk in self._chunks:
            yield from _decoder.decode(chunk)
        yield from self._open

    def moves(self) -> Iterator[str]:
        """Yields the paths of those that wait in the stage."""
        return (path for path, _, changed in self._all() if changed)

    def lines(self) -> Lines:
        """The list of them."""
        return Lines.of((path, digest) for path, digest, _ in self._all())
