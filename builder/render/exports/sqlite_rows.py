"""Rows into the tables of the SQLite file: those that did not change stay, or are copied from the file before.

Rows are numbered from 1. Those of annotations leave gaps, since a changed article may have more of them or fewer.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from builder.model.archive import Archive
from builder.model.output import Former, Piece
from builder.render.exports import rows
from builder.render.exports.rows import Cell, Row
from builder.render.exports.schema import ANNOTATIONS, ARTICLES, TABLES, Table

ROOM = 1 << 20  # annotations that a run of articles may have

COLUMNS = {table.name: ("rowid", *(name for name in table.names if name != "number")) for table in TABLES}
TYPE = ANNOTATIONS.names.index("type")


def names(columns: Iterable[str]) -> str:
    """Names as SQL writes them, with commas."""
    return ", ".join(f'"{name}"' for name in columns)


COPY = {
    name: f'INSERT INTO main."{name}" ({names(columns)}) SELECT rowid + ?, {names(columns[1:])} FROM before."{name}" '
    "WHERE rowid >= ? AND rowid < ? ORDER BY rowid"
    for name, columns in COLUMNS.items()
}


def stands(archive: Archive, former: Former) -> bool:
    """Whether the articles are those of the file before, in the same runs: then rows can be changed where they are."""
    places = [former.stood(piece.name) for piece in rows.of(archive, ARTICLES)]
    ends = [1, *(place.stop for place in places if place)]
    return len(ends) > len(places) and [place.start for place in places if place] == ends[:-1]


def write(
    database: sqlite3.Connection, table: Table, pieces: Iterable[Piece[list[Row]]], former: Former, there: bool
) -> None:
    """Writes a table, or where it is `there` as it was in the file before, changes it."""
    first = 1
    for number, piece in enumerate(pieces):
        first = 1 + number * ROOM if table is ANNOTATIONS else first
        stood, place = former.stood(piece.name), former.place(piece.name)
        at_place = there and stood is not None and stood.start == first
        if place is not None and at_place:
            length = len(place)
        elif place is not None:
            there = there and _clear(database, table, first)
            database.execute(COPY[table.name], (first - place.start, place.start, place.stop))
            length = len(place)
        else:
            found = former.made(piece)
            length = len(found)
            if at_place and stood and (table is ANNOTATIONS or length == len(stood)):
                _clear(database, table, first, stood.stop)
            else:
                there = there and _clear(database, table, first)
            _put(database, table, first, found)
        former.keep(piece.name, range(first, first + length))
        first += length
    if there:
        _clear(database, table, first)


def _clear(database: sqlite3.Connection, table: Table, first: int, end: int | None = None) -> bool:
    """Deletes rows up to `end`, or all further ones; False, since they are no longer there."""
    limit, values = ("", (first,)) if end is None else (" AND rowid < ?", (first, end))
    database.execute(f'DELETE FROM main."{table.name}" WHERE rowid >= ?{limit}', values)
    return False


def _put(database: sqlite3.Connection, table: Table, first: int, found: Sequence[Row]) -> None:
    for of_type in _by_type(table, first, found):
        # Without the columns that are empty in all of them: each cell costs.
        filled = [n for n, cells in enumerate(zip(*of_type, strict=True)) if cells.count(None) < len(cells)]
        columns = itemgetter(*filled)(COLUMNS[table.name])
        marks = ", ".join("?" * len(columns))
        insert = f'INSERT INTO main."{table.name}" ({names(columns)}) VALUES ({marks})'
        database.executemany(insert, map(itemgetter(*filled), of_type))


def _by_type(table: Table, first: int, found: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows with their numbers in front; annotations of a type together."""
    skip = table.key == ("number",)
    types: dict[Cell, list[Row]] = defaultdict(list)
    for number, row in enumerate(found, first):
        types[row[TYPE] if table is ANNOTATIONS else None].append((number, *row[skip:]))
    yield from types.values()
