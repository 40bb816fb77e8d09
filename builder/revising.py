"""The archive as it was joined last, where nothing since has changed a record: nothing is joined for it.

A word that is changed in an article changes its text, what is counted in it, and the words around its names and
quotations. Only where it changes who is named, what is said or what happened are the registers joined anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import msgspec

from builder.link.collect import Collected, Names
from builder.link.place import placed
from builder.model.archive import (
    Archive,
    ArticleSummary,
    ChronologyRecord,
    EntityRecord,
    Place,
    Places,
    QuotationRecord,
    Relay,
    SourceRecord,
)
from builder.registers import Remembered, Stored
from builder.render.reads import digest
from builder.rendering import Registers
from builder.shares import Shares

R = TypeVar("R", EntityRecord, SourceRecord)
Kept = tuple[Names, Collected]


def revised(changed: Mapping[str, tuple[str, str]], standing: Remembered, shares: Shares) -> Registers | None:
    """The archive with what is new of these articles; None where some record may be another one.

    They are given by slug, with where their shares were and are kept.
    """
    pairs: list[tuple[str, Kept, Kept]] = []
    for slug, (then, now) in changed.items():
        before, after = shares.kept(then), shares.kept(now)
        if before is None or after is None or not before[0].rows == after[0].rows != b"":
            return None
        pairs.append((slug, before, after))
    archive = remembered(standing, shares)
    for pair in pairs:
        _revise(archive, standing, *pair)
    return Registers(archive, standing, joined=False)


def remembered(standing: Remembered, shares: Shares) -> Archive:
    """The archive as it was written down, each record of it opened when it is asked for."""
    place = standing.always("texts", Place)
    return Archive(
        articles=standing.rows("articles", ArticleSummary),
        entities=standing.always("entities", EntityRecord),
        quotations=standing.always("quotations", QuotationRecord),
        sources=standing.always("sources", SourceRecord),
        relays=standing.rows("relays", Relay),
        chronology=standing.rows("chronology", ChronologyRecord),
        open=lambda slug: placed(shares.reviewed(slug), place[slug]),
        annotators=standing.rows("annotators", str),
        place=place,
        text=shares.article,
    )


def _revise(archive: Archive, standing: Remembered, slug: str, before: Kept, after: Kept) -> None:
    """Puts in what an article now says of itself, and other words around its names, quotations and citations."""
    place = archive.place[slug]
    now = msgspec.structs.replace(place, digest=after[0].digest)
    standing.always("texts", Place).revise(slug, now, digest(now))
    summary = after[0].summary
    standing.always("articles", ArticleSummary).revise(slug, summary, digest(summary))
    entities, sources = standing.always("entities", EntityRecord), standing.always("sources", SourceRecord)
    for old, new in zip(before[0].named, after[0].named, strict=True):
        _around(entities, place.entities.get(new.id), slug, new.id, new.places, (old.digest, new.digest))
    for id, new_digest in after[1].around.items():
        digests = before[1].around[id], new_digest
        for of in (place.speakers, place.vias, place.citations):
            _around(sources, of.get(id), slug, id, 1, digests)


def _around(
    register: Stored[R], id: str | None, slug: str, part: str, number: int, digests: tuple[bytes, bytes]
) -> None:
    if id is None or digests[0] == digests[1]:
        return
    record = register[id]
    assert isinstance(record.occurrences, Places)
    places = record.occurrences.exchanged((slug, part, number), *digests)
    record = msgspec.structs.replace(record, occurrences=places)
    register.revise(id, record, digest(record))
