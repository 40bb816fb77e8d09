"""Which documents are indexed together: runs of articles by date, each with the records first told in one of them.

A run ends after an article whose slug says so, not after a fixed number: an article added or taken out
changes its own run and leaves the others as they are. Many runs are a part, an index that a browser asks. As every
part holds all kinds of documents in like proportions, what they score in one part can be compared with what they
score in another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from builder.model.archive import Archive
from builder.render.derived import Placed, Records, articles, places, through

FEW = 16  # articles in a run, about: what Pagefind reads anew when one of them changed, if it reads them whole
SMALLEST = 125  # articles in a part, about: what is put together anew then
MOST = 64  # parts, about, while they can grow: a reader's browser asks each of them for each word
LARGEST = 500  # articles in a part, about


class Run(Struct, frozen=True):
    """Documents that Pagefind reads together, by slug or id; `name` tells it from the others."""

    name: str
    articles: tuple[str, ...]
    entities: tuple[str, ...]
    quotations: tuple[str, ...]
    events: tuple[str, ...]
    sources: tuple[str, ...]


class Part(Struct, frozen=True):
    """Documents that are in one index; `name` is that of the index's folder."""

    name: str
    runs: tuple[Run, ...]

    @property
    def articles(self) -> tuple[str, ...]:
        return tuple(slug for run in self.runs for slug in run.articles)


def parts(archive: Archive) -> list[Part]:
    """Every document of the archive in one run of one part; the oldest articles' first. None for an empty archive."""
    ordered = sorted((a.earliest or "~", slug) for slug, a in through(archive.articles, _Dated))
    size = usual(len(ordered))
    few = min(FEW, size)
    runs = _runs([slug for _, slug in ordered], few)
    home = {slug: number for number, run in enumerate(runs) for slug in run}
    registers: tuple[Records, ...] = (archive.entities, archive.quotations, archive.chronology, archive.sources)
    if not runs and any(registers):
        runs = [[]]
    members: list[list[list[str]]] = [[[] for _ in registers] for _ in runs]
    for number, register in enumerate(registers):
        for id, at in through(register, Placed):
            members[_home(articles(at), home)][number].append(id)
    order = places(archive.chronology)
    for run in members:
        run[2].sort(key=order.__getitem__)
    found = [Run(_name(run, 16), tuple(run), *map(tuple, of)) for run, of in zip(runs, members, strict=True)]
    return [Part(_name(group[0].articles, 8), tuple(group)) for group in _groups(found, size, few)]


class _Dated(Struct):
    """Of an article, its day."""

    earliest: str


def usual(articles: int) -> int:
    """How many articles a part has, about: doubled until there are few enough parts, or they are large enough."""
    found = SMALLEST
    while articles > MOST * found and found < LARGEST:
        found *= 2
    return found


def _runs(slugs: Sequence[str], few: int) -> list[list[str]]:
    runs: list[list[str]] = [[]]
    for slug in slugs:
        runs[-1].append(slug)
        length = len(runs[-1])
        if length >= 2 * few or (length >= few // 2 and _number(slug) % max(1, few // 2) == 0):
            runs.append([])
    *runs, last = runs
    if runs and len(last) < few // 2:  # too little to be a run
        runs[-1] += last
        return runs
    return [*runs, last] if last else runs


def _groups(runs: Iterable[Run], size: int, few: int) -> Iterator[list[Run]]:
    group: list[Run] = []
    articles = 0
    for run in runs:
        group.append(run)
        articles += len(run.articles)
        ends = run.articles and _number(run.articles[-1]) // few % max(1, size // (2 * few)) == 0
        if articles > 2 * (size - few) or (articles >= size // 2 and ends):
            yield group
            group, articles = [], 0
    if group:
        yield group


def _home(articles: Iterable[str], home: Mapping[str, int]) -> int:
    """The run of the oldest article; the first one for what no article tells."""
    return min((home[slug] for slug in articles if slug in home), default=0)


def _name(run: Sequence[str], length: int) -> str:
    return f"{_number(run[0]) if run else 0:016x}"[:length]


def _number(slug: str) -> int:
    return int.from_bytes(hashlib.sha256(slug.encode("utf-8")).digest()[:8], "big")
