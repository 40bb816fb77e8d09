"""Every quotation under who says it: known names A–Z, then where articles disagree, the unnamed, and nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal

from msgspec import Struct

from builder.model.archive import Archive, QuotationRecord
from builder.render.paging import Group, Page, paged, sort_key
from builder.render.words import Words

LIMIT = 60  # quotations a page, where they are short and in one article
WORDY, PLACE = 400, 200  # letters that weigh as much as one more quotation, and as how many one more article counts
Standing = Literal["named", "disputed", "unnamed", "unknown"]
ORDER: tuple[Standing, ...] = ("named", "disputed", "unnamed", "unknown")


class Voice(Struct, frozen=True):
    """One heading of the register: `entity`, `source` and `article` are record ids, as far as they are known."""

    standing: Standing
    name: str
    id: str
    entity: str | None = None
    source: str | None = None
    article: str | None = None


def voice(record: QuotationRecord, archive: Archive, words: Words) -> Voice:
    """Whom a quotation stands under: never a guess, never one of several whom articles name."""
    if record.speaker and record.speaker in archive.entities:
        known = archive.entities[record.speaker]
        name = known.sensitive or record.speaker_name or known.name
        return Voice("named", name, f"by-{record.speaker}", entity=record.speaker)
    if len(record.speakers) > 1:
        return Voice("disputed", words.gettext("Articles name different speakers"), "by-several")
    source = archive.sources.get(record.speakers[0]) if record.speakers else None
    shown = (source.sensitive or source.name) if source else ""
    if record.speaker_kind == "anonymous" or (source and source.kind == "anonymous"):
        article = source.article if source and source.article else record.articles[0]
        name = shown or record.speaker_name or words.gettext("unnamed")
        id_ = source.id if source else record.id
        return Voice("unnamed", name, f"source-{id_}", source=id_ if source else None, article=article)
    if source:
        return Voice("named", shown, f"source-{source.id}", source.entity, source.id)
    if record.speaker_name:
        return Voice("named", record.speaker_name, f"name-{sort_key(record.speaker_name).replace(' ', '-')}")
    return Voice("unknown", words.gettext("The article does not say who"), "by-nobody")


def pages(archive: Archive, words: Words) -> Mapping[str, Page[QuotationRecord]]:
    """The register of quotations in pages of whole speakers, by folder."""

    def made() -> dict[str, Page[QuotationRecord]]:
        groups = (group for _, group in voiced(archive, words))
        return {page.folder: page for page in paged(groups, LIMIT, "quotations/", _size)}

    return archive.derive("pages of quotations", Page[QuotationRecord], made)


def _size(record: QuotationRecord) -> int:
    return 1 + (len(record.text) + PLACE * (len(record.occurrences) - 1)) // WORDY


def voiced(archive: Archive, words: Words) -> Iterator[tuple[Voice, Group[QuotationRecord]]]:
    """Speakers in the register's order, each with what they say, ordered as `as_told` does."""
    order = {a.slug: n for n, a in enumerate(archive.articles)}
    said: dict[str, list[QuotationRecord]] = defaultdict(list)
    voices: dict[str, Voice] = {}
    for record in archive.quotations.values():
        speaker = voice(record, archive, words)
        voices.setdefault(speaker.id, speaker)
        said[speaker.id].append(record)
    for speaker in sorted(voices.values(), key=lambda v: _place(v, order)):
        ordered = sorted(said[speaker.id], key=as_told(lambda slug: order.get(slug, len(order))))
        yield speaker, Group(speaker.id, speaker.name, tuple(ordered))


def elsewhere(archive: Archive) -> dict[str, tuple[QuotationRecord, ...]]:
    """Entity id -> quotations that some article, but not every one, gives to them."""
    found: dict[str, list[QuotationRecord]] = defaultdict(list)
    for record in archive.quotations.values():
        if record.speaker is None and len(record.speakers) > 1:
            for entity in _entities(record.speakers, archive):
                found[entity].append(record)
    return {entity: tuple(records) for entity, records in found.items()}


def _entities(sources: Iterable[str], archive: Archive) -> dict[str, None]:
    known = (archive.sources[s].entity for s in sources if s in archive.sources)
    return {entity: None for entity in known if entity}


def _place(speaker: Voice, order: dict[str, int]) -> tuple[int, int, str, str]:
    article = order.get(speaker.article or "", len(order)) if speaker.standing == "unnamed" else 0
    return ORDER.index(speaker.standing), article, sort_key(speaker.name), speaker.id


def as_told(place: Callable[[str], Any]) -> Callable[[QuotationRecord], Any]:
    """A sorting key: what most articles share, then article by article by its `place`, in the order of its text."""

    def key(record: QuotationRecord) -> tuple[int, list[Any], str]:
        places = [(place(o.article), o.number) for o in record.occurrences]
        return -len(record.articles), sorted(places)[:1], record.id

    return key
