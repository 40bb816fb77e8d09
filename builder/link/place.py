"""One article's place in the registers: which record each of its annotations belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from builder.link.collect import Collected
from builder.link.join import Joined
from builder.link.telling import At
from builder.model.archive import ChronologyRecord, LinkedArticle, ReviewedArticle

MOST_ALSO = 12  # other articles a page points to
COMMON = 50  # an entity named in more articles than this ties no two of them together


def events_by_place(rows: Iterable[ChronologyRecord]) -> dict[At, str]:
    """Gives the chronology record of every event, by its place."""
    return {(o.article, o.annotation): row.id for row in rows for o in row.occurrences}


def place(joined: Joined, one: Collected, reviewed: ReviewedArticle, events: dict[At, str]) -> LinkedArticle:
    """Gives the article with its record ids and its quotations' warnings; rejected entities are taken out."""
    slug = one.summary.slug
    keys = joined.register.of_mentions(slug)
    gone = {id for id, key in keys.items() if key in joined.register.rejected}
    kept = tuple(
        msgspec.structs.replace(r, sensitive=joined.warnings.get((slug, r.annotation.id), r.sensitive))
        for r in reviewed.annotations
        if r.annotation.id not in gone
    )
    ids = [(slug, r.annotation.id) for r in kept]
    return LinkedArticle(
        reviewed=msgspec.structs.replace(reviewed, annotations=kept, rejected=reviewed.rejected + len(gone)),
        entities={id: joined.ids[key] for id, key in keys.items() if key in joined.ids},
        quotations=_of(joined.quotation_ids, ids),
        events=_of(events, ids),
        speakers=_of(joined.speakers, ids),
        vias=_of(joined.vias, ids),
        citations=_of(joined.cited, ids),
        also=_also(joined, slug, ids),
    )


def _of(records: dict[At, str], ids: list[At]) -> dict[str, str]:
    return {at[1]: records[at] for at in ids if at in records}


def _also(joined: Joined, slug: str, ids: list[At]) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    """Other articles that repeat a quotation or name the same entity: those that share most first."""
    quotations: dict[str, dict[str, None]] = defaultdict(dict)
    entities: dict[str, dict[str, None]] = defaultdict(dict)
    for at in ids:
        if id := joined.quotation_ids.get(at):
            for other in joined.said_in[id]:
                quotations[other][id] = None
    keys = joined.register.of_mentions(slug)
    for id in dict.fromkeys(joined.ids[key] for key in keys.values() if key in joined.ids):
        articles = joined.named_in[id]
        for other in articles if len(articles) <= COMMON else ():
            entities[other][id] = None
    others = sorted(
        (set(quotations) | set(entities)) - {slug}, key=lambda o: (-len(quotations[o]), -len(entities[o]), o)
    )
    return tuple((o, tuple(quotations[o]), tuple(entities[o])) for o in others[:MOST_ALSO])
