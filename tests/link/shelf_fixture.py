"""Where a test's articles wait between the passes of joining, without a database."""

from __future__ import annotations

from builder.model.archive import LinkedArticle, ReviewedArticle


class Shelf:
    """Articles in memory."""

    def __init__(self) -> None:
        self._reviewed: dict[str, ReviewedArticle] = {}
        self._linked: dict[str, LinkedArticle] = {}

    def put_reviewed(self, article: ReviewedArticle) -> None:
        self._reviewed[article.article.slug] = article

    def reviewed(self, slug: str) -> ReviewedArticle:
        return self._reviewed[slug]

    def put_linked(self, article: LinkedArticle) -> None:
        self._linked[article.article.slug] = article

    def linked(self, slug: str) -> LinkedArticle:
        return self._linked[slug]

    def digest(self, slug: str) -> bytes:
        return b""
