"""The register of sources: whom the articles rely on, who passes on whom, and a page for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from builder.model.archive import Archive, EntityRecord, Occurrence, Relay, SourceRecord
from builder.model.output import OutputFile
from builder.render import graph
from builder.render.derived import through, together
from builder.render.heads import Cited, headed
from builder.render.heads import sources as cited
from builder.render.pages import continued
from builder.render.pages.shelf import Shelf, known, shelf
from builder.render.paging import Group, Page, filled, keys, paged, sort_key
from builder.render.places import Places
from builder.render.speakers import as_told
from builder.render.template import Site
from builder.render.unit import Only, Unit, files, is_wanted, of_kind
from builder.render.words import SOURCES, Words

FOLDER = "sources/"
LIMIT = 250  # sources a page
PLACES = 100  # places a page
DRAWN = 40  # relays in the register's drawing
RELAYS = 100  # of the list of who reports whom, a page; of one that fits no page the register has those drawn
ALL = "sources/relays/all/"  # two levels deep, so that it can never be the page of a source


def units(archive: Archive, site: Site, only: Only = None) -> Iterator[Unit]:
    """Yields a unit for the register's pages, and one for every source."""
    heads, on, to = headed(archive), shelf(archive), Places(archive, site.words)
    if is_wanted("register of sources", only):
        yield Unit("register of sources", partial(_registers, cited(archive), heads, site, on, to))
    for id in of_kind("source", archive.sources, only):
        yield Unit(f"source {id}", partial(_source, id, archive, heads, site, on, to))


def render(archive: Archive, site: Site) -> Iterator[OutputFile]:
    """Yields the register's pages and one or more for every source."""
    yield from files(units(archive, site))


def _registers(every: Mapping[str, Cited], archive: Archive, site: Site, on: Shelf, to: Places) -> Iterator[OutputFile]:
    pages = paged(_groups(every, on, site.words), LIMIT, FOLDER)
    for page in pages:
        yield _register(filled(page, together(every, keys(page)).__getitem__), pages, archive, site, on, to)
    yield from _relays(archive, site, on, to)


class _Listed(Struct):
    """Of a source, what tells where it is listed."""

    name: str
    kind: str
    article: str | None


def _groups(every: Mapping[str, Cited], on: Shelf, words: Words) -> Iterator[Group[str]]:
    """Ids by kind, A–Z; the unnamed by article, since nobody can say whether two are the same."""
    kinds: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for id, source in through(every, _Listed):
        beside = (on.place(source.article or ""),) if source.kind == "anonymous" else ()
        kinds[source.kind].append((*beside, sort_key(source.name), id))
    for kind in [*SOURCES, *sorted(set(kinds) - set(SOURCES))]:
        if kinds[kind]:
            yield Group(f"kind-{kind}", words.sources(kind), tuple(id for *_, id in sorted(kinds[kind])))


def _register(
    page: Page[Cited], pages: tuple[Page[str], ...], archive: Archive, site: Site, on: Shelf, to: Places
) -> OutputFile:
    first = page.number == 1
    drawn = _drawn(archive.relays)
    relays = archive.relays if len(archive.relays) <= RELAYS else drawn
    return site.page(
        f"{page.folder}index.html",
        "sources.html",
        title=site.words.gettext("Sources") + ("" if first else f": {page.label}"),
        description=site.words.ngettext(
            "%(num)s source: whom the articles rely on, who reports whom.",
            "%(num)s sources: whom the articles rely on, who reports whom.",
            len(archive.sources),
        ),
        section="sources",
        to=to,
        on=on,
        page=page,
        pages=pages,
        kinds=[(g.label, f"{p.folder}index.html#{g.id}") for p in pages for g in p.groups if not g.continued],
        published=on.published,
        relays=relays if first else (),
        drawing=drawing(archive.relays, archive, site.words) if first else Markup(""),
        drawn=DRAWN,
        every=f"{ALL}index.html" if len(relays) < len(archive.relays) else "",
        archive=archive,
    )


