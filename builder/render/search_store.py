"""Indexes that were made before, kept by what they were made of, so that only parts that changed are indexed again."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import msgspec

from builder.render.indexing import Index

OWN = re.compile(r"[0-9a-f]{64}|begun")
_index = msgspec.msgpack.Decoder(Index)


def key(*parts: object) -> str:
    """The address of an index: a hash of everything it is made of."""
    return hashlib.sha256(msgspec.msgpack.encode(parts)).hexdigest()


class Store:
    """A folder with a file an index. One that cannot be read counts as missing; all can be deleted at any time."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._used: set[str] = set()

    def get(self, address: str) -> Index | None:
        """The index that was kept under the address."""
        self._used.add(address)
        try:
            return _index.decode((self._folder / address).read_bytes()) if self._folder else None
        except (OSError, msgspec.DecodeError):
            return None

    def put(self, address: str, index: Index) -> None:
        """Keeps an index; as a whole, also when the program is killed."""
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)
            begun = self._folder / "begun"
            begun.write_bytes(msgspec.msgpack.encode(index))
            begun.replace(self._folder / address)

    def prune(self) -> None:
        """Deletes indexes that were neither taken nor kept since the store was opened; never anyone else's file."""
        for file in self._folder.iterdir() if self._folder and self._folder.is_dir() else ():
            if OWN.fullmatch(file.name) and file.name not in self._used:
                file.unlink()
