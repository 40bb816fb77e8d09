"""The words of Pagefind's indexes, so that indexes of few documents each can be put together to one of many.

A file of words is [[[word, places, forms], ...]]. `places` are [page, where, where in the title and the like], one for
each document that has the word, in order, and `page` is how many documents further on it is. `forms` are the ways to
write the word with accents: [form, places]. Only the first page number changes when documents are put before these.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from operator import attrgetter
from zlib import crc32

from msgspec import Struct

from builder.render import cbor

NUMBER = rb"(?:[\x00-\x17\x20-\x37]|[\x18\x38].|[\x19\x39]..|[\x1a\x3a].{4})"
LIST = rb"(?:[\x80-\x97]|\x98.|\x99..|\x9a.{4})"
WHERE = re.compile(rb"(?P<where>" + 2 * (LIST + NUMBER + rb"*") + rb")", re.DOTALL)
PLACE = re.compile(rb"\x83(" + NUMBER + rb")" + WHERE.pattern, re.DOTALL)
ONCE = re.compile(
    rb"\x81\x83(" + NUMBER + rb")" + WHERE.pattern + rb"\x80", re.DOTALL
)  # in one document, with no forms
THREE = b"\x83"  # how a list of three begins
NOWHERE = NO_FORMS = cbor.listed(0)
LEAST, MOST = 40_000, 160_000  # bytes in a file of words: a search fetches one for each word


class Places(Struct, frozen=True, array_like=True, gc=False):
    """Where a word stands: in how many documents, the first and the last one's number, and all but the first number."""

    number: int
    first: int
    last: int
    rest: bytes


class Word(Struct, frozen=True, array_like=True, gc=False):
    """A word as it is looked up, where it stands, and where it stands with accents."""

    word: str
    places: Places | None
    forms: list[tuple[str, Places]]


def spelt(words: Iterable[Word]) -> Iterator[tuple[tuple[str, str], Places]]:
    """Yields each word and form, and where it stands."""
    for word in words:
        if word.places:
            yield (word.word, ""), word.places
        for form, places in word.forms:
            yield (word.word, form), places


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


_numbers = _Numbers()


def gathered(found: Sequence[tuple[int, bytes]]) -> Places:
    """The reverse of `located`."""
    (first, rest), *others = found
    further = [THREE + cbor.number(page - last) + where for (last, _), (page, where) in pairwise(found)]
    return Places(len(found), first, others[-1][0] if others else first, rest + b"".join(further))


Standing = list[tuple[int, int]]  # weight or field, and place


def unpacked(where: bytes) -> tuple[Standing, Standing]:
    """Where a document has a word: with which weight in its text, then in which field of metadata."""
    text, at = _standing(where, 0)
    return text, _standing(where, at)[0]


def _standing(where: bytes, at: int) -> tuple[Standing, int]:
    count, at = _count(where, at)
    found = []
    weight = place = 0
    for _ in range(count):
        kind, number, at = cbor.head(where, at)
        if kind == cbor.NEGATIVE:  # the weight of all after it, which count on
            weight, place = number, 0
        else:
            place += number
            found.append((weight, place))
    return found, at


def read(content: bytes) -> Iterator[Word]:
    """Yields the words of a file, in order; ValueError where it is anything else."""
    _, at = _count(content, 0)
    number, at = _count(content, at)
    for _ in range(number):
        three, at = _count(content, at)
        word, at = cbor.text(content, at)
        if three != 3:
            raise ValueError(f"no word before byte {at}")
        if once := ONCE.match(content, at):  # most words
            page, where = _number(once[1]), once[2]
            at = once.end()
            yield Word(word, Places(1, page, page, where), [])
            continue
        places, at = _places(content, at)
        forms, at = _read_forms(content, at)
        yield Word(word, places, forms)


def _read_forms(content: bytes, at: int) -> tuple[list[tuple[str, Places]], int]:
    number, at = _count(content, at)
    forms = []
    for _ in range(number):
        _, at = _count(content, at)
        form, at = cbor.text(content, at)
        places, at = _places(content, at)
        if places:
            forms.append((form, places))
    return forms, at