def _relays(archive: Archive, site: Site, on: Shelf, to: Places) -> Iterator[OutputFile]:
    """Who reports whom, whole, in pages of its own where the register has no room for it."""
    if len(archive.relays) <= RELAYS:
        return
    reports: dict[str, list[Relay]] = defaultdict(list)
    for relay in archive.relays:
        reports[relay.reporter].append(relay)
    names = {s.id: s.sensitive or s.name for s in known(reports, archive.sources)}
    ordered = sorted(names, key=lambda id_: (sort_key(names[id_]), id_))
    pages = paged((Group(f"from-{id_}", names[id_], tuple(reports[id_])) for id_ in ordered), RELAYS, ALL)
    title = site.words.gettext("Who reports whom")
    for page in pages:
        yield site.page(
            f"{page.folder}index.html",
            "relays.html",
            title=f"{title}: {page.label}" if page.number > 1 else title,
            description=title,
            section="sources",
            to=to,
            on=on,
            page=page,
            pages=pages,
            relays=[relay for group in page.groups for relay in group.items],
            archive=archive,
        )


def _drawn(relays: Iterable[Relay], most: int = DRAWN) -> list[Relay]:
    """The reports with most places."""
    return sorted(relays, key=lambda r: (-len(r.occurrences), r.reporter, r.reported))[:most]


def drawing(relays: Iterable[Relay], archive: Archive, words: Words) -> Markup:
    """Who passes on whom, the reports with most places first; a folded name is replaced by its warning."""
    shown = _drawn(relays)
    ids = dict.fromkeys(id_ for r in shown for id_ in (r.reporter, r.reported))
    nodes = [graph.Node(s.id, s.sensitive or s.name, s.kind) for s in known(ids, archive.sources)]
    edges = [graph.Edge(r.reporter, r.reported, any(o.review != "machine" for o in r.occurrences)) for r in shown]
    return graph.diagram(nodes, edges, words)


def _live(source: SourceRecord, entity: EntityRecord | None, on: Shelf) -> bool:
    """Whether its address may be a link: accounts if the editor says so, others unless only folded articles cite it."""
    if source.kind == "account":
        return bool(entity and entity.live)
    cited = {occurrence.article for occurrence in source.occurrences}
    return not cited or not all(map(on.warning, sorted(cited)))


def _source(id: str, whole: Archive, archive: Archive, site: Site, on: Shelf, to: Places) -> Iterator[OutputFile]:
    source = whole.sources[id]
    pages: tuple[Page[Occurrence], ...] = paged(on.by_article(source.occurrences), PLACES, f"{FOLDER}{source.id}/")
    title = source.sensitive or source.name
    relays = on.relays.get(source.id, ())
    entity = archive.entities.get(source.entity or "")
    published = known(on.published.get(source.name, ()) if source.kind == "publication" else (), on.articles)
    lists = (
        ("published", site.words.gettext("Articles it published"), published),
        (
            "said",
            site.words.gettext("What is taken from it"),
            sorted(known(source.quotations, archive.quotations), key=as_told(on.place)),
        ),
    )
    parts = continued.parts(f"{FOLDER}{source.id}/", lists)
    for page in pages:
        yield site.page(
            f"{page.folder}index.html",
            "source.html",
            title=title
            if page.number == 1
            else site.words.gettext("%(name)s: page %(page)s", name=title, page=page.number),
            description=site.words.gettext("%(name)s: what the articles rely on it for.", name=title),
            section="sources",
            to=to,
            on=on,
            record=source,
            page=page,
            pages=pages,
            entity=entity,
            live=_live(source, entity, on),
            published=published,
            parts=parts,
            relays=relays,
            drawing=drawing(relays, archive, site.words) if page.number == 1 else Markup(""),
            archive=archive,
        )
    home = f"{FOLDER}{source.id}/index.html"
    shared: dict[str, Any] = {"record": source, "section": "sources", "to": to, "on": on, "archive": archive}
    yield from continued.render(title, home, parts.values(), site, **shared)
