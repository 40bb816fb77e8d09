"""What lies in an archive's working folder besides the cache; each part can be deleted, and is made again by a build.

A further part is a line in PARTS.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

from msgspec import Struct

from builder import kept, ledger
from builder.render import indexer, ready, search_store


class Part(Struct, frozen=True):
    """A file or folder: what is in it, how many (None where that is not counted), and how it gets rid of the useless.

    Builds keep in each only what they use, so little is left to `prune`: unfinished files, unused space.
    """

    name: str
    what: str
    count: Callable[[Path], int | None] = lambda path: None
    prune: Callable[[Path], None] = lambda path: None


class Lying(Struct, frozen=True):
    """A part as it lies there; `size` in bytes."""

    path: Path
    size: int
    what: str
    count: int | None


def _units(file: Path) -> int | None:
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{file.absolute().as_uri()}?immutable=1", uri=True)) as db:
        return int(db.execute("SELECT count(*) FROM units").fetchone()[0])
    return None


def _vacuum(file: Path) -> None:
    with suppress(sqlite3.Error), closing(sqlite3.connect(file, timeout=60, isolation_level=None)) as db:
        db.execute("VACUUM")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _files(folder: Path) -> int:
    return sum(1 for file in folder.iterdir() if file.suffix != search_store.BEGUN)


def _unbegin(folder: Path) -> None:
    for file in folder.glob(f"*{search_store.BEGUN}"):
        file.unlink(missing_ok=True)


PARTS = (
    Part(ledger.FILE, "pages and data files whose making is noted", _units, _vacuum),
    Part(kept.FOLDER, "published files, to fill an empty folder with", kept.count, kept.prune),
    Part(indexer.KEPT, "parts of the search index", _files, _unbegin),
    Part(ready.FILE, "templates as Python, and how a language writes"),
)


def lying(work: Path) -> Iterator[Lying]:
    """Yields the parts that are there."""
    for part in PARTS:
        path = work / part.name
        if path.exists():
            size = sum(file.stat().st_size for file in (path, *path.rglob("*")) if file.is_file())
            yield Lying(path, size, part.what, part.count(path))


def prune(work: Path) -> None:
    """Has each part drop what no build uses; only for who is `alone` there."""
    for part in PARTS:
        if (work / part.name).exists():
            part.prune(work / part.name)


def clear(work: Path) -> None:
    """Deletes every part."""
    for part in PARTS:
        for path in (work / part.name, *work.glob(f"{part.name}-*")):  # SQLite keeps further files beside its own
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
