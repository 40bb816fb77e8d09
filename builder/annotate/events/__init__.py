"""Events: sentences that report something dated, with who takes part and which quotations speak of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from builder import anchor
from builder.annotate.document import Document, Paragraph
from builder.annotate.events.carry import carry
from builder.annotate.events.dating import MAIN, Dating, date, is_date
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
        dating = date(sentence, paragraph.start, times)
        confidence = LIKELY if dating and dating.rank != MAIN else CERTAIN
        if dating is None and before and not any(is_date(t) for t in times):
            verb = carry(sentence, *before)
            dating = Dating(before[1].time, verb, before[1].rank) if verb is not None else None
            confidence = CARRIED
        before = (sentence, dating) if dating else None
        if dating:
            yield _event(document, paragraph, sentence, dating, within, confidence)


def _limits(sentence: Span, offset: int) -> tuple[int, int]:
    """Gives where the sentence begins and ends in the text, without the white space around it."""
    words = sentence.text
    start = offset + sentence.start_char + len(words) - len(words.lstrip())
    return start, start + len(words.strip())


def _event(
    document: Document,
    paragraph: Paragraph,
    sentence: Span,
    dating: Dating,
    within: Sequence[Annotation],
    confidence: float,
) -> Event:
    text = document.text
    start, end = _limits(sentence, paragraph.start)
    people = dict.fromkeys(a.entity for a in within if isinstance(a, Mention))
    return Event(
        id=anchor.identify(text, "event", start, end),
        start=start,
        end=end,
        exact=text[start:end],
        title=title(sentence, dating.verb, text[paragraph.start : paragraph.end]),
        edtf=dating.time.edtf,
        time=dating.time.id,
        participants=tuple(people),
        quotations=tuple(a.id for a in within if isinstance(a, Quotation)),
        annotator=document.annotator("events", "2"),
        confidence=confidence,
    )
