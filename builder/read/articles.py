"""One file of content/articles/ to an Article, with everything that is wrong in it told together."""

from __future__ import annotations

from pathlib import PurePosixPath

from builder.model.article import Article
from builder.model.readable import unreadable
from builder.problems import Problem, Problems, at
from builder.read import front_matter
from builder.read.blocks import Body, plain
from builder.read.brackets import refuse_unclosed
from builder.read.characters import refuse_long_paragraphs, text_of
from builder.read.files import printable
from builder.read.front_matter import Metadata, split
from builder.read.markdown_body import markdown
from builder.read.slugs import is_slug, suggested


def converted(raw: bytes, path: str, language: str = "en") -> Article:
    """An article from its file's bytes, in `language` where it names none; raises Problems, each with its place.

    `path` is the file's from the archive's root. The original it names is not looked at.
    """
    where = printable(path)
    text = text_of(raw, where)
    if not text.strip():
        raise Problems([Problem(where, "the file is empty", "An article has front matter and a text.")])
    return parse(text, where, PurePosixPath(path).stem, language)


def parse(text: str, where: str, stem: str, language: str = "en") -> Article:
    """An article from the text of its file, whose name without ending is `stem`; raises Problems."""
    yaml, body_text, first_line = split(text, where)
    metadata, lines = front_matter.parse(yaml, where)
    problems = _misnamed(metadata.slug or stem, where)
    try:
        body = _body(body_text, metadata.format, where, first_line)
    except Problems as error:
        raise Problems([*problems, *error.problems]) from None
    if problems:
        raise Problems(problems)
    return _article(metadata, body, metadata.slug or stem, where, lines, language)


def _misnamed(slug: str, where: str) -> list[Problem]:
    if is_slug(slug):
        return []
    hint = f"Rename it like “{suggested(slug)}.md”, or give it a “slug:” (small letters, digits, single hyphens)."
    return [Problem(where, "the file’s name cannot be part of an address", hint)]


def _body(text: str, format_: str, where: str, first_line: int) -> Body:
    refuse_long_paragraphs(text, where, first_line)
    body = plain(text) if format_ == "text" else _markdown(text, where, first_line)
    if not body.text.strip():
        raise Problems([Problem(at(where, first_line), "the article has no text", "It follows the second “---”.")])
    if found := unreadable(body.text):  # written as an entity, like &#x1;
        raise Problems([Problem(at(where, first_line), found[1])])
    return body


def _markdown(text: str, where: str, first_line: int) -> Body:
    refuse_unclosed(text, where, first_line)
    try:
        return markdown(text)
    except RecursionError:
        hint = "Take out marks that pile up (like “> > >” or “1. 1. 1.”), or set “format: text”."
        raise Problems([Problem(at(where, first_line), "lists or quotes nested too deep", hint)]) from None


def _article(metadata: Metadata, body: Body, slug: str, where: str, lines: dict[str, int], language: str) -> Article:
    return Article(
        slug=slug,
        title=metadata.title,
        text=body.text,
        blocks=body.blocks,
        marks=body.marks,
        path=where,
        dek=metadata.dek,
        byline=metadata.byline,
        publisher=metadata.publisher,
        published=metadata.published,
        captured=metadata.captured,
        url=metadata.url,
        archived_url=metadata.archived_url,
        language=metadata.language or language,
        rights=metadata.rights,
        sensitive=metadata.sensitive,
        original=metadata.original,
        original_sha256=metadata.original_sha256,
        cleanups=metadata.cleanups + body.cleanups,
        tags=metadata.tags,
        lines=lines,
    )
