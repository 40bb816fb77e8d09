"""What was read once is never read again: readings by content, in one SQLite file a crash cannot corrupt."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec

from builder.model.annotation import Annotation
from builder.model.archive import LinkedArticle, ReviewedArticle
from builder.model.article import Article
from builder.problems import Problem, Problems

SCHEMA = """
CREATE TABLE IF NOT EXISTS readings (key TEXT PRIMARY KEY, annotations BLOB NOT NULL) WITHOUT ROWID;
CREATE TEMP TABLE shelf (slug TEXT, stage TEXT, article BLOB NOT NULL, PRIMARY KEY (slug, stage)) WITHOUT ROWID;
"""
_annotations = msgspec.msgpack.Decoder(tuple[Annotation, ...])
_article = msgspec.msgpack.Decoder(Article)
_reviewed = msgspec.msgpack.Decoder(ReviewedArticle)
_linked = msgspec.msgpack.Decoder(LinkedArticle)


def key(*parts: str | None) -> str:
    """The address of a reading: a hash of everything it depends on."""
    return hashlib.sha256(msgspec.msgpack.encode(parts)).hexdigest()


class Cache:
    """Readings on disk, shared by processes; and, for one build, the shelf where articles wait between stages."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(folder / "cache.sqlite", timeout=60, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.execute("PRAGMA temp_store=FILE")
        self._db.executescript(SCHEMA)

    def reading(self, key: str) -> tuple[Annotation, ...] | None:
        """The annotations kept under the key; None when the text was never read."""
        row = self._db.execute("SELECT annotations FROM readings WHERE key = ?", (key,)).fetchone()
        return _annotations.decode(row[0]) if row else None

    def keep(self, key: str, annotations: Sequence[Annotation]) -> None:
        """Keeps a reading at once, so that an interrupted build goes on where it was."""
        blob = msgspec.msgpack.encode(annotations)
        self._db.execute("INSERT OR REPLACE INTO readings VALUES (?, ?)", (key, blob))

    def put_article(self, article: Article) -> None:
        """Shelves an article as it was read."""
        self._put(article.slug, "article", msgspec.msgpack.encode(article))

    def article(self, slug: str) -> Article:
        """Takes an article from the shelf; KeyError when it was never put there."""
        return _article.decode(self._get(slug, "article"))

    def put_reviewed(self, article: ReviewedArticle) -> None:
        """Shelves a reviewed article."""
        self._put(article.article.slug, "reviewed", msgspec.msgpack.encode(article))

    def reviewed(self, slug: str) -> ReviewedArticle:
        """Takes a reviewed article from the shelf; KeyError when it was never put there."""
        return _reviewed.decode(self._get(slug, "reviewed"))

    def put_linked(self, article: LinkedArticle) -> None:
        """Shelves a linked article."""
        self._put(article.article.slug, "linked", msgspec.msgpack.encode(article))

    def linked(self, slug: str) -> LinkedArticle:
        """Takes a linked article from the shelf; KeyError when it was never put there."""
        return _linked.decode(self._get(slug, "linked"))

    def _put(self, slug: str, stage: str, blob: bytes) -> None:
        self._db.execute("INSERT OR REPLACE INTO shelf VALUES (?, ?, ?)", (slug, stage, blob))

    def _get(self, slug: str, stage: str) -> bytes:
        row = self._db.execute("SELECT article FROM shelf WHERE slug = ? AND stage = ?", (slug, stage)).fetchone()
        if row is None:
            raise KeyError(slug)
        blob: bytes = row[0]
        return blob

    def close(self) -> None:
        """Ends the connection; the shelf goes with it."""
        self._db.close()


@contextmanager
def opened(folder: Path) -> Iterator[Cache]:
    """The archive's cache, closed at the end."""
    cache = Cache(folder)
    try:
        yield cache
    finally:
        cache.close()


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Lets one build at a time publish; raises Problems for a second one. A killed build leaves no lock behind.

    SQLite's own file lock, because the system lets go of it whenever the process ends, on every platform.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(folder / "lock.sqlite", timeout=1, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            hint = "Wait for it to end; “glossator serve” builds too."
            raise Problems([Problem(str(folder), "another build of this archive is at work", hint)]) from None
        yield
