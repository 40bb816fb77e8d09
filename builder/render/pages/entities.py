"""The register of names: A–Z with the other names that lead to them, and by kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from msgspec import Struct

from builder.model.archive import Archive
from builder.model.output import OutputFile
from builder.render import worldmap
from builder.render.heads import Named, names
from builder.render.pages import entity
from builder.render.paging import alphabetical, paged, sort_key
from builder.render.places import Places
from builder.render.template import Site
from builder.render.unit import Only, Unit, files, is_wanted
from builder.render.words import KINDS, Words

LIMIT = 300  # names a page
MAPPED = ("place", "facility")  # kinds whose register shows the map


class Entry(Struct, frozen=True):
    """A line of the register: a name, or another name that leads to it (`see`)."""

    name: str
    record: Named
    see: bool = False


class Register(Struct, frozen=True):
    """A list of names with its own pages: all of them (`kind` empty), or those of one kind."""

    kind: str
    title: str
    folder: str
    entries: tuple[Entry, ...]

    @property
    def path(self) -> str:
        return f"{self.folder}index.html"

    @property
    def names(self) -> int:
        return sum(1 for entry in self.entries if not entry.see)


def units(archive: Archive, site: Site, only: Only = None) -> Iterator[Unit]:
    """Yields a unit for the register of names with those of each kind, and one for every name."""
    if is_wanted("register of names", only):
        yield Unit("register of names", partial(_all, names(archive), archive, site))
    yield from entity.units(archive, site, only)


def render(archive: Archive, site: Site) -> Iterator[OutputFile]:
    """Yields the register's pages, those of each kind, and one or more for every name."""
    yield from files(units(archive, site))


def _all(listed: Mapping[str, Named], archive: Archive, site: Site) -> Iterator[OutputFile]:
    everyone = list(listed.values())
    registers = tuple(_registers(everyone, site.words))
    mapped = worldmap.known(everyone)
    for register in registers:
        yield from _pages(register, registers, mapped if register.kind in MAPPED else [], archive, site)


def _registers(records: Iterable[Named], words: Words) -> Iterator[Register]:
    """A kind's folder is two levels deep, so that it can never be the page of a name."""
    kinds: dict[str, list[Named]] = defaultdict(list)
    for record in records:
        kinds[record.kind].append(record)
    everyone = (record for found in kinds.values() for record in found)
    yield Register(
        "", words.gettext("Names"), entity.FOLDER, tuple(entry for record in everyone for entry in _entries(record))
    )
    for kind in KINDS:
        if kind in kinds:
            entries = tuple(Entry(record.name, record) for record in kinds[kind])
            yield Register(kind, words.kinds(kind), f"{entity.FOLDER}kind/{kind}/", entries)


def _entries(record: Named) -> Iterator[Entry]:
    """A name, and its aliases; one that must be folded is not named a second time."""
    yield Entry(record.name, record)
    listed = {sort_key(record.name)}
    for alias in () if record.sensitive else record.aliases:
        if sort_key(alias) not in listed:
            listed.add(sort_key(alias))
            yield Entry(alias, record, see=True)


def _pages(
    register: Register, registers: tuple[Register, ...], mapped: list[Named], archive: Archive, site: Site
) -> Iterator[OutputFile]:
    pages = paged(alphabetical(register.entries, lambda entry: entry.name), LIMIT, register.folder)
    drawing = worldmap.draw(mapped, site.words)
    letters = [(g.label, f"{p.folder}index.html#{g.id}") for p in pages for g in p.groups if not g.continued]
    for page in pages:
        yield site.page(
            f"{page.folder}index.html",
            "entities.html",
            title=register.title if page.number == 1 else f"{register.title}: {page.label}",
            description=site.words.ngettext(
                "%(num)s name, with every place where it is mentioned.",
                "%(num)s names from A to Z, with every place where each is mentioned.",
                register.names,
            ),
            section="entities",
            to=Places(archive, site.words),
            register=register,
            registers=registers,
            page=page,
            pages=pages,
            letters=letters,
            mapped=mapped if page.number == 1 else [],
            drawing=drawing,
        )
