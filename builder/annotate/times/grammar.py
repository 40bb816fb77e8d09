"""What the parse adds to the tense: a verb in the present with a day beside it means the day to come."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from builder.annotate.document import Document

if TYPE_CHECKING:
    from spacy.tokens import Token

# Verbs whose present is no plan: what is, and what is being said.
STANDING = frozenset({"be", "have", "say", "tell", "seem", "remain", "show", "mean", "know", "think", "want", "need"})


def is_planned(document: Document, start: int, end: int) -> bool:
    """True where text[start:end] hangs on a verb in the plain present: `the polls close Friday`."""
    at = bisect_right(document.paragraphs, start, key=lambda p: p.start) - 1
    if at < 0 or document.paragraphs[at].end < end:
        return False
    paragraph = document.paragraphs[at]
    span = paragraph.doc.char_span(start - paragraph.start, end - paragraph.start, alignment_mode="expand")
    if span is None:
        return False
    verb = _verb(span.root)
    return verb is not None and verb.tag_ in ("VBZ", "VBP") and verb.lemma_.lower() not in STANDING


def _verb(token: Token) -> Token | None:
    """Gives the verb that the time stands beside, with no noun between."""
    for head in token.ancestors:
        if head.pos_ in ("VERB", "AUX"):
            return head
        if head.pos_ in ("NOUN", "PROPN", "PRON"):
            return None
    return None
