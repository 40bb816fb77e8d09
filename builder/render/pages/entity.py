"""The page of a name: what it is, every mention in its words, what it said, its dates, and whom it is named with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any
from urllib.parse import quote

from msgspec import Struct

from builder.model.archive import Archive, EntityRecord, Occurrence, RelationRecord
from builder.model.output import OutputFile
from builder.render import graph
from builder.render.answers import several
from builder.render.heads import headed
from builder.render.pages import continued
from builder.render.pages.continued import Part
from builder.render.pages.shelf import Shelf, known, shelf
from builder.render.paging import Page, paged, sort_key
from builder.render.places import Places
from builder.render.searchable import mentions
from builder.render.speakers import as_told
from builder.render.template import Site
from builder.render.unit import Only, Unit, of_kind
from builder.render.words import Words

FOLDER = "entities/"
MENTIONS = 60  # mentions a page

# How a scheme is called, and where its identifiers lead, for the schemes everyone knows; others are shown as words.
SCHEMES = {
    "wikidata": ("Wikidata", "https://www.wikidata.org/wiki/{}"),
    "viaf": ("VIAF", "https://viaf.org/viaf/{}"),
    "gnd": ("GND", "https://d-nb.info/gnd/{}"),
    "lcnaf": ("Library of Congress", "https://id.loc.gov/authorities/names/{}"),
    "isni": ("ISNI", "https://isni.org/isni/{}"),
    "orcid": ("ORCID", "https://orcid.org/{}"),
    "ror": ("ROR", "https://ror.org/{}"),
    "geonames": ("GeoNames", "https://www.geonames.org/{}"),
}


class Identifier(Struct, frozen=True):
    """A number someone is known by elsewhere; `url` is empty for schemes without a known address."""

    scheme: str
    value: str
    url: str


Told = tuple[RelationRecord, EntityRecord, EntityRecord | None]  # what is said, of whom, and to whom where known
Company = tuple[EntityRecord, int]  # someone named in the same articles, and how many articles that is


def units(archive: Archive, site: Site, only: Only = None) -> Iterator[Unit]:
    """Yields a unit for the pages of every name."""
    heads, on, to = headed(archive), shelf(archive), Places(archive, site.words)
    for id in of_kind("entity", archive.entities, only):
        yield Unit(f"entity {id}", partial(_pages, id, archive, heads, site, on, to))


def _pages(id: str, whole: Archive, archive: Archive, site: Site, on: Shelf, to: Places) -> Iterator[OutputFile]:
    record = whole.entities[id]
    pages = paged(on.by_article(record.occurrences), MENTIONS, f"{FOLDER}{record.id}/")
    company = _company(record, archive)
    home = f"{FOLDER}{record.id}/index.html"
    parts = continued.parts(f"{FOLDER}{record.id}/", _lists(record, archive, on, site.words))
    for page in pages:
        yield site.page(
            f"{page.folder}index.html",
            "entity.html",
            title=_title(record, page, site.words),
            description=_description(record, site.words),
            section="entities",
            jsonld=_jsonld(record, site, home),
            to=to,
            on=on,
            record=record,
            page=page,
            pages=pages,
            identifiers=[identifier(*pair) for pair in sorted(record.identifiers.items())],
            similar=known(record.similar, archive.entities),
            company=company,
            ego=_ego(record, company, on, site.words),
            parts=parts,
            contents=_contents(parts, company, site.words),
            reviews=[occurrence.review for group in page.groups for occurrence in group.items],
            sources=on.sources.get(record.id, ()),
            archive=archive,
        )
    shared: dict[str, Any] = {"record": record, "section": "entities", "to": to, "on": on, "archive": archive}
    yield from continued.render(record.sensitive or record.name, home, parts.values(), site, **shared)


def _lists(
    record: EntityRecord, archive: Archive, on: Shelf, words: Words
) -> Iterator[tuple[str, str, Sequence[object]]]:
    """What the articles have of it, list by list: key, title, items."""
    many = record.kind in ("person", "group")
    said = words.gettext("What they said") if many else words.gettext("What it said")
    naming = words.gettext("Quotations that name them") if many else words.gettext("Quotations that name it")
    own = sorted(known(record.quotations, archive.quotations), key=as_told(on.place))
    yield "said", said, own
    yield "disputed", said, on.disputed.get(record.id, ())
    yield "about", naming, known(on.quotations_naming(record), archive.quotations)
    yield "dates", words.gettext("Dates"), known(record.events, on.events)
    yield "told", words.gettext("What the articles state"), _told(record, archive)


def _contents(parts: dict[str, Part], company: Sequence[Company], words: Words) -> list[tuple[str, str]]:
    """The parts of the first page: fragment and heading."""
    found = [("mentions", words.gettext("Where it is mentioned"))]
    found += [(key, parts[key].title) for key in ("said", "about", "dates", "told") if parts[key].items]
    return [*found, ("company", words.gettext("Named in the same articles"))] if company else found


def identifier(scheme: str, value: str) -> Identifier:
    """An identifier with its scheme's full name, and its address where the scheme is known."""
    name, address = SCHEMES.get(scheme.casefold(), (scheme, ""))
    return Identifier(name, value, address.format(quote(value, safe="/")) if address else "")


