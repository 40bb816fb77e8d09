"""One article's place in the registers: which record each of its annotations belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

import msgspec

from builder.link.join import Joined
from builder.link.parts import NOBODY
from builder.model.annotation import Mention
from builder.model.archive import Also, LinkedArticle, Place, Reviewed, ReviewedArticle

MOST_ALSO = 12  # other articles a page points to
AT_HAND = 64  # places that are held: more than articles are in a run of a data file


class Placed(Mapping[str, Place]):
    """Every article's place in the registers, worked out when it is asked for."""

    def __init__(self, joined: Joined) -> None:
        self._joined = joined
        self._slugs = joined.articles.slugs
        self._last: dict[str, Place] = {}  # asked for again: by what opens the article, by who notes it

    def __iter__(self) -> Iterator[str]:
        return iter(self._slugs)

    def __len__(self) -> int:
        return len(self._slugs)

    def __contains__(self, slug: object) -> bool:
        return isinstance(slug, str) and self._joined.articles.number(slug) is not None

    def __getitem__(self, slug: str) -> Place:
        if slug not in self._last:
            if len(self._last) >= AT_HAND:
                self._last.clear()
            self._last[slug] = self._place(slug)
        return self._last[slug]

    def _place(self, slug: str) -> Place:
        joined, article = self._joined, self._joined.articles.number(slug)
        if article is None:
            raise KeyError(slug)
        found, whose = joined.annotated[article], joined.named.of_document(article)
        known = {id: entity for id, entity in whose.items() if entity != NOBODY}
        said, told = joined.quotations.of(article), joined.rows.of(article)
        return Place(
            digest=joined.articles.digest(article),
            warnings=found.warnings,
            entities={id: joined.bases[entity].id for id, entity in known.items()},
            rejected=tuple(id for id, entity in whose.items() if entity == NOBODY),
            quotations=dict(zip(found.quotations, map(joined.quotations.id, said), strict=True)),
            events=dict(zip(found.events, map(joined.rows.standing, told), strict=True)),
            speakers=found.speakers,
            vias=found.vias,
            citations=found.citations,
            also=self._also(known.values(), said, article),
        )

    def _also(self, named: Iterable[int], said: Iterable[int], article: int) -> Also:
        """Other articles that repeat a quotation or name the same entity: those that share most first."""
        joined, slugs = self._joined, self._slugs
        repeated = {joined.quotations.id(one): joined.quotations.articles(one) for one in said}
        shared = {joined.bases[one].id: joined.named.articles(one) for one in named if joined.named.ties(one)}
        others = Counter(chain(*shared.values()))
        for other in chain(*repeated.values()):
            others[other] += len(shared) + 1  # one quotation is more than all names
        del others[article]
        first = _most(others, slugs)
        quotations, entities = _by_article(repeated, first), _by_article(shared, first)
        return tuple((slugs[other], tuple(quotations[other]), tuple(entities[other])) for other in first)


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


def _most(others: Counter[int], slugs: Sequence[str]) -> list[int]:
    """Those of the highest counts, as many as a page points to; of equal ones the first by slug."""
    enough = sorted(others.values(), reverse=True)[:MOST_ALSO]
    kept = [other for other, count in others.items() if count >= enough[-1]]
    return sorted(kept, key=lambda other: (-others[other], slugs[other]))[:MOST_ALSO]


def _by_article(records: Mapping[str, Iterable[int]], some: Iterable[int]) -> dict[int, list[str]]:
    """Ids of the records that each of these articles has, in the order of the records."""
    found: dict[int, list[str]] = {article: [] for article in some}
    for id, articles in records.items():
        for article in articles:
            if article in found:
                found[article].append(id)
    return found


def _by_entity(annotations: Iterable[Reviewed]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for r in annotations:
        if isinstance(r.annotation, Mention):
            found.setdefault(r.annotation.entity, []).append(r.annotation.id)
    return found
