"""The build, in order. Read this first: each stage takes one type and gives the next.

content/ --read--> Article --annotate--> annotations --review--> ReviewedArticle --link--> Archive
         --render--> OutputFile --publish--> site/
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from builder import config as configuration
from builder import publish
from builder.cache import Cache, alone, opened
from builder.config import Config
from builder.link import Sensitivity, link
from builder.model.archive import Archive, ReviewedArticle
from builder.model.article import Article
from builder.model.editorial import Editorial
from builder.model.output import OutputFile
from builder.problems import Problem, Problems
from builder.read.editorial import read as read_editorial
from builder.read.gather import Found, gather, opened_article
from builder.reading import Reader, Workforce
from builder.render import render
from builder.review import review

WORK = ".glossator"  # the archive's own working folder: cache, staging, lock
OUTPUT = "site"

Progress = Callable[[str, int, int], None]  # stage, done, of how many


class Built(Struct, frozen=True):
    """What a build did: how many articles it holds, how many had to be read anew, and what was published."""

    articles: int
    read: int
    published: publish.Published


def build(
    root: Path,
    output: Path | None = None,
    progress: Progress = lambda stage, done, of: None,
    workforce: Workforce | None = None,
) -> Built:
    """Builds the archive at `root` into its published folder; raises Problems, and then publishes nothing."""
    output = output or root / OUTPUT
    _refuse_sources(root, output)
    config = configuration.load(root)
    with alone(root / WORK), opened(root / WORK) as cache:
        publish.carry_through(root / WORK, output)  # also when content/ is wrong now: the site must be whole
        reader = Reader(config, cache, workforce)
        archive = join(root, config, cache, reader, progress)
        files = _counted(render(archive, config, root), progress)
        published = publish.publish(files, output, root / WORK)
        return Built(len(archive.articles), reader.read_anew, published)


def _refuse_sources(root: Path, output: Path) -> None:
    """Pages among the files they are made of would be read, watched and committed as such."""
    for name in ("content", "templates", WORK):
        if output.resolve().is_relative_to((root / name).resolve()):
            raise Problems([Problem(str(output), f"lies in the archive's {name}/", "Publish to another folder.")])


def join(root: Path, config: Config, cache: Cache, reader: Reader, progress: Progress) -> Archive:
    """Everything up to the joined archive: what pages, exports and `check` look at."""
    found, editorial = _read(root, config, cache)
    reader.read(found, root, progress)
    sensitivity = Sensitivity(config.sensitive.warning, config.sensitive.entities, config.sensitive.words)
    return link(_reviewed(found, root, editorial, cache, reader), editorial, cache, sensitivity)


def _read(root: Path, config: Config, cache: Cache) -> tuple[list[Found], Editorial]:
    """Finds every article, unopened; what is wrong in any file of content/ is raised together."""
    problems: list[Problem] = []
    found: list[Found] = []
    editorial = Editorial()
    try:
        editorial = read_editorial(root)
    except Problems as error:
        problems.extend(error.problems)
    try:
        found.extend(gather(root, config.language, cache))
    except Problems as error:
        problems.extend(error.problems)
    if problems:
        raise Problems(problems)
    return found, editorial


def _warned(article: Article, config: Config) -> Article:
    """An editor may write `sensitive: true` for the archive's own warning."""
    own = article.sensitive == "true"
    return msgspec.structs.replace(article, sensitive=config.sensitive.warning) if own else article


def _reviewed(
    found: list[Found], root: Path, editorial: Editorial, cache: Cache, reader: Reader
) -> Iterator[ReviewedArticle]:
    problems: list[Problem] = []
    for one in found:
        article = opened_article(one, root, reader.config.language, cache)
        try:
            yield review(
                _warned(article, reader.config), reader.annotations(one, article), editorial.decisions.get(one.slug, ())
            )
        except Problems as error:
            problems.extend(error.problems)
    if problems:
        raise Problems(problems)


def _counted(files: Iterator[OutputFile], progress: Progress) -> Iterator[OutputFile]:
    for done, file in enumerate(files, 1):
        progress("rendering", done, 0)
        yield file
