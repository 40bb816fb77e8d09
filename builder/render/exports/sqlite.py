"""`data/archive.sqlite`: the tables as one SQLite file with their keys, sorted by them.

The same archive gives the same bytes, whatever SQLite is there to read it. SQLite itself would have to write the whole
file anew after each change for that; so its pages are made here, those of a run of articles or records together. What
did not change is copied, and only the few pages that lead to others are made again.
Text can be searched after `CREATE VIRTUAL TABLE words USING fts5(slug, title, text)` and
`INSERT INTO words SELECT slug, title, text FROM articles`.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import TYPE_CHECKING

from builder.model.archive import Archive
from builder.model.output import Former, LargeFile, Part
from builder.render.exports import keyed_rows, sqlite_file, sqlite_same
from builder.render.exports.schema import TABLES, Column, Table
from builder.render.exports.sqlite_file import Pages
from builder.render.exports.sqlite_pages import SIZE
from builder.render.exports.sqlite_rows import Rows
from builder.render.exports.sqlite_same import Tree
from builder.render.exports.sqlite_tree import Moved

if TYPE_CHECKING:
    from builder.render.template import Site

SCHEMA_VERSION = 2
READ_BY = 3_008_002  # the first SQLite that knows tables WITHOUT ROWID
SETTINGS = f"""
PRAGMA page_size = {SIZE};
PRAGMA auto_vacuum = 0;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA user_version = {SCHEMA_VERSION};
"""
HEADER = ((24, 1), (28, 0), (40, 1), (92, 1), (96, READ_BY))  # changes, pages, changes of tables, changes, version
TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}  # others: JSON as TEXT


def render(archive: Archive, site: Site) -> Iterator[LargeFile]:
    """Yields the database."""
    yield LargeFile("data/archive.sqlite", partial(_written, archive, site.work))


def _written(archive: Archive, work: Path | None, former: Former) -> Iterator[Part]:
    head, roots = _empty()
    trees = [Tree(roots[table.name], table.key == ("number",), [*keyed_rows.of(archive, table)]) for table in TABLES]
    with suppress(Moved):
        yield from sqlite_same.parts(former, bytes(head), trees)
        return
    with TemporaryFile(dir=work) as waiting:
        pages = Pages(len(head) // SIZE + 1, waiting, former.file)
        for tree in trees:
            before = sqlite_file.Former(former.file, tree.root, tree.numbered) if former.file else None
            root = Rows(tree.numbered, pages, former, before).written(tree.pieces)
            head[(tree.root - 1) * SIZE : tree.root * SIZE] = root
        struct.pack_into(">I", head, 28, pages.next - 1)
        yield bytes(head)
        yield from pages.content()


def _empty() -> tuple[bytearray, dict[str, int]]:
    """A file of empty tables as SQLite makes it, and on which page each one's tree begins."""
    with TemporaryDirectory(prefix="glossator-") as folder:
        file = Path(folder, "empty.sqlite")
        with closing(sqlite3.connect(file, isolation_level=None)) as database:
            database.executescript(SETTINGS + ";".join(map(_create, TABLES)))
            roots = dict(database.execute("SELECT name, rootpage FROM sqlite_master WHERE rootpage > 0"))
        head = bytearray(file.read_bytes())
    for at, value in HEADER:
        struct.pack_into(">I", head, at, value)
    return head, roots


def _create(table: Table) -> str:
    parts = [_column(column, table) for column in table.columns]
    parts.append(f"PRIMARY KEY ({_names(table.key)})")
    for key in table.foreign_keys:
        parts.append(f'FOREIGN KEY ({_names(key.columns)}) REFERENCES "{key.table}" ({_names(key.key)})')
    inside = ",\n  ".join(parts)
    return f'CREATE TABLE "{table.name}" (\n  {inside}\n) WITHOUT ROWID'


def _column(column: Column, table: Table) -> str:
    parts = [f'"{column.name}"', TYPES.get(column.type, "TEXT")]
    if column.required or column.name in table.key:
        parts.append("NOT NULL")
    return " ".join(parts)


def _names(columns: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)
