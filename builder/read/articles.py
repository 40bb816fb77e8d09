"""content/articles/ to Articles: each file read once, with every problem of every file shown together."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from builder.model.article import Article
from builder.model.readable import unreadable
from builder.problems import Problem, Problems, at
from builder.read import front_matter, originals
from builder.read.blocks import Body, plain
from builder.read.brackets import refuse_unclosed
from builder.read.characters import refuse_long_paragraphs, text_of
from builder.read.files import contents, printable
from builder.read.front_matter import Metadata, split
from builder.read.markdown_body import markdown
from builder.read.slugs import is_slug, suggested

FOLDER = "content/articles"


def paths(root: Path) -> list[Path]:
    """Every Markdown file below content/articles, sorted; names that begin with a dot are an editor's own.

    Raises Problems for links to other folders: what an archive publishes stands in it.
    """
    found: list[Path] = []
    problems: list[Problem] = []

    def unread(error: OSError) -> None:
        """A folder passed over in silence would take its articles off the site."""
        if Path(error.filename) != root / FOLDER or not isinstance(error, FileNotFoundError):
            where = name(root, Path(error.filename))
            problems.append(Problem(where, f"cannot be read: {error.strerror}"))

    for folder, folders, files in os.walk(root / FOLDER, onerror=unread):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        problems.extend(_linked(root, here / name) for name in folders if (here / name).is_symlink())
        found.extend(here / name for name in files if name.endswith(".md") and not name.startswith("."))
    if problems:
        raise Problems(problems)
    return sorted(found)


def _linked(root: Path, folder: Path) -> Problem:
    return Problem(name(root, folder), "a link to another folder is not followed", "Put the articles here themselves.")


def name(root: Path, path: Path) -> str:
    """A file's path from the archive's root with forward slashes, fit to be printed on one line."""
    with contextlib.suppress(ValueError):
        path = path.relative_to(root)
    return printable(path.as_posix())


def read_all(root: Path, language: str = "en") -> Iterator[Article]:
    """Yields the articles one at a time, sorted by path; what is wrong is raised together, as Problems, at the end.

    Only the iterator's end says that all is well: use nothing of it for good before.
    """
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for path in paths(root):
        try:
            article = read(path, root, language)
        except Problems as error:
            problems.extend(error.problems)
            continue
        if article.slug in seen:
            problems.append(_duplicate(article, seen[article.slug]))
            continue
        seen[article.slug] = article.path
        yield article
    if problems:
        raise Problems(problems)


def _duplicate(article: Article, other: str) -> Problem:
    place = at(article.path, article.lines.get("slug"))
    what = f"the slug “{article.slug}” is taken by {other}"
    return Problem(place, what, "Rename the file, or give it a “slug:” of its own.")


def read(path: Path, root: Path, language: str = "en") -> Article:
    """Reads one article, in `language` where it names none.

    Raises Problems, each naming the file and, where there is one, the line.
    """
    where = name(root, path)
    text = text_of(_bytes(path, root, where), where)
    if not text.strip():
        raise Problems([Problem(where, "the file is empty", "An article has front matter and a text.")])
    article = parse(text, where, path.stem, language)
    if problems := originals.check(root, article):
        raise Problems(problems)
    return article


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


def _bytes(path: Path, root: Path, where: str) -> bytes:
    """The file's bytes, unless it is no file of the archive or too large to be an article."""
    with contextlib.suppress(OSError, RuntimeError):  # a link that leads nowhere is told below
        if not path.resolve(strict=True).is_relative_to((root / "content").resolve()):
            raise Problems([Problem(where, "a link to a file outside content/", "Put the article here itself.")])
    return contents(path, where, "Part it into several articles.")


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
