"""Which documents are indexed together: runs of articles by date, each with the records first told in one of them.

A run ends after an article whose slug says so, not after a fixed number: an article added or taken out
changes its own run and leaves the others as they are. As every part holds all kinds of documents in like
proportions, what they score in one part can be compared with what they score in another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from builder.model.archive import Archive

SMALLEST = 125  # articles in a part, about: what is indexed anew when one of them changed
MOST = 64  # parts, about, while they can grow: a reader's browser asks each of them for each word
LARGEST = 1000  # articles in a part, about: Pagefind takes 0.4 MB for each, with its names and quotations


class Part(Struct, frozen=True):
    """Documents that are indexed together, by slug or id; `name` is that of the part's folder in the index."""

    name: str
    articles: tuple[str, ...]
    entities: tuple[str, ...]
    quotations: tuple[str, ...]
    events: tuple[str, ...]
    sources: tuple[str, ...]


def parts(archive: Archive) -> list[Part]:
    """Every document of the archive in one part; the oldest articles' part first. None for an empty archive."""
    ordered = sorted(archive.articles, key=lambda a: (a.earliest or "~", a.slug))
    runs = list(_runs([article.slug for article in ordered]))
    home = {slug: number for number, run in enumerate(runs) for slug in run}
    registers = [
        [(e.id, _home(e.articles, home)) for e in archive.entities.values()],
        [(q.id, _home(q.articles, home)) for q in archive.quotations.values()],
        [(e.id, _home((o.article for o in e.occurrences), home)) for e in archive.chronology],
        [(s.id, _home(s.articles, home)) for s in archive.sources.values()],
    ]
    if not runs and any(registers):
        runs = [[]]
    members: list[list[list[str]]] = [[[] for _ in registers] for _ in runs]
    for number, register in enumerate(registers):
        for id, at in register:
            members[at][number].append(id)
    return [Part(_name(run), tuple(run), *map(tuple, of)) for run, of in zip(runs, members, strict=True)]


def usual(articles: int) -> int:
    """How many articles a part has, about: doubled until there are few enough parts, or they are large enough."""
    found = SMALLEST
    while articles > MOST * found and found < LARGEST:
        found *= 2
    return found


def _runs(slugs: Sequence[str]) -> Iterator[list[str]]:
    size = usual(len(slugs))
    run: list[str] = []
    for slug in slugs:
        run.append(slug)
        if len(run) >= 2 * size or (len(run) >= size // 2 and _number(slug) % max(1, size // 2) == 0):
            yield run
            run = []
    if run:
        yield run


def _home(articles: Iterable[str], home: Mapping[str, int]) -> int:
    """The part of the oldest article; the first one for what no article tells."""
    return min((home[slug] for slug in articles if slug in home), default=0)


def _name(run: Sequence[str]) -> str:
    return f"{_number(run[0]) if run else 0:016x}"[:8]


def _number(slug: str) -> int:
    return int.from_bytes(hashlib.sha256(slug.encode("utf-8")).digest()[:8], "big")
