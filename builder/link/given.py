"""What joining is given: every article's share of the registers, and what is opened only when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from builder.cache import Aside
from builder.link.collect import Collected, Names
from builder.model.archive import Occurrence, Parts, ReviewedArticle
from builder.model.article import Article

T = TypeVar("T")


class Shares(Protocol):
    """The articles: what each gives the registers, and what is opened only when it is asked for."""

    def slugs(self) -> Iterable[str]:
        """Of every article."""

    def names(self) -> Iterable[Names]:
        """Whom every article names, sorted by path."""

    def all(self) -> Iterable[Collected]:
        """What every article says and tells, in the same order."""

    def article(self, slug: str) -> Article:
        """The article alone."""

    def reviewed(self, slug: str) -> ReviewedArticle:
        """The article with its annotations and the editors' decisions."""

    def places(self, parts: Parts) -> tuple[Occurrence, ...]:
        """Where articles name an entity."""

    def said(self, parts: Parts) -> tuple[Occurrence, ...]:
        """Quotations and citations, by article and annotation, with the words around them."""

    def aside(self, of: type[T]) -> Aside[T]:
        """Where values of a type wait, out of memory."""
