"""One article's place in the registers: which record each of its annotations belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b

import msgspec
from msgspec import Struct

from builder.link.collect import Collected
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

    def __init__(self, joined: Joined, collected: Iterable[Collected], open_: Callable[[str], ReviewedArticle]) -> None:
        self._joined, self._open = joined, open_
        self._collected = {one.summary.slug: one for one in collected}
        self._events = events_by_place(joined.rows)

    def stamp(self, slug: str) -> bytes:
        """A digest of the article with its place, which is not opened for it; empty for one that is not there."""
        one = self._collected.get(slug)
        if one is None:
            return b""
        whole = msgspec.msgpack.encode((one.digest, one.warnings, self._place(one)))
        return blake2b(whole, digest_size=16).digest()

    def open(self, slug: str) -> LinkedArticle:
        """The article with its record ids and its quotations' warnings; rejected entities are taken out."""
        one, reviewed = self._collected[slug], self._open(slug)
        place = self._place(one)
        mentions = _by_entity(reviewed.annotations)
        gone = {id for entity in place.rejected for id in mentions.get(entity, ())}
        kept = tuple(
            msgspec.structs.replace(r, sensitive=one.warnings.get(r.annotation.id, ""))
            if r.annotation.id in place.quotations
            else r
            for r in reviewed.annotations
            if r.annotation.id not in gone
        )
        return LinkedArticle(
            reviewed=msgspec.structs.replace(reviewed, annotations=kept, rejected=reviewed.rejected + len(gone)),
            entities={id: record for e, record in place.entities.items() for id in mentions[e]},
            quotations=place.quotations,
            events=place.events,
            speakers=place.speakers,
            vias=place.vias,
            citations=place.citations,
            also=place.also,
        )

    def _place(self, one: Collected) -> Place:
        joined, slug = self._joined, one.summary.slug
        keys = joined.register.of_document(slug)
        entities = {id: joined.ids[key] for id, key in keys.items() if key in joined.ids}
        quotations = [(slug, q.id) for q, _ in one.quotations]
        return Place(
            entities=entities,
            rejected=tuple(id for id, key in keys.items() if key in joined.register.rejected),
            quotations=_of(joined.quotation_ids, quotations),
            events=_of(self._events, [(slug, h.event.id) for h in one.happenings]),
            speakers=_of(joined.speakers, quotations),
            vias=_of(joined.vias, quotations),
            citations=_of(joined.cited, [(slug, c.id) for c, _ in one.citations]),
            also=_also(joined, slug, entities.values(), quotations),
        )


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


def _also(joined: Joined, slug: str, named: Iterable[str], said: Iterable[At]) -> Also:
    """Other articles that repeat a quotation or name the same entity: those that share most first."""
    quotations: dict[str, dict[str, None]] = defaultdict(dict)
    entities: dict[str, dict[str, None]] = defaultdict(dict)
    for at in said:
        if id := joined.quotation_ids.get(at):
            for other in joined.said_in[id]:
                quotations[other][id] = None
    for id in dict.fromkeys(named):
        articles = joined.named_in[id]
        for other in articles if len(articles) <= COMMON else ():
            entities[other][id] = None
    others = sorted(
        (set(quotations) | set(entities)) - {slug}, key=lambda o: (-len(quotations[o]), -len(entities[o]), o)
    )
    return tuple((o, tuple(quotations[o]), tuple(entities[o])) for o in others[:MOST_ALSO])
