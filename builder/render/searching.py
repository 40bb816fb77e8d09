"""The search index: made in parts, so that only those that changed are made again, and memory holds one at a time.

pagefind/                    the scripts, and an index of nothing, which a search begins with
pagefind/parts.json          names of the parts, which the search page merges with it
pagefind/<part>/             Pagefind's index of the part
pagefind/shown/<hash>.json   what the results show, many documents to a file
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from builder.model.archive import Archive
from builder.model.output import OutputFile
from builder.render.indexing import ENTRY, Index, indexed, program
from builder.render.search_packs import Packs
from builder.render.search_parts import parts
from builder.render.search_store import Store, key
from builder.render.searchable import Document, Searchable
from builder.render.template import Site

FOLDER = "pagefind"
SAMPLE = Document("href", "kinds", "kind", "title", ("text",), (("filter", "value"),), "about")  # how pages are made


def render(archive: Archive, site: Site) -> Iterator[OutputFile]:
    """Yields the index's files below `pagefind/`; none for an empty archive."""
    store, searchable = Store(site.work and site.work / "search"), Searchable(archive, site.words)
    names: list[str] = []
    index = None
    for part in parts(archive):
        documents = list(searchable.documents(part))
        if documents:
            index = _index(documents, site.config.language, store)
            names.append(part.name)
            yield from _files(part.name, index, documents)
    if index:
        yield from _start(index, names)
    store.prune()


def _index(documents: list[Document], language: str, store: Store) -> Index:
    address = key(program(), SAMPLE.html(language), [d.found_by() for d in documents])
    index = store.get(address)
    if index is None:
        index = indexed((d.html(language) for d in documents), language)
        store.put(address, index)
    return index


def _files(part: str, index: Index, documents: list[Document]) -> Iterator[OutputFile]:
    texts = {page.number: page.text for page in index.pages}
    packs = Packs(f"{FOLDER}/shown")
    yield from packs.files(d.shown(texts[number]) for number, d in enumerate(documents))
    meta, content = index.meta(packs.addresses)
    files = {**index.files, meta: content, ENTRY: index.entered(meta, len(documents))}
    yield from (OutputFile(f"{FOLDER}/{part}/{name}", files[name]) for name in sorted(files))


def _start(index: Index, names: list[str]) -> Iterator[OutputFile]:
    listed = json.dumps(names, separators=(",", ":")).encode("utf-8")
    files = {**index.programs, **index.empty(), "parts.json": listed}
    yield from (OutputFile(f"{FOLDER}/{name}", files[name]) for name in sorted(files))
