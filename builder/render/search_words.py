"""The words of Pagefind's indexes, as they stand in its files, so that few of them have to be opened or written anew.

A file of words is [[[word, places, forms], ...]]. `places` are [page, where, where in the title and the like], one for
each document that has the word, in order, and `page` is how many documents further on it is. `forms` are the ways to
write the word with accents: [form, places]. Only the first page number changes when documents are put before these.
"""

from __future__ import annotations

import re
from bisect import bisect_right as bisect
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import accumulate, chain, islice, pairwise
from operator import sub
from typing import TypeAlias
from zlib import crc32

from msgspec import Struct

from builder.render import cbor

NUMBER = rb"(?:[\x00-\x17\x20-\x37]|[\x18\x38].|[\x19\x39]..|[\x1a\x3a].{4})"
LIST = rb"(?:[\x80-\x97]|\x98.|\x99..|\x9a.{4})"
WHERE = rb"(?P<where>" + 2 * (LIST + NUMBER + rb"*") + rb")"
PLACE = re.compile(rb"\x83(" + NUMBER + rb")" + WHERE, re.DOTALL)
ONCE = re.compile(rb"\x81\x83(" + NUMBER + rb")" + WHERE + rb"\x80", re.DOTALL)  # in one document, with no forms
TOKEN = re.compile(NUMBER, re.DOTALL)
BOTH = re.compile(2 * (LIST + rb"(" + NUMBER + rb"*)"), re.DOTALL)  # where in the text, and where in metadata
THREE = b"\x83"  # how a list of three begins
NOWHERE = NO_FORMS = cbor.listed(0)
LEAST, MOST = 40_000, 160_000  # bytes in a file of words: a search fetches one for each word


class Places(Struct, frozen=True, array_like=True, gc=False):
    """Where a word stands: in how many documents, the first and the last one's number, and all but the first number."""

    number: int
    first: int
    last: int
    rest: bytes


Key: TypeAlias = "tuple[str, str]"  # a word as it is looked up, and how it is written with accents, or ""
Words: TypeAlias = "dict[str, bytes]"  # [word, places, forms] as it stands in a file, by word, in the order of words


def spelt(words: Words) -> Iterator[tuple[Key, Places]]:
    """Yields each word and form, and where it stands."""
    for word, content in words.items():
        yield from opened(word, content)


def opened(word: str, content: bytes) -> Iterable[tuple[Key, Places]]:
    """The word and its forms, and where they stand."""
    at = _start(content)
    if once := ONCE.fullmatch(content, at):  # most words
        page = _numbers[once[1]]
        return (((word, ""), Places(1, page, page, once[2])),)
    return _opened(word, content, at)[0]


def moved(word: str, content: bytes, to: Sequence[int], places: Callable[[Places], Places]) -> bytes:
    """The word's content where documents stand elsewhere; `places` moves what stands in several."""
    if once := ONCE.fullmatch(content, _start(content)):
        page = _numbers[once[1]]
        if to[page] == page:
            return content
        return content[: once.start(1)] + cbor.number(to[page]) + content[once.end(1) :]
    return _in_order(content, to) or _all_moved(word, content, places)


def _in_order(content: bytes, to: Sequence[int]) -> bytes:
    """What has no forms, where documents stand in the same order as before; else nothing."""
    number, at = _count(content, _start(content))
    found = PLACE.findall(content, at)
    if len(found) != number:  # the others are those of forms
        return b""
    further, where = zip(*found, strict=True)
    pages = [to[page] for page in accumulate(map(_numbers.__getitem__, further))]
    steps = [pages[0], *map(sub, pages[1:], pages)]
    if min(steps) < 0:
        return b""
    return (
        content[:at] + b"".join(chain.from_iterable(zip(map(_begun.__getitem__, steps), where, strict=True))) + NO_FORMS
    )


def _all_moved(word: str, content: bytes, places: Callable[[Places], Places]) -> bytes:
    (now,) = written((key, places(at)) for key, at in opened(word, content)).values()
    return now


def _start(content: bytes) -> int:
    """Where the places begin, after the word."""
    length = content[1] & 31
    return 2 + length if length < 24 else cbor.text(content, 1)[1]


def written(found: Iterable[tuple[Key, Places]]) -> Words:
    """The reverse of `spelt`; words may come in any order."""
    words: dict[str, bytes] = {}
    forms: defaultdict[str, list[tuple[str, Places]]] = defaultdict(list)
    for (word, form), places in found:
        if form:
            forms[word].append((form, places))
            words.setdefault(word, NOWHERE)
        else:
            words[word] = _places(places)
    return {word: THREE + cbor.string(word) + words[word] + _forms(forms.get(word, ())) for word in sorted(words)}


def _forms(forms: Collection[tuple[str, Places]]) -> bytes:
    if not forms:
        return NO_FORMS
    return cbor.joined([b"\x82" + cbor.string(form) + _places(places) for form, places in sorted(forms)])


def _places(places: Places) -> bytes:
    return cbor.listed(places.number) + THREE + cbor.number(places.first) + places.rest


def located(places: Places) -> Iterator[tuple[int, bytes]]:
    """Yields each document that has the word, with where it has it: in its text, then in its title and the like."""
    if places.number == 1:
        return iter([(places.first, places.rest)])
    found = PLACE.findall(THREE + cbor.number(places.first) + places.rest)
    assert len(found) == places.number
    further, where, *_ = zip(*found, strict=True)
    return zip(accumulate(map(_numbers.__getitem__, further)), where, strict=True)


