"""Joins the articles, each of which gives its share, into one archive."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Mapping

import msgspec

from builder.link import chronology, happenings
from builder.link.editors import Editors
from builder.link.entity_records import Known, records
from builder.link.given import Shares
from builder.link.join import Joined
from builder.link.place import Placed, placed
from builder.link.sensitive import Sensitivity
from builder.link.taking import take
from builder.model.archive import Archive, EntityRecord
from builder.model.editorial import Editorial
from builder.problems import Problem, Problems


def link(shares: Shares, editorial: Editorial, sensitivity: Sensitivity) -> Archive:
    """Joins the articles; raises Problems for editors' entries that fit nothing.

    The articles' shares are gone through one at a time, first whom they name, then what they say and tell.
    """
    editorial = _worded(editorial, sensitivity)
    slugs = frozenset(shares.slugs())
    _articles_named(editorial, slugs)
    joined = Joined(
        shares, Editors(editorial.entities, slugs), editorial.sources, sensitivity.with_entries(editorial.entities)
    )
    for one in shares.all():
        take(joined, one)
    joined.group()
    _bring_rows_together(joined, editorial, shares)
    sources, relays = joined.sources.records(joined.quotations.id)
    _citations_named(editorial, sources)
    order, place = joined.rows.ordered(), Placed(joined)
    return Archive(
        articles=joined.articles.newest(),
        entities=_entities(joined, order),
        quotations=joined.quotations.records(),
        sources=sources,
        relays=relays,
        chronology=joined.rows.records(order),
        open=lambda slug: placed(shares.reviewed(slug), place[slug]),
        annotators=tuple(sorted(joined.articles.annotators)),
        place=place,
        text=shares.article,
    )


def _entities(joined: Joined, order: array[int]) -> Mapping[str, EntityRecord]:
    """The entity register, told what its entities said, took part in, and are named beside."""
    known = Known(
        alike=joined.alike,
        relations=joined.stated.records(),
        quotations=joined.quotations.said_by(joined.entities.number),
        events=joined.rows.events(order),
    )
    return records(joined.bases, joined.named, known)


def _worded(editorial: Editorial, sensitivity: Sensitivity) -> Editorial:
    """`sensitive: true` of a source or a row of the chronology is the archive's own warning too."""
    replace = msgspec.structs.replace
    return replace(
        editorial,
        sources=tuple(replace(e, sensitive=sensitivity.worded(e.sensitive)) for e in editorial.sources),
        chronology=tuple(replace(e, sensitive=sensitivity.worded(e.sensitive)) for e in editorial.chronology),
    )


def _bring_rows_together(joined: Joined, editorial: Editorial, shares: Shares) -> None:
    named = sorted({event.article for event in editorial.sentences})
    texts = [chronology.sentences(shares.reviewed(slug)) for slug in named]
    own = chronology.editors_rows(editorial.chronology, joined.rows, texts, joined.entities)
    apart = chronology.kept_apart(editorial.apart, texts)
    joined.rows.change(happenings.join(joined.rows.__getitem__, joined.candidates(), apart))
    for row in own:
        joined.rows.own(row)


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


def _citations_named(editorial: Editorial, sources: Collection[str]) -> None:
    problems = [
        Problem(entry.where, f"there is no source “{id}”", "“citations” lists ids of sources.yaml.")
        for entry in editorial.chronology
        for id in entry.citations
        if id not in sources
    ]
    if problems:
        raise Problems(problems)
