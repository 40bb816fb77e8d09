"""What Pagefind makes of single words: it reads each once, however many documents have it.

Pagefind takes a text word by word, as white space parts them. What it makes of one does not depend on those around it:
what it is found under (its stem, the parts of a compound, with accents and without), and with which weight where it
stands in a heading or in a paragraph. So it reads the words as a single page; `placing` puts them where documents have
them.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from msgspec import Struct

from builder.render.indexing import Read
from builder.render.search_words import located, spelt, unpacked

Key = tuple[str, str]  # a word as it is looked up, and how it is written with accents, where it is
Found = dict[str, list[int]]  # a word -> what it is found under: the number of a key, with a weight (see `entry`)
BITS = 16  # of a weight
WEIGHT = (1 << BITS) - 1
ABOUT = 0  # the first field of metadata by name: about, title
BORDER = "…"  # ends a list of words: it is no word, and Pagefind sets no full stop after it


def entry(key: int, weight: int = 0) -> int:
    """The number of a key, with the weight that the word has for it."""
    return key << BITS | weight


class Words(Struct, frozen=True):
    """Words in headings, in paragraphs, and in what is said about documents, in the order in which they were met."""

    heading: dict[str, None]
    body: dict[str, None]
    meta: dict[str, None]

    def page(self, language: str) -> str:
        """The page that Pagefind reads."""
        heading, body, meta = (escape(" ".join((*words, BORDER))) for words in (self.heading, self.body, self.meta))
        head = f'<head><meta data-pagefind-meta="about[content]" content="{meta}"></head>'
        text = f"<body data-pagefind-body><h1>{heading}</h1><p>{body}</p></body>"
        return f'<!doctype html><html lang="{escape(language)}">{head}{text}</html>'

    def text(self) -> str:
        """What the page has to be read as."""
        return " ".join((*self.heading, BORDER, *self.body, BORDER))


class Vocabulary:
    """Words that are spelt already; `entry` and `rest` are those of any index of theirs."""

    MOST = 100_000  # words, some 40 MB: with more it begins anew

    def __init__(self) -> None:
        self.entry: dict[str, Any] = {}
        self.rest: list[bytes] = []
        self.refused = False  # Pagefind does not take words one by one
        self.forget()

    def forget(self) -> None:
        """Begins anew."""
        self.keys: list[Key] = []
        self._numbers: dict[Key, int] = {}
        self.heading: Found = {}
        self.body: Found = {}
        self.meta: Found = {}

    def full(self) -> bool:
        """Whether there are too many words."""
        return len(self.heading) + len(self.body) + len(self.meta) > self.MOST

    def new(self, words: Words) -> Words:
        """Those of the words that are not spelt yet."""
        pairs = ((words.heading, self.heading), (words.body, self.body), (words.meta, self.meta))
        return Words(*({word: None for word in found if word not in known} for found, known in pairs))

    def learn(self, words: Words, read: Read, page: int) -> bool:
        """Takes words in, whose page is that of this number; tells whether they were taken one by one."""
        at = page_of(read, page)
        if read.pages[at].text != words.text():
            return False
        text: list[list[int]] = [[] for _ in range(len(words.heading) + len(words.body) + 2)]
        meta: list[list[int]] = [[] for _ in range(len(words.meta) + 1)]
        for key, where in standing(at, read):
            number = self.number(key)
            weights, fields = unpacked(where)
            for weight, place in weights:
                text[place].append(entry(number, weight))
            for field, place in fields:
                if field == ABOUT:
                    meta[place].append(entry(number))
        self._put(words, text, meta)
        self.entry, self.rest = read.entry, read.rest
        return True

    def number(self, key: Key) -> int:
        """The number of a key."""
        number = self._numbers.setdefault(key, len(self.keys))
        if number == len(self.keys):
            self.keys.append(key)
        return number

    def _put(self, words: Words, text: list[list[int]], meta: list[list[int]]) -> None:
        border = len(words.heading)
        self.heading.update(zip(words.heading, text, strict=False))
        self.body.update(zip(words.body, text[border + 1 :], strict=False))
        self.meta.update(zip(words.meta, meta, strict=False))


def page_of(read: Read, number: int) -> int:
    """The place of a document among the pages that were read; it has words."""
    return next(at for at, page in enumerate(read.pages) if page.number == number)


def standing(page: int, read: Read) -> Iterator[tuple[Key, bytes]]:
    """Yields what can be looked up to find the page, and where it stands in it."""
    for key, places in spelt(read.words):
        for at, where in located(places):
            if at == page:
                yield key, where
