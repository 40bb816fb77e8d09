"""`data/archive.sqlite`: the tables as one SQLite file with keys, indexes and, where SQLite has it, full-text search.

The same archive and the same SQLite give the same bytes: rows in a fixed order, no times, a fixed page size.
Search: `SELECT slug FROM articles JOIN articles_fts ON articles_fts.rowid = number WHERE articles_fts MATCH 'word'`.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from builder.model.archive import Archive
from builder.model.output import Former, LargeFile, Piece
from builder.render.exports import rows
from builder.render.exports.rows import Cell, Row
from builder.render.exports.schema import ANNOTATIONS, ARTICLES, TABLES, Column, Table

if TYPE_CHECKING:
    from builder.render.template import Site

SCHEMA_VERSION = 1
SETTINGS = (
    "page_size = 4096",
    f"user_version = {SCHEMA_VERSION}",
    "journal_mode = OFF",  # a killed build's is made anew
    "synchronous = OFF",
    "cache_size = -32768",  # KiB
)
CHUNK = 1 << 20  # bytes
TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}  # others: JSON as TEXT


def render(archive: Archive, site: Site) -> Iterator[LargeFile]:
    """Yields the database, made in a file of its own."""
    yield LargeFile("data/archive.sqlite", partial(_written, archive, site.work))


def _written(archive: Archive, work: Path | None, former: Former) -> Iterator[bytes]:
    with TemporaryDirectory(prefix="glossator-") as own:
        begun, whole = (Path(work or own, f"{name}.sqlite") for name in ("tables", "archive"))
        try:
            _make(begun, whole, archive, former)
            with whole.open("rb") as file:
                yield from iter(partial(file.read, CHUNK), b"")
        finally:
            whole.unlink(missing_ok=True)


def _make(begun: Path, whole: Path, archive: Archive, former: Former) -> None:
    """Makes the file `whole`, packed: however its rows came into `begun`, the same rows give the same bytes."""
    for file in (begun, whole):
        file.unlink(missing_ok=True)  # a killed build's
    with closing(sqlite3.connect(begun.absolute().as_uri(), isolation_level=None, uri=True)) as database:
        _fill(database, archive, former)
        database.execute("VACUUM INTO ?", (str(whole),))
    begun.unlink()


def _fill(database: sqlite3.Connection, archive: Archive, former: Former) -> None:
    for setting in SETTINGS:
        database.execute(f"PRAGMA {setting}")
    if former.file:
        database.execute("ATTACH ? AS before", (f"{former.file.absolute().as_uri()}?immutable=1",))
    database.execute("BEGIN")
    for table in TABLES:
        database.execute(_create(table))
        _insert(database, table, rows.of(archive, table), former)
    for statement in _indexes():
        database.execute(statement)
    _index_words(database)
    database.execute("COMMIT")


def _insert(database: sqlite3.Connection, table: Table, pieces: Iterable[Piece[list[Row]]], former: Former) -> None:
    """Rows are numbered from 1, as the file that is made then has them; those that did not change are copied."""
    first = 1
    for piece in pieces:
        place = former.place(piece.name)
        if place:
            database.execute(COPY[table.name], (first - place.start, place.start, place.stop))
            length = len(place)
        else:
            found = former.made(piece)
            _put(database, table, first, found)
            length = len(found)
        former.keep(piece.name, range(first, first + length))
        first += length


def _put(database: sqlite3.Connection, table: Table, first: int, found: Sequence[Row]) -> None:
    """Rows of a type together, without the columns that are empty in all of them: each cell costs."""
    at, skip = KIND.get(table.name), table.key == ("number",)
    kinds: dict[Cell, list[Row]] = defaultdict(list)
    for number, row in enumerate(found, first):
        kinds[None if at is None else row[at]].append((number, *row[skip:]))
    for rows_ in kinds.values():
        filled = [n for n, cells in enumerate(zip(*rows_, strict=True)) if any(cell is not None for cell in cells)]
        database.executemany(_statement(table, filled), map(itemgetter(*filled), rows_))


def _statement(table: Table, filled: Sequence[int]) -> str:
    columns = itemgetter(*filled)(COLUMNS[table.name])
    return f'INSERT INTO "{table.name}" ({_list(columns)}) VALUES ({", ".join("?" * len(columns))})'


def _create(table: Table) -> str:
    columns = [_column(column, table) for column in table.columns]
    if table is ARTICLES:  # the search index needs a row number that lasts
        columns.insert(0, '"number" INTEGER PRIMARY KEY')
        columns.append(f"UNIQUE ({_list(table.key)})")
    else:
        columns.append(f"PRIMARY KEY ({_list(table.key)})")
    for key in table.foreign_keys:
        columns.append(f'FOREIGN KEY ({_list(key.columns)}) REFERENCES "{key.table}" ({_list(key.key)})')
    inside = ",\n  ".join(columns)
    return f'CREATE TABLE "{table.name}" (\n  {inside}\n)'


def _column(column: Column, table: Table) -> str:
    parts = [f'"{column.name}"', TYPES.get(column.type, "TEXT")]
    if column.required or column.name in table.key:
        parts.append("NOT NULL")
    return " ".join(parts)


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _indexes() -> Iterator[str]:
    for table in TABLES:
        for key in table.foreign_keys:
            name = "_".join((table.name, *key.columns))
            yield f'CREATE INDEX "{name}" ON "{table.name}" ({_list(key.columns)})'


def _index_words(database: sqlite3.Connection) -> None:
    try:
        database.execute(
            "CREATE VIRTUAL TABLE articles_fts USING fts5("
            "title, text, content='articles', content_rowid='number', tokenize='unicode61 remove_diacritics 2')"
        )
    except sqlite3.OperationalError:  # this SQLite was built without FTS5: the tables are whole without it
        return
    database.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")
    database.execute("INSERT INTO articles_fts (articles_fts) VALUES ('optimize')")


COLUMNS = {table.name: ("rowid", *(name for name in table.names if name != "number")) for table in TABLES}
KIND = {ANNOTATIONS.name: ANNOTATIONS.names.index("type")}
COPY = {
    name: f'INSERT INTO main."{name}" ({_list(columns)}) SELECT rowid + ?, {_list(columns[1:])} FROM before."{name}" '
    "WHERE rowid >= ? AND rowid < ? ORDER BY rowid"
    for name, columns in COLUMNS.items()
}
