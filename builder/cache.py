"""What was read once is never read again: readings by content, in one SQLite file a crash cannot corrupt."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec

from builder.model.annotation import Annotation
from builder.problems import Problem, Problems

VERSION = 1  # of the tables; a file of another version is begun anew
READINGS = "CREATE TABLE IF NOT EXISTS readings (key TEXT PRIMARY KEY, annotations BLOB NOT NULL) WITHOUT ROWID"
SPOILT = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISMATCH)
WRITABLE = "It must be a folder that can be written to; all in it is made again when it is deleted."
_annotations = msgspec.msgpack.Decoder(tuple[Annotation, ...])


def key(*parts: str | None) -> str:
    """The address of a reading: a hash of everything it depends on."""
    return hashlib.sha256(msgspec.msgpack.encode(parts)).hexdigest()


class Readings:
    """Readings on disk, shared by processes. A file that is spoilt, or another version's, is begun anew."""

    def __init__(self, file: Path) -> None:
        self._file = file
        try:
            self._db = self._open()
        except sqlite3.DatabaseError as error:
            if not _spoilt(error):
                raise
            self._begin_anew()

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._file, timeout=60, isolation_level=None)
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
        db.execute(READINGS)
        db.execute("SELECT key, annotations FROM readings LIMIT 0")
        db.execute(f"PRAGMA user_version={VERSION}")

    def _begin_anew(self) -> None:
        for end in ("", "-wal", "-shm", "-journal"):
            self._file.with_name(self._file.name + end).unlink(missing_ok=True)
        self._db = self._open()

    def get(self, key: str) -> tuple[Annotation, ...] | None:
        """The annotations kept under the key; None when there are none that can be read."""
        try:
            row = self._db.execute("SELECT annotations FROM readings WHERE key = ?", (key,)).fetchone()
            return _annotations.decode(row[0]) if row else None
        except (msgspec.DecodeError, TypeError):
            return None
        except sqlite3.DatabaseError as error:
            self._mend(error)
            return None

    def put(self, key: str, annotations: Sequence[Annotation]) -> None:
        """Keeps a reading at once, so that an interrupted build goes on where it was."""
        row = (key, msgspec.msgpack.encode(annotations))
        try:
            self._db.execute("INSERT OR REPLACE INTO readings VALUES (?, ?)", row)
        except sqlite3.DatabaseError as error:
            self._mend(error)
            self._db.execute("INSERT OR REPLACE INTO readings VALUES (?, ?)", row)

    def _mend(self, error: sqlite3.DatabaseError) -> None:
        if not _spoilt(error):
            raise error
        self._db.close()
        self._begin_anew()

    def close(self) -> None:
        self._db.close()


def _spoilt(error: sqlite3.DatabaseError) -> bool:
    """Whether the file itself is at fault, and not the disk or another process."""
    return (getattr(error, "sqlite_errorcode", 0) & 0xFF) in SPOILT


class Cache:
    """What earlier builds found out: readings."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._readings = Readings(folder / "cache.sqlite")

    def reading(self, key: str) -> tuple[Annotation, ...] | None:
        """The annotations kept under the key; None when the text was never read."""
        return self._readings.get(key)

    def keep(self, key: str, annotations: Sequence[Annotation]) -> None:
        """Keeps a reading at once, so that an interrupted build goes on where it was."""
        self._readings.put(key, annotations)

    def close(self) -> None:
        """Ends the connection."""
        self._readings.close()


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
def alone(folder: Path) -> Iterator[None]:
    """Lets one build at a time publish; raises Problems for a second one. A killed build leaves no lock behind.

    SQLite's own file lock, because the system lets go of it whenever the process ends, on every platform.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = _locked(folder / "lock.sqlite")
    except (sqlite3.Error, OSError) as error:
        if getattr(error, "sqlite_errorcode", 0) != sqlite3.SQLITE_BUSY:
            raise Problems([Problem(str(folder), f"cannot be worked in: {error}", WRITABLE)]) from None
        hint = "Wait for it to end; “glossator serve” builds too."
        raise Problems([Problem(str(folder), "another build of this archive is at work", hint)]) from None
    with closing(lock):
        yield


def _locked(file: Path) -> sqlite3.Connection:
    lock = sqlite3.connect(file, timeout=1, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.DatabaseError as error:
        lock.close()
        if not _spoilt(error):
            raise
        file.unlink()  # whatever it is, no build holds it
        return _locked(file)
    return lock
