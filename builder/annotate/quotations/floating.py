"""Whose a quotation is that nothing is said about: whoever the sentence before it speaks of."""

from __future__ import annotations

from builder.annotate.document import Document
from builder.annotate.quotations.frame import Phrase
from builder.annotate.quotations.gaps import gap, last_sentence
from builder.annotate.quotations.marks import Quoted
from builder.annotate.quotations.phrase import extent

CLOSERS = frozenset("\"”»'’")


def topic_before(document: Document, quoted: Quoted, since: int) -> Phrase | None:
    """The subject of the sentence before a quotation that nothing is said about, if it may speak."""
    index = quoted.paragraph
    here = gap(document, index, since, quoted.start)
    if not here.tokens and index and not since:
        line = document.paragraphs[index - 1]
        here = gap(document, index - 1, line.start, line.end)
        if document.text[line.start : line.end].rstrip()[-1:] in CLOSERS:
            return None  # somebody has just been quoted
    sentence = last_sentence(here.tokens)
    if any(t.is_quote for t in sentence):
        return None  # `"…," Smith said.`: whoever has just been quoted goes on
    for token in sentence:
        if token.dep_ == "nsubj" and (token.ent_type_ in ("PERSON", "ORG") or token.lower_ in ("he", "she")):
            return extent(here.line, here.index, token, token.head.i)
    return None
