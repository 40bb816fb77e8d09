"""The register of quotations: under who says them, each with every article that gives it and how it gives it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from builder.model.archive import Archive, QuotationOccurrence, QuotationRecord, SourceRecord
from builder.model.output import OutputFile
from builder.render import speakers
from builder.render.differ import Piece, compare, differs
from builder.render.pages.shelf import Shelf, shelf
from builder.render.places import Places
from builder.render.template import Site


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


def render(archive: Archive, site: Site) -> Iterator[OutputFile]:
    """Yields the register's pages."""
    words = site.words
    on, to, pages = shelf(archive), Places(archive, words), speakers.pages(archive, words)
    voices = {voice.id: voice for voice, _ in speakers.voiced(archive, words)}
    index = [(g.label, f"{p.folder}index.html#{g.id}", len(g.items)) for p in pages for g in p.groups]
    for page in pages:
        yield site.page(
            f"{page.folder}index.html",
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
            pages=pages,
            index=index,
            groups=[
                (voices[_voice_id(g.id, voices)], g, [shown(q, archive, on) for q in g.items]) for g in page.groups
            ],
            archive=archive,
        )


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


def _voice_id(group: str, voices: dict[str, speakers.Voice]) -> str:
    """A long speaker's later pieces carry a number after the id."""
    return group if group in voices else group.rsplit("-", 1)[0]
