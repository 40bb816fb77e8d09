"""What stands published, and what each piece of it was made of: so that only what has changed is made again.

The ledger is no more than a memory: without it, or with one of another program or another output folder, everything
is made again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

FILE = "ledger.sqlite"
TABLES = """
CREATE TABLE IF NOT EXISTS stamp (stamp TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS units (name TEXT PRIMARY KEY, entry BLOB NOT NULL) WITHOUT ROWID;
"""


class Standing(Struct, frozen=True, array_like=True):
    """A published file: its SHA-256, and size and time (nanoseconds) by which to know that nobody touched it since."""

    path: str
    digest: str
    size: int
    time: int


class Run(Struct, frozen=True, array_like=True):
    """A piece of a large file: what was looked up for it, the digest of what was found, and where it stands."""

    name: str
    reads: dict[str, list[str]]
    digest: bytes
    start: int
    stop: int


class Entry(Struct, frozen=True, array_like=True):
    """A unit's files, what was looked up for them (register -> keys), and the digest of what was found.

    `runs` are those of its large files, by path, in order: they looked up more than that, each for itself.
    """

    reads: dict[str, list[str]]
    digest: bytes
    files: tuple[Standing, ...]
    runs: dict[str, list[Run]] = {}


_entry = msgspec.msgpack.Decoder(Entry)


class Ledger:
    """Entries by unit. `stamp` stands for all that every page depends on: program, templates, configuration, folder."""

    def __init__(self, file: Path, stamp: str) -> None:
        self._file, self._stamp = file, stamp
        try:
            self._db = self._open()
        except sqlite3.DatabaseError:
            self._begin_anew()

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._file, timeout=60, isolation_level=None)
        try:
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=NORMAL")
            db.executescript(TABLES)
            self._known = db.execute("SELECT stamp FROM stamp").fetchall() == [(self._stamp,)]
            db.execute("SELECT name, entry FROM units LIMIT 0")
        except sqlite3.DatabaseError:
            db.close()
            raise
        return db

    def _begin_anew(self) -> None:
        for end in ("", "-wal", "-shm", "-journal"):
            self._file.with_name(self._file.name + end).unlink(missing_ok=True)
        self._db = self._open()

    def get(self, name: str) -> Entry | None:
        """The unit's entry; None where there is none that can be used."""
        if not self._known:
            return None
        try:
            row: tuple[Any, ...] | None = self._db.execute("SELECT entry FROM units WHERE name = ?", (name,)).fetchone()
            return _entry.decode(row[0]) if row else None
        except (sqlite3.DatabaseError, msgspec.DecodeError, TypeError):
            return None

    def write(self, entries: Iterable[tuple[str, Entry]], kept: Iterable[str]) -> None:
        """Notes what was made, once it is published; entries of units that are neither made nor kept go."""
        try:
            self._write(entries, kept)
        except sqlite3.DatabaseError:  # the next build makes everything again
            self._db.close()
            self._begin_anew()

    def forget(self) -> None:
        """Has the next build make everything again."""
        self.write((), ())

    def _write(self, entries: Iterable[tuple[str, Entry]], kept: Iterable[str]) -> None:
        db = self._db
        db.execute("BEGIN IMMEDIATE")
        try:
            db.execute("CREATE TEMP TABLE kept (name TEXT PRIMARY KEY) WITHOUT ROWID")
            db.executemany("INSERT INTO kept VALUES (?)", ((name,) for name in kept))
            db.execute("DELETE FROM units WHERE name NOT IN (SELECT name FROM kept)")
            rows = ((name, msgspec.msgpack.encode(entry)) for name, entry in entries)
            db.executemany("INSERT OR REPLACE INTO units VALUES (?, ?)", rows)
            db.execute("DELETE FROM stamp")
            db.execute("INSERT INTO stamp VALUES (?)", (self._stamp,))
            db.execute("DROP TABLE kept")
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise

    def close(self) -> None:
        self._db.close()


@contextmanager
def ledger(folder: Path, stamp: str) -> Iterator[Ledger]:
    """The ledger in the archive's working folder, closed at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    with closing(Ledger(folder / FILE, stamp)) as opened:
        yield opened
