"""The registers as other pages need them: who someone is, not every place where they are named.

A page that only names someone then stays as it is when a further article names them too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec
from msgspec import Struct

from builder.model.annotation import EntityKind, Review
from builder.model.archive import Archive, ArticleSummary, ChronologyRecord, EntityRecord, SourceRecord
from builder.render.derived import ByKey, Each, Placed


class Named(Struct, frozen=True):
    """A name as registers list it: who it is, how often and in how many articles, and none of the words around it."""

    id: str
    name: str
    kind: EntityKind
    mentions: int
    named_in: int
    review: Review = "machine"
    aliases: tuple[str, ...] = ()
    coordinates: tuple[float, float] | None = None
    sensitive: str = ""

    @property
    def occurrences(self) -> range:
        """As many as the name has places: their number is all there is to ask for."""
        return range(self.mentions)

    @property
    def articles(self) -> range:
        """As many as name it."""
        return range(self.named_in)


def names(archive: Archive) -> Mapping[str, Named]:
    """Every name as it is listed: no edit of words near a name has all lists made again."""
    return archive.derive("names as listed", Named, Each("entities", archive.entities, _Name, _listed))


class _Name(Placed):
    """Of a name, what is listed."""

    id: str
    name: str
    kind: EntityKind
    review: Review
    aliases: tuple[str, ...]
    coordinates: tuple[float, float] | None
    sensitive: str


def _listed(e: _Name) -> Named:
    numbers = len(e.occurrences), len(e.articles)
    return Named(e.id, e.name, e.kind, *numbers, e.review, e.aliases, e.coordinates, e.sensitive)


class Cited(Struct, frozen=True):
    """A source as registers list it: who it is, and of its places and quotations how many there are."""

    id: str
    name: str
    kind: str
    places: int
    said: int
    entity: str | None = None
    article: str | None = None
    url: str = ""
    description: str = ""
    review: Review = "machine"
    sensitive: str = ""

    @property
    def occurrences(self) -> range:
        """As many as the source has places."""
        return range(self.places)

    @property
    def quotations(self) -> range:
        """As many as are taken from it."""
        return range(self.said)


def sources(archive: Archive) -> Mapping[str, Cited]:
    """Every source as it is listed: no edit of words near what is taken from it has all lists made again."""
    return archive.derive("sources as listed", Cited, Each("sources", archive.sources, _Source, _cited))


class _Source(Placed):
    """Of a source, what is listed."""

    id: str
    name: str
    kind: str
    entity: str | None
    article: str | None
    url: str
    description: str
    review: Review
    sensitive: str
    quotations: tuple[str, ...]


def _cited(s: _Source) -> Cited:
    about = (s.entity, s.article, s.url, s.description, s.review, s.sensitive)
    return Cited(s.id, s.name, s.kind, len(s.occurrences), len(s.quotations), *about)


def headed(archive: Archive) -> Archive:
    """The archive with names and sources without their places, and all that comes from these."""
    return msgspec.structs.replace(
        archive,
        entities=archive.derive(
            "heads of entities", EntityRecord, Each("entities", archive.entities, EntityRecord, _name)
        ),
        sources=archive.derive("heads of sources", SourceRecord, Each("sources", archive.sources, SourceRecord, head)),
    )


def _name(record: EntityRecord) -> EntityRecord:
    return msgspec.structs.replace(
        record, occurrences=(), similar=(), seen_with=(), quotations=(), events=(), relations=()
    )


def slugs(archive: Archive) -> Iterator[str]:
    """Yields those of all articles, which are looked at when the first one is asked for."""
    yield from articles(archive)


def articles(archive: Archive) -> Mapping[str, ArticleSummary]:
    """The articles by slug, as they are named elsewhere."""
    return archive.derive("articles by slug", ArticleSummary, Each("articles", archive.articles, ArticleSummary, brief))


def listed(archive: Archive) -> Mapping[str, ArticleSummary]:
    """The articles in their order, as they are listed: a further word in one has no list made again."""
    return archive.derive(
        "articles as listed", ArticleSummary, Each("articles", archive.articles, ArticleSummary, _whole)
    )


def _whole(summary: ArticleSummary) -> ArticleSummary:
    """All but what changes where no register does."""
    return msgspec.structs.replace(summary, words=0, original_sha256="")


def happenings(archive: Archive) -> Mapping[str, ChronologyRecord]:
    """The rows of the chronology by id, so that not all of them are looked up where one is."""
    return archive.derive("happenings", ChronologyRecord, ByKey("chronology", archive.chronology))


def brief(summary: ArticleSummary) -> ArticleSummary:
    """An article as it is named elsewhere: without what is counted in it."""
    return msgspec.structs.replace(summary, words=0, counts={}, reviews={}, original_sha256="", tags=())


def head(record: SourceRecord) -> SourceRecord:
    """A source without its places and quotations."""
    return msgspec.structs.replace(record, occurrences=(), quotations=())
