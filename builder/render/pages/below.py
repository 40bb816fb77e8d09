"""What stands below an article's text: its names, references, dates and voices, and the articles it is joined to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from builder.model.annotation import Event, Mention, Review
from builder.model.archive import Archive, ArticleSummary, ChronologyRecord, EntityRecord, LinkedArticle, in_order
from builder.render import years
from builder.render.notes import CitationNote, Margin, QuotationNote
from builder.render.pages import continued
from builder.render.pages.continued import Part
from builder.render.pages.shelf import Shelf, known
from builder.render.relays import Heard, heard
from builder.render.words import KINDS, Words


class Named(Struct, frozen=True):
    """A name of the article: how often it stands there, and where first."""

    record: EntityRecord
    first: str
    count: int


class Happening(Struct, frozen=True):
    """A dated sentence of the article and its row in the shared chronology."""

    annotation: str
    record: ChronologyRecord
    title: str
    why: str  # there is no date
    review: Review


class Sibling(Struct, frozen=True):
    """Another article that shares quotations or names with this one."""

    summary: ArticleSummary
    quotations: tuple[tuple[str, str], ...]  # record id, words (empty where they are folded)
    names: tuple[EntityRecord, ...]


class Below(Struct, frozen=True):
    """The lists, in the order of the page; one that is empty is not shown."""

    names: tuple[Named, ...]
    references: Part  # of notes, by their numbers
    voices: tuple[Heard, ...]
    happenings: Part
    siblings: tuple[Sibling, ...]

    def contents(self, words: Words) -> list[tuple[str, str]]:
        """The parts of the page: fragment and heading."""
        parts = (
            (self.names, "in-names", words.gettext("Named in this article")),
            (self.references.items, "in-references", self.references.title),
            (self.voices, "in-relays", words.gettext("Who reports whom")),
            (self.happenings.items, "in-dates", self.happenings.title),
            (self.siblings, "in-also", words.gettext("Also in")),
            (True, "in-cite", words.gettext("Cite and reuse")),
        )
        return [(fragment, heading) for items, fragment, heading in parts if items]

    @property
    def long(self) -> tuple[Part, ...]:
        """What only begins on the article's page, if it is too long for it."""
        return self.references, self.happenings


def below(linked: LinkedArticle, archive: Archive, on: Shelf, margin: Margin, words: Words) -> Below:
    """Gathers everything that an article's page lists."""
    quotations = margin.quotations()
    references: list[QuotationNote | CitationNote] = [*quotations, *margin.citations()]
    told = (
        ("references", words.gettext("Quotations and references"), sorted(references, key=lambda note: note.number)),
        ("dates", words.gettext("When it happened"), tuple(_happenings(linked, on, words))),
    )
    parts = continued.parts(f"articles/{linked.article.slug}/", told)
    return Below(
        names=tuple(_names(linked, archive)),
        references=parts["references"],
        voices=tuple(heard(quotations, linked.article.publisher)),
        happenings=parts["dates"],
        siblings=tuple(_siblings(linked, archive, on.articles)),
    )


def _names(linked: LinkedArticle, archive: Archive) -> list[Named]:
    first: dict[str, str] = {}
    count: Counter[str] = Counter()
    mentions = [r.annotation for r in linked.reviewed.annotations if isinstance(r.annotation, Mention)]
    for mention in sorted(mentions, key=lambda mention: mention.start):
        record_id = linked.entities.get(mention.id, "")
        first.setdefault(record_id, mention.id)
        count[record_id] += 1
    each = ((archive.entities.get(id_), id_) for id_ in first)
    found = [Named(record, first[id_], count[id_]) for record, id_ in each if record is not None]
    return sorted(found, key=lambda named: (-named.count, named.record.name))


def by_kind(names: Iterable[Named]) -> dict[str, list[Named]]:
    """Names under their kinds, in the order of KINDS."""
    found: dict[str, list[Named]] = {kind: [] for kind in KINDS}
    for named in names:
        found.setdefault(named.record.kind, []).append(named)
    return {kind: members for kind, members in found.items() if members}


def _happenings(linked: LinkedArticle, on: Shelf, words: Words) -> list[Happening]:
    """The article's events in the order of the chronology; a row told twice stands once."""
    found: dict[str, Happening] = {}
    for reviewed in linked.reviewed.annotations:
        record = on.events.get(linked.events.get(reviewed.annotation.id, ""))
        if record and isinstance(reviewed.annotation, Event):
            why = years.why(record, on.articles, words)
            title = reviewed.annotation.title if record.evidence else record.title  # the article's own words
            found.setdefault(record.id, Happening(reviewed.annotation.id, record, title, why, reviewed.review))
    return sorted(found.values(), key=lambda happening: in_order(happening.record))


def _siblings(linked: LinkedArticle, archive: Archive, summaries: Mapping[str, ArticleSummary]) -> Iterator[Sibling]:
    for slug, quotations, entities in linked.also:
        if (summary := summaries.get(slug)) is not None:
            quiet = bool(linked.article.sensitive or summary.sensitive)
            shared = known(quotations, archive.quotations)
            said = tuple([(record.id, "" if quiet or record.sensitive else record.text) for record in shared])
            yield Sibling(summary, said, known(entities, archive.entities))
