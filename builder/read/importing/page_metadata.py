"""What a web page states about itself: JSON-LD, OpenGraph, meta elements. Nothing is read out of its looks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup, Tag

from builder.read.importing.stated import edtf
from builder.read.keys import KEYS, Wrong

ARTICLE_TYPES = (
    *("NewsArticle", "Article", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "BlogPosting"),
    *("ScholarlyArticle", "TechArticle", "BackgroundNewsArticle", "ReviewNewsArticle", "Report", "WebPage"),
)
META = {
    "title": ("og:title", "twitter:title", "citation_title", "dc.title", "dcterms.title", "headline"),
    "dek": ("og:description", "description", "twitter:description"),
    "byline": ("author", "article:author", "byl", "dc.creator", "dcterms.creator", "citation_author", "parsely-author"),
    "publisher": ("og:site_name", "publisher", "dc.publisher", "dcterms.publisher", "citation_publisher"),
    "published": (
        *("article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.issued", "pubdate"),
        *("dcterms.date", "citation_publication_date", "parsely-pub-date", "publish-date", "sailthru.date"),
    ),
    "url": ("og:url",),
    "language": ("og:locale", "dc.language", "dcterms.language"),
    "rights": ("copyright", "dc.rights", "dcterms.rights"),
}
NO_NAME = ("http://", "https://", "/")


def stated(soup: BeautifulSoup) -> dict[str, str]:
    """Front matter keys with what the page states for them, each from the first place that states it soundly."""
    found: dict[str, str] = {}
    metas = _metas(soup)
    data = next(_articles(soup), {})
    for key in ("title", "dek", "byline", "publisher", "published", "url", "language", "rights"):
        candidates = [
            *_from_json(data, key),
            *(_element(soup, key) if key in ("url", "language") else ()),
            *(words for name in META[key] for words in metas.get(name, ())),
            *(_element(soup, key) if key in ("title", "published") else ()),
        ]
        if value := next(filter(None, (_sound(key, words) for words in candidates)), ""):
            found[key] = value
    return found


def _sound(key: str, words: str) -> str:
    """The value as front matter may hold it; empty where it may not."""
    words = " ".join(words.split())
    if key == "published":
        return edtf(words) or ""
    if key == "language":
        words = words.replace("_", "-")
    if not words or (key in ("byline", "publisher") and words.startswith(NO_NAME)):
        return ""
    try:
        return str(KEYS[key](words) or "")
    except Wrong:
        return ""


def _metas(soup: BeautifulSoup) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for meta in soup.find_all("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name and meta.get("content"):
            metas.setdefault(str(name).lower(), []).append(str(meta["content"]))
    return metas


def _articles(soup: BeautifulSoup) -> Iterator[dict[str, Any]]:
    """Descriptions of the page's article in JSON-LD, the most specific kinds first."""
    nodes: list[dict[str, Any]] = []
    for script in soup.find_all("script", type="application/ld+json"):
        try:
            nodes.extend(_nodes(json.loads(script.get_text(), strict=False)))
        except (ValueError, RecursionError):
            continue  # the page's own mistake; other places may state the same
    for type_ in ARTICLE_TYPES:
        yield from (node for node in nodes if type_ in _list(node.get("@type")))


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    for item in _list(value):
        if isinstance(item, dict):
            yield item
            yield from _nodes(item.get("@graph"))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _from_json(data: dict[str, Any], key: str) -> list[str]:
    if key == "byline":
        return [", ".join(dict.fromkeys(filter(None, map(_name, _list(data.get("author"))))))]
    names = {
        "title": ("headline", "name"),
        "dek": ("alternativeHeadline", "description"),
        "publisher": ("publisher",),
        "published": ("datePublished",),
        "url": ("url",),
        "language": ("inLanguage",),
    }
    return [_name(value) for name in names.get(key, ()) for value in _list(data.get(name))[:1]]


def _name(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name") or value.get("alternateName")
    return value if isinstance(value, str) else ""


def _element(soup: BeautifulSoup, key: str) -> list[str]:
    if key == "title":
        headings = soup.find_all("h1")
        alone = [headings[0].get_text(" ")] if len(headings) == 1 else []
        return [*alone, *(title.get_text() for title in soup.find_all("title")[:1])]
    if key == "url":
        return [str(link["href"]) for link in soup.find_all("link", rel="canonical", href=True)]
    if key == "language":
        return [str(soup.html.get("lang", ""))] if isinstance(soup.html, Tag) else []
    return [str(time["datetime"]) for time in soup.find_all("time", datetime=True) if _says_published(time)]


def _says_published(time: Tag) -> bool:
    return time.has_attr("pubdate") or "datePublished" in str(time.get("itemprop", ""))
