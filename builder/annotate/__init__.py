"""From a parsed text to its annotations; the annotators run in the order listed here."""

from __future__ import annotations

from builder.annotate import citations, entities, events, quotations, relations, times
from builder.annotate.document import Annotator, Document
from builder.model.annotation import Annotation

ANNOTATORS: tuple[Annotator, ...] = (
    entities.annotate,
    times.annotate,
    quotations.annotate,
    events.annotate,
    relations.annotate,
    citations.annotate,
)


ANY_LANGUAGE: tuple[Annotator, ...] = (citations.annotate,)


def annotate(document: Document) -> tuple[Annotation, ...]:
    """Gives every annotation of the document in text order; each annotator sees what came before it."""
    found: list[Annotation] = []
    for annotator in ANNOTATORS if document.paragraphs else ANY_LANGUAGE:
        found.extend(annotator(document, tuple(found)))
    return tuple(sorted(found, key=lambda a: (a.start, -a.end, a.id)))
