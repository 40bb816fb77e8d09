"""The full-text index in the SQLite file, which stands there as if it had been written at once, however it was changed.

FTS5 merges an index to one segment when it is told to optimize it; that segment's pages are the same for the same
texts. What tells how the index came about is the segment's number, which is set to 1 here, and the record of levels.
Source: the description of the format in FTS5's own source, fts5_index.c.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

CREATE = (
    "CREATE VIRTUAL TABLE articles_fts USING fts5("
    "title, text, content='articles', content_rowid='number', tokenize='unicode61 remove_diacritics 2')"
)
GONE = (
    "CREATE TEMP TRIGGER gone AFTER DELETE ON main.articles BEGIN INSERT INTO "
    "articles_fts (articles_fts, rowid, title, text) VALUES ('delete', old.number, old.title, old.text); END"
)
NEW = (
    "CREATE TEMP TRIGGER new AFTER INSERT ON main.articles BEGIN INSERT INTO "
    "articles_fts (rowid, title, text) VALUES (new.number, new.title, new.text); END"
)
RECORD = 10  # the row of articles_fts_data that holds the record of levels
BITS = 37  # below the segment's number in a row's id


def index(database: sqlite3.Connection) -> None:
    """Makes the index of the articles' titles and texts; to be settled."""
    try:
        database.execute(CREATE)
    except sqlite3.OperationalError:  # this SQLite was built without FTS5: the tables are whole without it
        return
    database.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")
    # A segment that was never merged has its pages cut elsewhere: so there is another, of nothing, to merge with.
    database.execute("INSERT INTO articles_fts (rowid, title, text) VALUES (0, 'nothing', '')")
    database.execute("INSERT INTO articles_fts (articles_fts, rowid, title, text) VALUES ('delete', 0, 'nothing', '')")


@contextmanager
def indexed(database: sqlite3.Connection) -> Iterator[None]:
    """Within it, articles that go are taken out of the index, and those that come are taken in."""
    there = _there(database)
    for statement in (GONE, NEW) if there else ():
        database.execute(statement)
    yield
    for name in ("gone", "new") if there else ():
        database.execute(f"DROP TRIGGER temp.{name}")


def settle(database: sqlite3.Connection) -> None:
    """Has the index stand as if written at once; leaves it as it is where it is not as described above."""
    if not _there(database):
        return
    database.execute("INSERT INTO articles_fts (articles_fts) VALUES ('optimize')")
    found = _segment(database)
    if found is None:
        return
    segment, last, record = found
    database.execute("BEGIN")
    if segment != 1:
        database.execute("UPDATE articles_fts_data SET id = id - ? WHERE id > ?", ((segment - 1) << BITS, 1 << BITS))
        database.execute("UPDATE articles_fts_idx SET segid = 1")
    database.execute("UPDATE articles_fts_data SET block = ? WHERE id = ?", (_record(record[:4], last), RECORD))
    database.execute("COMMIT")


def has_settled(file: Path) -> bool:
    """Whether the file's index stands as `settle` leaves it, or it has none: others are not changed, but made anew."""
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?immutable=1", uri=True)) as database:
        if not _there(database):
            return True
        found = _segment(database)
        return found is not None and found[0] == 1 and found[2] == _record(found[2][:4], found[1])


def _there(database: sqlite3.Connection) -> bool:
    return bool(database.execute("SELECT 1 FROM main.sqlite_master WHERE name = 'articles_fts'").fetchone())


def _segment(database: sqlite3.Connection) -> tuple[int, int, bytes] | None:
    """Number and last page of the only segment, and the record, if it tells of these and of no others."""
    segments = database.execute("SELECT DISTINCT segid FROM main.articles_fts_idx").fetchall()
    records = database.execute("SELECT block FROM main.articles_fts_data WHERE id = ?", (RECORD,)).fetchall()
    if len(segments) != 1 or len(records) != 1:
        return None
    [[segment]], [[record]] = segments, records
    pages = "SELECT max(id) FROM main.articles_fts_data WHERE id > ? AND id < ?"
    start = segment << BITS
    [[last]] = database.execute(pages, (start, start + (1 << 31))).fetchall()
    told = _number(1) + _number(segment) + _number(1) + _number(last - start)  # one of its level: number, first, last
    return (segment, last - start, record) if record[5:6] == b"\x01" and record.endswith(told) else None


def _record(cookie: bytes, last: int) -> bytes:
    """One level and one segment, after one write: no merges, one segment, its number, its first and its last page."""
    return cookie + bytes((1, 1, 1, 0, 1, 1, 1)) + _number(last)


def _number(value: int) -> bytes:
    """SQLite's own way with numbers: seven bits a byte, the largest first, all but the last marked."""
    found = [value & 0x7F]
    while value := value >> 7:
        found.append(value & 0x7F | 0x80)
    return bytes(reversed(found))
