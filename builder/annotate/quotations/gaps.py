"""The unquoted words of a paragraph beside or between quoted stretches, and whether they say something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.annotate.document import Document, Paragraph
from builder.annotate.quotations import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

STOPS = frozenset(".;?!")


@dataclass(frozen=True, slots=True)
class Gap:
    """The unquoted words between two quoted stretches of a paragraph."""

    line: Paragraph
    index: int
    tokens: Sequence[Token]


def gap(document: Document, index: int, start: int, end: int) -> Gap:
    """The tokens of a paragraph that begin in [start, end)."""
    line = document.paragraphs[index]
    return Gap(line, index, [t for t in line.doc if start <= line.start + t.idx < end and not t.is_space])


def stops(token: Token) -> bool:
    """The mark that ends a sentence; the one of an abbreviation within brackets, `(R-Tex.)`, does not."""
    within = not token.whitespace_ and token.i + 1 < len(token.doc) and token.nbor(1).text in (")", "]", ",")
    return token.text in STOPS and not within


def until_stop(tokens: Sequence[Token]) -> list[Token]:
    """The rest of the sentence that goes on behind a quotation."""
    kept: list[Token] = []
    for token in tokens:
        if stops(token) and kept:
            break
        kept.append(token)
    return kept


def last_sentence(tokens: Sequence[Token]) -> list[Token]:
    """The sentence that a quotation follows."""
    kept: list[Token] = []
    for token in reversed(tokens):
        if stops(token) and kept:
            break
        kept.append(token)
    return kept[::-1]


def says(token: Token) -> bool:
    """True for a verb of saying that a quotation may lean on, also where the model takes a plain one for a name."""
    lemma = token.lemma_.lower()
    if token.pos_ == "PROPN" and token.text.islower() and lemma.removesuffix("d") in lexicon.PLAIN:
        return True  # `Olsen continued`
    if token.i and token.nbor(-1).lower_ in ("the", "an"):
        return False  # `the accused`
    if token.lower_ == "read" and token.i + 1 < len(token.doc) and token.nbor(1).is_punct:
        return True  # `"…," the letter read.`
    if lemma in lexicon.PLAIN and token.pos_ in ("VERB", "AUX", "PROPN", "NOUN") and token.tag_ not in ("NN", "NNS"):
        return True
    return lemma in lexicon.SAYING and token.pos_ in ("VERB", "AUX")
