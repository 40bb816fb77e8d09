"""The file itself: its tables, its transactions, and its being begun anew when it is spoilt or another version's."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

FILE = "cache.sqlite"
VERSION = 2  # of the tables; a file of another version is begun anew
TABLES = {  # name -> columns, the first of which is the key
    "files": "path BLOB PRIMARY KEY, state TEXT NOT NULL, digest TEXT NOT NULL",
    "bodies": "key TEXT PRIMARY KEY, made TEXT NOT NULL, slug TEXT NOT NULL, matter TEXT NOT NULL,"
    " original TEXT NOT NULL, original_sha256 TEXT NOT NULL, article BLOB NOT NULL",
    "readings": "key TEXT PRIMARY KEY, made TEXT NOT NULL, annotations BLOB NOT NULL",
}
SPOILT = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISMATCH)
WRITABLE = "It must be a folder that can be written to; all in it is made again when it is deleted."


class Store:
    """Tables on disk, shared by processes. A file that is spoilt, or another version's, is begun anew."""

    def __init__(self, file: Path) -> None:
        self.file = file
        try:
            self._db = self._open()
        except sqlite3.DatabaseError as error:
            if not spoilt(error):
                raise
            self._begin_anew()

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.file, timeout=60, isolation_level=None)
        try:
            self._prepare(db)
        except sqlite3.DatabaseError:
            db.close()
            raise
        return db

    def _prepare(self, db: sqlite3.Connection) -> None:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=NORMAL")
        (version,) = db.execute("PRAGMA user_version").fetchone()
        if version not in (0, VERSION):
            error = sqlite3.DatabaseError(f"version {version}")
            error.sqlite_errorcode = sqlite3.SQLITE_MISMATCH
            raise error
        for name, columns in TABLES.items():
            db.execute(f"CREATE TABLE IF NOT EXISTS {name} ({columns})")
            db.execute(f"SELECT {', '.join(_names(columns))} FROM {name} LIMIT 0")
        if not version:
            db.execute(f"PRAGMA user_version={VERSION}")

    def _begin_anew(self) -> None:
        for end in ("", "-wal", "-shm", "-journal"):
            self.file.with_name(self.file.name + end).unlink(missing_ok=True)
        self._db = self._open()

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        """What a query gives; nothing where the file is found to be spoilt."""
        try:
            return self._db.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            self._mend(error)
            return []

    def put(self, table: str, rows: Iterable[Sequence[Any]]) -> None:
        """Keeps rows of all columns, in the place of those with their keys, in one transaction: all or none."""
        rows = list(rows)
        if not rows:
            return
        marks = ", ".join("?" * len(rows[0]))
        self.change(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows)

    def change(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Carries a statement out for every row, in one transaction."""
        rows = list(rows)
        try:
            self._change(statement, rows)
        except sqlite3.DatabaseError as error:
            self._mend(error)
            self._change(statement, rows)

    def _change(self, statement: str, rows: list[Sequence[Any]]) -> None:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            self._db.executemany(statement, rows)
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    def _mend(self, error: sqlite3.DatabaseError) -> None:
        if not spoilt(error):
            raise error
        self._db.close()
        self._begin_anew()

    def close(self) -> None:
        """Ends the connection."""
        self._db.close()


def _names(columns: str) -> list[str]:
    return [column.split()[0] for column in columns.split(", ")]


def spoilt(error: sqlite3.DatabaseError) -> bool:
    """Whether the file itself is at fault, and not the disk or another process."""
    return (getattr(error, "sqlite_errorcode", 0) & 0xFF) in SPOILT
