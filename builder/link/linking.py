"""Joins the articles, each of which gives its share, into one archive."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol

import msgspec

from builder.link import chronology, happenings
from builder.link.collect import Collected, Names
from builder.link.editors import Editors
from builder.link.join import Joined
from builder.link.place import Placed, placed
from builder.link.sensitive import Sensitivity
from builder.model.archive import Archive, ChronologyRecord, Occurrence, Parts, ReviewedArticle, newest_first
from builder.model.editorial import Editorial
from builder.problems import Problem, Problems


class Shares(Protocol):
    """The articles: what each gives the registers, and what is opened only when it is asked for."""

    def slugs(self) -> Iterable[str]:
        """Of every article."""

    def names(self) -> Iterable[Names]:
        """Whom every article names, sorted by path."""

    def all(self) -> Iterable[Collected]:
        """What every article says and tells, in the same order."""

    def reviewed(self, slug: str) -> ReviewedArticle:
        """The article with its annotations and the editors' decisions."""

    def places(self, parts: Parts) -> tuple[Occurrence, ...]:
        """Where articles name an entity."""

    def said(self, parts: Parts) -> tuple[Occurrence, ...]:
        """Quotations and citations, by article and annotation, with the words around them."""


def link(shares: Shares, editorial: Editorial, sensitivity: Sensitivity) -> Archive:
    """Joins the articles; raises Problems for editors' entries that fit nothing.

    The articles' shares are gone through one at a time, several times over, so that memory never holds them all.
    """
    editorial = _worded(editorial, sensitivity)
    slugs = frozenset(shares.slugs())
    _articles_named(editorial, slugs)
    editors, folding = Editors(editorial.entities, slugs), sensitivity.with_entries(editorial.entities)
    joined = Joined.named(shares.names(), editors, editorial.sources, folding, shares.places, shares.said)
    joined.said(shares.all())
    for one in shares.all():
        joined.take(one)
    joined.quoted()
    joined.rows = chronology.ordered(_with_editors_rows(joined, editorial, shares))
    sources, relays = joined.sources.records()
    _citations_named(editorial, set(sources))
    place = Placed(joined)
    return Archive(
        articles=tuple(sorted(joined.summaries.values(), key=newest_first)),
        entities=joined.entity_records(),
        quotations=dict(sorted(joined.quotations.items())),
        sources=sources,
        relays=relays,
        chronology=joined.rows,
        open=lambda slug: placed(shares.reviewed(slug), place[slug]),
        annotators=tuple(sorted(joined.annotators)),
        place=place,
    )


def _worded(editorial: Editorial, sensitivity: Sensitivity) -> Editorial:
    """`sensitive: true` of a source or a row of the chronology is the archive's own warning too."""
    replace = msgspec.structs.replace
    return replace(
        editorial,
        sources=tuple(replace(e, sensitive=sensitivity.worded(e.sensitive)) for e in editorial.sources),
        chronology=tuple(replace(e, sensitive=sensitivity.worded(e.sensitive)) for e in editorial.chronology),
    )


def _with_editors_rows(joined: Joined, editorial: Editorial, shares: Shares) -> list[ChronologyRecord]:
    named = sorted({event.article for event in editorial.sentences})
    texts = [chronology.sentences(shares.reviewed(slug)) for slug in named]
    rows = dict(joined.read_rows)
    own = chronology.editors_rows(editorial.chronology, rows, texts, joined.entities)
    return [*happenings.join(rows, joined.told, chronology.kept_apart(editorial.apart, texts)), *own]


def _articles_named(editorial: Editorial, slugs: Collection[str]) -> None:
    """An editor's word about an article that is not there must not be dropped in silence."""
    problems = [
        Problem(decisions[0].where, f"there is no article “{slug}”", "Name the file after an article's slug.")
        for slug, decisions in editorial.decisions.items()
        if slug not in slugs and decisions
    ]
    problems += [
        Problem(event.where, f"there is no article “{event.article}”", "Name the slug of an article.")
        for event in editorial.sentences
        if event.article not in slugs
    ]
    if problems:
        raise Problems(problems)


def _citations_named(editorial: Editorial, sources: set[str]) -> None:
    problems = [
        Problem(entry.where, f"there is no source “{id}”", "“citations” lists ids of sources.yaml.")
        for entry in editorial.chronology
        for id in entry.citations
        if id not in sources
    ]
    if problems:
        raise Problems(problems)
