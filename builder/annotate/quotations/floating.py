"""Whose a quotation is that nothing is said about: whoever the sentence before it speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from builder.annotate.document import Document
from builder.annotate.quotations import lexicon
from builder.annotate.quotations.frame import Phrase
from builder.annotate.quotations.gaps import gap, last_sentence, says
from builder.annotate.quotations.marks import Quoted
from builder.annotate.quotations.phrase import extent

if TYPE_CHECKING:
    from spacy.tokens import Token

HEADING = 10  # words
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
    if any(t.is_quote for t in sentence) and any(says(t) for t in sentence):
        return None  # `"…," Smith said.`: whoever has just been quoted goes on
    subjects = [t for t in sentence if t.dep_ == "nsubj" and _may_speak(t)]
    for token in sorted(subjects, key=lambda t: t.head.dep_ != "ROOT"):
        return extent(here.line, here.index, token, token.head.i)
    return None


def _may_speak(token: Token) -> bool:
    called = token.tag_ == "NN" and token.lemma_.lower() in lexicon.PEOPLE_NOUNS
    return token.ent_type_ in ("PERSON", "ORG") or token.lower_ in ("he", "she") or called


def subhead(document: Document, quoted: Quoted, others: Sequence[Quoted]) -> bool:
    """A heading between single marks, where the article has double ones for what was said."""
    line = document.paragraphs[quoted.paragraph]
    alone = not document.text[line.start : quoted.start].strip() and not document.text[quoted.end : line.end].strip()
    short = len(document.text[quoted.start : quoted.end].split()) <= HEADING
    return quoted.single and alone and short and any(not o.single for o in others)
