"""Ties annotations to text: stable ids from the words themselves, quote selectors, and finding them again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from builder.model.selector import TextQuoteSelector

CONTEXT = 32  # code points of prefix and suffix, as most Web Annotation clients keep


def describe(text: str, start: int, end: int, context: int = CONTEXT) -> TextQuoteSelector:
    """Gives the quote selector of text[start:end]: its words and what stands around them."""
    return TextQuoteSelector(
        exact=text[start:end], prefix=text[max(0, start - context) : start], suffix=text[end : end + context]
    )


def match(text: str, selector: TextQuoteSelector) -> list[tuple[int, int]]:
    """Gives every [start, end) that fits the selector to the letter; the caller refuses none and many.

    Nothing is found by likeness: a decision that could land on a look-alike is an error, not a guess.
    """
    whole = selector.prefix + selector.exact + selector.suffix
    if not selector.exact:
        return []
    offset = len(selector.prefix)
    return [(at + offset, at + offset + len(selector.exact)) for at in _occurrences(text, whole)]


def _occurrences(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at != -1:
        yield at
        at = text.find(words, at + 1)


LETTERS = {"entity": "m", "quotation": "q", "time": "t", "event": "e", "citation": "c", "relation": "r"}


def identify(text: str, kind: str, start: int, end: int) -> str:
    """Gives an id made of the words, and of their surroundings where they are few: it survives changes elsewhere.

    `kind` is an annotation type; a letter for it leads the id. Where the same words stand in the same
    surroundings twice, an ordinal keeps the ids apart.
    """
    quote = describe(text, start, end, CONTEXT if end - start < CONTEXT else 0)
    whole = quote.prefix + quote.exact + quote.suffix
    key = "\x00".join((kind, quote.prefix, quote.exact, quote.suffix))
    name = f"{LETTERS[kind]}-{hashlib.sha256(key.encode()).hexdigest()[:10]}"
    first = start - len(quote.prefix)
    before = sum(1 for at in _occurrences(text[: first + len(whole)], whole) if at < first)
    return f"{name}-{before + 1}" if before else name
