"""What Pagefind made of documents before, and of which ones, so that it reads only what changed again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from zlib import crc32

import msgspec
from msgspec import Struct

from builder.render.indexing import Program, Read
from builder.render.searchable import Document

SUM = 4  # bytes of a sum
BEGUN = ".begun"  # a file that is not whole yet
OWN = rf"[0-9a-f]{{8}}([0-9a-f]{{8}})?({re.escape(BEGUN)})?"  # compiled where something is pruned: few builds do


class Known(Struct, frozen=True, array_like=True, gc=False):
    """A document whose words are placed, as it is kept: its address, and what is encoded until it is asked for.

    `shown` is what results show but for its text, as JSON. `said` has its title and what is said about it as they are
    found, which is not what is shown of what is `folded`; `narrowed` is what a search can be narrowed to.
    """

    address: bytes
    said: bytes
    narrowed: bytes
    shown: bytes
    folded: bool


Pairs = tuple[tuple[str, str], ...]
_said = msgspec.msgpack.Decoder(tuple[str, str])
_pairs = msgspec.msgpack.Decoder(Pairs)


def known(document: Document) -> Known:
    """What is kept of a document."""
    said = msgspec.msgpack.encode((document.title, document.about))
    shown = msgspec.json.encode(document.shown(""))
    return Known(key(document.found_by()), said, narrowed(document), shown, bool(document.warning))


def narrowed(document: Document) -> bytes:
    """What a search can be narrowed to, as it is kept."""
    return msgspec.msgpack.encode(tuple(document.narrowed()))


def pairs(narrowed: bytes) -> Pairs:
    """The same, to be looked at: name, value."""
    return _pairs.decode(narrowed)


def said(document: Known) -> tuple[str, str]:
    """A document's title, and what is said about it."""
    return _said.decode(document.said)


class Looked(Struct, frozen=True, array_like=True):
    """What was looked up for the documents of a piece of a run, the digest of that, and how many they are."""

    reads: dict[str, list[str]]
    digest: bytes
    documents: int


class Kept(Struct, frozen=True):
    """What was made of documents, who read them (`program` and `reader`), and what they were come by (`by`).

    `looked` is by what stands for a piece, see `search_known`, in the order of the documents. `files` are those of the
    index that hold its words and filters, by path. `spelling` are the `Shelves` of its words, or nothing; they are
    opened only where words change.
    """

    program: Program
    reader: str
    by: str
    documents: list[Known]
    looked: dict[str, Looked]
    made: Read
    files: dict[str, bytes] = {}
    spelling: bytes = b""


_kept = msgspec.msgpack.Decoder(Kept)


def key(*parts: object) -> bytes:
    """The address of what something is made of: a hash."""
    return hashlib.blake2b(msgspec.msgpack.encode(parts), digest_size=16).digest()


def _sum(content: bytes | memoryview) -> bytes:
    """Tells whether any byte is another: much of what is kept is not opened, and goes on as it is."""
    return crc32(content).to_bytes(SUM)


class Store:
    """A folder with a file for each part. One that was damaged counts as missing; all can be deleted at any time.

    In a language that Pagefind does not take word by word, it has one for each run.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, name: str) -> Kept | None:
        """What was made of the part or run before, also where it was of other documents or by another reader."""
        try:
            whole = memoryview((self._folder / name).read_bytes() if self._folder else b"")
            return _kept.decode(whole[SUM:]) if whole[:SUM] == _sum(whole[SUM:]) else None
        except (OSError, msgspec.DecodeError):
            return None

    def put(self, name: str, kept: Kept) -> None:
        """Keeps what was made of a part or run; as a whole, also when the program is killed."""
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)
            begun = self._folder / f"{name}{BEGUN}"
            content = msgspec.msgpack.encode(kept)
            with begun.open("wb") as file:
                file.writelines((_sum(content), content))
            begun.replace(self._folder / name)

    def prune(self, parts: Mapping[str, Iterable[str]]) -> None:
        """Deletes what was made of all but these parts and their runs, which others may be at work on.

        Nothing of the runs of a part that is kept as a whole is needed, and nothing goes that is anyone else's.
        """
        if self._folder is None or not self._folder.is_dir():
            return
        there = {file.name for file in self._folder.iterdir() if re.fullmatch(OWN, file.name)}
        used = {name for part, runs in parts.items() for name in (part, *(() if part in there else runs))}
        for name in sorted(there):
            if name.removesuffix(BEGUN) not in used:
                (self._folder / name).unlink(missing_ok=True)
