"""What was published last, file by file: path, SHA-256, size and time (nanoseconds). No more than a memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path

from msgspec import Struct

FILE = "listing.sqlite"
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


def note(folder: Path, made: Iterable[Listed], gone: Iterable[str], published: Mapping[str, str], output: Path) -> None:
    """Notes files that were made, and that others are gone: `published` has the SHA-256 of all by path.

    Where it does not come to these, it looks how the others stand in `output`.
    """
    made, gone = list(made), list(gone)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        _note(folder, made, gone, published, output)
    except sqlite3.Error:
        for end in ("", "-wal", "-shm", "-journal"):
            (folder / f"{FILE}{end}").unlink(missing_ok=True)
        _note(folder, made, gone, published, output)


def _opened(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / FILE, timeout=60, isolation_level=None)


def _note(
    folder: Path, made: Iterable[Listed], gone: Iterable[str], published: Mapping[str, str], output: Path
) -> None:
    with closing(_opened(folder)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=NORMAL")
        db.execute("BEGIN IMMEDIATE")
        db.execute(TABLE)
        db.executemany("DELETE FROM files WHERE path = ?", ((path,) for path in gone))
        rows = ((one.path, one.digest, one.size, one.time) for one in made)
        db.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", rows)
        if db.execute("SELECT count(*) FROM files").fetchone() != (len(published),):
            known = {path for (path,) in db.execute("SELECT path FROM files")}
            db.executemany("DELETE FROM files WHERE path = ?", ((path,) for path in known - published.keys()))
            looked = (_stands(path, published[path], output) for path in sorted(published.keys() - known))
            db.executemany("INSERT INTO files VALUES (?, ?, ?, ?)", looked)
        db.execute("COMMIT")


def _stands(path: str, digest: str, output: Path) -> tuple[str, str, int, int]:
    found = (output / path).stat()
    return path, digest, found.st_size, found.st_mtime_ns
