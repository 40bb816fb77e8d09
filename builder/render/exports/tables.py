"""The archive as CSV files with a description that programs read: `data/*.csv` and `data/datapackage.json`.

RFC 4180 in UTF-8: comma, CRLF, quotation marks doubled. An unknown value is an empty cell. Cells hold what the
archive holds, to the letter: a name such as `@handle` and words that begin with `=` or `-` are not altered so that
a spreadsheet would not take them for a formula, because then the tables would disagree with the other data files.
The description says so; a spreadsheet should import them as text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from builder.model.archive import Archive
from builder.model.output import OutputFile
from builder.render.exports.datapackage import describe
from builder.render.exports.encode import indented
from builder.render.exports.rows import Cell, stream
from builder.render.exports.schema import TABLES

if TYPE_CHECKING:
    from builder.render.template import Site

WITH_BOOLEANS = {table.name for table in TABLES if any(column.type == "boolean" for column in table.columns)}


def render(archive: Archive, site: Site) -> Iterator[OutputFile]:
    """Yields one CSV file a table, then the Data Package that describes them."""
    buffers = {table.name: io.StringIO(newline="") for table in TABLES}
    writers = {name: csv.writer(buffer, lineterminator="\r\n") for name, buffer in buffers.items()}
    for table in TABLES:
        writers[table.name].writerow(table.names)
    for table, rows in stream(archive):
        shown = (map(_shown, row) for row in rows) if table.name in WITH_BOOLEANS else rows
        writers[table.name].writerows(shown)
    files = {name: buffer.getvalue().encode() for name, buffer in buffers.items()}
    for name, content in files.items():
        yield OutputFile(f"data/{name}.csv", content)
    yield OutputFile("data/datapackage.json", indented(describe(site.config, files)))


def _shown(cell: Cell) -> Cell:
    return str(cell).lower() if isinstance(cell, bool) else cell
