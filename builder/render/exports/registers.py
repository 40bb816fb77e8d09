"""The registers as JSON arrays, as the pages show them: entities, quotations, sources, chronology (contract §2).

Every record has `id` and `occurrences`, each of which is an article's slug and an annotation's id there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from builder.model.archive import (
    Archive,
    ChronologyRecord,
    EntityRecord,
    Occurrence,
    QuotationOccurrence,
    QuotationRecord,
    SourceRecord,
)
from builder.model.output import OutputFile
from builder.render.exports.encode import Record, array, known

if TYPE_CHECKING:
    from builder.render.template import Site


def entities(archive: Archive) -> Iterator[Record]:
    """Yields entity records by id; `coordinates` are latitude and longitude in degrees, or null."""
    for record in archive.entities.values():
        told = [{**msgspec.structs.asdict(r), "occurrences": places(r.occurrences)} for r in record.relations]
        yield {**_record(msgspec.structs.replace(record, relations=())), "relations": told}


def quotations(archive: Archive) -> Iterator[Record]:
    """Yields quotation records by id; `speaker` is an entity id, `speakers` are source ids."""
    return map(_record, archive.quotations.values())


def sources(archive: Archive) -> Iterator[Record]:
    """Yields source records by id; `reports` lists the sources whose words each one passes on, and where."""
    relays = defaultdict(list)
    for relay in archive.relays:
        relays[relay.reporter].append({"source": relay.reported, "occurrences": places(relay.occurrences)})
    for record in archive.sources.values():
        yield {**_record(record), "reports": relays.get(record.id, [])}


def chronology(archive: Archive) -> Iterator[Record]:
    """Yields happenings by earliest day, undated ones last with a null `edtf`."""
    return map(_record, archive.chronology)


def places(occurrences: Iterable[Occurrence | QuotationOccurrence]) -> list[Record]:
    """Where something occurs; the words themselves stand in annotations.jsonl."""
    return [{"article": o.article, "annotation": o.annotation} for o in occurrences]


def _record(record: EntityRecord | QuotationRecord | SourceRecord | ChronologyRecord) -> Record:
    own = {key: value for key, value in msgspec.structs.asdict(record).items() if key != "occurrences"}
    plain: dict[str, Any] = msgspec.to_builtins(own)
    return {**known(plain), "occurrences": places(record.occurrences)}


REGISTERS = {"entities": entities, "quotations": quotations, "sources": sources, "chronology": chronology}


def render(archive: Archive, site: Site) -> Iterator[OutputFile]:
    """Yields one file a register."""
    for name, records in REGISTERS.items():
        yield OutputFile(f"data/{name}.json", array(records(archive)))
