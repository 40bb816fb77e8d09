"""`data/annotations.jsonl`: one line an annotation as `glossator annotate` writes it, tied to the archive's registers.

Contract §1's keys stay, with ids that the article's own reading gave to entities replaced by the archive's.
To them come `article`, `record` (the register's entity, quotation, happening or cited source), `source` and
`via_source` (who is relied on), `review`, and `by`, `note` and `sensitive` where an editor said something.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING

import msgspec

from builder.model.annotation import Citation, Event, Mention, Quotation, Relation, Speaker
from builder.model.archive import Archive, LinkedArticle, Reviewed
from builder.model.output import LargeFile
from builder.render.exports import pieces
from builder.render.exports.encode import Record, lines

if TYPE_CHECKING:
    from builder.render.template import Site


class EntityIds:
    """Gives the archive's id for an entity id of one article's reading, or None where that cannot be told.

    An editor may have split what the machine held to be one: then only a mention inside the words at hand decides.
    """

    def __init__(self, linked: LinkedArticle) -> None:
        mentions: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for reviewed in linked.reviewed.annotations:
            mention = reviewed.annotation
            if isinstance(mention, Mention) and (record := linked.entities.get(mention.id)):
                mentions[mention.entity].append((mention.start, mention.end, record))
        self._mentions = mentions
        self._places: dict[str, _Places] = {}

    def find(self, entity: str | None, start: int, end: int) -> str | None:
        """The archive's id of `entity` as text[start:end] names it, or as the whole article agrees on it."""
        if entity is None or entity not in self._mentions:
            return None
        if entity not in self._places:
            self._places[entity] = _Places(self._mentions[entity])
        return self._places[entity].record(start, end)


class _Places:
    """Where one entity of the article's reading is mentioned, and which record each mention is of."""

    def __init__(self, mentions: Sequence[tuple[int, int, str]]) -> None:
        self._everywhere = _only({record for _, _, record in mentions})
        self._mentions = () if self._everywhere else sorted(mentions)
        self._reach = list(accumulate((end for _, end, _ in self._mentions), max))  # furthest end so far

    def record(self, start: int, end: int) -> str | None:
        if self._everywhere:
            return self._everywhere
        here, at = set(), bisect_left(self._mentions, (end,))  # from the last that begins before `end`, backwards
        while at and self._reach[at - 1] > start:
            at -= 1
            if self._mentions[at][1] > start:
                here.add(self._mentions[at][2])
        return _only(here)


def _only(records: set[str]) -> str | None:
    return next(iter(records)) if len(records) == 1 else None


def rows(archive: Archive, linked: LinkedArticle) -> Iterator[Record]:
    """Yields the lines of one article's annotations, in the order they have there."""
    ids = EntityIds(linked)
    for reviewed in linked.reviewed.annotations:
        yield {
            "article": linked.article.slug,
            **msgspec.to_builtins(reviewed.annotation),
            **_registered(archive, linked, ids, reviewed),
            "review": reviewed.review,
            "by": reviewed.by or None,
            "note": reviewed.note or None,
            "sensitive": reviewed.sensitive or None,
        }


def _registered(archive: Archive, linked: LinkedArticle, ids: EntityIds, reviewed: Reviewed) -> Record:
    """The keys that tie an annotation to the registers; they replace those of the article's own reading."""
    annotation = reviewed.annotation
    match annotation:
        case Mention():
            entity = linked.entities.get(annotation.id)
            return {"entity": entity, "record": entity}
        case Quotation():
            source, via = linked.speakers.get(annotation.id), linked.vias.get(annotation.id)
            return {
                "speaker": _speaker(archive, ids, annotation.speaker, source),
                "via": _speaker(archive, ids, annotation.via, via),
                "record": linked.quotations.get(annotation.id),
                "source": source,
                "via_source": via,
            }
        case Event():
            return {
                "time": annotation.time or None,
                "participants": participants(ids, annotation),
                "record": linked.events.get(annotation.id),
            }
        case Citation():
            source = linked.citations.get(annotation.id)
            return {"record": source, "source": source}
        case Relation():
            at = annotation.start, annotation.end
            return {
                "subject": ids.find(annotation.subject, *at),
                "object": ids.find(annotation.object, *at),
                "record": None,
            }
        case _:
            return {"record": None}  # a time expression is in no register


def _speaker(archive: Archive, ids: EntityIds, speaker: Speaker | None, source: str | None) -> Record | None:
    if speaker is None:
        return None
    return {**msgspec.to_builtins(speaker), "entity": speaker_entity(archive, ids, speaker, source)}


def speaker_entity(archive: Archive, ids: EntityIds, speaker: Speaker | None, source: str | None) -> str | None:
    """The archive's id of who a speaker is, as far as the words for them or the source they are of tell."""
    if speaker is None:
        return None
    entity = ids.find(speaker.entity, speaker.start, speaker.end)
    if entity is None and (record := archive.sources.get(source or "")):
        entity = record.entity
    return entity


def participants(ids: EntityIds, event: Event) -> list[str]:
    """The archive's ids of those who take part, each once."""
    found = (ids.find(entity, event.start, event.end) for entity in event.participants)
    return list(dict.fromkeys(entity for entity in found if entity))


def render(archive: Archive, site: Site) -> Iterator[LargeFile]:
    """Yields the file, articles in the archive's order."""
    runs = pieces.of_articles(archive)
    make = partial(_lines, archive)
    yield pieces.joined("data/annotations.jsonl", lambda: pieces.pieces(runs, make))


def _lines(archive: Archive, slugs: Iterable[str]) -> bytes:
    return lines(row for slug in slugs for row in rows(archive, archive.open(slug)))
