"""One article's place in the registers: which record each of its annotations belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

import msgspec

from builder.link.join import Joined
from builder.link.telling import At
from builder.model.annotation import Mention
from builder.model.archive import Also, ChronologyRecord, LinkedArticle, Place, Reviewed, ReviewedArticle

MOST_ALSO = 12  # other articles a page points to
COMMON = 50  # an entity named in more articles than this ties no two of them together


class Placed(Mapping[str, Place]):
    """Every article's place in the registers, worked out when it is asked for."""

    def __init__(self, joined: Joined) -> None:
        self._held = joined.held
        self._entities, self._quotations = joined.of_documents, joined.quotation_ids
        self._speakers, self._vias, self._cited = joined.speakers, joined.vias, joined.cited
        self._events = events_by_place(joined.rows)
        self._named_in, self._said_in = joined.named_in, joined.said_in
        self._last: tuple[str, Place] | None = None  # asked for again: by what opens the article, by who notes it

    def __contains__(self, slug: object) -> bool:
        return slug in self._held

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def __getitem__(self, slug: str) -> Place:
        if self._last is None or self._last[0] != slug:
            self._last = slug, self._place(slug)
        return self._last[1]

    def _place(self, slug: str) -> Place:
        held, entities = self._held[slug], self._entities[slug]
        said = [(slug, id) for id in held.quotations]
        quotations = _of(self._quotations, said)
        return Place(
            digest=held.digest,
            warnings=held.warnings,
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
        others = Counter(chain(*shared.values()))
        for other in chain(*repeated.values()):
            others[other] += len(shared) + 1  # one quotation is more than all names
        del others[slug]
        first = _most(others)
        quotations, entities = _by_article(repeated, first), _by_article(shared, first)
        return tuple((other, tuple(quotations[other]), tuple(entities[other])) for other in first)


def placed(reviewed: ReviewedArticle, place: Place) -> LinkedArticle:
    """The article with its record ids and its quotations' warnings; rejected entities are taken out."""
    mentions = _by_entity(reviewed.annotations)
    gone = {id for entity in place.rejected for id in mentions.get(entity, ())}
    kept = tuple(
        msgspec.structs.replace(r, sensitive=place.warnings.get(r.annotation.id, ""))
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


def _most(others: Counter[str]) -> list[str]:
    """Those of the highest counts, as many as a page points to; of equal ones the first by slug."""
    enough = sorted(others.values(), reverse=True)[:MOST_ALSO]
    kept = [other for other, count in others.items() if count >= enough[-1]]
    return sorted(kept, key=lambda other: (-others[other], other))[:MOST_ALSO]


def _by_article(records: Mapping[str, tuple[str, ...]], some: Iterable[str]) -> dict[str, list[str]]:
    """Ids of the records that each of these articles has, in the order of the records."""
    found: dict[str, list[str]] = {article: [] for article in some}
    for id, articles in records.items():
        for article in articles:
            if article in found:
                found[article].append(id)
    return found


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
