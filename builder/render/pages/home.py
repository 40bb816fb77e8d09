"""The front page: what the archive is, what is new in it, whom it quotes most, and the ways in."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import nsmallest
from itertools import islice

from msgspec import Struct

from builder.model.archive import Archive, QuotationRecord
from builder.model.output import OutputFile
from builder.render import heads, links
from builder.render.derived import Placed, through
from builder.render.places import Places
from builder.render.template import Site
from builder.render.words import Words

NEWEST = 6
MOST_CITED = 8
SHARED = 4
NOT_HEARD = ("publication", "web")  # who published an article, or is linked from it, has not spoken in it


class _Folded(Struct):
    """Of an article, whether it stands behind a warning."""

    sensitive: str


class _Shared(Placed):
    """Of a quotation, who carries it."""

    sensitive: str


class _Dated(Struct):
    """Of a happening, its date."""

    edtf: str | None


def render(archive: Archive, site: Site) -> Iterator[OutputFile]:
    """Yields `index.html`."""
    yield site.page(
        links.HOME,
        "home.html",
        title=site.config.title,
        jsonld=_web_site(site),
        to=Places(archive, site.words),
        newest=list(islice(heads.listed(archive).values(), NEWEST)),
        cited=_most_cited(archive),
        shared=_said_more_than_once(archive),
        figures=_figures(archive, site.words),
    )


def _most_cited(archive: Archive) -> list[heads.Cited]:
    every = heads.sources(archive)
    heard = (
        ((-s.said, -s.places, s.name), id)
        for id, s in through(every, heads.Cited)
        if s.kind not in NOT_HEARD and s.said
    )
    return [every[id] for _, id in nsmallest(MOST_CITED, heard)]


def _said_more_than_once(archive: Archive) -> list[QuotationRecord]:
    """Quotations that several articles carry; what stands behind a warning is not put on the front page."""
    folded = {slug for slug, article in through(heads.listed(archive), _Folded) if article.sensitive}
    shared = (
        (-len(q.articles), id)
        for id, q in through(archive.quotations, _Shared)
        if len(q.articles) > 1 and not q.sensitive and not folded & {*q.articles}
    )
    return [archive.quotations[id] for _, id in nsmallest(SHARED, shared)]


def _figures(archive: Archive, words: Words) -> list[tuple[str, int, str]]:
    """What there is how many of, and where: noun in its number, number, path."""
    dated = sum(1 for _, r in through(archive.chronology, _Dated) if r.edtf)
    articles, names, said = len(archive.articles), len(archive.entities), len(archive.quotations)
    return [
        (words.ngettext("article", "articles", articles), articles, "articles/index.html"),
        (words.ngettext("name", "names", names), names, "entities/index.html"),
        (words.ngettext("quotation", "quotations", said), said, "quotations/index.html"),
        (words.ngettext("source", "sources", len(archive.sources)), len(archive.sources), "sources/index.html"),
        (words.ngettext("dated event", "dated events", dated), dated, "chronology/index.html"),
    ]


def _web_site(site: Site) -> dict[str, object]:
    known = {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": site.config.title,
        "description": site.config.description,
        "inLanguage": site.config.language,
        "url": site.canonical(links.HOME),
    }
    return {key: value for key, value in known.items() if value}
