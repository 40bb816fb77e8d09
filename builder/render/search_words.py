"""The words of Pagefind's indexes, so that indexes of few documents each can be put together to one of many.

A file of words is [[[word, places, forms], ...]]. `places` are [page, where, where in the title and the like], one for
each document that has the word, in order, and `page` is how many documents further on it is. `forms` are the ways to
write the word with accents: [form, places]. Only the first page number changes when documents are put before these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from zlib import crc32

from msgspec import Struct

from builder.render import cbor

NUMBER = rb"(?:[\x00-\x17\x20-\x37]|[\x18\x38].|[\x19\x39]..|[\x1a\x3a].{4})"
LIST = rb"(?:[\x80-\x97]|\x98.|\x99..|\x9a.{4})"
PLACE = re.compile(rb"\x83(" + NUMBER + rb")(" + 2 * (LIST + NUMBER + rb"*") + rb")", re.DOTALL)
THREE = b"\x83"  # how a list of three begins
NO_FORMS = cbor.listed(0)
SMALL = [cbor.encode(number) for number in range(1000)]
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


def read(content: bytes) -> Iterator[Word]:
    """Yields the words of a file, in order; ValueError where it is anything else."""
    _, at = _count(content, 0)
    number, at = _count(content, at)
    for _ in range(number):
        three, at = _count(content, at)
        word, at = cbor.text(content, at)
        places, at = _places(content, at)
        forms, at = _read_forms(content, at)
        if three != 3:
            raise ValueError(f"no word before byte {at}")
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
        page = found[1]
        last += page[0] if len(page) == 1 else int.from_bytes(page[1:])
        at = found.end()
        if n == 0:
            first, start = last, found.start(2)
    return (Places(number, first, last, content[start:at]) if number else None), at


def _count(content: bytes, at: int) -> tuple[int, int]:
    """How many values the list has that begins there, and where the first one is."""
    kind, number, start = cbor.head(content, at)
    if kind != cbor.LIST:
        raise ValueError(f"no list at byte {at}")
    return number, start


Shifted = tuple[int, Places]  # places, and how many documents stand before those they count


def joined(indexes: Iterable[tuple[int, Sequence[Word]]]) -> Iterator[tuple[str, str, bytes]]:
    """Yields the files of all words: the first word, the last one, and the content.

    `indexes` are words with the number of documents before theirs, in order.
    """
    words, forms = _gathered(indexes)
    run: list[tuple[str, bytes]] = []
    size = 0
    for name in sorted(words):
        spelt = _forms(forms[name]) if name in forms else NO_FORMS
        encoded = b"".join((THREE, cbor.encode(name), _joined(words[name]), spelt))
        run.append((name, encoded))
        size += len(encoded)
        if size > LEAST and (size > MOST or crc32(name.encode()) % 16 == 0):  # so that files are cut where they were
            yield _file(run)
            run, size = [], 0
    if run:
        yield _file(run)


def _gathered(
    indexes: Iterable[tuple[int, Sequence[Word]]],
) -> tuple[dict[str, list[Shifted]], dict[str, dict[str, list[Shifted]]]]:
    words: dict[str, list[Shifted]] = {}
    forms: dict[str, dict[str, list[Shifted]]] = {}
    for before, found in indexes:
        for word in found:
            places = words.get(word.word)
            if places is None:
                places = words[word.word] = []
            if word.places:
                places.append((before, word.places))
            for form, of_form in word.forms:
                forms.setdefault(word.word, {}).setdefault(form, []).append((before, of_form))
    return words, forms


def _forms(forms: Mapping[str, list[Shifted]]) -> bytes:
    return cbor.joined([b"\x82" + cbor.encode(form) + _joined(forms[form]) for form in sorted(forms)])


def _joined(found: Sequence[Shifted]) -> bytes:
    last, parts = 0, [cbor.listed(sum(places.number for _, places in found))]
    for before, places in found:
        further = before + places.first - last
        parts += (THREE, SMALL[further] if further < len(SMALL) else cbor.encode(further), places.rest)
        last = before + places.last
    return b"".join(parts)


def _file(run: Sequence[tuple[str, bytes]]) -> tuple[str, str, bytes]:
    return run[0][0], run[-1][0], cbor.joined([cbor.joined([encoded for _, encoded in run])])
