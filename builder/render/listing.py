"""Every piece that the site consists of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from heapq import merge
from itertools import chain, zip_longest

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
    cards.whole,
)
OF_ARTICLES = (article.units, web_annotations.units, cards.of_articles)  # each has a unit for every article


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
    yield from _of_articles(archive, site, only)


def _of_articles(archive: Archive, site: Site, only: Only) -> Iterator[Unit]:
    """Yields those of an article beside each other, so that it is opened once for all."""
    listed = (units(archive, site, only) for units in OF_ARTICLES)
    if only is None:
        return filter(None, chain.from_iterable(zip_longest(*listed)))
    return merge(*listed, key=_article)


def _article(unit: Unit) -> str:
    return unit.name.rpartition(" ")[2]
