"""quotations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder.annotate.document import Document
from builder.model.annotation import Annotation


def annotate(document: Document, found: Sequence[Annotation]) -> Iterator[Annotation]:
    """Yields the document's quotations."""
    yield from ()
