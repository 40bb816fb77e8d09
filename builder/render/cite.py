"""How to cite an article, for people, for Zotero (COinS) and for machines (schema.org).

Sources: Z39.88-2004 as Zotero reads it (`rft.type` names the item type), https://schema.org/NewsArticle.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from builder.config import Config
from builder.model.archive import EntityRecord
from builder.model.article import Article
from builder.render import dates, links
from builder.render.words import Words

SCHEMA_TYPES = {"person": "Person", "organization": "Organization", "place": "Place", "facility": "Place"}
MOST_MENTIONS = 12  # described for search engines; the registers have them all


def coins(article: Article) -> str:
    """The article as an OpenURL context object; nothing is said that is not known."""
    known = {
        "ctx_ver": "Z39.88-2004",
        "rft_val_fmt": "info:ofi/fmt:kev:mtx:dc",
        "rft.type": "newspaperArticle",
        "rft.title": article.title,
        "rft.source": article.publisher,
        "rft.creator": article.byline,
        "rft.date": article.published if dates.is_exact(article.published) else "",
        "rft.identifier": article.url,
        "rft.language": article.language,
        "rft.rights": article.rights,
    }
    return urlencode({key: value for key, value in known.items() if value})


def sentence(article: Article, config: Config, address: str, words: Words) -> str:
    """The citation as one line of plain text; `address` is the page's own, empty where the archive has none.

    In words of the other direction the date is isolated: else its day and its month change places.
    """
    day = _day(article.published, words)
    if day and words.direction(article.language) != words.direction(words.spoken):
        day = f"\u2068{day}\u2069"
    said = [
        _stop(article.byline),
        words.gettext("“%(title)s.”", title=article.title.rstrip(".")),
        _stop(", ".join(filter(None, (article.publisher, day)))),
        _stop(article.url),
        _stop(words.gettext("Annotated in %(archive)s", archive=config.title) + (f", {address}" if address else "")),
    ]
    return " ".join(filter(None, said))


def news_article(
    article: Article, config: Config, names: list[EntityRecord], description: str, address: str
) -> dict[str, Any]:
    """The article in schema.org's words; `address` is its public page, empty where there is none."""
    known: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle" if article.publisher else "Article",
        "@id": address,
        "url": address,
        "headline": article.title,
        "description": description,
        "inLanguage": article.language,
        "datePublished": article.published if dates.is_exact(article.published) else "",
        "creditText": article.byline,
        "publisher": {"@type": "Organization", "name": article.publisher} if article.publisher else "",
        "isBasedOn": article.url if links.is_web(article.url) else "",
        "archivedAt": article.archived_url if links.is_web(article.archived_url) else "",
        "copyrightNotice": article.rights,
        "keywords": ", ".join(article.tags),
        "isPartOf": {"@type": "WebSite", "name": config.title},
        "mentions": [_thing(record) for record in names[:MOST_MENTIONS]],
    }
    return {key: value for key, value in known.items() if value}


def _thing(record: EntityRecord) -> dict[str, Any]:
    return {"@type": SCHEMA_TYPES.get(record.kind, "Thing"), "name": record.name}


def _day(edtf: str | None, words: Words) -> str:
    """A date to the day stays on one line: broken in a text of the other direction, its figures would change places."""
    said = dates.readable(edtf, words)
    return said.replace(" ", "\N{NO-BREAK SPACE}") if dates.is_exact(edtf) else said


def _stop(text: str) -> str:
    return text if not text or text.endswith((".", "!", "?", "…")) else text + "."
