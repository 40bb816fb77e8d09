"""What was published last, file by file: path, SHA-256, size and time (nanoseconds). No more than a memory.

With it stands the SHA-256 of the manifest it is the files of: where that is the one that stood before a build, what the
build changed is all there is to note.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from heapq import merge
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from builder.kept.large import Large

T = TypeVar("T")
Manifests = tuple[str, str]  # the SHA-256 of the one that stood, empty where nobody knows it, and of the one that does
FILE = "listing.sqlite"
TOGETHER = 500  # files that are noted at a time
TABLES = (
    """CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, digest TEXT NOT NULL, size INTEGER NOT NULL,
 time INTEGER NOT NULL, large INTEGER NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS large ON files (digest) WHERE large",
    "CREATE TABLE IF NOT EXISTS stands (manifest TEXT NOT NULL)",
)
# A memory that a power cut spoils is found out as any other; nobody need wait for the disk.
MODES = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=OFF")


class Listed(Struct, frozen=True, array_like=True):
    """A published file: how it stood when it was published."""

    path: str
    digest: str
    size: int
    time: int


def listed(folder: Path) -> Iterator[Listed]:
    """Yields what was published last, by path; nothing where nobody knows."""
    if (folder / FILE).is_file():
        with suppress(sqlite3.Error, UnicodeDecodeError), closing(_opened(folder)) as db:
            for row in db.execute("SELECT path, digest, size, time FROM files ORDER BY path"):
                yield Listed(*row)


class Listing:
    """What is noted of a build, as its files are made: it counts once it is settled."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting: list[Listed] = []
        self._db: sqlite3.Connection | None = None

    def take(self, file: Listed) -> None:
        """Notes a file that was made."""
        self._waiting.append(file)
        if len(self._waiting) >= TOGETHER:
            self._doing(self._write)

    def settle(
        self, gone: Iterable[str], published: Mapping[str, str], output: Path, manifests: Manifests
    ) -> list[str]:
        """Has it count: others are `gone`, and `published` has the SHA-256 of all by path, in order.

        Where it is not of the manifest that stood, it is compared with these, and how others stand is seen in `output`.
        Gives the SHA-256 of every published file that is kept whole.
        """
        large = self._doing(lambda db: self._settle(db, list(gone), published, output, manifests))
        self.close()
        return large

    def close(self) -> None:
        """Forgets what was not settled."""
        if self._db:
            self._db.close()
            self._db = None

    def _doing(self, what: Callable[[sqlite3.Connection], T]) -> T:
        """What was noted in a database that is spoilt is seen again where the files are."""
        try:
            return what(self._opened())
        except sqlite3.Error:
            self.close()
            for end in ("", "-wal", "-shm", "-journal"):
                (self._folder / f"{FILE}{end}").unlink(missing_ok=True)
            return what(self._opened())

    def _opened(self) -> sqlite3.Connection:
        if self._db is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._db = _opened(self._folder)
            for statement in (*MODES, "BEGIN IMMEDIATE", *TABLES):
                self._db.execute(statement)
        return self._db

    def _write(self, db: sqlite3.Connection) -> None:
        self._put(db, self._waiting)
        self._waiting.clear()

    def _put(self, db: sqlite3.Connection, files: Iterable[Listed]) -> None:
        large = frozenset(Large(self._folder).digests())
        rows = ((one.path, one.digest, one.size, one.time, one.digest in large) for one in files)
        db.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)", rows)

    def _settle(
        self, db: sqlite3.Connection, gone: list[str], published: Mapping[str, str], output: Path, manifests: Manifests
    ) -> list[str]:
        self._write(db)
        _drop(db, gone)
        before, now = manifests
        if not before or db.execute("SELECT manifest FROM stands").fetchall() != [(before,)]:
            others = dict(_others(db, published))
            _drop(db, others)
            self._put(db, (_stands(path, digest, output) for path, digest in others.items() if digest))
        db.execute("DELETE FROM stands")
        db.execute("INSERT INTO stands VALUES (?)", (now,))
        large = [digest for (digest,) in db.execute("SELECT digest FROM files WHERE large ORDER BY digest")]
        db.execute("COMMIT")
        return large


def _drop(db: sqlite3.Connection, paths: Iterable[str]) -> None:
    db.executemany("DELETE FROM files WHERE path = ?", ((path,) for path in paths))


def _others(db: sqlite3.Connection, published: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yields the files that are noted otherwise than they are published, with the SHA-256 they have, if they are."""
    noted = ((path, 0, digest) for path, digest in db.execute("SELECT path, digest FROM files ORDER BY path"))
    wanted = ((path, 1, digest) for path, digest in zip(published, published.values(), strict=True))
    for path, found in groupby(merge(noted, wanted), key=lambda one: one[0]):
        digests = {of: digest for _, of, digest in found}
        if digests.get(0) != digests.get(1):
            yield path, digests.get(1, "")


def _opened(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / FILE, timeout=60, isolation_level=None)


def _stands(path: str, digest: str, output: Path) -> Listed:
    found = (output / path).stat()
    return Listed(path, digest, found.st_size, found.st_mtime_ns)
