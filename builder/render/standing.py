"""Where words stand in documents: every place is one whole number, so that places are put in order by sorting numbers.

From its highest bits down a number holds the document, whether it is a field of metadata, which field or else which
weight the word has there, and the place among the document's words.
"""

from __future__ import annotations

from bisect import bisect_left as bisect
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, groupby, pairwise

from builder.render import cbor
from builder.render.search_words import NOWHERE, THREE, Places
from builder.render.spelling import BITS, HEADING, WEIGHT
from builder.render.texts import Text

ABOUT, TITLE = range(2)  # fields of metadata, by name

PLACE = 24  # bits of a place
KIND = (1 << 16) - 1  # the weight or field, of what is left without them
FIELD = 1 << PLACE + 16  # where this bit is set, it is a field
TITLED = FIELD << 1  # where this one is, the heading's word stands at the same place of the title as well
PAGE = PLACE + 18
WITHIN = (1 << PAGE) - 1
AT = (1 << PLACE) - 1
MANY = 100_000  # places whose spelling is kept, some 10 MB
FEW = 10_000  # documents' places in metadata, the same


class Scattered:
    """Where which words stand, by what they are part of; documents are put in in their order."""

    def __init__(self) -> None:
        self.heading, self.body, self.titled, self.said = (defaultdict[str, list[int]](list) for _ in range(4))

    def put(self, page: int, text: Text) -> None:
        """Puts a document's words in."""
        first, title = page << PAGE, page << PAGE | FIELD | TITLE << PLACE
        _scatter(text.body, first + len(text.heading), self.body)
        _scatter(text.about, first | FIELD | ABOUT << PLACE, self.said)
        for at, (word, said) in enumerate(zip(text.heading, text.title, strict=True)):
            if word == said:
                self.titled[word].append(first + at | TITLED)
            else:  # the last one of a title may have got a full stop
                self.heading[word].append(first + at)
                self.said[said].append(title + at)

    def words(self) -> Iterator[str]:
        """Yields all words, some more than once."""
        return chain(self.heading, self.titled, self.body, self.said)

    def places(self, known: Mapping[str, Sequence[int]]) -> dict[int, Places]:
        """What is written of each key, by its number; `known` has what words are found under."""
        found: dict[int, list[int]] = {}
        by_weight = ((self.heading, 1), (self.titled, 1), (self.body, HEADING), (self.said, 1 << BITS))
        for words, divided in by_weight:
            for word, stands in words.items():
                for entry in known[word]:
                    weight = (entry & WEIGHT) // divided << PLACE
                    key = entry >> BITS
                    weighed = [one + weight for one in stands] if weight else stands
                    found[key] = found[key] + weighed if key in found else weighed
        return {key: _places(stands) for key, stands in found.items()}


def scattered(texts: Mapping[int, Text]) -> Scattered:
    """The words of documents by the place of their page."""
    found = Scattered()
    for page, text in texts.items():
        found.put(page, text)
    return found


def _scatter(words: Iterable[str], first: int, found: defaultdict[str, list[int]]) -> None:
    for at, word in enumerate(words, first):
        found[word].append(at)


class _Table(dict[int, bytes]):
    """What is written for a number, as long as it is asked for."""

    def __init__(self, write: Callable[[int], bytes]) -> None:
        self._write = write

    def __missing__(self, number: int) -> bytes:
        if len(self) >= MANY:
            self.clear()
        self[number] = written = self._write(number)
        return written


def _once(within: int) -> bytes:
    """The list of a single place: what it weighs or which field it is in stands before it, as a number below zero."""
    return cbor.joined([cbor.number(-1 - (within >> PLACE & KIND)), cbor.number(within & AT)])


_number, _one = _Table(cbor.number), _Table(_once)
_further = _Table(lambda pages: THREE + cbor.number(pages))  # how the next document begins
_single = _Table(lambda within: _written([within]))


def _places(found: list[int]) -> Places:
    """What is written of a word that stands there; sorts the numbers."""
    if len(found) == 1:  # most words
        page = found[0] >> PAGE
        return Places(1, page, page, _single[found[0] & WITHIN])
    found.sort()
    pages = [one >> PAGE for one in found]
    if len(set(pages)) == len(found):
        where = [_single[one & WITHIN] for one in found]
    else:
        pages, where = _by_page(found, pages)
    further = [_further[page - last] for last, page in pairwise(pages)]
    rest = b"".join(chain.from_iterable(zip(further, where[1:], strict=True)))
    return Places(len(pages), pages[0], pages[-1], where[0] + rest)


def _by_page(found: Sequence[int], pages: Sequence[int]) -> tuple[list[int], list[bytes]]:
    first = [0, *(n for n, (last, page) in enumerate(pairwise(pages), 1) if page != last)]
    ends = [*first[1:], len(found)]
    where = [
        _single[found[start] & WITHIN] if end - start == 1 else _written([one & WITHIN for one in found[start:end]])
        for start, end in zip(first, ends, strict=True)
    ]
    return [pages[start] for start in first], where


def _written(within: list[int]) -> bytes:
    """Places in one document, in order: in its text by weight, then by field of metadata."""
    if within[-1] < FIELD:
        return _listed(within) + NOWHERE
    return _with_fields(tuple(within))


@lru_cache(maxsize=FEW)  # titles are short, so that many have a word where others do
def _with_fields(within: tuple[int, ...]) -> bytes:
    both = [one ^ TITLED for one in within if one & TITLED]
    said = [one & AT | FIELD | TITLE << PLACE for one in both]
    alone = [one for one in within if not one & TITLED]
    every = sorted(alone + both + said)
    first = bisect(every, FIELD)
    return _listed(every[:first]) + _listed(every[first:])


def _listed(within: Sequence[int]) -> bytes:
    """Each place is written as how much further on it is than the one before, first of those of its kind."""
    if not within:
        return NOWHERE
    if len(within) == 1:
        return _one[within[0]]
    kind = within[0] >> PLACE
    if within[-1] >> PLACE != kind:
        return _by_kind(within)
    head = cbor.listed(len(within) + 1) + _number[-1 - (kind & KIND)] + _number[within[0] & AT]
    return head + b"".join([_number[place - last] for last, place in pairwise(within)])


def _by_kind(within: Sequence[int]) -> bytes:
    found: list[bytes] = []
    for kind, of_kind in groupby(within, PLACE.__rrshift__):
        at = [one & AT for one in of_kind]
        found += (_number[-1 - (kind & KIND)], _number[at[0]])
        found += [_number[place - last] for last, place in pairwise(at)]
    return cbor.joined(found)
