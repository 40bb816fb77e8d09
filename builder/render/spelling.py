"""What Pagefind makes of single words: it reads each once, however many documents have it.

Pagefind takes a text word by word, as white space parts them. What it makes of one does not depend on those around it:
what it is found under (its stem, the parts of a compound, with accents and without), and with which weight. So it reads
words as the heading of a single page; `placing` puts them where documents have them. In a paragraph they are found
under the same and weigh a seventh of it, in metadata they have no weight.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

import msgspec
from msgspec import Struct

from builder.render.indexing import Read
from builder.render.search_words import Key, located, spelt, unpacked

BITS = 16  # of a weight
WEIGHT = (1 << BITS) - 1
HEADING = 7  # times the weight of a word in a paragraph, of which what is below one is cut off
FIRST = "words"  # begins a list of words, since a page without any is not read
BORDER = "…"  # ends a list of words: it is no word, and Pagefind sets no full stop after it


Words = Mapping[str, None]  # in the order in which they were met


def page(words: Words, language: str) -> str:
    """The page that Pagefind reads; it has the same kinds of metadata as documents have."""
    head = "".join(f'<meta data-pagefind-meta="{name}[content]" content="{BORDER}">' for name in ("about", "title"))
    text = f"<body data-pagefind-body><h1>{escape(said(words))}</h1></body>"
    return f'<!doctype html><html lang="{escape(language)}"><head>{head}</head>{text}</html>'


def said(words: Words) -> str:
    """What the page has to be read as."""
    return " ".join((FIRST, *words, BORDER))


class Spelling(Struct, frozen=True, array_like=True):
    """What words are found under, as it is kept: see `Vocabulary`."""

    keys: list[Key]
    known: dict[str, tuple[int, ...]]


_spelling = msgspec.msgpack.Decoder(Spelling)


class Vocabulary:
    """Words that are spelt already; `entry` and `rest` are those of any index of theirs.

    `known` has for a word what it is found under: numbers of keys, each with the weight it has in a heading.
    """

    MOST = 100_000  # words, some 30 MB: with more it begins anew

    def __init__(self) -> None:
        self.entry: dict[str, Any] = {}
        self.rest: list[bytes] = []
        self.refused = False  # Pagefind does not take words one by one
        self.forget()

    def forget(self) -> None:
        """Begins anew."""
        self.keys: list[Key] = []
        self._numbers: dict[Key, int] = {}
        self.known: dict[str, tuple[int, ...]] = {}

    @classmethod
    def of(cls, spelling: bytes, read: Read) -> Vocabulary:
        """The words as they are `kept`, of an index that was put together of words that were taken one by one."""
        made, found = cls(), _spelling.decode(spelling)
        made.keys, made.known = found.keys, found.known
        made._numbers = {key: number for number, key in enumerate(found.keys)}
        made.entry, made.rest = read.entry, read.rest
        return made

    def kept(self) -> bytes:
        """The words it has, to be kept."""
        return msgspec.msgpack.encode(Spelling(self.keys, self.known))

    def some(self, words: Iterable[str]) -> Vocabulary:
        """One that has no more than these."""
        small = Vocabulary()
        for word in words:
            if word not in small.known:
                keys = ((small.number(self.keys[entry >> BITS]) << BITS, entry & WEIGHT) for entry in self.known[word])
                small.known[word] = tuple([number | weight for number, weight in keys])
        return small

    def full(self) -> bool:
        """Whether there are too many words."""
        return len(self.known) > self.MOST

    def learn(self, words: Words, read: Read, page: int) -> bool:
        """Takes words in, whose page is that of this number; tells whether they were taken one by one."""
        at = page_of(read, page)
        if read.pages[at].text != said(words):
            return False
        found: list[list[int]] = [[] for _ in range(len(words) + 2)]
        for key, where in standing(at, read):
            number = self.number(key) << BITS
            for weight, place in unpacked(where)[0]:
                found[place].append(number | weight)
        self.known.update(zip(words, map(tuple, found[1:]), strict=False))
        self.entry, self.rest = read.entry, read.rest
        return True

    def number(self, key: Key) -> int:
        """The number of a key."""
        number = self._numbers.setdefault(key, len(self.keys))
        if number == len(self.keys):
            self.keys.append(key)
        return number


def page_of(read: Read, number: int) -> int:
    """The place of a document among the pages that were read; it has words."""
    return next(at for at, page in enumerate(read.pages) if page.number == number)


def standing(page: int, read: Read) -> Iterator[tuple[Key, bytes]]:
    """Yields what can be looked up to find the page, and where it stands in it."""
    for key, places in spelt(read.words):
        if places.number == 1:
            if places.first == page:
                yield key, places.rest
            continue
        for at, where in located(places):
            if at == page:
                yield key, where
