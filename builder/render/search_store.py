"""What Pagefind made of documents before, and of which ones, so that it reads only runs that changed again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from pathlib import Path

import msgspec
from msgspec import Struct

from builder.render.indexing import Read

BEGUN = ".begun"  # a file that is not whole yet
OWN = re.compile(rf"[0-9a-f]{{8}}([0-9a-f]{{8}})?({re.escape(BEGUN)})?")


class Kept(Struct, frozen=True):
    """What was made of documents, their addresses, and who read them."""

    reader: str
    documents: list[bytes]
    made: Read


_kept = msgspec.msgpack.Decoder(Kept)


def key(*parts: object) -> bytes:
    """The address of what something is made of: a hash."""
    return hashlib.blake2b(msgspec.msgpack.encode(parts), digest_size=16).digest()


class Store:
    """A folder with a file for each run. One that cannot be read counts as missing; all can be deleted at any time."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, run: str, reader: str) -> Kept | None:
        """What was made of the run before by the same reader, also where it was of other documents."""
        try:
            kept = _kept.decode((self._folder / run).read_bytes()) if self._folder else None
        except (OSError, msgspec.DecodeError):
            return None
        return kept if kept and kept.reader == reader else None

    def put(self, run: str, kept: Kept) -> None:
        """Keeps what was made of the run; as a whole, also when the program is killed."""
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)
            begun = self._folder / f"{run}{BEGUN}"
            begun.write_bytes(msgspec.msgpack.encode(kept))
            begun.replace(self._folder / run)

    def prune(self, runs: Collection[str]) -> None:
        """Deletes what was made of all but these runs, which others may be at work on; never anyone else's file."""
        for file in self._folder.iterdir() if self._folder and self._folder.is_dir() else ():
            if OWN.fullmatch(file.name) and file.stem not in runs:
                file.unlink(missing_ok=True)
