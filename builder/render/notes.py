"""What stands in the margin of an article, and in the lists below it: view records that templates only lay out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from builder.model.annotation import Citation, Mention, Quotation, Review, Speaker, TimeExpression
from builder.model.archive import (
    Archive,
    ChronologyRecord,
    EntityRecord,
    LinkedArticle,
    QuotationRecord,
    Reviewed,
    SourceRecord,
)
from builder.model.article import Block
from builder.render.words import Words


class Voice(Struct, frozen=True):
    """Who speaks or passes on, as far as is known: the register's record or the article's own words."""

    name: str
    kind: str
    source: SourceRecord | None


class QuotationNote(Struct, frozen=True):
    """A quotation and who said it; `number` is its numbered reference, `elsewhere` the other articles that have it.

    `row` is the dated happening of the chronology that it belongs to.
    """

    id: str
    number: int
    quotation: Quotation
    speaker: Voice | None
    via: Voice | None
    review: Review
    by: str
    note: str
    sensitive: str
    record: QuotationRecord | None
    elsewhere: tuple[str, ...]
    row: ChronologyRecord | None = None

    @property
    def words(self) -> str:
        """The quotation as it stands in the article, its pieces joined where it is interrupted, line breaks gone."""
        start = self.quotation.start
        spans = self.quotation.spans or ((start, self.quotation.end),)
        return " … ".join(" ".join(self.quotation.exact[a - start : b - start].split()) for a, b in spans)


class CitationNote(Struct, frozen=True):
    """A link or printed address; `linkable` is false where the archive names it without a live link.

    `sensitive` is the warning it is folded behind in the text, and so everywhere on the page.
    """

    id: str
    number: int
    citation: Citation
    source: SourceRecord | None
    linkable: bool
    review: Review
    sensitive: str = ""


class DateNote(Struct, frozen=True):
    """A time expression in the article's words; `edtf` None where it cannot be known.

    `row` is the record of the chronology that it dates, or empty.
    """

    id: str
    exact: str
    edtf: str | None
    counted: bool  # true where only a day of publication is missing to count from
    review: Review
    row: str = ""


class NameNote(Struct, frozen=True):
    """A name in this stretch of text: its record, and the first annotation that names it here."""

    id: str
    record: EntityRecord
    review: Review


class Notes(Struct, frozen=True):
    """The margin of one paragraph or list."""

    quotations: tuple[QuotationNote, ...]
    citations: tuple[CitationNote, ...]
    dates: tuple[DateNote, ...]
    names: tuple[NameNote, ...]

    @property
    def numbered(self) -> list[QuotationNote | CitationNote]:
        """Quotations and links in the order of their numbers, which is that of the text."""
        return sorted((*self.quotations, *self.citations), key=lambda note: note.number)

    @property
    def rows(self) -> list[str]:
        """The records of the chronology that its dates lead to."""
        return [note.row for note in self.dates]

    @property
    def named_by_machine(self) -> bool:
        """Whether no editor stands behind any of its names."""
        return all(note.review == "machine" for note in self.names)

    def summary(self, words: Words) -> str:
        """What a folded margin holds: “2 quotations, 1 date and 3 names”."""
        held = (
            (self.quotations, words.ngettext("%(num)s quotation", "%(num)s quotations", len(self.quotations))),
            (self.citations, words.ngettext("%(num)s link", "%(num)s links", len(self.citations))),
            (self.dates, words.ngettext("%(num)s date", "%(num)s dates", len(self.dates))),
            (self.names, words.ngettext("%(num)s name", "%(num)s names", len(self.names))),
        )
        return words.joined([said for notes, said in held if notes])

    def __bool__(self) -> bool:
        return bool(self.quotations or self.citations or self.dates or self.names)


class Margin:
    """Everything annotated in one article, ready to be asked for by stretch of text."""

    def __init__(
        self, linked: LinkedArticle, archive: Archive, rows: Mapping[str, ChronologyRecord] | None = None
    ) -> None:
        self.linked = linked
        self.archive = archive
        self.rows = rows or {}  # of the chronology, by the time expressions and quotations that belong to them
        self.annotations = sorted(linked.reviewed.annotations, key=lambda r: (r.annotation.start, -r.annotation.end))
        self.starts = [reviewed.annotation.start for reviewed in self.annotations]
        self.numbers = numbers(self.annotations)
        self.begins = [block.start for block in linked.article.blocks]
        self.warnings = self._warnings(linked.article.blocks)
        self._quoted: dict[str, QuotationNote] = {}
        self._cited: dict[str, CitationNote] = {}

    def quotations(self, part: Sequence[Reviewed] | None = None) -> tuple[QuotationNote, ...]:
        found = [
            self._quotation(reviewed, reviewed.annotation)
            for reviewed in (self.annotations if part is None else part)
            if isinstance(reviewed.annotation, Quotation)
        ]
        return tuple(found)

    def citations(self, part: Sequence[Reviewed] | None = None) -> tuple[CitationNote, ...]:
        found = [
            self._citation(reviewed, reviewed.annotation)
            for reviewed in (self.annotations if part is None else part)
            if isinstance(reviewed.annotation, Citation)
        ]
        return tuple(found)

    def beside(self, blocks: Sequence[Block]) -> Notes:
        """The notes of what begins in these blocks."""
        part = self.annotations[bisect_left(self.starts, blocks[0].start) : bisect_left(self.starts, blocks[-1].end)]
        return Notes(self.quotations(part), self.citations(part), tuple(self._dates(part)), tuple(self._names(part)))

    def warning(self, block: Block) -> str:
        """What to say before a block that holds sensitive words; empty where none are."""
        return self.warnings.get(block.start, "")

    def fold(self, start: int, end: int) -> str:
        """The warning that a stretch of text is folded behind: the article's own, or that of its block; else empty."""
        if not self.warnings:
            return self.linked.article.sensitive
        blocks = self.linked.article.blocks
        within = blocks[max(bisect_right(self.begins, start) - 1, 0) : bisect_left(self.begins, end)]
        return self.linked.article.sensitive or next(filter(None, map(self.warning, within)), "")

    def _warnings(self, blocks: Sequence[Block]) -> dict[int, str]:
        """Under the start of a block the warning of the first annotation in it that has one."""
        starts, found = self.begins, dict[int, str]()
        for reviewed in self.annotations:
            if warning := self.sensitivity(reviewed):
                start, end = reviewed.annotation.start, reviewed.annotation.end
                for block in blocks[max(bisect_right(starts, start) - 1, 0) : bisect_left(starts, end)]:
                    if block.end > start:
                        found.setdefault(block.start, warning)
        return found

    def sensitivity(self, reviewed: Reviewed) -> str:
        """The warning an annotation is folded behind: its own, or that of the quotation it is an occurrence of."""
        if reviewed.sensitive or not isinstance(reviewed.annotation, Quotation):
            return reviewed.sensitive
        record = self.archive.quotations.get(self.linked.quotations.get(reviewed.annotation.id, ""))
        return record.sensitive if record else ""

    def _quotation(self, reviewed: Reviewed, quotation: Quotation) -> QuotationNote:
        if quotation.id not in self._quoted:  # the margin and the list below have it
            self._quoted[quotation.id] = self._new_quotation(reviewed, quotation)
        return self._quoted[quotation.id]

    def _new_quotation(self, reviewed: Reviewed, quotation: Quotation) -> QuotationNote:
        record = self.archive.quotations.get(self.linked.quotations.get(quotation.id, ""))
        here = self.linked.article.slug
        return QuotationNote(
            quotation.id,
            self.numbers[quotation.id],
            quotation,
            self._voice(quotation.speaker, self.linked.speakers.get(quotation.id)),
            self._voice(quotation.via, self.linked.vias.get(quotation.id)),
            reviewed.review,
            reviewed.by,
            reviewed.note,
            self.sensitivity(reviewed),
            record,
            tuple(slug for slug in record.articles if slug != here) if record else (),
            self._row(quotation.id, dated=True),
        )

    def _voice(self, speaker: Speaker | None, source_id: str | None) -> Voice | None:
        source = self.archive.sources.get(source_id or "")
        if source is not None:
            return Voice(source.sensitive or source.name, speaker.kind if speaker else source.kind, source)
        return Voice(speaker.name or speaker.exact, speaker.kind, None) if speaker else None

    def _citation(self, reviewed: Reviewed, citation: Citation) -> CitationNote:
        if citation.id not in self._cited:
            self._cited[citation.id] = self._new_citation(reviewed, citation)
        return self._cited[citation.id]

    def _new_citation(self, reviewed: Reviewed, citation: Citation) -> CitationNote:
        source = self.archive.sources.get(self.linked.citations.get(citation.id, ""))
        fold = self.fold(citation.start, citation.end)
        quiet = bool(fold) or (source is not None and (source.kind == "account" or bool(source.sensitive)))
        return CitationNote(citation.id, self.numbers[citation.id], citation, source, not quiet, reviewed.review, fold)

    def _dates(self, part: Iterable[Reviewed]) -> Iterator[DateNote]:
        for reviewed in part:
            time = reviewed.annotation
            if isinstance(time, TimeExpression) and (time.edtf or time.timex.type in ("DATE", "TIME")):
                counted = not time.edtf and not self.linked.article.published
                row = self._row(time.id)
                yield DateNote(time.id, time.exact, time.edtf, counted, reviewed.review, row.id if row else "")

    def _row(self, annotation: str, dated: bool = False) -> ChronologyRecord | None:
        row = self.rows.get(annotation)
        return row if row and (row.edtf or not dated) else None

    def _names(self, part: Iterable[Reviewed]) -> Iterator[NameNote]:
        seen: set[str] = set()
        for reviewed in part:
            if isinstance(reviewed.annotation, Mention):
                record = self.archive.entities.get(self.linked.entities.get(reviewed.annotation.id, ""))
                if record and record.id not in seen:
                    seen.add(record.id)
                    yield NameNote(reviewed.annotation.id, record, reviewed.review)


def numbers(annotations: Iterable[Reviewed]) -> dict[str, int]:
    """Quotations and citations numbered as they end, of two that end together the inner one first.

    That is the order in which a reader meets their references.
    """
    referred = [r.annotation for r in annotations if isinstance(r.annotation, Quotation | Citation)]
    return {a.id: n for n, a in enumerate(sorted(referred, key=lambda a: (a.end, -a.start)), 1)}
