"""Events: sentences that report something dated, with who takes part and which quotations speak of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from builder import anchor
from builder.annotate.document import Document, Paragraph
from builder.annotate.events.carry import carry
from builder.annotate.events.clauses import Clause, clauses
from builder.annotate.events.dating import MAIN, Dating, datings, is_date
from builder.annotate.events.title import title
from builder.model.annotation import Annotation, Event, Mention, Quotation, TimeExpression

if TYPE_CHECKING:
    from spacy.tokens import Span

CERTAIN, LIKELY, CARRIED = 0.8, 0.6, 0.5


def annotate(document: Document, found: Sequence[Annotation]) -> Iterator[Event]:
    """Yields an event for each sentence that reports something dated; `edtf` is null where the date is not known."""
    places = Places(found)
    for paragraph in document.paragraphs:
        yield from _events(document, paragraph, places)


class Places:
    """Annotations by place, so that a sentence of a long text need not look at all of them."""

    def __init__(self, found: Iterable[Annotation]) -> None:
        self._ordered = sorted(found, key=lambda a: (a.start, a.end))
        self._starts = [a.start for a in self._ordered]
        self._reach = list(accumulate((a.end for a in self._ordered), max))  # how far any up to here goes

    def within(self, start: int, end: int) -> list[Annotation]:
        """Gives those that share a code point with [start, end), in order."""
        last = bisect_left(self._starts, end)
        return [a for a in self._ordered[bisect_right(self._reach, start) : last] if a.end > start]


def _events(document: Document, paragraph: Paragraph, places: Places) -> Iterator[Event]:
    before: tuple[Span, Dating] | None = None
    for sentence in paragraph.doc.sents:
        start, end = _limits(sentence, paragraph.start)
        within = places.within(start, end)
        times = [a for a in within if isinstance(a, TimeExpression) and start <= a.start and a.end <= end]
        found = datings(sentence, paragraph.start, times)
        happenings = clauses(sentence, found) if found else []
        if not found and before and not any(is_date(t) for t in times):
            happenings = _carried(sentence, *before)
        for one in happenings:
            yield _event(document, paragraph, one, within, CARRIED if not found else _sure(one))
        before = (sentence, happenings[0].dating) if len(happenings) == 1 else None  # of two it might be either


def _carried(sentence: Span, before: Span, dating: Dating) -> list[Clause]:
    verb = carry(sentence, before, dating)
    if verb is None:
        return []
    again = Dating(dating.time, verb, dating.rank, dating.first, dating.last)
    return [Clause(again, sentence.start, sentence.end, ((sentence.start, sentence.end),))]


def _sure(one: Clause) -> float:
    return CERTAIN if one.dating.rank == MAIN else LIKELY


def _limits(sentence: Span, offset: int) -> tuple[int, int]:
    """Gives where the sentence begins and ends in the text, without the white space around it."""
    words = sentence.text
    start = offset + sentence.start_char + len(words) - len(words.lstrip())
    return start, start + len(words.strip())


def _event(
    document: Document, paragraph: Paragraph, clause: Clause, sentence: Sequence[Annotation], confidence: float
) -> Event:
    text, doc, dating = document.text, paragraph.doc, clause.dating
    words = doc[clause.start : clause.end]
    start, end = _limits(words, paragraph.start)
    parts = [_limits(doc[first:last], paragraph.start) for first, last in clause.parts if first < last]
    people = (a for part in parts for a in _reaching(sentence, *part) if isinstance(a, Mention))
    return Event(
        id=anchor.identify(text, "event", start, end),
        start=start,
        end=end,
        exact=text[start:end],
        title=title(words, dating.verb, text[paragraph.start : paragraph.end]),
        edtf=dating.time.edtf,
        time=dating.time.id,
        participants=tuple(dict.fromkeys(a.entity for a in people)),
        quotations=tuple(a.id for a in _reaching(sentence, start, end) if isinstance(a, Quotation)),
        annotator=document.annotator("events", "2"),
        confidence=confidence,
    )


def _reaching(found: Iterable[Annotation], start: int, end: int) -> Iterator[Annotation]:
    return (a for a in found if a.start < end and a.end > start)
