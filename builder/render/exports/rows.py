"""The archive as rows of its tables, in one pass and a fixed order; what is unknown is None in every table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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


def stream(archive: Archive) -> Iterator[tuple[Table, Row]]:
    """Yields every row with its table, opening each article once and keeping none."""
    for summary in archive.articles:
        linked = archive.open(summary.slug)
        yield ARTICLES, _row(ARTICLES, article_lines.row(linked.article))
        for annotation in annotation_lines.rows(archive, linked):
            yield ANNOTATIONS, _row(ANNOTATIONS, _flat(annotation))
    for table, _, records in REGISTERS:
        for record in records(archive):
            yield table, _row(table, _placed(record))
    yield from _numbered(OCCURRENCES, _occurrences(archive))
    yield from _numbered(RELAYS, _relays(archive))


def _occurrences(archive: Archive) -> Iterator[Record]:
    for _, column, records in REGISTERS:
        for record in records(archive):
            for place in record["occurrences"]:
                yield {column: record["id"], **place}


def _relays(archive: Archive) -> Iterator[Record]:
    for relay in archive.relays:
        for place in registers.places(relay.occurrences):
            yield {"reporter": relay.reporter, "reported": relay.reported, **place}


def _numbered(table: Table, records: Iterable[Record]) -> Iterator[tuple[Table, Row]]:
    for number, record in enumerate(records, 1):
        yield table, _row(table, {"number": number, **record})


def _placed(record: Record) -> Record:
    """A register's record with its coordinates, where it has them, in two columns."""
    latitude, longitude = record.get("coordinates") or (None, None)
    return {**record, "latitude": latitude, "longitude": longitude}


def _flat(annotation: Record) -> Record:
    """An annotation with the keys of what it holds joined to its own: `speaker_name`, `timex_value`."""
    flat: Record = {}
    for key, value in annotation.items():
        if isinstance(value, dict):
            flat.update({f"{key}_{inner}": part for inner, part in value.items()})
        else:
            flat[key] = value
    return flat


def _row(table: Table, record: Record) -> Row:
    # Written without a call a cell: most of an archive's cells are empty or text, and there are millions.
    values = map(record.get, NAMES[table.name])
    return tuple([None if v is None or v == "" else compact(v) if type(v) in NESTED else v for v in values])
