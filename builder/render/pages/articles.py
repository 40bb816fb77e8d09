"""The list of all articles, newest first, under their years."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from msgspec import Struct

from builder.model.archive import Archive
from builder.model.output import OutputFile
from builder.render import dates
from builder.render.derived import through, together
from builder.render.heads import listed
from builder.render.paging import Group, filled, keys, paged
from builder.render.template import Site
from builder.render.words import Words

FOLDER = "articles/"
PER_PAGE = 100


def render(archive: Archive, site: Site) -> Iterator[OutputFile]:
    """Yields `articles/index.html` and, where there are many, `articles/page/<n>/index.html`."""
    words = site.words
    pages, summaries = paged(_by_year(archive, words), PER_PAGE, FOLDER), listed(archive)
    for page in pages:
        yield site.page(
            page.folder + "index.html",
            "articles.html",
            title=words.gettext("Articles")
            if page.number == 1
            else words.gettext("Articles, page %(page)s", page=page.number),
            description=words.ngettext(
                "%(num)s article of %(archive)s.",
                "All %(num)s articles of %(archive)s, newest first.",
                len(archive.articles),
                archive=site.config.title,
            ),
            section="articles",
            groups=filled(page, together(summaries, keys(page)).__getitem__).groups,
            total=len(archive.articles),
            number=page.number,
            last=len(pages),
            path_of=lambda n: pages[n - 1].folder + "index.html",
        )


class _Printed(Struct):
    """Of an article, when it was published."""

    published: str | None


def _by_year(archive: Archive, words: Words) -> Iterator[Group[str]]:
    """Years as headings, with slugs; articles are newest first already, those without a date stand last."""
    summaries = listed(archive)
    years = {slug: dates.year(article.published) for slug, article in through(summaries, _Printed)}
    dated = (slug for slug in summaries if years[slug])
    for year, members in groupby(dated, key=years.__getitem__):
        yield Group(f"year-{year}", year, tuple(members))
    undated = tuple(slug for slug in summaries if not years[slug])
    if undated:
        yield Group("undated", words.gettext("Date not known"), undated)
