"""`data/archive.sqlite`: the tables as one SQLite file with keys, indexes and, where SQLite has it, full-text search.

The same archive and the same SQLite give the same bytes: rows in a fixed order, no times, a fixed page size.
Search: `SELECT slug FROM articles JOIN articles_fts ON articles_fts.rowid = number WHERE articles_fts MATCH 'word'`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from builder.model.archive import Archive
from builder.model.output import OutputFile
from builder.render.exports.rows import stream
from builder.render.exports.schema import ARTICLES, TABLES, Column, Table

if TYPE_CHECKING:
    from builder.render.template import Site

SCHEMA_VERSION = 1
TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}  # others: JSON as TEXT


def render(archive: Archive, site: Site) -> Iterator[OutputFile]:
    """Yields the database, built in memory."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.execute("PRAGMA page_size = 4096")
        database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        database.execute("BEGIN")
        for table in TABLES:
            database.execute(_create(table))
        for table, rows in stream(archive):
            database.executemany(INSERT[table.name], rows)
        for statement in _indexes():
            database.execute(statement)
        _index_words(database)
        database.execute("COMMIT")
        database.execute("VACUUM")
        yield OutputFile("data/archive.sqlite", database.serialize())


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


INSERT = {
    table.name: f'INSERT INTO "{table.name}" ({_list(table.names)}) VALUES ({", ".join("?" * len(table.columns))})'
    for table in TABLES
}
