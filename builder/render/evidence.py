"""Why rows of several articles are taken for one happening, or for one with two dates, in words."""

from __future__ import annotations

from collections.abc import Mapping

from builder.model.archive import ChronologyRecord, EntityRecord
from builder.render import dates
from builder.render.words import Words


def told(record: ChronologyRecord, entities: Mapping[str, EntityRecord], words: Words) -> str:
    """What the articles share; empty where no evidence is on record. Names that are folded show their warning."""
    if record.evidence is None:
        return ""
    known = (entities[id] for id in record.evidence.names if id in entities)
    names = words.joined(list(dict.fromkeys(e.sensitive or e.name for e in known)))
    shared = words.joined([f"“{word}”" for word in record.evidence.words])
    if record.evidence.date is None:
        return words.gettext(
            "Articles tell it alike. They share: names %(names)s; words %(words)s.", names=names, words=shared
        )
    return words.gettext(
        "Taken for one happening. The articles share: date %(date)s; names %(names)s; words %(words)s.",
        date=dates.readable(record.evidence.date, words),
        names=names,
        words=shared,
    )
