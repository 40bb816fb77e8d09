"""The search index: made in parts, so that only those that changed are made again, and memory holds one at a time.

Of a part that changed, Pagefind reads only words that none of its documents had; what all others are found under was
kept. Where it does not take words one by one, it reads the run of documents that did.

pagefind/                    the scripts, and an index of nothing, which a search begins with
pagefind/parts.json          names of the parts, which the search page merges with it
pagefind/<part>/             Pagefind's index of the part
pagefind/shown/<hash>.json   what the results show, many documents to a file
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from builder.model.archive import Archive
from builder.model.output import OutputFile
from builder.render.indexer import Indexer
from builder.render.indexing import ENTRY
from builder.render.lookups import noting
from builder.render.reads import digest
from builder.render.search_known import Open
from builder.render.search_packs import Packs
from builder.render.search_parts import Part, Run, parts
from builder.render.searchable import Searchable
from builder.render.template import Site
from builder.render.unit import Only, Unit, files, is_wanted, of_kind

FOLDER = "pagefind"


def units(archive: Archive, site: Site, only: Only = None) -> Iterator[Unit]:
    """Yields a unit for each part of the index, and one for what a search begins with; none for an empty archive."""
    found = archive.derive("parts of the search", Part, lambda: {part.name: part for part in parts(archive)})
    names = archive.derive(
        "names of the parts of the search", dict[str, list[str]], lambda: {FOLDER: _names(found.values())}
    )
    searchable, indexer = Searchable(archive, site.words), _indexer(archive, site)
    for name in of_kind("search", found, only):
        yield Unit(f"search {name}", partial(_part, name, found, searchable, indexer), long=True, data=True)
    if is_wanted("search", only) and found:
        yield Unit("search", partial(_start, names, indexer), data=True)


def _indexer(archive: Archive, site: Site) -> Indexer:
    """One for all parts that a process makes: it remembers the words it has had read."""
    if "indexer" not in site.shared:
        site.shared["indexer"] = Indexer(site, noting(archive))
    found: Indexer = site.shared["indexer"]
    return found


def render(archive: Archive, site: Site) -> Iterator[OutputFile]:
    """Yields the index's files below `pagefind/`."""
    yield from files(units(archive, site))


def _names(found: Iterable[Part]) -> dict[str, list[str]]:
    """The names of the parts, and of the runs in each."""
    return {part.name: [run.name for run in part.runs] for part in found}


def _part(name: str, found: Mapping[str, Part], searchable: Searchable, indexer: Indexer) -> Iterator[OutputFile]:
    runs = {run.name: _pieces(run, searchable) for run in found[name].runs}
    index, shown = indexer.index(name, runs)
    packs = Packs(f"{FOLDER}/shown")
    yield from packs.files(shown)
    meta, content = index.meta(packs.addresses)
    files = {**index.files, meta: content, ENTRY: index.entered(meta, len(packs.addresses))}
    yield from (OutputFile(f"{FOLDER}/{name}/{file}", files[file]) for file in sorted(files))


def _pieces(run: Run, searchable: Searchable) -> list[Open]:
    return [Open(digest(of).hex(), documents) for of, documents in searchable.pieces(run)]


def _start(names: Mapping[str, Mapping[str, Sequence[str]]], indexer: Indexer) -> Iterator[OutputFile]:
    parts = names[FOLDER]
    indexer.store.prune(parts)
    index, programs = indexer.start()
    listed = json.dumps(list(parts), separators=(",", ":")).encode("utf-8")
    files = {**programs, **index.empty(), "parts.json": listed}
    yield from (OutputFile(f"{FOLDER}/{name}", files[name]) for name in sorted(files))
