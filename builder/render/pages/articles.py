"""The list of all articles, newest first, under their years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from builder.model.archive import Archive, ArticleSummary
from builder.model.output import OutputFile
from builder.render import dates
from builder.render.paging import Group, paged
from builder.render.template import Site
from builder.render.words import Words

FOLDER = "articles/"
PER_PAGE = 100


def render(archive: Archive, site: Site) -> Iterator[OutputFile]:
    """Yields `articles/index.html` and, where there are many, `articles/page/<n>/index.html`."""
    words = site.words
    pages = paged(_by_year(archive.articles, words), PER_PAGE, FOLDER)
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
            groups=page.groups,
            total=len(archive.articles),
            number=page.number,
            last=len(pages),
            path_of=lambda n: pages[n - 1].folder + "index.html",
        )


def _by_year(articles: Sequence[ArticleSummary], words: Words) -> Iterator[Group[ArticleSummary]]:
    """Years as headings; articles are newest first already, those without a date stand last."""
    dated = [a for a in articles if dates.year(a.published)]
    undated = [a for a in articles if not dates.year(a.published)]
    for year, members in groupby(dated, key=lambda a: dates.year(a.published)):
        yield Group(f"year-{year}", year, tuple(members))
    if undated:
        yield Group("undated", words.gettext("Date not known"), tuple(undated))
