"""An index as it is published: put together from what Pagefind made of a few documents at a time.

The documents of one count on from those of the one before; words, filters and documents are joined. Files are named by
their content, as Pagefind's are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from builder.render import cbor, search_words
from builder.render.indexing import ENTRY, Page, Pages, Read, hash_in, named, packed

FILTERS = "filter/"  # the folder
TWO = cbor.listed(2)  # how a list of two begins


class Index(Struct, frozen=True):
    """`files` by path below the index's folder, and `pages` in the order in which these count them.

    `entry` is the file that a search begins with; `rest` the end of the meta file after the pages: chunks, filters,
    sorts and names of metadata, encoded.
    """

    entry: dict[str, Any]
    pages: list[Page]
    rest: list[bytes]
    files: dict[str, bytes]

    def meta(self, addresses: Sequence[str]) -> tuple[str, bytes]:
        """Name and content of the meta file, where each document is known by its address."""
        known = [(addresses[page.number], page.words) for page in self.pages]
        return self._settled([TWO + cbor.string(at) + cbor.number(words) for at, words in known], self.rest)

    def empty(self) -> dict[str, bytes]:
        """An index of no documents, to which others can be merged."""
        name, content = self._settled([], [cbor.encode([])] * len(self.rest))
        return {name: content, ENTRY: self.entered(name, 0)}

    def entered(self, meta: str, pages: int) -> bytes:
        """The file that a search begins with; it names the meta file."""
        ((language, known),) = self.entry["languages"].items()
        known = {**known, "hash": hash_in(meta), "page_count": pages}
        entry = {**self.entry, "languages": {language: known}}
        return json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")

    def _settled(self, pages: Sequence[bytes], rest: Sequence[bytes]) -> tuple[str, bytes]:
        content = cbor.joined([cbor.encode(self.entry["version"]), cbor.joined(pages), *rest])
        (language,) = self.entry["languages"]
        return f"pagefind.{named(language, content, 10)}.pf_meta", packed(content)


def fit(found: Sequence[Read]) -> bool:
    """Whether they can be put together: their documents have the same kinds of metadata."""
    return all((one.rest, one.entry["version"]) == (found[0].rest, found[0].entry["version"]) for one in found)


def whole(
    found: Sequence[Read], known: Mapping[str, bytes] = MappingProxyType({}), *, same_filters: bool = False
) -> Index:
    """The index of all their documents, in order; they `fit` together.

    `known` has files by path that need not be packed again: they are named by what is in them. Where the one that is
    found has the `same_filters` as they were made of, they are taken from there.
    """
    placed = list(zip(accumulate((one.documents for one in found), initial=0), found, strict=False))
    counted = list(zip(accumulate((len(one.pages) for one in found), initial=0), found, strict=False))
    (language,) = found[0].entry["languages"]
    files: dict[str, bytes] = {}
    chunks: list[cbor.Value] = []
    filters: list[cbor.Value] = []
    words = search_words.together([(start, one.words) for start, one in counted])
    for first, last, content in search_words.files(words):
        name = named(language, content, 10)
        path = f"index/{name}.pf_index"
        files[path] = known.get(path) or packed(content)
        chunks.append([first, last, name])
    if same_filters:
        stand = [path for path in known if path.startswith(FILTERS)]
        filters = [[name, hash_in(path)] for name, path in zip(sorted(found[0].filters), stand, strict=True)]
        files |= {path: known[path] for path in stand}
    for filter_, content in () if same_filters else _filters(counted):
        name = named(language, content, 7)
        path = f"{FILTERS}{name}.pf_filter"
        files[path] = known.get(path) or packed(content)
        filters.append([filter_, name])
    pages = [_after(start, page) for start, one in placed for page in one.pages]
    return Index(found[0].entry, pages, [cbor.encode(chunks), cbor.encode(filters), *found[0].rest], files)


def _after(number: int, page: Page) -> Page:
    """A page where that many documents stand before its own."""
    return Page(number + page.number, page.words, page.text) if number else page


def _filters(counted: Iterable[tuple[int, Read]]) -> Iterator[tuple[str, bytes]]:
    """Yields the filters by name, and their files: [name, [[value, [page, ...]], ...]], values sorted."""
    filters: dict[str, dict[str, Pages]] = {}
    for start, one in counted:
        for name, values in one.filters.items():
            of_name = filters.setdefault(name, {})
            for value, pages in values.items():
                of_name.setdefault(value, []).extend([start + page for page in pages])
    for name, found in sorted(filters.items()):
        of_values = [cbor.joined([cbor.string(value), _numbers(pages)]) for value, pages in sorted(found.items())]
        yield name, cbor.joined([cbor.string(name), cbor.joined(of_values)])


def _numbers(pages: Pages) -> bytes:
    return cbor.joined([cbor.number(page) for page in pages])
