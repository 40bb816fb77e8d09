"""`articles/<slug>/annotations.jsonld`: the article's annotations as a W3C Web Annotation page.

A target is the article's text in its page; each has a quote and a position selector, the position counted in code
points of that text. An interrupted quotation has one target a piece, because a body applies to every target alone.
What the standard has no words for stands in a body of type `application/json`, with data/annotations.jsonl's keys.
Addresses are absolute where the archive has a base URL, else relative to the file.
Source: https://www.w3.org/TR/annotation-model/
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from builder.anchor import describe
from builder.model.annotation import Annotation, Quotation
from builder.model.archive import Archive, LinkedArticle, Reviewed
from builder.model.output import OutputFile
from builder.render import links
from builder.render.exports import annotation_lines
from builder.render.exports.encode import Record, compact, document
from builder.render.heads import headed, slugs
from builder.render.places import Places
from builder.render.unit import Only, Unit, files, of_kind

if TYPE_CHECKING:
    from builder.render.template import Site

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MOTIVATIONS = {"entity": "identifying", "citation": "linking"}  # the others describe
# The key that says what kind of its type one is.
CLASSES = {"entity": "label", "quotation": "form", "relation": "relation"}
# Said by the standard's own properties, so left out of the JSON body.
ELSEWHERE = {"article", "id", "start", "end", "exact", "annotator", "review", "by", "note"}


def units(archive: Archive, site: Site, only: Only = None) -> Iterator[Unit]:
    """Yields a unit for the page of each article."""
    heads, to = headed(archive), Places(archive, site.words)
    for slug in of_kind("web annotations", slugs(archive), only):
        yield Unit(f"web annotations {slug}", partial(_file, slug, heads, site, to))


def render(archive: Archive, site: Site) -> Iterator[OutputFile]:
    """Yields one page an article, in the archive's order."""
    yield from files(units(archive, site))


def _file(slug: str, archive: Archive, site: Site, to: Places) -> list[OutputFile]:
    path = f"articles/{slug}/annotations.jsonld"
    return [OutputFile(path, _page(archive, archive.open(slug), Addresses(site, to, path)))]


class Addresses:
    """Gives the addresses that the file at `path` uses; `to` knows where records stand."""

    def __init__(self, site: Site, to: Places, path: str) -> None:
        self._site, self.to = site, to
        self._base, self._path = site.config.base_url, path
        self.generator = {"type": "Software", "name": f"Glossator {site.version}"}
        self._known: dict[str, str] = {}
        self._own = self.of(path)

    def of(self, to_path: str) -> str:
        if to_path not in self._known:
            self._known[to_path] = self._of(to_path)
        return self._known[to_path]

    def _of(self, to_path: str) -> str:
        if not self._base:
            return self._site.url(self._path, to_path)
        file, hash_, fragment = to_path.partition("#")
        return links.absolute(self._base, file) + hash_ + fragment

    def own(self, fragment: str = "") -> str:
        """The file itself, or a thing in it; named even from within, since a bare fragment would be no identity."""
        return f"{self._own}#{fragment}" if fragment else self._own


def _page(archive: Archive, linked: LinkedArticle, addresses: Addresses) -> bytes:
    rows = annotation_lines.rows(archive, linked)
    pairs = zip(linked.reviewed.annotations, rows, strict=True)
    source = addresses.of(addresses.to.article(linked.article.slug, "text"))
    items = [_item(archive, linked.article.text, source, addresses, reviewed, row) for reviewed, row in pairs]
    head = {
        "@context": CONTEXT,
        "id": addresses.own(),
        "type": "AnnotationPage",
        "partOf": {
            "id": addresses.own("all"),
            "type": "AnnotationCollection",
            "label": linked.article.title,
            "total": len(items),
        },
        "startIndex": 0,
    }
    return document(head, "items", items)


def _item(archive: Archive, text: str, source: str, addresses: Addresses, reviewed: Reviewed, row: Record) -> Record:
    annotation = reviewed.annotation
    targets = [_target(source, text, start, end) for start, end in _pieces(annotation)]
    return {
        "id": addresses.own(annotation.id),
        "type": "Annotation",
        "motivation": MOTIVATIONS.get(row["type"], "describing"),
        "creator": _creator(reviewed),
        "generator": addresses.generator,
        "body": [*_about(row), *_linked(archive, addresses, row), _fields(row), *_decision(reviewed)],
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _pieces(annotation: Annotation) -> tuple[tuple[int, int], ...]:
    whole = ((annotation.start, annotation.end),)
    return annotation.spans if isinstance(annotation, Quotation) and len(annotation.spans) > 1 else whole


def _target(source: str, text: str, start: int, end: int) -> Record:
    quote = {"type": "TextQuoteSelector", **msgspec.to_builtins(describe(text, start, end))}
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    return {"type": "SpecificResource", "source": source, "selector": [quote, position]}


def _creator(reviewed: Reviewed) -> Record:
    """The editor who made or changed it, else the program that read the text; a confirmed one stays the program's."""
    if reviewed.review in ("corrected", "added"):
        return _editor(reviewed)
    return {"type": "Software", "name": reviewed.annotation.annotator}


def _editor(reviewed: Reviewed) -> Record:
    return {"type": "Person", "name": reviewed.by} if reviewed.by else {"type": "Person"}


def _about(row: Record) -> list[Record]:
    """What a person would be told about the words: of which kind they are, whom or when they mean."""
    kind = row["type"]
    found = [_words("classifying", kind)]
    if key := CLASSES.get(kind):
        found.append(_words("classifying", row[key]))
    if kind == "entity":
        found.append(_words("identifying", row["name"]))
    if row.get("edtf"):
        found.append(_words("describing", row["edtf"]))
    return found


def _linked(archive: Archive, addresses: Addresses, row: Record) -> list[Record]:
    """The register's pages for what is annotated, and a cited address itself."""
    kind, record, source, to, found = row["type"], row["record"], row.get("source"), addresses.to, list[Record]()
    if kind == "entity" and record in archive.entities:
        found.append(_resource("identifying", addresses.of(to.entity(record))))
    elif kind == "quotation" and record in archive.quotations:
        found.append(_resource("linking", addresses.of(to.quotation(record))))
    elif kind == "event" and record:
        found.append(_resource("linking", addresses.of(to.event(record))))
    elif kind == "relation":
        related = (entity for entity in (row["subject"], row["object"]) if entity in archive.entities)
        found.extend(_resource("linking", addresses.of(to.entity(entity))) for entity in related)
    if source and source in archive.sources:
        found.append(_resource("linking", addresses.of(to.source(source))))
    if kind == "citation":
        found.append(_resource("linking", row["url"]) if _is_address(row["url"]) else _words("linking", row["url"]))
    return found


def _fields(row: Record) -> Record:
    own = {key: value for key, value in row.items() if key not in ELSEWHERE}
    return {"type": "TextualBody", "purpose": "describing", "format": "application/json", "value": compact(own)}


def _decision(reviewed: Reviewed) -> list[Record]:
    """The review state, with who stands behind it where an editor decided, and the editor's note."""
    state = _words("assessing", reviewed.review)
    if reviewed.review == "machine":
        return [state]
    noted = [{**_words("commenting", reviewed.note), "creator": _editor(reviewed)}] if reviewed.note else []
    return [{**state, "creator": _editor(reviewed)}, *noted]


def _words(purpose: str, value: str) -> Record:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}


def _resource(purpose: str, address: str) -> Record:
    return {"type": "SpecificResource", "purpose": purpose, "source": address}


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(c.isspace() for c in url)
