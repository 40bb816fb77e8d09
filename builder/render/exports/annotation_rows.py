"""An article's annotations as rows of their table: what `annotation_lines` tells, in the order of the columns.

A row ends with the last cell that annotations of its type may fill; what comes after it is empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from builder.model.annotation import Citation, Event, Mention, Quotation, Relation, Speaker, TimeExpression
from builder.model.archive import Archive, LinkedArticle
from builder.model.selector import Span
from builder.render.exports.annotation_lines import EntityIds, participants, speaker_entity
from builder.render.exports.encode import compact
from builder.render.exports.schema import ANNOTATIONS

if TYPE_CHECKING:
    from builder.render.exports.rows import Cell, Row

AT = {name: number for number, name in enumerate(ANNOTATIONS.names)}
# Empty cells between `record`, which every row has, and the first of a type's own; and what a speaker and a cue take.
GAP = {name: (None,) * (at - AT["record"] - 1) for name, at in AT.items()}
BEFORE_ADDRESS = (None,) * (AT["url"] - AT["source"] - 1)
NO_SPEAKER, NO_WORDS = (None,) * 6, (None,) * 3


def rows(archive: Archive, linked: LinkedArticle) -> Iterator[Row]:
    """Yields the rows of one article's annotations, in the order they have there."""
    ids, slug = EntityIds(linked), linked.article.slug
    for reviewed in linked.reviewed.annotations:
        a = reviewed.annotation
        yield (
            slug, a.id, a.__struct_config__.tag, a.start, a.end, a.exact or None, a.annotator or None, a.confidence,
            reviewed.review, reviewed.by or None, reviewed.note or None, reviewed.sensitive or None,
            *_own(a, archive, linked, ids),
        )  # fmt: skip


def _own(annotation: object, archive: Archive, linked: LinkedArticle, ids: EntityIds) -> tuple[Cell, ...]:
    """The cells from `record` on."""
    match annotation:
        case Mention():
            entity = linked.entities.get(annotation.id)
            return entity, annotation.label, entity, annotation.name or None
        case Quotation():
            return _quotation(annotation, archive, linked, ids)
        case TimeExpression():
            timex = annotation.timex
            return None, *GAP["timex_type"], timex.type, timex.value or None, annotation.edtf or None
        case Event():
            named, said = compact(participants(ids, annotation)), compact(annotation.quotations)
            told = annotation.edtf or None, annotation.title or None, annotation.time or None, named, said
            return linked.events.get(annotation.id), *GAP["edtf"], *told
        case Citation():
            source = linked.citations.get(annotation.id)
            return source, *GAP["source"], source, *BEFORE_ADDRESS, annotation.url or None
        case Relation():
            at = annotation.start, annotation.end
            who = ids.find(annotation.subject, *at), ids.find(annotation.object, *at)
            return None, *GAP["relation"], annotation.relation, *who, annotation.object_exact or None
        case _:
            raise NotImplementedError(type(annotation))


def _quotation(quotation: Quotation, archive: Archive, linked: LinkedArticle, ids: EntityIds) -> tuple[Cell, ...]:
    source, via = linked.speakers.get(quotation.id), linked.vias.get(quotation.id)
    return (
        linked.quotations.get(quotation.id),
        *GAP["form"],
        quotation.form,
        compact(quotation.spans),
        *_speaker(quotation.speaker, speaker_entity(archive, ids, quotation.speaker, source)),
        *_words(quotation.cue),
        *_speaker(quotation.via, speaker_entity(archive, ids, quotation.via, via)),
        source,
        via,
    )


def _speaker(speaker: Speaker | None, entity: str | None) -> tuple[Cell, ...]:
    if speaker is None:
        return NO_SPEAKER
    return speaker.start, speaker.end, speaker.exact or None, speaker.name or None, entity, speaker.kind


def _words(span: Span | None) -> tuple[Cell, ...]:
    return (span.start, span.end, span.exact or None) if span else NO_WORDS
