"""Indexes that were made before, with what they were made of, so that only parts that changed are indexed again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from pathlib import Path

import msgspec
from msgspec import Struct

from builder.render.indexing import Index

BEGUN = ".begun"  # a file that is not whole yet
OWN = re.compile(rf"[0-9a-f]{{8}}({re.escape(BEGUN)})?")


class Kept(Struct, frozen=True):
    """An index and the address of what it was made of."""

    address: str
    index: Index


_kept = msgspec.msgpack.Decoder(Kept)


def key(*parts: object) -> str:
    """The address of what an index is made of: a hash."""
    return hashlib.sha256(msgspec.msgpack.encode(parts)).hexdigest()


class Store:
    """A folder with a file for each part. One that cannot be read counts as missing; all can be deleted at any time."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, part: str, address: str) -> Index | None:
        """The part's index if it was made of the same."""
        try:
            kept = _kept.decode((self._folder / part).read_bytes()) if self._folder else None
        except (OSError, msgspec.DecodeError):
            return None
        return kept.index if kept and kept.address == address else None

    def put(self, part: str, address: str, index: Index) -> None:
        """Keeps the part's index; as a whole, also when the program is killed."""
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)
            begun = self._folder / f"{part}{BEGUN}"
            begun.write_bytes(msgspec.msgpack.encode(Kept(address, index)))
            begun.replace(self._folder / part)

    def prune(self, parts: Collection[str]) -> None:
        """Deletes the indexes of all but these parts, which others may be at work on; never anyone else's file."""
        for file in self._folder.iterdir() if self._folder and self._folder.is_dir() else ():
            if OWN.fullmatch(file.name) and file.stem not in parts:
                file.unlink(missing_ok=True)
