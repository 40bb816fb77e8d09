"""An article's annotations: from the cache where its text was read before, else by the annotators."""

from __future__ import annotations

from collections.abc import Iterable

from builder.annotate import annotate, fingerprint
from builder.annotate.document import Document
from builder.annotate.engine import label, load, parse
from builder.annotate.listed import Listed, Listing
from builder.cache import Cache, key
from builder.config import Config
from builder.model.annotation import Annotation
from builder.model.article import Article
from builder.model.editorial import EntityEntry

LANGUAGES = ("en",)  # what the models here were trained on; other articles are published unread, never misread


class Reader:
    """Reads articles with the archive's model, which is loaded only when a text is new."""

    def __init__(self, config: Config, cache: Cache) -> None:
        self._config = config
        self._cache = cache
        self._model = label(config.model)
        self._listed = Listed()
        self.read_anew = 0

    def knows(self, entries: Iterable[EntityEntry]) -> None:
        """Takes in the editors' file, whose names are found also where the model misses them."""
        self._listed = Listed(entries)

    def annotations(self, article: Article) -> tuple[Annotation, ...]:
        """Gives the article's annotations, and keeps them for the next build."""
        links = [f"{m.start} {m.end} {m.url}" for m in article.marks if m.kind == "link"]
        about = (article.published, article.title, article.publisher, article.language, self._config.profile)
        listed = self._listed.inside(article.text, article.slug)
        names = [part for listing in listed for part in listing]
        address = key(article.text, *about, *links, *names, self._model, fingerprint())
        if (kept := self._cache.reading(address)) is not None:
            return kept
        self.read_anew += 1
        found = annotate(self._document(article, listed))
        self._cache.keep(address, found)
        return found

    def _document(self, article: Article, listed: tuple[Listing, ...]) -> Document:
        links = tuple(m for m in article.marks if m.kind == "link")
        about = (article.slug, article.text, article.published, article.title, article.publisher, article.language)
        if not can_read(article.language):
            slug, text, published, title, publisher, language = about
            return Document(slug, text, (), published, title, publisher, language, links=links)
        return parse(load(self._config.model), *about, self._config.profile, links, listed)


def can_read(language: str) -> bool:
    """Whether there is a model for the language."""
    return language.split("-")[0].casefold() in LANGUAGES
