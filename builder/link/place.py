"""One article's place in the registers: which record each of its annotations belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b
from heapq import nsmallest
from itertools import chain

import msgspec
from msgspec import Struct

from builder.link.join import Joined
from builder.link.telling import At
from builder.model.annotation import Mention
from builder.model.archive import ChronologyRecord, LinkedArticle, Reviewed, ReviewedArticle

MOST_ALSO = 12  # other articles a page points to
COMMON = 50  # an entity named in more articles than this ties no two of them together
Also = tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]


class Place(Struct, frozen=True):
    """Records by annotation id, entities by the document's id; `rejected` are entities that an editor takes out."""

    entities: dict[str, str]
    rejected: tuple[str, ...]
    quotations: dict[str, str]
    events: dict[str, str]
    speakers: dict[str, str]
    vias: dict[str, str]
    citations: dict[str, str]
    also: Also


class Placed:
    """Every article with its place, worked out when it is asked for; `open_` gives the reviewed article."""

    def __init__(self, joined: Joined, open_: Callable[[str], ReviewedArticle]) -> None:
        self._open, self._held = open_, joined.held
        self._entities, self._quotations = joined.of_documents, joined.quotation_ids
        self._speakers, self._vias, self._cited = joined.speakers, joined.vias, joined.cited
        self._events = events_by_place(joined.rows)
        self._named_in, self._said_in = joined.named_in, joined.said_in

    def stamp(self, slug: str) -> bytes:
        """A digest of the article with its place, which is not opened for it; empty for one that is not there."""
        held = self._held.get(slug)
        if held is None:
            return b""
        whole = msgspec.msgpack.encode((held.digest, held.warnings, self._place(slug)))
        return blake2b(whole, digest_size=16).digest()

    def open(self, slug: str) -> LinkedArticle:
        """The article with its record ids and its quotations' warnings; rejected entities are taken out."""
        held, reviewed = self._held[slug], self._open(slug)
        place = self._place(slug)
        mentions = _by_entity(reviewed.annotations)
        gone = {id for entity in place.rejected for id in mentions.get(entity, ())}
        kept = tuple(
            msgspec.structs.replace(r, sensitive=held.warnings.get(r.annotation.id, ""))
            if r.annotation.id in place.quotations
            else r
            for r in reviewed.annotations
            if r.annotation.id not in gone
        )
        return LinkedArticle(
            reviewed=msgspec.structs.replace(reviewed, annotations=kept, rejected=reviewed.rejected + len(gone)),
            entities={id: record for e, record in place.entities.items() for id in mentions.get(e, ())},
            quotations=place.quotations,
            events=place.events,
            speakers=place.speakers,
            vias=place.vias,
            citations=place.citations,
            also=place.also,
        )

    def _place(self, slug: str) -> Place:
        held, entities = self._held[slug], self._entities[slug]
        said = [(slug, id) for id in held.quotations]
        quotations = _of(self._quotations, said)
        return Place(
            entities=entities,
            rejected=held.rejected,
            quotations=quotations,
            events=_of(self._events, [(slug, id) for id in held.events]),
            speakers=_of(self._speakers, said),
            vias=_of(self._vias, said),
            citations=_of(self._cited, [(slug, id) for id in held.citations]),
            also=self._also(entities.values(), quotations.values(), slug),
        )

    def _also(self, named: Iterable[str], said: Iterable[str], slug: str) -> Also:
        """Other articles that repeat a quotation or name the same entity: those that share most first."""
        repeated = {id: self._said_in[id] for id in said}
        shared = {id: articles for id in named if len(articles := self._named_in[id]) <= COMMON}
        quotations, entities = Counter(chain(*repeated.values())), Counter(chain(*shared.values()))
        others = (quotations.keys() | entities.keys()) - {slug}
        first = nsmallest(MOST_ALSO, others, key=lambda o: (-quotations[o], -entities[o], o))
        return tuple((o, _with(o, repeated), _with(o, shared)) for o in first)


def _with(other: str, articles: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(id for id, of in articles.items() if other in of)


def events_by_place(rows: Iterable[ChronologyRecord]) -> dict[At, str]:
    """Gives the chronology record of every event, by its place."""
    return {(o.article, o.annotation): row.id for row in rows for o in row.occurrences}


def _by_entity(annotations: Iterable[Reviewed]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for r in annotations:
        if isinstance(r.annotation, Mention):
            found.setdefault(r.annotation.entity, []).append(r.annotation.id)
    return found


def _of(records: Mapping[At, str], ids: Iterable[At]) -> dict[str, str]:
    return {at[1]: records[at] for at in ids if at in records}
