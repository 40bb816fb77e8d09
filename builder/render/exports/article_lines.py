"""`data/articles.jsonl`: one line an article, its text and everything known about it (contract §2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from builder.model.archive import Archive
from builder.model.article import Article
from builder.model.output import LargeFile
from builder.render.exports import pieces
from builder.render.exports.encode import Record, known, lines

if TYPE_CHECKING:
    from builder.render.template import Site


def row(article: Article) -> Record:
    """An article's line; `sha256` is of the original's bytes, offsets everywhere count in `text`."""
    return known({
        "slug": article.slug,
        "title": article.title,
        "published": article.published,
        "text": article.text,
        "sha256": article.original_sha256,
        "dek": article.dek,
        "byline": article.byline,
        "publisher": article.publisher,
        "captured": article.captured,
        "url": article.url,
        "archived_url": article.archived_url,
        "language": article.language,
        "rights": article.rights,
        "sensitive": article.sensitive,
        "tags": list(article.tags),
        "cleanups": msgspec.to_builtins(article.cleanups),
        "original": article.original,
    })  # fmt: skip


def render(archive: Archive, site: Site) -> Iterator[LargeFile]:
    """Yields the file, articles in the archive's order."""
    runs = pieces.of_articles(archive)
    make = partial(_lines, archive)
    yield pieces.joined("data/articles.jsonl", lambda: pieces.pieces(runs, make))


def _lines(archive: Archive, slugs: Iterable[str]) -> bytes:
    return lines(row(archive.article(slug)) for slug in slugs)
