"""Names in the text: of what kind, and which are the same one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder.anchor import identify
from builder.annotate.document import Document
from builder.model.annotation import Annotation, EntityKind, Mention

VERSION = "1"
LABELS: dict[str, EntityKind] = {
    "PERSON": "person", "ORG": "organization", "GPE": "place", "LOC": "place", "NORP": "group", "FAC": "facility",
    "WORK_OF_ART": "work", "EVENT": "event", "LAW": "law", "PRODUCT": "product",
}  # fmt: skip


def annotate(document: Document, found: Sequence[Annotation]) -> Iterator[Annotation]:
    """Yields the document's mentions."""
    by = document.annotator("entities", VERSION)
    for paragraph in document.paragraphs:
        for ent in paragraph.doc.ents:
            if kind := LABELS.get(ent.label_):
                start, end = paragraph.start + ent.start_char, paragraph.start + ent.end_char
                exact = document.text[start:end]
                yield Mention(
                    id=identify(document.text, "entity", start, end),
                    start=start, end=end, exact=exact, label=kind,
                    entity=f"{kind}:{exact.casefold()}", name=exact, annotator=by, confidence=0.7,
                )  # fmt: skip
