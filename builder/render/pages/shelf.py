"""What every register asks of the archive: articles by slug, what must be folded, and who said what where."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TypeVar

from msgspec import Struct

from builder.model.archive import (
    Archive,
    ArticleSummary,
    ChronologyRecord,
    CoMention,
    EntityRecord,
    Occurrence,
    QuotationRecord,
    Relay,
    SourceRecord,
    newest_first,
)
from builder.render import heads
from builder.render.derived import At, Each, Stream, by_key, places, through
from builder.render.heads import headed
from builder.render.paging import Group
from builder.render.speakers import elsewhere

T = TypeVar("T")
CONTEXT = 42  # characters on either side of a mention


class Shelf(Struct, frozen=True):
    """Look-ups made once a build; articles, names and sources as `heads` gives them."""

    articles: Mapping[str, ArticleSummary]
    said: Mapping[str, tuple[tuple[str, str], ...]]  # article -> (quotation record id, its wording there)
    published: Mapping[str, tuple[str, ...]]  # publisher -> slugs of its articles
    events: Mapping[str, ChronologyRecord]
    sources: Mapping[str, tuple[SourceRecord, ...]]  # entity -> what it is as a source
    disputed: Mapping[str, tuple[QuotationRecord, ...]]  # entity -> what only some articles give to it
    relays: Mapping[str, tuple[Relay, ...]]  # source -> where it reports or is reported
    company: Mapping[str, Mapping[str, int]]  # entity -> whom it is named with, and in how many articles
    dated: Mapping[str, tuple[ChronologyRecord, ...]]  # quotation -> the happenings it tells of

    def warning(self, article: str, own: str = "") -> str:
        """The warning something stands behind: its own, else that of the article it is from."""
        summary = None if own else self.articles.get(article)
        return summary.sensitive if summary is not None else own

    def left(self, words: str) -> str:
        """The last words before a mention, whole, as many as stand in a line of the concordance."""
        return _cut(words[::-1])[::-1]

    def right(self, words: str) -> str:
        """The first words after a mention."""
        return _cut(words)

    def place(self, article: str) -> tuple[bool, tuple[bool, tuple[int, ...], str]]:
        """Sorts by article, newest first; one the archive does not have comes last."""
        summary = self.articles.get(article)
        return summary is None, newest_first(summary) if summary else (True, (), article)

    def by_article(self, occurrences: Iterable[Occurrence]) -> tuple[Group[Occurrence], ...]:
        """One group an article, newest first."""
        found: dict[str, list[Occurrence]] = defaultdict(list)
        for occurrence in occurrences:
            found[occurrence.article].append(occurrence)
        return tuple(Group(f"in-{slug}", slug, tuple(found[slug])) for slug in sorted(found, key=self.place))

    def quotations_naming(self, entity: EntityRecord) -> tuple[str, ...]:
        """Quotations in whose words one of the entity's mentions in that article occurs; its own left out."""
        found: dict[str, None] = {}
        for slug, forms in self._forms(entity):
            near = [pair for pair in self.said.get(slug, ()) if any(form in pair[1] for form in forms)]
            if near:
                whole = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))})(?!\w)")
                found.update((id_, None) for id_, words in near if whole.search(words))
        own = frozenset(entity.quotations)
        return tuple(id_ for id_ in found if id_ not in own)

    def _forms(self, entity: EntityRecord) -> Iterator[tuple[str, list[str]]]:
        """The forms by article; pronouns and common nouns that were resolved to a name do not count as naming."""
        forms: dict[str, dict[str, None]] = defaultdict(dict)
        for occurrence in entity.occurrences:
            if occurrence.exact != occurrence.exact.lower() or occurrence.exact.startswith(("@", "#")):
                forms[occurrence.article][occurrence.exact] = None
        for slug, words in forms.items():
            if slug in self.said:
                yield slug, list(words)


