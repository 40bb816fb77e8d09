"""The file itself: its tables, its transactions, and its being begun anew when it is spoilt or another version's."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

FILE = "cache.sqlite"
VERSION = 3  # of the tables; a file of another version is begun anew
TABLES = {  # name -> columns: the key first, then by what version it was made, where that decides what it is
    "files": "path BLOB PRIMARY KEY, state TEXT NOT NULL, digest TEXT NOT NULL",
    "bodies": "key TEXT PRIMARY KEY, made TEXT NOT NULL, slug TEXT NOT NULL, matter TEXT NOT NULL,"
    " original TEXT NOT NULL, original_sha256 TEXT NOT NULL, article BLOB NOT NULL",
    "readings": "key TEXT PRIMARY KEY, made TEXT NOT NULL, annotations BLOB NOT NULL",
    "shares": "key TEXT PRIMARY KEY, made TEXT NOT NULL, names BLOB NOT NULL, collected BLOB NOT NULL",
    "listings": "key TEXT PRIMARY KEY, found BLOB NOT NULL",
    "places": "key TEXT NOT NULL, entity TEXT NOT NULL, occurrences BLOB NOT NULL, PRIMARY KEY (key, entity)",
    "gathered": "key TEXT PRIMARY KEY, found BLOB NOT NULL",
    "decided": "key TEXT PRIMARY KEY, found BLOB NOT NULL",
}
SPOILT = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISMATCH)
WRITABLE = "It must be a folder that can be written to; all in it is made again when it is deleted."


class Store:
    """Tables on disk, shared by processes. A file that is spoilt, or another version's, is begun anew."""

    def __init__(self, file: Path | None) -> None:
        """Opens a file, or without one makes a temporary one of SQLite's own."""
        self.file = file
        self._process = os.getpid()
        self._inherited: sqlite3.Connection | None = None
        try:
            self._db = self._open()
        except sqlite3.DatabaseError as error:
            if not spoilt(error):
                raise
            self._begin_anew()

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.file or "", timeout=60, isolation_level=None)
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
        db.execute("BEGIN IMMEDIATE")  # where the file cannot be written to, this tells
        if not version:
            db.execute(f"PRAGMA user_version={VERSION}")
        db.execute("COMMIT")

    def borrow(self, file: Path) -> None:
        """Takes what another file holds, which is only read."""
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?immutable=1", uri=True)) as other:
            other.backup(self._db)
        self._prepare(self._db)

    def _begin_anew(self) -> None:
        if self.file:
            for end in ("", "-wal", "-shm", "-journal"):
                self.file.with_name(self.file.name + end).unlink(missing_ok=True)
        self._db = self._open()

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        """What a query gives; nothing where the file is found to be spoilt. A forked process may ask too."""
        if self._process != os.getpid():
            self._reopen()
        try:
            return self._db.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            self._mend(error)
            return []

    def _reopen(self) -> None:
        """A connection of its own for a forked process, to read. The one it inherited must not even be closed."""
        self._process, self._inherited = os.getpid(), self._db
        self._db = sqlite3.connect(self.file or "", timeout=60, isolation_level=None)
        self._db.execute("PRAGMA query_only=ON")

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

    def kept(self, table: str) -> list[tuple[str, int, int]]:
        """What a table holds: by what each was made (empty where that is not told), how many rows, how many bytes."""
        names = _names(TABLES[table])
        made = "made" if "made" in names else "''"
        size = " + ".join(f"coalesce(length({name}), 0)" for name in names)
        return self.rows(f"SELECT {made}, count(*), sum({size}) FROM {table} GROUP BY 1 ORDER BY 1")

    def prune(self, table: str, used: Iterable[Any]) -> int:
        """Drops every row whose key is not among those used, and says how many."""
        key, before = _names(TABLES[table])[0], self._count(table)
        self._db.execute("CREATE TEMP TABLE IF NOT EXISTS used (key PRIMARY KEY) WITHOUT ROWID")
        self.change("INSERT OR IGNORE INTO used VALUES (?)", ((one,) for one in used))
        self.change(f"DELETE FROM {table} WHERE {key} NOT IN (SELECT key FROM used)", [()])
        self._db.execute("DROP TABLE used")
        return before - self._count(table)

    def _count(self, table: str) -> int:
        return int(self.rows(f"SELECT count(*) FROM {table}")[0][0])

    def shrink(self) -> None:
        """Gives the space of dropped rows back to the disk."""
        self._db.execute("VACUUM")
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _mend(self, error: sqlite3.DatabaseError) -> None:
        if not spoilt(error):
            raise error
        self._db.close()
        self._begin_anew()

    def close(self) -> None:
        """Ends the connection."""
        self._db.close()


def usable(file: Path) -> bool:
    """Whether the file can be used as it is, not spoilt and of this version; looking changes nothing."""
    address = f"{file.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as db:
            (version,) = db.execute("PRAGMA user_version").fetchone()
            for name, columns in TABLES.items():
                db.execute(f"SELECT {', '.join(_names(columns))} FROM {name} LIMIT 0")
    except sqlite3.DatabaseError as error:
        if not spoilt(error):
            raise
        return False
    return bool(version == VERSION)


def _names(columns: str) -> list[str]:
    return [column.split()[0] for column in columns.split(", PRIMARY")[0].split(", ")]


def spoilt(error: sqlite3.DatabaseError) -> bool:
    """Whether the file itself is at fault, and not the disk or another process."""
    return (getattr(error, "sqlite_errorcode", 0) & 0xFF) in SPOILT