class _Numbers(dict[bytes, int]):
    """Numbers as they are written; there are few."""

    def __missing__(self, encoded: bytes) -> int:
        self[encoded] = number = _number(encoded)
        return number


class _Signed(dict[bytes, int]):
    """The same where some are below zero."""

    def __missing__(self, encoded: bytes) -> int:
        kind, number, _ = cbor.head(encoded, 0)
        self[encoded] = signed = number if kind == cbor.NUMBER else -1 - number
        return signed


class _Begun(dict[int, bytes]):
    """How a document's place begins that is so many further on."""

    def __missing__(self, further: int) -> bytes:
        self[further] = written = THREE + cbor.number(further)
        return written


_numbers, _signed, _begun = _Numbers(), _Signed(), _Begun()


def gathered(found: Sequence[tuple[int, bytes]]) -> Places:
    """The reverse of `located`."""
    (first, rest), *others = found
    further = [THREE + cbor.number(page - last) + where for (last, _), (page, where) in pairwise(found)]
    return Places(len(found), first, others[-1][0] if others else first, rest + b"".join(further))


def in_text(where: bytes) -> Iterator[tuple[int, int]]:
    """Yields with which weight and at which place a document has a word in its text."""
    found = BOTH.fullmatch(where)
    assert found
    weight = place = 0
    for number in map(_signed.__getitem__, TOKEN.findall(found[1])):
        if number < 0:  # the weight of all after it, which count on
            weight, place = -1 - number, 0
        else:
            place += number
            yield weight, place


def read(content: bytes) -> Iterator[tuple[Key, Places]]:
    """Yields the words of a file and their forms, in order; ValueError where it is anything else."""
    _, at = _count(content, 0)
    number, at = _count(content, at)
    for _ in range(number):
        three, at = _count(content, at)
        word, at = cbor.text(content, at)
        if three != 3:
            raise ValueError(f"no word before byte {at}")
        if once := ONCE.match(content, at):  # most words
            page, where = _numbers[once[1]], once[2]
            at = once.end()
            yield (word, ""), Places(1, page, page, where)
            continue
        found, at = _opened(word, content, at)
        yield from found


def _opened(word: str, content: bytes, at: int) -> tuple[list[tuple[Key, Places]], int]:
    """The word and its forms, whose places begin there, and where they end."""
    places, at = _places_at(content, at)
    number, at = _count(content, at)
    found = [((word, ""), places)] if places else []
    for _ in range(number):
        _, at = _count(content, at)
        form, at = cbor.text(content, at)
        places, at = _places_at(content, at)
        if places:
            found.append(((word, form), places))
    return found, at


def _places_at(content: bytes, at: int) -> tuple[Places | None, int]:
    number, at = _count(content, at)
    if not number:
        return None, at
    found = list(islice(PLACE.finditer(content, at), number))
    if len(found) < number or found[0].start() != at:
        raise ValueError(f"no places at byte {at}")
    first, end = _numbers[found[0][1]], found[-1].end()
    last = sum([_numbers[place[1]] for place in found])
    return Places(number, first, last, content[found[0].start("where") : end]), end


def _number(encoded: bytes) -> int:
    return encoded[0] if len(encoded) == 1 else int.from_bytes(encoded[1:])


def _count(content: bytes, at: int) -> tuple[int, int]:
    """How many values the list has that begins there, and where the first one is."""
    kind, number, start = cbor.head(content, at)
    if kind != cbor.LIST:
        raise ValueError(f"no list at byte {at}")
    return number, start


def together(indexes: Sequence[tuple[int, Words]]) -> Words:
    """The words of indexes, each with the number of documents before its own, in order."""
    if len(indexes) == 1 and not indexes[0][0]:
        return indexes[0][1]
    found: defaultdict[Key, list[Places]] = defaultdict(list)
    for before, words in indexes:
        for key, at in spelt(words):
            found[key].append(Places(at.number, before + at.first, before + at.last, at.rest))
    return written((key, _joined(places)) for key, places in found.items())


def _joined(found: Sequence[Places]) -> Places:
    """One after the other."""
    if len(found) == 1:
        return found[0]
    rest = [THREE + cbor.number(places.first - last.last) + places.rest for last, places in pairwise(found)]
    number = sum(places.number for places in found)
    return Places(number, found[0].first, found[-1].last, found[0].rest + b"".join(rest))


def files(words: Words) -> Iterator[tuple[str, str, bytes]]:
    """Yields the files of all words: the first word, the last one, and the content."""
    names, contents = list(words), list(words.values())
    sizes = [0, *accumulate(map(len, contents))]  # of all words before
    first = 0
    while first < len(names):
        end = bisect(sizes, sizes[first] + LEAST)
        while end < len(names) and sizes[end] - sizes[first] <= MOST and not _cut(names[end - 1]):
            end += 1
        end = min(end, len(names))
        yield names[first], names[end - 1], cbor.joined([cbor.joined(contents[first:end])])
        first = end


def _cut(word: str) -> bool:
    """Whether a file may end after the word, so that files are cut where they were."""
    return crc32(word.encode()) % 16 == 0
