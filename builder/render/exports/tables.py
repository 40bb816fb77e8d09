"""The archive as CSV files with a description that programs read: `data/*.csv` and `data/datapackage.json`.

RFC 4180 in UTF-8: comma, CRLF, quotation marks doubled. An unknown value is an empty cell. Cells hold what the
archive holds, to the letter: a name such as `@handle` and words that begin with `=` or `-` are not altered so that
a spreadsheet would not take them for a formula, because then the tables would disagree with the other data files.
The description says so; a spreadsheet should import them as text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from builder.model.archive import Archive
from builder.model.output import LargeFile, OutputFile
from builder.render.exports import pieces, rows
from builder.render.exports.datapackage import describe
from builder.render.exports.encode import indented
from builder.render.exports.rows import Cell, Row
from builder.render.exports.schema import ANNOTATIONS, TABLES, Table

if TYPE_CHECKING:
    from builder.render.template import Site

EMPTY = {number: ("",) * number for number in range(max(len(table.columns) for table in TABLES))}
WITH_BOOLEANS = {table.name for table in TABLES if any(column.type == "boolean" for column in table.columns)}


def render(archive: Archive, site: Site) -> Iterator[OutputFile | LargeFile]:
    """Yields one CSV file a table, then the Data Package that describes them."""
    files = {table.name: _file(archive, table) for table in TABLES}
    yield from files.values()
    yield OutputFile("data/datapackage.json", indented(describe(site.config, files)))


def _file(archive: Archive, table: Table) -> LargeFile:
    numbered = table.key == ("number",)
    return pieces.joined(f"data/{table.name}.csv", partial(parts, archive, table), numbered)


def parts(archive: Archive, table: Table) -> Iterator[pieces.Made]:
    """Yields the names of the columns, then the rows in pieces."""
    yield _encoded([table.names])
    yield from rows.of(archive, table, partial(_lines, table))


def _lines(table: Table, found: Iterable[Row]) -> bytes:
    if table.name in WITH_BOOLEANS:
        found = (tuple(map(_shown, row)) for row in found)
    elif table is ANNOTATIONS:
        found = (row + EMPTY[len(table.columns) - len(row)] for row in found)
    return _encoded(found)


def _encoded(found: Iterable[Iterable[Cell]]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerows(found)
    return buffer.getvalue().encode()


def _shown(cell: Cell) -> Cell:
    return str(cell).lower() if isinstance(cell, bool) else cell
