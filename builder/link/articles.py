"""The articles by number, in the order they are joined: what listings tell of them waits aside."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from sys import intern

from builder.cache import Aside, Asides
from builder.link.collect import Names
from builder.link.made import MadeRows
from builder.link.parts import DIGEST
from builder.model.archive import ArticleSummary, newest_first


class Articles:
    """Gathers the articles' summaries; `publishers` and `published` are those of each."""

    def __init__(self, aside: Asides = Aside) -> None:
        self.slugs: list[str] = []
        self.publishers: list[str] = []
        self.published: list[str | None] = []
        self.annotators: set[str] = set()
        self._digests = bytearray()
        self._summaries = aside(ArticleSummary)
        self._newest: list[tuple[object, ...]] = []
        self._by_slug = array("I")
        self._sorted: list[str] = []

    def add(self, names: Names) -> None:
        """Takes in the next article."""
        summary = names.summary
        self._newest.append(newest_first(summary))
        self._summaries.put(summary)
        self.slugs.append(summary.slug)
        self.publishers.append(intern(summary.publisher))
        self.published.append(intern(summary.published) if summary.published else None)
        self.annotators.update(names.annotators)
        self._digests += names.digest

    def newest(self) -> Sequence[ArticleSummary]:
        """Their summaries, the newest first; no article is added any more."""
        order = array("I", sorted(range(len(self.slugs)), key=self._newest.__getitem__))
        self._newest.clear()
        return MadeRows(len(order), lambda place: self._summaries[order[place]])

    def digest(self, article: int) -> bytes:
        """Stands for all of the reviewed article."""
        return bytes(self._digests[article * DIGEST : (article + 1) * DIGEST])

    def number(self, slug: str) -> int | None:
        """An article's number; None where there is none of that slug."""
        if len(self._sorted) < len(self.slugs):
            self._by_slug = array("I", sorted(range(len(self.slugs)), key=self.slugs.__getitem__))
            self._sorted = [self.slugs[article] for article in self._by_slug]
        place = bisect_left(self._sorted, slug)
        found = place < len(self._sorted) and self._sorted[place] == slug
        return self._by_slug[place] if found else None
