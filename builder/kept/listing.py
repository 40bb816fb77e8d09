"""What was published last, file by file: path, SHA-256, size and time (nanoseconds). No more than a memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path

from msgspec import Struct

FILE = "listing.sqlite"
TOGETHER = 500  # files that are noted at a time
TABLE = """
CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, digest TEXT NOT NULL, size INTEGER NOT NULL,
 time INTEGER NOT NULL) WITHOUT ROWID
"""


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

    def settle(self, gone: Iterable[str], published: Mapping[str, str], output: Path) -> None:
        """Has it count: others are `gone`, and `published` has the SHA-256 of all by path.

        Where it does not come to these, it looks how the others stand in `output`.
        """
        self._doing(lambda db: self._settle(db, list(gone), published, output))
        self.close()

    def close(self) -> None:
        """Forgets what was not settled."""
        if self._db:
            self._db.close()
            self._db = None

    def _doing(self, what: Callable[[sqlite3.Connection], None]) -> None:
        """What was noted in a database that is spoilt is seen again where the files are."""
        try:
            what(self._opened())
        except sqlite3.Error:
            self.close()
            for end in ("", "-wal", "-shm", "-journal"):
                (self._folder / f"{FILE}{end}").unlink(missing_ok=True)
            what(self._opened())

    def _opened(self) -> sqlite3.Connection:
        if self._db is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._db = _opened(self._folder)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute(TABLE)
        return self._db

    def _write(self, db: sqlite3.Connection) -> None:
        rows = ((one.path, one.digest, one.size, one.time) for one in self._waiting)
        db.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", rows)
        self._waiting.clear()

    def _settle(self, db: sqlite3.Connection, gone: list[str], published: Mapping[str, str], output: Path) -> None:
        self._write(db)
        db.executemany("DELETE FROM files WHERE path = ?", ((path,) for path in gone))
        if db.execute("SELECT count(*) FROM files").fetchone() != (len(published),):
            known = {path for (path,) in db.execute("SELECT path FROM files")}
            db.executemany("DELETE FROM files WHERE path = ?", ((path,) for path in known - published.keys()))
            looked = (_stands(path, published[path], output) for path in sorted(published.keys() - known))
            db.executemany("INSERT INTO files VALUES (?, ?, ?, ?)", looked)
        db.execute("COMMIT")


def _opened(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / FILE, timeout=60, isolation_level=None)


def _stands(path: str, digest: str, output: Path) -> tuple[str, str, int, int]:
    found = (output / path).stat()
    return path, digest, found.st_size, found.st_mtime_ns