def _told(record: EntityRecord, archive: Archive) -> list[Told]:
    """What the articles say it is to others and others to it; its own part first."""
    found = ((r, archive.entities[r.subject], archive.entities.get(r.object or "")) for r in record.relations)
    return sorted(found, key=lambda told: told[1].id != record.id)


def _company(record: EntityRecord, archive: Archive) -> list[Company]:
    """Those named in the same articles, most articles first."""
    others = several(archive.entities, [seen.entity for seen in record.seen_with])
    each = zip(others, record.seen_with, strict=True)
    found = [(other, seen.articles) for other, seen in each if other is not None]
    return sorted(found, key=lambda pair: (-pair[1], sort_key(pair[0].name), pair[0].id))


def _ego(record: EntityRecord, company: Sequence[Company], on: Shelf, words: Words) -> str:
    shown = [_node(other, articles) for other, articles in company[: graph.MOST]]
    if len(shown) < graph.FEW:
        return ""
    note = words.ngettext(
        "%(num)s name around %(middle)s; the list beside it has it too.",
        "%(num)s names around %(middle)s; the list beside it names them.",
        len(shown),
        middle=_shown(record),
    )
    return graph.ego(_node(record, 0), shown, _ties(shown, on), words.gettext("Named in the same articles"), note)


def _ties(shown: Sequence[graph.Node], on: Shelf) -> dict[tuple[str, str], int]:
    """In how many articles two of those shown are named together."""
    ids = [node.id for node in shown]
    left = set(ids)  # those whose ties are not all known yet
    ties: dict[tuple[str, str], int] = {}
    for one, near in zip(ids, several(on.company, ids), strict=True):
        assert near is not None
        beside = sorted([(-near[other], other) for other in left if other in near])
        for articles, other in beside:
            ties[(one, other) if one < other else (other, one)] = -articles
        if len(near) < graph.MOST:  # these are all whom it is named with, so that none of its ties is left
            left.discard(one)
    return ties


def _node(record: EntityRecord, weight: int) -> graph.Node:
    return graph.Node(record.id, _shown(record), record.kind, weight)


def _shown(record: EntityRecord) -> str:
    """What may stand in the open: a name that is folded is replaced by its warning."""
    return record.sensitive or record.name


def _title(record: EntityRecord, page: Page[Occurrence], words: Words) -> str:
    if page.number == 1:
        return _shown(record)
    return words.gettext("%(name)s: mentions, page %(page)s", name=_shown(record), page=page.number)


def _description(record: EntityRecord, words: Words) -> str:
    if record.sensitive:
        return record.sensitive
    return f"{record.description} {record.name}, {words.kind(record.kind)}: {mentions(record, words)}.".strip()


TYPES = {"person": "Person", "organization": "Organization", "place": "Place", "facility": "Place", "event": "Event"}


def _jsonld(record: EntityRecord, site: Site, path: str) -> dict[str, object] | None:
    """schema.org's words for who or what it is; nothing for what is folded, and no claim beyond the record."""
    if record.sensitive:
        return None
    data: dict[str, object] = {"@context": "https://schema.org", "@type": TYPES.get(record.kind, "Thing")}
    data["name"] = record.name
    links = [i.url for i in (identifier(*pair) for pair in sorted(record.identifiers.items())) if i.url]
    optional = {"description": record.description, "alternateName": list(record.aliases), "sameAs": links}
    data.update({key: value for key, value in optional.items() if value})
    if site.config.base_url:
        data["url"] = site.canonical(path)
    if record.coordinates and data["@type"] == "Place":
        latitude, longitude = record.coordinates
        data["geo"] = {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}
    return data
