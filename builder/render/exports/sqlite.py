"""`data/archive.sqlite`: the tables as one SQLite file with keys, indexes and, where SQLite has it, full-text search.

The same archive and the same SQLite give the same bytes: rows in a fixed order, no times, a fixed page size.
Search: `SELECT slug FROM articles JOIN articles_fts ON articles_fts.rowid = number WHERE articles_fts MATCH 'word'`.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, nullcontext
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from builder.model.archive import Archive
from builder.model.output import Former, LargeFile
from builder.render.exports import rows
from builder.render.exports.schema import ANNOTATIONS, ARTICLES, TABLES, Column, Table
from builder.render.exports.sqlite_rows import names, stands, write
from builder.render.exports.sqlite_words import has_settled, index, indexed, settle

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
NUMBERED = (ARTICLES, ANNOTATIONS)
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
    if former.file and stands(archive, former) and has_settled(former.file):
        shutil.copyfile(former.file, begun)
    with closing(sqlite3.connect(begun.absolute().as_uri(), isolation_level=None, uri=True)) as database:
        for setting in SETTINGS:
            database.execute(f"PRAGMA {setting}")
        if former.file:
            database.execute("ATTACH ? AS before", (f"{former.file.absolute().as_uri()}?immutable=1",))
        _fill(database, archive, former)
        database.execute("VACUUM INTO ?", (str(whole),))
    begun.unlink()


def _fill(database: sqlite3.Connection, archive: Archive, former: Former) -> None:
    """Makes the tables, or changes those that are there."""
    there = bool(database.execute("SELECT 1 FROM main.sqlite_master").fetchone())
    with indexed(database) if there else nullcontext():
        database.execute("BEGIN")
        for table in TABLES:
            if not there:
                database.execute(_create(table))
            write(database, table, rows.of(archive, table), former, there)
        database.execute("COMMIT")
    if not there:
        database.execute("BEGIN")
        for statement in _indexes():
            database.execute(statement)
        database.execute("COMMIT")
        index(database)
    settle(database)
    database.execute(f"PRAGMA main.schema_version = {SCHEMA_VERSION}")  # it would count how often the file was packed


def _create(table: Table) -> str:
    columns = [_column(column, table) for column in table.columns]
    if table in NUMBERED:  # with a number that lasts
        columns.insert(0, '"number" INTEGER PRIMARY KEY')
        columns.append(f"UNIQUE ({names(table.key)})")
    else:
        columns.append(f"PRIMARY KEY ({names(table.key)})")
    for key in table.foreign_keys:
        columns.append(f'FOREIGN KEY ({names(key.columns)}) REFERENCES "{key.table}" ({names(key.key)})')
    inside = ",\n  ".join(columns)
    return f'CREATE TABLE "{table.name}" (\n  {inside}\n)'


def _column(column: Column, table: Table) -> str:
    parts = [f'"{column.name}"', TYPES.get(column.type, "TEXT")]
    if column.required or column.name in table.key:
        parts.append("NOT NULL")
    return " ".join(parts)


def _indexes() -> Iterator[str]:
    for table in TABLES:
        for key in table.foreign_keys:
            name = "_".join((table.name, *key.columns))
            yield f'CREATE INDEX "{name}" ON "{table.name}" ({names(key.columns)})'
