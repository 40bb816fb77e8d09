"""The archive as rows of its tables, in pieces and a fixed order; what is unknown is None in every table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from builder.model.archive import Archive
from builder.model.output import Piece
from builder.render.exports import annotation_rows as annotated
from builder.render.exports import article_lines, pieces, registers
from builder.render.exports.encode import Record, compact
from builder.render.exports.pieces import Runs
from builder.render.exports.registers import Records
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
REGISTERED = tuple(column for _, column, _ in REGISTERS)  # in the order of the columns of OCCURRENCES

Make = Callable[[Archive, Sequence[str]], Iterable[Row]]


def of(archive: Archive, table: Table, written: Callable[[Iterable[Row]], bytes]) -> Iterator[Piece[bytes]]:
    """Yields a table in pieces, rows as they are `written`. Where they have running numbers, each begins anew."""
    for which, runs, make in _runs(archive, table):
        yield from pieces.pieces(runs, partial(_made, make, written, archive), f"{which} ")


def _made(make: Make, written: Callable[[Iterable[Row]], bytes], archive: Archive, ids: Sequence[str]) -> bytes:
    return written(make(archive, ids))


def _runs(archive: Archive, table: Table) -> Iterator[tuple[str, Runs, Make]]:
    if table is ARTICLES or table is ANNOTATIONS:
        yield table.name, pieces.of_articles(archive), article_rows if table is ARTICLES else annotation_rows
    elif table is RELAYS:
        yield table.name, pieces.of_reporters(archive), relay_rows
    for register, column, records in REGISTERS:
        if table is register:
            yield table.name, pieces.of_records(archive, table.name), partial(record_rows, table, records)
        elif table is OCCURRENCES:
            yield (
                f"occurrences {column}",
                pieces.of_records(archive, register.name),
                partial(occurrence_rows, register.name, column),
            )


def article_rows(archive: Archive, slugs: Sequence[str]) -> Iterator[Row]:
    return (_row(ARTICLES, article_lines.row(archive.article(slug))) for slug in slugs)


def annotation_rows(archive: Archive, slugs: Sequence[str]) -> Iterator[Row]:
    return (row for slug in slugs for row in annotated.rows(archive, archive.open(slug)))


def record_rows(table: Table, records: Records, archive: Archive, ids: Sequence[str]) -> Iterator[Row]:
    return (_row(table, _placed(record)) for record in records(archive, ids))


def occurrence_rows(register: str, column: str, archive: Archive, ids: Sequence[str]) -> Iterator[Row]:
    found = registers.occurring(archive, register, ids)
    return ((number, *row) for number, row in enumerate(_occurrences(column, found), 1))


def _occurrences(column: str, found: Iterable[tuple[str, registers.Found]]) -> Iterator[Row]:
    for id, occurrences in found:
        which = tuple(id if name == column else None for name in REGISTERED)
        for at in occurrences:
            yield (*which, at.article, at.annotation)


def relay_rows(archive: Archive, reporters: Sequence[str]) -> Iterator[Row]:
    told = registers.reported(archive)
    relays = (relay for reporter in reporters for relay in told[reporter])
    found = ((relay, at) for relay in relays for at in registers.places(relay.occurrences))
    for number, (relay, at) in enumerate(found, 1):
        yield _row(RELAYS, {"number": number, "reporter": relay.reporter, "reported": relay.reported, **at})


def _placed(record: Record) -> Record:
    """A register's record with its coordinates, where it has them, in two columns."""
    latitude, longitude = record.get("coordinates") or (None, None)
    return {**record, "latitude": latitude, "longitude": longitude}


def _row(table: Table, record: Record) -> Row:
    # Written without a call a cell: most of an archive's cells are empty or text, and there are millions.
    values = map(record.get, NAMES[table.name])
    return tuple([None if v is None or v == "" else compact(v) if type(v) in NESTED else v for v in values])
