"""What was read once is never read again: one SQLite file that a crash cannot corrupt and processes can share."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import msgspec

from builder.cache.aside import Aside, Asides
from builder.cache.bodies import Bodies, Head, Known
from builder.cache.each import Each
from builder.cache.files import Files
from builder.cache.lock import alone
from builder.cache.readings import Readings
from builder.cache.shares import Shares
from builder.cache.store import FILE, WRITABLE, Store
from builder.cache.whole import Whole
from builder.model.annotation import EntityKind
from builder.problems import Problem, Problems

__all__ = [
    "FILE",
    "Aside",
    "Asides",
    "Bodies",
    "Cache",
    "Each",
    "Files",
    "Head",
    "Known",
    "Readings",
    "Shares",
    "Store",
    "Whole",
    "alone",
    "key",
    "opened",
    "opened_or_borrowed",
]

Standing = tuple[tuple[str, EntityKind], ...]  # names as written, and what each names


_encode = msgspec.msgpack.Encoder().encode  # one for all: each article has several addresses


def key(*parts: str | None) -> str:
    """The address of something kept: a hash of everything it depends on."""
    return hashlib.sha256(_encode(parts)).hexdigest()


class Cache:
    """What is kept between builds, one shelf a kind."""

    def __init__(self, folder: Path | None) -> None:
        """Opens the cache in a folder; without one, it keeps nothing."""
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.store = Store(folder / FILE if folder else None)
        self.files = Files(self.store)
        self.bodies = Bodies(self.store)
        self.gathered = Each(self.store, "gathered", Known)  # articles as they were found last, by how their files are
        self.decided = Whole(self.store, "decided", bytes)  # what editors' files said, by path and content
        self.readings = Readings(self.store)
        self.shares = Shares(self.store)
        self.listings = Whole(self.store, "listings", Standing)  # the listed names that stand in an article, by its key

    def close(self) -> None:
        """Ends the connection."""
        self.store.close()


@contextmanager
def opened(folder: Path) -> Iterator[Cache]:
    """The archive's cache, closed at the end; raises Problems where its file cannot be used."""
    try:
        cache = Cache(folder)
    except (sqlite3.Error, OSError) as error:
        raise Problems([Problem(str(folder), f"the cache cannot be used: {error}", WRITABLE)]) from None
    with closing(cache):
        yield cache


@contextmanager
def opened_or_borrowed(folder: Path) -> Iterator[Cache]:
    """The same for whoever only looks: where the folder cannot be written to, a copy that is gone in the end."""
    try:
        cache = Cache(folder)
    except (sqlite3.Error, OSError):
        cache = Cache(None)
        with suppress(sqlite3.Error, OSError):
            cache.store.borrow(folder / FILE)
    with closing(cache):
        yield cache
