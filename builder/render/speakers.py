"""Every quotation under who says it: known names A–Z, then where articles disagree, the unnamed, and nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from operator import itemgetter
from typing import Any, Literal, NamedTuple

from msgspec import Struct

from builder.model.annotation import SpeakerKind
from builder.model.archive import Archive, QuotationRecord
from builder.render.derived import At, Placed, places, through
from builder.render.heads import headed
from builder.render.paging import Group, Page, filled, paged, sort_key
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


class _At(At):
    number: int


class Said(Placed):
    """Of a quotation, what tells where it stands and how much room it takes."""

    id: str
    text: str
    occurrences: tuple[_At, ...]
    speaker: str | None
    speaker_name: str
    speaker_kind: SpeakerKind | None
    speakers: tuple[str, ...]


class _Name(Struct):
    """Of a name, what it is called."""

    name: str
    sensitive: str


class _Source(Struct):
    """Of a source, whom it stands for."""

    id: str
    name: str
    kind: str
    entity: str | None
    article: str | None
    sensitive: str


class Known(NamedTuple):
    """Who may be speaking, by id."""

    entities: Mapping[str, _Name]
    sources: Mapping[str, _Source]


Item = tuple[Any, str, int]  # what a quotation is sorted by, its id, and how much it counts for on a page


def voice(record: Said, archive: Known, words: Words) -> Voice:
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


class Register(NamedTuple):
    """The register of quotations: their ids in pages of whole speakers, by folder, and the speakers by heading."""

    pages: Mapping[str, Page[str]]
    voices: Mapping[str, Voice]


def register(archive: Archive, words: Words) -> Register:
    """The register of quotations."""
    found = cache(lambda: tuple(voiced(archive, words)))

    def pages() -> dict[str, Page[str]]:
        made = paged((group for _, group in found()), LIMIT, "quotations/", itemgetter(2))
        return {page.folder: filled(page, itemgetter(1)) for page in made}

    return Register(
        archive.derive("pages of quotations", Page[str], pages),
        archive.derive("voices", Voice, lambda: {voice.id: voice for voice, _ in found()}),
    )


def _size(record: Said) -> int:
    return 1 + (len(record.text) + PLACE * (len(record.occurrences) - 1)) // WORDY


def voiced(archive: Archive, words: Words) -> Iterator[tuple[Voice, Group[Item]]]:
    """Speakers in the register's order, each with what they say, ordered as `as_told` does."""
    order = places(archive.articles)
    told = as_told(lambda slug: order.get(slug, len(order)))
    heads = headed(archive)
    known = Known(dict(through(heads.entities, _Name)), dict(through(heads.sources, _Source)))
    said: dict[str, list[Item]] = defaultdict(list)
    voices: dict[str, Voice] = {}
    for id, record in through(archive.quotations, Said):
        speaker = voice(record, known, words)
        voices.setdefault(speaker.id, speaker)
        said[speaker.id].append((told(record), id, _size(record)))
    for speaker in sorted(voices.values(), key=lambda v: _place(v, order)):
        yield speaker, Group(speaker.id, speaker.name, tuple(sorted(said[speaker.id])))


def elsewhere(archive: Archive) -> dict[str, tuple[QuotationRecord, ...]]:
    """Entity id -> quotations that some article, but not every one, gives to them."""
    found: dict[str, list[QuotationRecord]] = defaultdict(list)
    for id, record in through(archive.quotations, _Speakers):
        if record.speaker is None and len(record.speakers) > 1:
            for entity in _entities(record.speakers, archive):
                found[entity].append(archive.quotations[id])
    return {entity: tuple(records) for entity, records in found.items()}


class _Speakers(Struct):
    """Of a quotation, who is said to say it."""

    speaker: str | None
    speakers: tuple[str, ...]


def _entities(sources: Iterable[str], archive: Archive) -> dict[str, None]:
    known = (archive.sources[s].entity for s in sources if s in archive.sources)
    return {entity: None for entity in known if entity}


def _place(speaker: Voice, order: dict[str, int]) -> tuple[int, int, str, str]:
    article = order.get(speaker.article or "", len(order)) if speaker.standing == "unnamed" else 0
    return ORDER.index(speaker.standing), article, sort_key(speaker.name), speaker.id


def as_told(place: Callable[[str], Any]) -> Callable[[QuotationRecord | Said], Any]:
    """A sorting key: what most articles share, then article by article by its `place`, in the order of its text."""

    def key(record: QuotationRecord | Said) -> tuple[int, list[Any], str]:
        places = [(place(o.article), o.number) for o in record.occurrences]
        return -len(record.articles), sorted(places)[:1], record.id

    return key
