"""Which documents are indexed together: runs of articles by date, each with the records first told in one of them.

A run ends after an article whose slug says so, not after a fixed number: an article added or taken out
changes its own run and leaves the others as they are. As every part holds all kinds of documents in like
proportions, what they score in one part can be compared with what they score in another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from builder.model.archive import (
    Archive,
    ArticleSummary,
    ChronologyRecord,
    EntityRecord,
    Occurrence,
    QuotationOccurrence,
    QuotationRecord,
    SourceRecord,
)

SMALLEST = 250  # articles in a part, about: what is indexed anew when one of them changed
MOST = 64  # parts, about: a reader's browser asks each of them for each word


class Part(Struct, frozen=True):
    """Documents that are indexed together; `name` is that of its folder in the index."""

    name: str
    articles: tuple[ArticleSummary, ...]
    entities: list[EntityRecord]
    quotations: list[QuotationRecord]
    chronology: list[ChronologyRecord]
    sources: list[SourceRecord]


def parts(archive: Archive) -> list[Part]:
    """Every document of the archive in one part; the oldest articles' part first. None for an empty archive."""
    runs = list(_runs(sorted(archive.articles, key=lambda a: (a.earliest or "~", a.slug))))
    registers = (archive.entities, archive.quotations, archive.sources)
    if not runs and (archive.chronology or any(registers)):
        runs = [[]]
    made = [Part(_name(run), tuple(run), [], [], [], []) for run in runs]
    home = {article.slug: number for number, run in enumerate(runs) for article in run}
    for entity in archive.entities.values():
        made[_home(entity.occurrences, home)].entities.append(entity)
    for quotation in archive.quotations.values():
        made[_home(quotation.occurrences, home)].quotations.append(quotation)
    for happening in archive.chronology:
        made[_home(happening.occurrences, home)].chronology.append(happening)
    for source in archive.sources.values():
        made[_home(source.occurrences, home)].sources.append(source)
    return made


def _runs(articles: Sequence[ArticleSummary]) -> Iterator[list[ArticleSummary]]:
    usual = _usual(len(articles))
    run: list[ArticleSummary] = []
    for article in articles:
        run.append(article)
        if len(run) >= 2 * usual or (len(run) >= usual // 2 and _number(article.slug) % max(1, usual // 2) == 0):
            yield run
            run = []
    if run:
        yield run


def _usual(articles: int) -> int:
    """How many articles a part has: doubled until there are few enough parts."""
    usual = SMALLEST
    while articles > MOST * usual:
        usual *= 2
    return usual


def _home(occurrences: Iterable[Occurrence | QuotationOccurrence], home: Mapping[str, int]) -> int:
    """The part of the oldest article; the first one for what no article tells."""
    return min((home[o.article] for o in occurrences if o.article in home), default=0)


def _name(run: Sequence[ArticleSummary]) -> str:
    return f"{_number(run[0].slug) if run else 0:016x}"[:8]


def _number(slug: str) -> int:
    return int.from_bytes(hashlib.sha256(slug.encode("utf-8")).digest()[:8], "big")
