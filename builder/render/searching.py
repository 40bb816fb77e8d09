"""The search index: made in parts, so that only those that changed are made again, and memory holds one at a time.

pagefind/                    the scripts, and an index of nothing, which a search begins with
pagefind/parts.json          names of the parts, which the search page merges with it
pagefind/<part>/             Pagefind's index of the part
pagefind/shown/<hash>.json   what the results show, many documents to a file
"""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Iterator, Mapping
from functools import partial

import msgspec

from builder.model.archive import Archive
from builder.model.output import OutputFile
from builder.render.indexing import ENTRY, Index, indexed, program
from builder.render.search_packs import Packs
from builder.render.search_parts import Part, parts, usual
from builder.render.search_store import Store, key
from builder.render.searchable import Document, Searchable
from builder.render.template import Site
from builder.render.unit import Unit, files

FOLDER = "pagefind"
KEPT = "search"  # in the working folder: indexes of parts
SAMPLE = Document("href", "kinds", "kind", "title", ("text",), (("filter", "value"),), "about")  # how pages are made
AT_ONCE = 1500  # articles that may be indexed at one time, about, by all processes together: some 600 MB


class Indexer:
    """Makes a part's index, or takes the one that was kept; several processes do not use up the memory."""

    def __init__(self, site: Site, articles: int) -> None:
        self.language = site.config.language
        self.store = Store(site.work and site.work / KEPT)
        self._places = multiprocessing.BoundedSemaphore(max(1, AT_ONCE // usual(articles)))

    def index(self, part: str, documents: list[Document]) -> Index:
        """The index of the documents; its programs are those of `start`."""
        address = key(program(), SAMPLE.html(self.language), [d.found_by() for d in documents])
        index = self.store.get(part, address)
        if index is None:
            with self._places:
                whole = indexed((d.html(self.language) for d in documents), self.language)
            index = msgspec.structs.replace(whole, programs={})
            self.store.put(part, address, index)
        return index

    def start(self) -> Index:
        """An index for its programs, which are the same for any documents."""
        return indexed([SAMPLE.html(self.language)], self.language)


def units(archive: Archive, site: Site) -> Iterator[Unit]:
    """Yields a unit for each part of the index, and one for what a search begins with; none for an empty archive."""
    runs = archive.derive("parts of the search", Part, lambda: {part.name: part for part in parts(archive)})
    names = archive.derive("names of the parts of the search", tuple[str, ...], lambda: {FOLDER: tuple(runs)})
    searchable, indexer = Searchable(archive, site.words), Indexer(site, len(archive.articles))
    for name in runs:
        yield Unit(f"search {name}", partial(_part, name, runs, searchable, indexer), long=True)
    if runs:
        yield Unit("search", partial(_start, names, indexer))


def render(archive: Archive, site: Site) -> Iterator[OutputFile]:
    """Yields the index's files below `pagefind/`."""
    yield from files(units(archive, site))


def _part(name: str, runs: Mapping[str, Part], searchable: Searchable, indexer: Indexer) -> Iterator[OutputFile]:
    documents = list(searchable.documents(runs[name]))
    index = indexer.index(name, documents)
    texts = {page.number: page.text for page in index.pages}
    packs = Packs(f"{FOLDER}/shown")
    yield from packs.files(d.shown(texts.get(number, "")) for number, d in enumerate(documents))
    meta, content = index.meta(packs.addresses)
    files = {**index.files, meta: content, ENTRY: index.entered(meta, len(documents))}
    yield from (OutputFile(f"{FOLDER}/{name}/{file}", files[file]) for file in sorted(files))


def _start(names: Mapping[str, tuple[str, ...]], indexer: Indexer) -> Iterator[OutputFile]:
    indexer.store.prune(names[FOLDER])
    index = indexer.start()
    listed = json.dumps(names[FOLDER], separators=(",", ":")).encode("utf-8")
    files = {**index.programs, **index.empty(), "parts.json": listed}
    yield from (OutputFile(f"{FOLDER}/{name}", files[name]) for name in sorted(files))
