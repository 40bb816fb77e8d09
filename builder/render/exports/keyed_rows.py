"""The rows of the archive's tables in the order of their keys, in pieces of two rows or more, as in SQLite's file.

A row of a numbered table has its number among all; the others' order is that of their keys, which stand first in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import itemgetter
from typing import Any

from msgspec import Struct

from builder.model.archive import Archive
from builder.model.output import Piece
from builder.render import heads
from builder.render.derived import Placed, through
from builder.render.exports import pieces, registers, rows
from builder.render.exports.pieces import Runs
from builder.render.exports.rows import REGISTERS, Make, Row
from builder.render.exports.schema import ANNOTATIONS, ARTICLES, OCCURRENCES, RELAYS, Table

Counts = Iterable[tuple[str, int]]


def of(archive: Archive, table: Table) -> Iterator[Piece[list[Row]]]:
    """Yields a table's rows in pieces. Running numbers begin anew in each piece."""
    runs, make = _runs(archive, table)
    yield from pieces.pieces(runs, partial(_made, table, make, archive), f"{table.name} ")


def _made(table: Table, make: Make, archive: Archive, ids: Sequence[str]) -> list[Row]:
    found = make(archive, ids)
    return list(found) if table.key == ("number",) else sorted(found, key=itemgetter(*range(len(table.key))))


def _runs(archive: Archive, table: Table) -> tuple[Runs, Make]:
    def derived(size: int, counts: Callable[[], Counts]) -> Runs:
        return archive.derive(f"runs of {table.name} by key", tuple[str, ...], lambda: pieces.with_rows(counts(), size))

    if table is ARTICLES:
        return derived(pieces.FEW, lambda: sorted((slug, 1) for slug in heads.slugs(archive))), rows.article_rows
    if table is ANNOTATIONS:
        return derived(pieces.FEW, lambda: _annotations(archive)), rows.annotation_rows
    if table is OCCURRENCES:
        return derived(1, lambda: _places(archive)), _occurrences
    if table is RELAYS:
        return derived(pieces.MANY, lambda: _relays(archive)), rows.relay_rows
    records = next(records for register, _, records in REGISTERS if register is table)
    return derived(pieces.MANY, lambda: _ids(archive, table)), partial(rows.record_rows, table, records)


class _Counted(Struct):
    """Of an article, how many annotations it has."""

    counts: dict[str, int]


def _annotations(archive: Archive) -> Counts:
    return ((slug, sum(article.counts.values())) for slug, article in through(archive.articles, _Counted))


def _ids(archive: Archive, table: Table) -> Counts:
    return sorted((id, 1) for id in _register(archive, table.name))


def _register(archive: Archive, name: str) -> Mapping[str, Any]:
    return heads.happenings(archive) if name == "chronology" else getattr(archive, name)


def _places(archive: Archive) -> Counts:
    """How many places the records of each run have; runs of several registers, with their column in front."""
    for register, column, _ in REGISTERS:
        runs = pieces.of_records(archive, register.name)
        found = dict(_placed(archive, register.name))
        for name, ids in runs.items():
            yield f"{column} {name}", sum(map(found.__getitem__, ids))


def _placed(archive: Archive, register: str) -> Counts:
    if register == "entities":
        return ((id, name.mentions) for id, name in through(heads.names(archive), heads.Named))
    return ((id, len(record.occurrences)) for id, record in through(_register(archive, register), Placed))


def _relays(archive: Archive) -> Counts:
    told = registers.reported(archive)
    return ((reporter, sum(len(relay.occurrences) for relay in relays)) for reporter, relays in told.items())


def _occurrences(archive: Archive, runs: Sequence[str]) -> Iterator[Row]:
    number = 0
    for column, name in (one.split(" ", 1) for one in runs):
        register = next(table.name for table, own, _ in REGISTERS if own == column)
        ids = pieces.of_records(archive, register)[name]
        for row in rows.occurrence_rows(register, column, archive, ids):
            number += 1
            yield (number, *row[1:])
