"""For one build: where articles wait between stages, so that memory holds one at a time."""

from __future__ import annotations

import sqlite3

import msgspec

from builder.model.archive import LinkedArticle, ReviewedArticle

SHELF = "CREATE TABLE shelf (slug TEXT, stage TEXT, article BLOB NOT NULL, PRIMARY KEY (slug, stage)) WITHOUT ROWID"
_reviewed = msgspec.msgpack.Decoder(ReviewedArticle)
_linked = msgspec.msgpack.Decoder(LinkedArticle)


class Shelf:
    """A temporary file of SQLite's own, gone when the build ends."""

    def __init__(self) -> None:
        self._shelf = sqlite3.connect("", isolation_level=None)
        self._shelf.execute(SHELF)

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
        self._shelf.execute("INSERT OR REPLACE INTO shelf VALUES (?, ?, ?)", (slug, stage, blob))

    def _get(self, slug: str, stage: str) -> bytes:
        row = self._shelf.execute("SELECT article FROM shelf WHERE slug = ? AND stage = ?", (slug, stage)).fetchone()
        if row is None:
            raise KeyError(slug)
        blob: bytes = row[0]
        return blob

    def close(self) -> None:
        """Ends the connection, and the shelf with it."""
        self._shelf.close()
