"""One build at a time publishes an archive."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from builder.cache.store import WRITABLE, spoilt
from builder.problems import Problem, Problems


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
        if not spoilt(error):
            raise
        file.unlink()  # whatever it is, no build holds it
        return _locked(file)
    return lock