def _places(content: bytes, at: int) -> tuple[Places | None, int]:
    number, at = _count(content, at)
    first = last = start = 0
    for n in range(number):
        found = PLACE.match(content, at)
        if found is None:
            raise ValueError(f"no place at byte {at}")
        last += _number(found[1])
        at = found.end()
        if n == 0:
            first, start = last, found.start("where")
    return (Places(number, first, last, content[start:at]) if number else None), at


def _number(encoded: bytes) -> int:
    return encoded[0] if len(encoded) == 1 else int.from_bytes(encoded[1:])


def _count(content: bytes, at: int) -> tuple[int, int]:
    """How many values the list has that begins there, and where the first one is."""
    kind, number, start = cbor.head(content, at)
    if kind != cbor.LIST:
        raise ValueError(f"no list at byte {at}")
    return number, start


Shifted = tuple[int, Places]  # places, and how many documents stand before those they count


def joined(indexes: Sequence[tuple[int, Sequence[Word]]]) -> Iterator[tuple[str, str, bytes]]:
    """Yields the files of all words: the first word, the last one, and the content.

    `indexes` are words with the number of documents before theirs, in order.
    """
    run: list[tuple[str, bytes]] = []
    size = 0
    for name, encoded in _encoded(indexes):
        run.append((name, encoded))
        size += len(encoded)
        if size > LEAST and (size > MOST or crc32(name.encode()) % 16 == 0):  # so that files are cut where they were
            yield _file(run)
            run, size = [], 0
    if run:
        yield _file(run)


def _encoded(indexes: Sequence[tuple[int, Sequence[Word]]]) -> Iterator[tuple[str, bytes]]:
    """Yields words by name."""
    if len(indexes) == 1:
        ((before, words),) = indexes
        for one in sorted(words, key=attrgetter("word")):
            forms = {form: [(before, at)] for form, at in one.forms} if one.forms else {}
            yield one.word, _word(one.word, [(before, one.places)] if one.places else [], forms)
        return
    found, forms_of = _gathered(indexes)
    for name in sorted(found):
        yield name, _word(name, found[name], forms_of.get(name, {}))


def _word(name: str, places: Sequence[Shifted], forms: Mapping[str, Sequence[Shifted]]) -> bytes:
    return THREE + cbor.string(name) + _joined(places) + (_forms(forms) if forms else NO_FORMS)


def _gathered(
    indexes: Iterable[tuple[int, Sequence[Word]]],
) -> tuple[dict[str, list[Shifted]], dict[str, dict[str, list[Shifted]]]]:
    words: defaultdict[str, list[Shifted]] = defaultdict(list)
    forms: dict[str, dict[str, list[Shifted]]] = {}
    for before, found in indexes:
        for word in found:
            places = words[word.word]
            if word.places:
                places.append((before, word.places))
            for form, of_form in word.forms:
                forms.setdefault(word.word, {}).setdefault(form, []).append((before, of_form))
    return words, forms


def _forms(forms: Mapping[str, Sequence[Shifted]]) -> bytes:
    return cbor.joined([b"\x82" + cbor.string(form) + _joined(forms[form]) for form in sorted(forms)])


def _joined(found: Sequence[Shifted]) -> bytes:
    if len(found) == 1:  # most words
        ((before, places),) = found
        return cbor.listed(places.number) + THREE + cbor.number(before + places.first) + places.rest
    last = total = 0
    parts: list[bytes] = []
    for before, places in found:
        parts += (THREE, cbor.number(before + places.first - last), places.rest)
        last = before + places.last
        total += places.number
    return cbor.listed(total) + b"".join(parts)


def _file(run: Sequence[tuple[str, bytes]]) -> tuple[str, str, bytes]:
    return run[0][0], run[-1][0], cbor.joined([cbor.joined([encoded for _, encoded in run])])
