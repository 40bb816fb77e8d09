"""What the calendar and the timeline tell of a row besides its date: who tells it, and what is folded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from builder.model.archive import ArticleSummary, ChronologyRecord
from builder.render import links
from builder.render.words import Words


def warning(record: ChronologyRecord, articles: Mapping[str, ArticleSummary]) -> str:
    """The warning a row stands behind, as on its page: its own, else that of the article its headline is from."""
    place = record.occurrences[0].article if record.occurrences else ""
    return record.sensitive or (articles[place].sensitive if place in articles else "")


def sources(record: ChronologyRecord, articles: Mapping[str, ArticleSummary], words: Words) -> Iterator[str]:
    """The articles that tell it, each once: title and publisher, or that it is marked sensitive."""
    for slug in dict.fromkeys(o.article for o in record.occurrences):
        if slug in articles:
            told = articles[slug]
            title = words.gettext("an article marked sensitive") if told.sensitive else told.title
            yield ", ".join(filter(None, (title, told.publisher)))


def address(base_url: str, path: str) -> str:
    """The public address of a place on a page."""
    page, hash_, fragment = path.partition("#")
    return links.absolute(base_url, page) + hash_ + fragment
