"""Articles as a build without anything kept reads them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from builder.cache import opened
from builder.model.article import Article
from builder.read.gather import gather, opened_article


def read_all(root: Path, language: str = "en") -> Iterator[Article]:
    """Every article of the archive, through a cache of its own."""
    with TemporaryDirectory() as folder, opened(Path(folder)) as cache:
        for found in gather(root, language, cache):
            yield opened_article(found, root, language, cache)