def shelf(archive: Archive) -> Shelf:
    """Made once for each renderer; what it holds is made once a build."""
    derive = archive.derive
    return Shelf(
        articles=heads.articles(archive),
        said=derive("quotations by article", tuple[tuple[str, str], ...], Stream(partial(_said, archive))),
        published=derive("articles by publisher", tuple[str, ...], Stream(partial(_published, archive))),
        events=heads.happenings(archive),
        sources=derive("sources by entity", tuple[SourceRecord, ...], Stream(partial(_by_entity, archive))),
        disputed=derive("disputed quotations by entity", tuple[QuotationRecord, ...], lambda: elsewhere(archive)),
        relays=derive("relays by source", tuple[Relay, ...], lambda: _relays(archive.relays)),
        company=derive("company by entity", dict[str, int], Each("entities", archive.entities, _Seen, _company)),
        dated=derive("events by quotation", tuple[ChronologyRecord, ...], Stream(partial(_dated, archive))),
    )


class _Seen(Struct):
    """Of a name, whom it is named with."""

    seen_with: tuple[CoMention, ...]


def _company(record: _Seen) -> dict[str, int]:
    return {seen.entity: seen.articles for seen in record.seen_with}


class _Telling(Struct):
    """Of a happening, the quotations that tell of it."""

    quotations: tuple[str, ...]


def _dated(archive: Archive) -> Iterator[tuple[str, tuple[ChronologyRecord, ...]]]:
    records = by_key(archive.chronology)
    telling = {id: told.quotations for id, told in through(archive.chronology, _Telling) if told.quotations}
    found: dict[str, list[str]] = defaultdict(list)
    for id in filter(telling.__contains__, records):
        for quotation in telling[id]:
            found[quotation].append(id)
    return ((quotation, tuple(records[id] for id in ids)) for quotation, ids in found.items())


def _relays(relays: Iterable[Relay]) -> dict[str, tuple[Relay, ...]]:
    found: dict[str, list[Relay]] = defaultdict(list)
    for relay in relays:
        for source in dict.fromkeys((relay.reporter, relay.reported)):
            found[source].append(relay)
    return {source: tuple(members) for source, members in found.items()}


def known(ids: Iterable[str], records: Mapping[str, T]) -> tuple[T, ...]:
    """The records of these ids, in this order; an id the register does not have is passed over."""
    return tuple([record for id_ in ids if (record := records.get(id_)) is not None])


class _Printed(Struct):
    """Of an article, who published it."""

    publisher: str


def _published(archive: Archive) -> Iterator[tuple[str, tuple[str, ...]]]:
    publishers: dict[str, dict[str, None]] = defaultdict(dict)
    for slug, article in through(archive.articles, _Printed):
        publishers[article.publisher][slug] = None
    order = places(archive.articles)
    return ((publisher, tuple(sorted(slugs, key=order.__getitem__))) for publisher, slugs in publishers.items())


def _cut(words: str) -> str:
    """Whole words from the front, up to CONTEXT characters; the space next to the mention is kept, unbreakable."""
    line = " ".join(words.split())
    if len(line) > CONTEXT:
        line = line[:CONTEXT].rsplit(" ", 1)[0] + "\u00a0…"
    return ("\u00a0" if words[:1].isspace() else "") + line


def _by_entity(archive: Archive) -> Iterator[tuple[str, tuple[SourceRecord, ...]]]:
    found: dict[str, list[SourceRecord]] = defaultdict(list)
    for _, source in through(headed(archive).sources, SourceRecord):
        if source.entity:
            found[source.entity].append(source)
    return ((entity, tuple(records)) for entity, records in found.items())


class _Wording(At):
    said: str


class _Worded(Struct):
    """Of a quotation, how articles give it."""

    occurrences: tuple[_Wording, ...]


def _said(archive: Archive) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for id, record in through(archive.quotations, _Worded):
        for occurrence in record.occurrences:
            found[occurrence.article].append((id, occurrence.said))
    return ((slug, tuple(pairs)) for slug, pairs in found.items())
