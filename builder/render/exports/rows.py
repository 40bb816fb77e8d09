"""The archive as rows of its tables, in one pass and a fixed order; what is unknown is None in every table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from builder.model.archive import Archive
from builder.render.exports import annotation_lines, article_lines, registers
from builder.render.exports.encode import Record, compact
from builder.render.exports.schema import (
    ANNOTATIONS,
    ARTICLES,
    CHRONOLOGY,
    ENTITIES,
    OCCURRENCES,
    QUOTATIONS,
    RELAYS,
    SOURCES,
    TABLES,
    Table,
)

Cell = str | int | float | None
Row = tuple[Cell, ...]

REGISTERS = (
    (ENTITIES, "entity", registers.entities),
    (QUOTATIONS, "quotation", registers.quotations),
    (SOURCES, "source", registers.sources),
    (CHRONOLOGY, "chronology", registers.chronology),
)

NAMES = {table.name: table.names for table in TABLES}
NESTED = {list, tuple, dict}
AT = {name: number for number, name in enumerate(ANNOTATIONS.names)}
BATCH = 1000  # rows


def stream(archive: Archive) -> Iterator[tuple[Table, list[Row]]]:
    """Yields every row of every table, some at a time, opening each article once and keeping none."""
    for summary in archive.articles:
        linked = archive.open(summary.slug)
        yield ARTICLES, [_row(ARTICLES, article_lines.row(linked.article))]
        yield ANNOTATIONS, [_annotation(record) for record in annotation_lines.rows(archive, linked)]
    for table, _, records in REGISTERS:
        yield from _batches(table, map(_placed, records(archive)))
    yield from _batches(OCCURRENCES, _numbered(_occurrences(archive)))
    yield from _batches(RELAYS, _numbered(_relays(archive)))


def _batches(table: Table, records: Iterable[Record]) -> Iterator[tuple[Table, list[Row]]]:
    left = iter(records)
    while rows := [_row(table, record) for record in islice(left, BATCH)]:
        yield table, rows


def _occurrences(archive: Archive) -> Iterator[Record]:
    for _, column, records in REGISTERS:
        for record in records(archive):
            for place in record["occurrences"]:
                yield {column: record["id"], **place}


def _relays(archive: Archive) -> Iterator[Record]:
    for relay in archive.relays:
        for place in registers.places(relay.occurrences):
            yield {"reporter": relay.reporter, "reported": relay.reported, **place}


def _numbered(records: Iterable[Record]) -> Iterator[Record]:
    return ({"number": number, **record} for number, record in enumerate(records, 1))


def _placed(record: Record) -> Record:
    """A register's record with its coordinates, where it has them, in two columns."""
    latitude, longitude = record.get("coordinates") or (None, None)
    return {**record, "latitude": latitude, "longitude": longitude}


def _annotation(record: Record) -> Row:
    """An annotation's row, with the keys of what it holds joined to its own: `speaker_name`, `timex_value`.

    Filled from what there is: of the columns, which are those of all types, nearly all are empty.
    """
    row: list[Cell] = [None] * len(AT)
    for key, value in record.items():
        if type(value) is dict:
            for inner, part in value.items():
                _fill(row, f"{key}_{inner}", part)
        else:
            _fill(row, key, value)
    return tuple(row)


def _fill(row: list[Cell], name: str, value: Any) -> None:
    if name in AT and value is not None and value != "":
        row[AT[name]] = compact(value) if type(value) in NESTED else value


def _row(table: Table, record: Record) -> Row:
    # Written without a call a cell: most of an archive's cells are empty or text, and there are millions.
    values = map(record.get, NAMES[table.name])
    return tuple([None if v is None or v == "" else compact(v) if type(v) in NESTED else v for v in values])
