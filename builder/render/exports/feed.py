"""`feed.xml`: the archive's newest articles as Atom (RFC 4287), dated by what the archive knows, never by the build.

Atom wants a date of every entry, and none is invented: an article neither published nor captured on a known day
stands in the registers, not in the feed.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING

from builder.model.archive import Archive, ArticleSummary
from builder.model.output import OutputFile
from builder.render import dates, links
from builder.render.exports.moments import moment
from builder.render.heads import articles
from builder.render.template import Site

if TYPE_CHECKING:
    from lxml import etree

PATH = "feed.xml"
NEWEST = 50
ATOM = "http://www.w3.org/2005/Atom"
NO_DATE = "1970-01-01T00:00:00Z"  # of a feed without entries: Atom wants one there too, and readers show entries' only
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:glossator:archive")
CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"  # what XML does not have


def render(archive: Archive, site: Site) -> Iterator[OutputFile]:
    """Yields the feed. Addresses are absolute where the archive has one of its own, else relative to the feed."""
    from lxml import etree  # which nothing else needs

    entries = list(_dated(archive))
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM}, attrib={_xml("lang"): site.config.language})
    _text(feed, "title", site.config.title)
    if site.config.description:
        _text(feed, "subtitle", site.config.description)
    _text(feed, "id", _id(site, links.HOME))
    _text(feed, "updated", max((when for when, _ in entries), default=NO_DATE))
    author = _child(feed, "author")
    _text(author, "name", site.config.editor or site.config.publisher or site.config.title)
    _link(feed, "alternate", _address(site, links.HOME), "text/html")
    _link(feed, "self", _address(site, PATH), "application/atom+xml")
    if site.config.rights:
        _text(feed, "rights", site.config.rights)
    for when, summary in entries:
        _entry(feed, summary, when, site)
    content: bytes = etree.tostring(feed, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    yield OutputFile(PATH, content)


def _dated(archive: Archive) -> Iterator[tuple[str, ArticleSummary]]:
    """The newest articles with the moment they are dated by: captured if that is known, else published."""
    number = 0
    for summary in articles(archive).values():
        if number == NEWEST:
            return
        when = moment(archive.article(summary.slug).captured) or moment(summary.published)
        if when:
            number += 1
            yield when, summary


def _entry(feed: etree._Element, summary: ArticleSummary, when: str, site: Site) -> None:
    """One article; a sensitive one shows its warning in place of title and summary."""
    path = links.article(summary.slug)
    entry = _child(feed, "entry")
    _text(entry, "title", summary.sensitive or summary.title)
    _text(entry, "id", _id(site, path))
    _link(entry, "alternate", _address(site, path), "text/html")
    _text(entry, "updated", when)
    if published := moment(summary.published):
        _text(entry, "published", published)
    if summary.byline and not summary.sensitive:
        _text(_child(entry, "author"), "name", summary.byline)
    _text(entry, "summary", summary.sensitive or _summary(summary, site))


def _summary(summary: ArticleSummary, site: Site) -> str:
    published = dates.readable(summary.published, site.words) if summary.published else ""
    origin = ", ".join(filter(None, (summary.publisher, published)))
    return " — ".join(filter(None, (summary.dek, origin))) or summary.title


def _id(site: Site, path: str) -> str:
    """The address where there is one; else a name that stays the same as long as title and path do."""
    if site.config.base_url:
        return links.absolute(site.config.base_url, path)
    return uuid.uuid5(NAMESPACE, f"{site.config.title}\n{path}").urn


def _address(site: Site, path: str) -> str:
    return links.absolute(site.config.base_url, path) if site.config.base_url else links.relative(PATH, path)


def _link(parent: etree._Element, rel: str, href: str, type_: str) -> None:
    _child(parent, "link", rel=rel, href=href, type=type_)


def _text(parent: etree._Element, name: str, text: str) -> None:
    """A child with plain text; characters that XML cannot hold are left out."""
    _child(parent, name).text = re.sub(CONTROL, "", text)


def _child(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    child = parent.makeelement(f"{{{ATOM}}}{name}", attributes)
    parent.append(child)
    return child


def _xml(name: str) -> str:
    return f"{{http://www.w3.org/XML/1998/namespace}}{name}"
