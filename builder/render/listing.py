"""Every piece that the site consists of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from builder.model.archive import Archive
from builder.render import assets, cards, exports, searching
from builder.render.exports import web_annotations
from builder.render.pages import PAGES, article, chronology, entities, quotations, sources
from builder.render.template import Renderer, Site
from builder.render.unit import Only, Unit, is_wanted

WHOLE: tuple[Renderer, ...] = (assets.render, *PAGES)
# Search first: it takes longest, and the other pages can be made beside it.
MANY: tuple[Callable[[Archive, Site, Only], Iterator[Unit]], ...] = (
    searching.units,
    quotations.units,
    chronology.units,
    entities.units,
    sources.units,
)
OF_ARTICLES = (article.units, web_annotations.units, cards.units)  # each has a unit for every article


def units(archive: Archive, site: Site, only: Only = None) -> Iterator[Unit]:
    """Yields every piece of the site, or only those of some names, those that take long first.

    Where names are given, nothing is gone through that grows with the archive.
    """
    yield from exports.units(archive, site, only)
    for renderer in WHOLE:
        if is_wanted(renderer.__module__, only):
            yield Unit(renderer.__module__, partial(renderer, archive, site))
    for listed in MANY:
        yield from listed(archive, site, only)
    of_articles = [unit for listed in OF_ARTICLES for unit in listed(archive, site, only)]
    yield from sorted(of_articles, key=_article)  # beside each other, so that an article is opened once for all


def _article(unit: Unit) -> str:
    return unit.name.rpartition(" ")[2]
