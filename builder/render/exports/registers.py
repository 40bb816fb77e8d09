"""The registers as JSON arrays, as the pages show them: entities, quotations, sources, chronology (contract §2).

Every record has `id` and `occurrences`, each of which is an article's slug and an annotation's id there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from builder.model.archive import (
    Archive,
    ChronologyRecord,
    EntityRecord,
    Occurrence,
    QuotationOccurrence,
    QuotationRecord,
    Relay,
    SourceRecord,
)
from builder.model.output import LargeFile
from builder.render.derived import some
from builder.render.exports import pieces
from builder.render.exports.encode import Record, items
from builder.render.heads import happenings

if TYPE_CHECKING:
    from builder.render.template import Site

Found = Sequence[Occurrence] | Sequence[QuotationOccurrence]


def entities(archive: Archive, ids: Sequence[str]) -> Iterator[Record]:
    """Yields entity records; `coordinates` are latitude and longitude in degrees, or null."""
    for record in some(archive.entities, ids):
        told = [{**msgspec.structs.asdict(r), "occurrences": places(r.occurrences)} for r in record.relations]
        plain = _record(msgspec.structs.replace(record, occurrences=(), relations=()))
        plain["relations"] = told
        yield plain


def quotations(archive: Archive, ids: Sequence[str]) -> Iterator[Record]:
    """Yields quotation records; `speaker` is an entity id, `speakers` are source ids."""
    return (_record(msgspec.structs.replace(record, occurrences=())) for record in some(archive.quotations, ids))


def sources(archive: Archive, ids: Sequence[str]) -> Iterator[Record]:
    """Yields source records; `reports` lists the sources whose words each one passes on, and where."""
    reports = reported(archive)
    for record in some(archive.sources, ids):
        plain = _record(msgspec.structs.replace(record, occurrences=()))
        plain["reports"] = [
            {"source": r.reported, "occurrences": places(r.occurrences)} for r in reports.get(record.id, ())
        ]
        yield plain


def chronology(archive: Archive, ids: Sequence[str]) -> Iterator[Record]:
    """Yields happenings; undated ones have a null `edtf`."""
    return (_record(msgspec.structs.replace(record, occurrences=())) for record in some(happenings(archive), ids))


def occurring(archive: Archive, register: str, ids: Sequence[str]) -> Iterator[tuple[str, Found]]:
    """Yields records' ids, each with where it occurs: what takes longest, and no table of records shows."""
    records = happenings(archive) if register == "chronology" else getattr(archive, register)
    return ((record.id, record.occurrences) for record in some(records, ids))


def reported(archive: Archive) -> Mapping[str, Sequence[Relay]]:
    """Whose words each source passes on, by who does."""

    def make() -> Mapping[str, Sequence[Relay]]:
        by = defaultdict(list)
        for relay in archive.relays:
            by[relay.reporter].append(relay)
        return by

    return archive.derive("relays by who passes on", tuple[Relay, ...], make)


def places(occurrences: Found) -> list[Record]:
    """Where something occurs; the words themselves stand in annotations.jsonl."""
    return [{"article": o.article, "annotation": o.annotation} for o in occurrences]


def _record(record: EntityRecord | QuotationRecord | SourceRecord | ChronologyRecord) -> Record:
    """What is told of a record besides where it occurs, for which there is a place after that."""
    plain: dict[str, Any] = msgspec.to_builtins(record)
    for key, value in plain.items():
        if value == "":
            plain[key] = None
    plain["occurrences"] = plain.pop("occurrences")
    return plain


Records = Callable[[Archive, Sequence[str]], Iterator[Record]]
REGISTERS: dict[str, Records] = {
    "entities": entities,
    "quotations": quotations,
    "sources": sources,
    "chronology": chronology,
}


def render(archive: Archive, site: Site) -> Iterator[LargeFile]:
    """Yields one file a register, records by id, happenings by earliest day, undated ones last."""
    for name, records in REGISTERS.items():
        runs = pieces.of_records(archive, name)
        make = partial(_items, archive, name, records)
        yield pieces.array(f"data/{name}.json", partial(pieces.pieces, runs, make))


def _items(archive: Archive, register: str, records: Records, ids: Sequence[str]) -> bytes:
    found = zip(records(archive, ids), occurring(archive, register, ids), strict=True)
    return items({**record, "occurrences": places(told)} for record, (_, told) in found)
