"""What the article calls people and bodies: `Smith, a geologist`, `the news site Ouest`, `a person close to it`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.annotate.document import Document, Paragraph
from builder.annotate.quotations import lexicon
from builder.annotate.quotations.phrase import extent
from builder.model.annotation import Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

BEFORE = frozenset({"amod", "compound", "nmod", "poss", "nummod"})
TITLE = re.compile(r"\b([^\W\d_]+)\.? $")
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
    found += _titled(document, mentions)
    return sorted(found, key=lambda d: (d.start, d.mention is None))


def modifiers(noun: Token) -> frozenset[str]:
    """The words before a noun that tell which one is meant."""
    own = [c for c in noun.lefts if c.dep_ in BEFORE]
    if noun.dep_ == "compound":  # in `Rural Development Minister Kerr` the model hangs every word on the name
        own += [c for c in noun.head.lefts if c.dep_ == "compound" and c.i < noun.i]
    return frozenset(c.lower_ for c in own)


def _titled(document: Document, mentions: Sequence[Mention]) -> Iterator[Description]:
    """What a title lets the article call somebody: `Const. Olsen`, then `the officer`."""
    at = 0
    for m in mentions:
        while at + 1 < len(document.paragraphs) and document.paragraphs[at].end <= m.start:
            at += 1
        title = TITLE.search(document.text, max(0, m.start - 12), m.start)
        for noun in sorted(lexicon.RANK_NOUNS.get(title[1].lower(), ())) if title else ():
            yield Description(m.start, at, noun, frozenset(), m, "")


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
                whose = _beside(document, line, first, by_token.get((index, first.i - 2)))
                yield Description(line.start + token.idx, index, token.lemma_.lower(), modifiers(token), whose, words)


def _beside(document: Document, line: Paragraph, first: Token, name: Mention | None) -> Mention | None:
    """Who is told of between commas where the parser lost it: `Ada Poe, an associate professor of law`."""
    apart = name is not None and name.label == "person" and document.text[name.end : line.start + first.idx] == ", "
    return name if apart else None
