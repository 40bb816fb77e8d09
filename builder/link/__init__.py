"""What is the same across articles: reviewed articles in, the joined archive out.

Two passes: the first gathers of every article what the registers need and shelves the article; the second
opens one article at a time and tells it its place in the registers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import msgspec

from builder.link import chronology, happenings
from builder.link.collect import collect
from builder.link.join import Joined
from builder.link.place import events_by_place, place
from builder.link.sensitive import Sensitivity
from builder.model.archive import Archive, ChronologyRecord, LinkedArticle, ReviewedArticle, newest_first
from builder.model.editorial import Editorial
from builder.problems import Problem, Problems

__all__ = ["Sensitivity", "Shelf", "link"]


class Shelf(Protocol):
    """Where articles wait between the passes, so that memory holds registers and one article at a time."""

    def put_reviewed(self, article: ReviewedArticle) -> None: ...
    def reviewed(self, slug: str) -> ReviewedArticle: ...
    def put_linked(self, article: LinkedArticle) -> None: ...
    def linked(self, slug: str) -> LinkedArticle: ...
    def digest(self, slug: str) -> bytes: ...


def link(reviewed: Iterable[ReviewedArticle], editorial: Editorial, shelf: Shelf, sensitivity: Sensitivity) -> Archive:
    """Joins the articles; raises Problems for editors' entries that fit nothing."""
    collected = []
    editorial = _worded(editorial, sensitivity)
    folding = sensitivity.with_entries(editorial.entities)
    for article in reviewed:
        shelf.put_reviewed(article)
        collected.append(collect(article, folding))
    _articles_named(editorial, {c.summary.slug for c in collected})
    joined = Joined.of(collected, editorial, folding)
    joined.rows = chronology.ordered(_with_editors_rows(joined, editorial, shelf))
    events = events_by_place(joined.rows)
    for one in collected:
        shelf.put_linked(place(joined, one, shelf.reviewed(one.summary.slug), events))
    sources, relays = joined.sources.records()
    _citations_named(editorial, set(sources))
    return Archive(
        articles=tuple(sorted((c.summary for c in collected), key=newest_first)),
        entities=joined.entity_records(),
        quotations=dict(sorted(joined.quotations.items())),
        sources=sources,
        relays=relays,
        chronology=joined.rows,
        open=shelf.linked,
        annotators=tuple(sorted({name for c in collected for name in c.annotators})),
        stamp=shelf.digest,
    )


def _worded(editorial: Editorial, sensitivity: Sensitivity) -> Editorial:
    """`sensitive: true` of a source or a row of the chronology is the archive's own warning too."""
    replace = msgspec.structs.replace
    return replace(
        editorial,
        sources=tuple(replace(e, sensitive=sensitivity.worded(e.sensitive)) for e in editorial.sources),
        chronology=tuple(replace(e, sensitive=sensitivity.worded(e.sensitive)) for e in editorial.chronology),
    )


def _with_editors_rows(joined: Joined, editorial: Editorial, shelf: Shelf) -> list[ChronologyRecord]:
    named = sorted({event.article for event in editorial.sentences})
    texts = [chronology.sentences(shelf.reviewed(slug)) for slug in named]
    rows = dict(joined.read_rows)
    own = chronology.editors_rows(editorial.chronology, rows, texts, joined.entities)
    return [*happenings.join(rows, joined.told, chronology.kept_apart(editorial.apart, texts)), *own]


def _articles_named(editorial: Editorial, slugs: set[str]) -> None:
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
