"""Articles as their files gave them, by the content of the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from zlib import crc32

import msgspec
from msgspec import Struct

from builder.cache.store import Store
from builder.model.article import Article

COLUMNS = "slug, matter, original, original_sha256"
_article = msgspec.msgpack.Decoder(Article)


class Head(NamedTuple):
    """What a build asks of an article before it opens it; `matter` is the address of what annotators see of it."""

    slug: str
    matter: str
    original: str
    original_sha256: str


class Known(Struct, frozen=True, array_like=True):
    """Articles beside each other as they were found: slugs, their originals with the states of these, and the rest.

    The rest is encoded, and seldom opened: `check` tells whether it is what was written.
    """

    slugs: tuple[str, ...]
    originals: tuple[tuple[str, str], ...]
    found: bytes
    check: int

    @classmethod
    def of(cls, slugs: tuple[str, ...], originals: tuple[tuple[str, str], ...], found: bytes) -> Known:
        """What is to be kept."""
        return cls(slugs, originals, found, _check(slugs, originals, found))

    def is_whole(self) -> bool:
        """Whether nothing of it was damaged since it was written."""
        return self.check == _check(self.slugs, self.originals, self.found)


def _check(slugs: tuple[str, ...], originals: tuple[tuple[str, str], ...], found: bytes) -> int:
    return crc32(found, crc32(msgspec.msgpack.encode((slugs, originals))))


class Bodies:
    """Every article that was converted, by the address of its file's bytes and of what converted it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, key: str) -> Head | None:
        """What is kept under the key, without opening the article."""
        found = self._store.rows(f"SELECT {COLUMNS} FROM bodies WHERE key = ?", (key,))
        return Head(*found[0]) if found else None

    def article(self, key: str) -> Article | None:
        """The article kept under the key; None when there is none that can be read."""
        found = self._store.rows("SELECT article FROM bodies WHERE key = ?", (key,))
        try:
            return _article.decode(found[0][0]) if found else None
        except (msgspec.DecodeError, TypeError):
            return None

    def keep(self, articles: Sequence[tuple[str, str, Article, Head]]) -> None:
        """Keeps articles, each as key, what made it, the article, and what is asked of it unopened."""
        self._store.put("bodies", [(k, made, *head, msgspec.msgpack.encode(a)) for k, made, a, head in articles])
