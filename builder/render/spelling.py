"""What Pagefind makes of single words: it reads each once, however many documents have it.

Pagefind takes a text word by word, as white space parts them. What it makes of one does not depend on those around it:
what it is found under (its stem, the parts of a compound, with accents and without), and with which weight. So it reads
words as the heading of a single page; `placing` puts them where documents have them. In a paragraph they are found
under the same and weigh a seventh of it, in metadata they have no weight.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any, TypeVar
from zlib import crc32

import msgspec
from msgspec import Struct

from builder.render.indexing import Bundle, Read
from builder.render.search_words import Key, Places, in_text, located

BITS = 16  # of a weight
WEIGHT = (1 << BITS) - 1
WHOLE = 168  # what a word weighs in a heading that is found under nothing else
HEADING = 7  # times the weight of a word in a paragraph, of which what is below one is cut off
FIRST = "words"  # begins a list of words, since a page without any is not read
BORDER = "…"  # ends a list of words: it is no word, and Pagefind sets no full stop after it

T = TypeVar("T")
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
    """What words are found under, as it is kept.

    Most are found under one word without accents, with the weight of a WHOLE word: they are in `usual`. `others` has
    key and weight of all that a word is found under.
    """

    usual: dict[str, str]
    others: dict[str, list[tuple[str, str, int]]]


SHELVES = 4096  # some four words on each in a part of the usual size
_spelling = msgspec.msgpack.Decoder(Spelling)
_shelves = msgspec.msgpack.Decoder(list[bytes])


class Shelves:
    """What the words of a part are found under, as it is kept with it; only those are opened that are asked for.

    A word stands on one of many shelves, which its bytes tell. What cannot be read counts as empty.
    """

    def __init__(self, kept: bytes) -> None:
        shelves = _decoded(_shelves, kept) or []
        self._kept = shelves if len(shelves) == SHELVES else [b""] * SHELVES
        self._opened: dict[int, Spelling] = {}

    def of(self, word: str) -> Spelling:
        """The shelf that a word stands on, if it is there."""
        number = _shelf(word)
        if number not in self._opened:
            self._opened[number] = _decoded(_spelling, self._kept[number]) or Spelling({}, {})
        return self._opened[number]

    def __contains__(self, word: str) -> bool:
        shelf = self.of(word)
        return word in shelf.usual or word in shelf.others

    def more(self, words: Iterable[str], vocabulary: Vocabulary) -> bytes:
        """What is kept with these words of the vocabulary, to be kept."""
        new: defaultdict[int, list[str]] = defaultdict(list)
        for word in words:
            new[_shelf(word)].append(word)
        kept = list(self._kept)
        for number, some in new.items():
            kept[number] = msgspec.msgpack.encode(vocabulary.spelling(some, self.of(some[0])))
        return msgspec.msgpack.encode(kept)


def _shelf(word: str) -> int:
    return crc32(word.encode()) % SHELVES


def _decoded(decoder: msgspec.msgpack.Decoder[T], kept: bytes) -> T | None:
    try:
        return decoder.decode(kept)
    except msgspec.DecodeError:
        return None


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

    def take(self, words: Iterable[str], kept: Shelves) -> None:
        """Takes in words that were kept."""
        for word in words:
            if word in self.known:
                continue
            spelling = kept.of(word)
            if usual := spelling.usual.get(word):
                self.known[word] = (self.number((usual, "")) << BITS | WHOLE,)
            elif (others := spelling.others.get(word)) is not None:
                self.known[word] = tuple([self.number((of, form)) << BITS | weight for of, form, weight in others])

    def spelling(self, words: Iterable[str], before: Spelling) -> Spelling:
        """What was kept `before`, and some of the words it has."""
        usual, others = before.usual.copy(), before.others.copy()
        for word in words:
            found = self.known[word]
            (of, form), weight = (self.keys[found[0] >> BITS], found[0] & WEIGHT) if len(found) == 1 else (("", ""), 0)
            if of and not form and weight == WHOLE:
                usual[word] = of
            else:
                others[word] = [(*self.keys[entry >> BITS], entry & WEIGHT) for entry in found]
        return Spelling(usual, others)

    def full(self) -> bool:
        """Whether there are too many words."""
        return len(self.known) > self.MOST

    def learn(self, words: Words, bundle: Bundle, page: int) -> bool:
        """Takes words in, whose page is that of this number; tells whether they were taken one by one."""
        at = page_of(bundle.index, page)
        if bundle.index.pages[at].text != said(words):
            return False
        found: list[list[int]] = [[] for _ in range(len(words) + 2)]
        for key, where in standing(at, bundle.spelt):
            number = self.number(key) << BITS
            for weight, place in in_text(where):
                found[place].append(number | weight)
        self.known.update(zip(words, map(tuple, found[1:]), strict=False))
        self.entry, self.rest = bundle.index.entry, bundle.index.rest
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


def standing(page: int, words: Iterable[tuple[Key, Places]]) -> Iterator[tuple[Key, bytes]]:
    """Yields what can be looked up to find the page, and where it stands in it."""
    for key, places in words:
        if places.number == 1:
            if places.first == page:
                yield key, places.rest
            continue
        for at, where in located(places):
            if at == page:
                yield key, where
