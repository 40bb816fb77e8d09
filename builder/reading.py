"""Articles' annotations: from the cache where a text was read before, else by the annotators."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from builder.cache import Cache, key
from builder.config import Config
from builder.fingerprint import fingerprint
from builder.language_models import label
from builder.model.annotation import Annotation
from builder.model.article import Article
from builder.read.gather import Found, opened_article

if TYPE_CHECKING:
    from builder.annotate.document import Document

LANGUAGES = ("en",)  # what the models here were trained on; other articles are published unread, never misread
SOURCES = ("annotate", "authority", "anchor.py", "language_models.py", "model/annotation.py", "model/article.py",
           "model/selector.py")  # fmt: skip
LIBRARIES = ("spacy",)


class Reader:
    """Reads articles with the archive's model, which is loaded only when a text is new."""

    def __init__(self, config: Config, cache: Cache) -> None:
        self.config = config
        self._cache = cache
        self.made = f"{label(config.model)} {fingerprint(SOURCES, LIBRARIES)}"
        self.read_anew = 0

    def address(self, found: Found) -> str:
        """Where the article's annotations are kept: what they were read from, and all that decides what is read."""
        return key(found.head.matter, self.config.profile, self.made)

    def read(self, found: Sequence[Found], root: Path, progress: Callable[[str, int, int], None]) -> None:
        """Reads whatever was never read before, and keeps it for the builds to come."""
        new = [one for one in found if not self._cache.readings.has(self.address(one))]
        for done, one in enumerate(new, 1):
            self._read(one, opened_article(one, root, self.config.language, self._cache))
            progress("reading", done, len(new))

    def annotations(self, found: Found, article: Article) -> tuple[Annotation, ...]:
        """Gives the article's annotations, which `read` has kept."""
        kept = self._cache.readings.get(self.address(found))
        return self._read(found, article) if kept is None else kept

    def _read(self, found: Found, article: Article) -> tuple[Annotation, ...]:
        from builder.annotate import annotate

        annotations = annotate(self._document(article))
        self._cache.readings.keep(self.address(found), self.made, annotations)
        self.read_anew += 1
        return annotations

    def _document(self, article: Article) -> Document:
        from builder.annotate.document import Document
        from builder.annotate.engine import load, parse

        links = tuple(m for m in article.marks if m.kind == "link")
        about = (article.slug, article.text, article.published, article.title, article.publisher, article.language)
        if not can_read(article.language):
            slug, text, published, title, publisher, language = about
            return Document(slug, text, (), published, title, publisher, language, links=links)
        return parse(load(self.config.model), *about, self.config.profile, links)


def can_read(language: str) -> bool:
    """Whether there is a model for the language."""
    return language.split("-")[0].casefold() in LANGUAGES
