"""What the article calls people and bodies: `Smith, a geologist`, `the news site Ouest`, `a person close to it`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.annotate.document import Document
from builder.annotate.quotations import lexicon
from builder.annotate.quotations.phrase import extent
from builder.model.annotation import Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

INDEFINITE = frozenset({"a", "an", "one", "another", "some", "two", "three", "several"})


@dataclass(frozen=True, slots=True)
class Description:
    """Somebody described by a noun at `start`; `mention` is who, or None for somebody unnamed, told by `words`."""

    start: int
    paragraph: int
    noun: str
    modifiers: frozenset[str]
    mention: Mention | None
    words: str


def describe(document: Document, mentions: Sequence[Mention]) -> list[Description]:
    """Gives every description in text order."""
    by_token = {}
    for index, line in enumerate(document.paragraphs):
        inside = [m for m in mentions if line.start <= m.start < line.end]
        for token in line.doc:
            at = line.start + token.idx
            for m in inside:
                if m.start <= at < m.end:
                    by_token[index, token.i] = m
    found = [
        Description(line.start + noun.idx, index, noun.lemma_.lower(), modifiers(noun), mention, "")
        for index, line in enumerate(document.paragraphs)
        for noun, mention in _named(index, line.doc, by_token)
    ]
    found += [d for index in range(len(document.paragraphs)) for d in _unnamed(document, index, by_token)]
    return sorted(found, key=lambda d: (d.start, d.mention is None))


def modifiers(noun: Token) -> frozenset[str]:
    """The words before a noun that tell which one is meant."""
    return frozenset(c.lower_ for c in noun.lefts if c.dep_ in ("amod", "compound", "nmod", "poss", "nummod"))


def _named(
    index: int, doc: Iterable[Token], by_token: dict[tuple[int, int], Mention]
) -> Iterator[tuple[Token, Mention]]:
    for token in doc:
        mention = by_token.get((index, token.i))
        head = by_token.get((index, token.head.i))
        if mention is None and head is not None and token.pos_ in ("NOUN", "PROPN"):
            if token.dep_ in ("compound", "nmod", "appos"):  # `geologist Smith`; `Smith, a geologist`
                yield token, head
        elif mention is not None and head is None and token.dep_ == "appos" and token.head.pos_ == "NOUN":
            yield token.head, mention  # `the geologist, Smith`
        elif mention is not None and token.dep_ == "nsubj" and token.head.lemma_ == "be":
            for attribute in token.head.children:
                if attribute.dep_ == "attr" and attribute.pos_ == "NOUN":
                    yield attribute, mention


def _unnamed(document: Document, index: int, by_token: dict[tuple[int, int], Mention]) -> Iterator[Description]:
    line = document.paragraphs[index]
    for token in line.doc:
        if token.pos_ == "NOUN" and token.lemma_.lower() in lexicon.PEOPLE_NOUNS and (index, token.i) not in by_token:
            first = token.left_edge
            if first.lower_ in INDEFINITE and not any(c.dep_ == "appos" for c in token.children):
                phrase = extent(line, index, token)
                words = document.text[phrase.start : phrase.end]
                yield Description(line.start + token.idx, index, token.lemma_.lower(), modifiers(token), None, words)
