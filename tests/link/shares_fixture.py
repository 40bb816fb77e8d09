"""A test's articles and what each gives the registers, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from builder.cache import Aside
from builder.link.collect import Collected, Names, collect
from builder.link.linking import link
from builder.link.sensitive import Sensitivity
from builder.model.archive import Archive, Occurrence, ReviewedArticle
from builder.model.article import Article
from builder.model.editorial import Editorial

T = TypeVar("T")


class Shares:
    """Articles that were never written down."""

    def __init__(self, articles: Iterable[ReviewedArticle], editorial: Editorial, sensitivity: Sensitivity) -> None:
        self._articles = {one.article.slug: one for one in articles}
        folding = sensitivity.with_entries(editorial.entities)
        self._made = {slug: collect(one, folding) for slug, one in self._articles.items()}

    def slugs(self) -> Iterable[str]:
        return self._made

    def names(self) -> Iterator[Names]:
        return (share.names for share in self._made.values())

    def all(self) -> Iterator[Collected]:
        return (share.collected for share in self._made.values())

    def article(self, slug: str) -> Article:
        return self.reviewed(slug).article

    def reviewed(self, slug: str) -> ReviewedArticle:
        return self._articles[slug]

    def places(self, parts: tuple[tuple[str, str, int], ...]) -> tuple[Occurrence, ...]:
        return tuple(place for slug, id, _ in parts for place in self._made[slug].places[id])

    def said(self, parts: tuple[tuple[str, str, int], ...]) -> tuple[Occurrence, ...]:
        known = {(p.article, p.annotation): p for share in self._made.values() for p in share.places[""]}
        return tuple(known[slug, id] for slug, id, _ in parts)

    def aside(self, of: type[T]) -> Aside[T]:
        return Aside(of)


def archive_of(
    articles: Iterable[ReviewedArticle], editorial: Editorial | None = None, sensitivity: Sensitivity | None = None
) -> Archive:
    """The archive of these articles."""
    editorial, sensitivity = editorial or Editorial(), sensitivity or Sensitivity("")
    return link(Shares(articles, editorial, sensitivity), editorial, sensitivity)
