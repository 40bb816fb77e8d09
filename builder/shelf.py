"""Where articles wait between the stages of one build, so that memory holds registers and one article at a time."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from builder.model.archive import LinkedArticle, ReviewedArticle

FILE = "shelf.sqlite"
TABLE = "CREATE TABLE shelf (slug TEXT, stage TEXT, article BLOB NOT NULL, PRIMARY KEY (slug, stage)) WITHOUT ROWID"
_reviewed = msgspec.msgpack.Decoder(ReviewedArticle)
_linked = msgspec.msgpack.Decoder(LinkedArticle)


class Shelf:
    """Articles by slug and stage in a file of their own. A process forked from this one reads what was put before."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._digests: dict[str, bytes] = {}
        file.unlink(missing_ok=True)  # a killed build's
        self._connect()
        self._db.execute(TABLE)

    def _connect(self) -> None:
        self._process = os.getpid()
        self._db = sqlite3.connect(self._file, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=OFF")  # nothing here outlives the build
        self._db.execute("PRAGMA synchronous=OFF")

    def put_reviewed(self, article: ReviewedArticle) -> None:
        """Shelves a reviewed article."""
        self._put(article.article.slug, "reviewed", msgspec.msgpack.encode(article))

    def reviewed(self, slug: str) -> ReviewedArticle:
        """Takes a reviewed article from the shelf; KeyError when it was never put there."""
        return _reviewed.decode(self._get(slug, "reviewed"))

    def put_linked(self, article: LinkedArticle) -> None:
        """Shelves a linked article."""
        blob = msgspec.msgpack.encode(article)
        self._digests[article.article.slug] = blake2b(blob, digest_size=16).digest()
        self._put(article.article.slug, "linked", blob)

    def linked(self, slug: str) -> LinkedArticle:
        """Takes a linked article from the shelf; KeyError when it was never put there."""
        return _linked.decode(self._get(slug, "linked"))

    def digest(self, slug: str) -> bytes:
        """The hash of a linked article, empty when it was never put there."""
        return self._digests.get(slug, b"")

    def _put(self, slug: str, stage: str, blob: bytes) -> None:
        self._db.execute("INSERT OR REPLACE INTO shelf VALUES (?, ?, ?)", (slug, stage, blob))

    def _get(self, slug: str, stage: str) -> bytes:
        if self._process != os.getpid():  # SQLite's connections do not outlive a fork
            self._connect()
        row: tuple[Any, ...] | None = self._db.execute(
            "SELECT article FROM shelf WHERE slug = ? AND stage = ?", (slug, stage)
        ).fetchone()
        if row is None:
            raise KeyError(slug)
        blob: bytes = row[0]
        return blob

    def close(self) -> None:
        """Ends the connection and takes the file away."""
        self._db.close()
        self._file.unlink(missing_ok=True)


@contextmanager
def shelved(folder: Path | None = None) -> Iterator[Shelf]:
    """A shelf in the folder of a build, which is alone there; for whoever only looks, where the system keeps such."""
    with TemporaryDirectory(prefix="glossator-") as own, closing(Shelf((folder or Path(own)) / FILE)) as shelf:
        yield shelf
