"""Dates, times, durations and sets, normalised to TIMEX3 and EDTF.

Read in this order: `scan` finds expressions by the rules of `parts`, `dates`, `relative`, `weekdays`, `durations`,
`clock` and `vague`; `join` and `bounds` bring together what belongs together; `resolve` counts them; `happenings`
counts those that are told by something that happened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder import anchor
from builder.annotate.document import Document
from builder.annotate.times.bounds import bound
from builder.annotate.times.grammar import is_aside, looks
from builder.annotate.times.happenings import from_happenings
from builder.annotate.times.join import joined
from builder.annotate.times.meaning import Tense
from builder.annotate.times.narrative import is_narrative
from builder.annotate.times.published import read
from builder.annotate.times.resolve import values
from builder.annotate.times.scan import Found, find
from builder.annotate.times.tense import said_by_lead, tense_of
from builder.model.annotation import Annotation, TimeExpression, Timex

ANNOTATOR = "times@2"


def annotate(document: Document, found: Sequence[Annotation]) -> Iterator[TimeExpression]:
    """Yields the document's time expressions in order; relative ones keep `edtf` null without a publication date."""
    yield from from_happenings(document, list(_alone(document)))


def _alone(document: Document) -> Iterator[TimeExpression]:
    """The expressions as they are told by each other and by the day of publication."""
    text, published = document.text, read(document.published)
    expressions = bound(text, joined(text, find(text)))
    tenses = [_tense(document, one.found) for one in expressions]
    narrative = is_narrative(text, published.last.year if published else None)
    asides = [narrative and is_aside(document, one.found.start, one.found.end) for one in expressions]
    for one, outcome in zip(expressions, values(expressions, tenses, published, narrative, asides), strict=True):
        if outcome is None:
            continue
        value, edtf = outcome
        start, end = one.found.start, one.found.end
        yield TimeExpression(
            id=anchor.identify(text, "time", start, end),
            start=start,
            end=end,
            exact=text[start:end],
            timex=Timex(value.type, value.value),
            edtf=edtf,
            annotator=ANNOTATOR,
            confidence=0.9 if edtf else 0.7,
        )


def _tense(document: Document, one: Found) -> Tense:
    """Gives the tense: told by the words right before, by the parse, or by the verbs near."""
    said = said_by_lead(document.text, one.start)
    if said == "unknown" and document.paragraphs:
        said = looks(document, one.start, one.end)
    return tense_of(document.text, one.start, one.end) if said == "unknown" else said
