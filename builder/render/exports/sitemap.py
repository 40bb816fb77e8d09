"""`sitemap.xml` and `robots.txt`: what there is to be found, for those who search the web.

Source: https://www.sitemaps.org/protocol.html (50,000 addresses a file).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import islice

from builder.model.archive import Archive
from builder.model.output import OutputFile
from builder.render import links, speakers, years
from builder.render.heads import headed, slugs
from builder.render.template import NAVIGATION, Site
from builder.render.words import Words

MOST = 50_000
HEAD = "<?xml version='1.0' encoding='UTF-8'?>"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def render(archive: Archive, site: Site) -> Iterator[OutputFile]:
    """Yields the sitemap, in parts below an index where it is long, and robots.txt.

    A sitemap's addresses must be absolute; without a `base_url` they are relative, which is all that can be known.
    """
    found = (_address(site, path) for path in paths(archive, site.words))
    part, names = list(islice(found, MOST)), list[str]()
    following = list(islice(found, 1))
    if not following:
        yield OutputFile("sitemap.xml", _urls("urlset", "url", part))
    else:
        while part:  # of a large archive there are millions of addresses
            names.append(f"sitemap-{len(names) + 1}.xml")
            yield OutputFile(names[-1], _urls("urlset", "url", part))
            part = [*following, *islice(found, MOST - len(following))]
            following = []
        yield OutputFile("sitemap.xml", _urls("sitemapindex", "sitemap", [_address(site, n) for n in names]))
    yield OutputFile("robots.txt", _robots(site).encode("utf-8"))


def paths(archive: Archive, words: Words) -> Iterator[str]:
    """Every page a reader may arrive at: the registers with their further pages, articles, names, sources."""
    yield links.HOME
    yield from (path for _, _, path in NAVIGATION)
    yield from map(links.article, slugs(archive))
    yield from (f"{folder}index.html" for folder in list(years.pages(archive, words))[1:])
    yield from (f"{folder}index.html" for folder in list(speakers.register(archive, words).pages)[1:])
    yield from map(links.entity, headed(archive).entities)
    yield from map(links.source, headed(archive).sources)


def _address(site: Site, path: str) -> str:
    return links.absolute(site.config.base_url, path) if site.config.base_url else f"./{path}"


def _urls(root: str, item: str, addresses: Sequence[str]) -> bytes:
    """XML as text: there may be tens of thousands of addresses, and a tree of them costs ten times as much."""
    lines = "".join(
        f"  <{item}>\n    <loc>{escape(address, quote=False)}</loc>\n  </{item}>\n" for address in addresses
    )
    return f'{HEAD}\n<{root} xmlns="{NAMESPACE}">\n{lines}</{root}>\n'.encode()


def _robots(site: Site) -> str:
    lines = ["User-agent: *", "Allow: /"]
    if site.config.base_url:
        lines.append(f"Sitemap: {links.absolute(site.config.base_url, 'sitemap.xml')}")
    return "\n".join(lines) + "\n"
