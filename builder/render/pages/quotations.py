"""The register of quotations: under who says them, each with every article that gives it and how it gives it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial

from msgspec import Struct

from builder.model.archive import Archive, QuotationOccurrence, QuotationRecord, SourceRecord
from builder.model.output import OutputFile
from builder.render import speakers
from builder.render.derived import together
from builder.render.differ import Piece, compare, differs
from builder.render.heads import headed
from builder.render.pages.shelf import Shelf, shelf
from builder.render.paging import Page, contents, filled, keys, letter
from builder.render.places import Places
from builder.render.template import Site
from builder.render.unit import Only, Unit, files, of_kind
from builder.render.words import Words


class Version(Struct, frozen=True):
    """How one article gives a quotation: its wording against the fullest, and whom it names."""

    place: QuotationOccurrence
    pieces: tuple[Piece, ...]
    differs: bool
    speaker: SourceRecord | None
    via: SourceRecord | None
    warning: str


class Shown(Struct, frozen=True):
    """A quotation as the page shows it; `disputed` where its articles name different speakers."""

    record: QuotationRecord
    versions: tuple[Version, ...]
    warning: str
    disputed: bool


class Outline(Struct, frozen=True):
    """What every page of the register tells of the others: the pages, and where letters begin (label, path)."""

    pages: tuple[Page[str], ...]
    letters: tuple[tuple[str, str], ...]


def units(archive: Archive, site: Site, only: Only = None) -> Iterator[Unit]:
    """Yields a unit for each page of the register."""
    words = site.words
    heads, on, to, (pages, voices) = (
        headed(archive),
        shelf(archive),
        Places(archive, words),
        speakers.register(archive, words),
    )
    outline = archive.derive("outline of quotations", Outline, lambda: {"": _outline(pages.values(), voices, words)})
    for folder in of_kind("quotations", pages, only):
        yield Unit(f"quotations {folder}", partial(_file, folder, pages, outline, voices, heads, site, on, to))


def render(archive: Archive, site: Site) -> Iterator[OutputFile]:
    """Yields the register's pages."""
    yield from files(units(archive, site))


def _file(
    folder: str,
    pages: Mapping[str, Page[str]],
    outline: Mapping[str, Outline],
    voices: Mapping[str, speakers.Voice],
    archive: Archive,
    site: Site,
    on: Shelf,
    to: Places,
) -> list[OutputFile]:
    found, words = pages[folder], site.words
    page = filled(found, together(archive.quotations, keys(found)).__getitem__)
    made = site.page(
        f"{folder}index.html",
        "quotations.html",
        title=words.gettext("Quotations") + (f": {page.label}" if page.number > 1 else ""),
        description=words.ngettext(
            "%(num)s quotation, as each article gives it.",
            "%(num)s quotations by speaker, as each article gives it.",
            len(archive.quotations),
        ),
        section="quotations",
        to=to,
        on=on,
        page=page,
        pages=outline[""].pages,
        letters=list(outline[""].letters),
        groups=[(voices[_voice_id(g.id, voices)], g, [shown(q, archive, on) for q in g.items]) for g in page.groups],
        archive=archive,
    )
    return [made]


def _outline(pages: Collection[Page[str]], voices: Mapping[str, speakers.Voice], words: Words) -> Outline:
    letters = _letters(pages, voices, words) if len(pages) > 1 else []
    return Outline(contents(pages), tuple(letters))


def _letters(pages: Iterable[Page[str]], voices: Mapping[str, speakers.Voice], words: Words) -> list[tuple[str, str]]:
    """Where each letter begins, and each sort of speaker without a name: label, path."""
    labels = {
        "disputed": words.gettext("Articles name different speakers"),
        "unnamed": words.gettext("Unnamed, by article"),
        "unknown": words.gettext("The article does not say who"),
    }
    found: dict[str, str] = {}
    for page in pages:
        for group in page.groups:
            voice = voices[_voice_id(group.id, voices)]
            label = labels.get(voice.standing) or letter(voice.name)
            found.setdefault(label, f"{page.folder}index.html#{group.id}")
    return list(found.items())


def shown(record: QuotationRecord, archive: Archive, on: Shelf) -> Shown:
    """Everything the page says of a quotation, worked out."""
    versions = tuple(_version(record, place, archive, on) for place in record.occurrences)
    folded = record.sensitive or next((v.warning for v in versions if v.warning), "")
    named = {v.place.speaker for v in versions if v.place.speaker}
    return Shown(record, versions, folded, len(named) > 1 and record.speaker is None)


def _version(record: QuotationRecord, place: QuotationOccurrence, archive: Archive, on: Shelf) -> Version:
    pieces = compare(record.text, place.said)
    speaker, via = archive.sources.get(place.speaker or ""), archive.sources.get(place.via or "")
    return Version(place, pieces, differs(pieces), speaker, via, on.warning(place.article, place.sensitive))


def _voice_id(group: str, voices: Mapping[str, speakers.Voice]) -> str:
    """A long speaker's later pieces carry a number after the id."""
    return group if group in voices else group.rsplit("-", 1)[0]
