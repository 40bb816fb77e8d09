"""What the archive's working folder holds: to be shown, rid of what is no longer used, or made anew."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct

from builder import besides, shares
from builder import config as configuration
from builder.cache import FILE, Cache, alone, opened
from builder.cache.store import TABLES, usable
from builder.config import Config
from builder.contents import content
from builder.pipeline import WORK
from builder.read import gather, originals, walk
from builder.read.editorial import read as read_editorial
from builder.reading import Reader, Workforce

FOLDERS = (walk.ARTICLES, originals.FOLDER)
NAMES = {
    "files": "files looked at",
    "bodies": "articles converted",
    "readings": "texts read",
    "shares": "articles gathered",
    "listings": "lists of names looked for",
    "places": "names placed",
    "gathered": "batches of articles found",
    "decided": "lists of editors' files read",
}


class Kept(Struct, frozen=True):
    """One kind of thing in the cache. `current` tells those that this version made; what is older is never used."""

    what: str
    current: int
    older: int
    size: int  # bytes


def show(root: Path) -> tuple[Path, int, list[Kept] | None]:
    """The cache's file, its size in bytes, and what it holds: None where only another version knows.

    Changes nothing: also what another version made is still there for it.
    """
    config = configuration.load(root)
    file = root / WORK / FILE
    if not file.is_file():
        return file, 0, []
    if not usable(file):
        return file, file.stat().st_size, None
    with opened(root / WORK) as cache:
        made = {"bodies": gather.made(), "readings": Reader(config, cache).made, "files": "", "shares": shares.made()}
        kept = [_kept(cache, table, made.get(table)) for table in TABLES]
    return file, file.stat().st_size, kept


def _kept(cache: Cache, table: str, made: str | None) -> Kept:
    rows = cache.store.kept(table)
    current = sum(count for by, count, _ in rows if made is None or by == made)
    size = sum(size for _, _, size in rows)
    return Kept(NAMES.get(table, table), current, sum(count for _, count, _ in rows) - current, size)


def others(root: Path) -> list[besides.Lying]:
    """What else lies in the working folder."""
    return list(besides.lying(root / WORK))


def prune(root: Path) -> dict[str, int]:
    """Drops what no article of the archive uses now, and says how much of what; raises Problems of content/ first."""
    config = configuration.load(root)
    with alone(root / WORK), opened(root / WORK) as cache:
        reader = Reader(config, cache)
        known = content(root, config, cache, reader)
        gathered = [known.shares.address(one) for one in known.found]
        used: dict[str, Sequence[str | bytes]] = {
            "bodies": [one.key for one in known.found],
            "readings": [reader.address(one) for one in known.found],
            "shares": gathered,
            "places": gathered,
            "files": [os.fsencode(seen.path) for folder in FOLDERS for seen in walk.walk(root, folder)],
        }
        dropped = {NAMES[table]: cache.store.prune(table, keys) for table, keys in used.items()}
        cache.store.shrink()
        besides.prune(root / WORK)
    return dropped


def _reader(root: Path, config: Config, cache: Cache, workforce: Workforce | None = None) -> Reader:
    reader = Reader(config, cache, workforce)
    reader.knows(read_editorial(root).entities, root)
    return reader


def clear(root: Path) -> None:
    """Empties the working folder; the next build reads and makes everything anew."""
    configuration.load(root)
    with alone(root / WORK), opened(root / WORK) as cache:
        for table in TABLES:
            cache.store.prune(table, ())
        cache.store.shrink()
        besides.clear(root / WORK)


def rebuild(root: Path, progress: Callable[[str, int, int], None], workforce: Workforce | None = None) -> int:
    """Empties the working folder and reads every article anew, and says how many; publishes nothing."""
    config = configuration.load(root)
    clear(root)
    with alone(root / WORK), opened(root / WORK) as cache:
        reader = _reader(root, config, cache, workforce)
        reader.read(list(gather.gather(root, config.language, cache)), root, progress)
        return reader.read_anew
