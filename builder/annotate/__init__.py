"""From a parsed text to its annotations; the annotators run in the order listed here."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

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


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """A hash of everything here that decides what is read: an upgrade reads anew, nothing else does."""
    package = Path(__file__).parent
    whole = hashlib.sha256()
    for folder in (package, package.parent / "authority", package.parent / "anchor.py"):
        for file in sorted(folder.rglob("*")) if folder.is_dir() else [folder]:
            if file.is_file() and file.suffix != ".pyc":
                whole.update(file.relative_to(package.parent).as_posix().encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()
