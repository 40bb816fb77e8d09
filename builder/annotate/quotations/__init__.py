"""Quotations: what is said, in whose words, by whom, and through whom it reached the article.

marks finds the quoted stretches, indirect the acts of saying by grammar, assemble brings both together,
speakers says who the speakers are, confidence how often a reading of that kind is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder.anchor import identify
from builder.annotate.document import Document
from builder.annotate.quotations import indirect, marks
from builder.annotate.quotations.assemble import Said, assemble
from builder.annotate.quotations.confidence import confidence
from builder.annotate.quotations.speakers import Speakers
from builder.annotate.quotations.via import via
from builder.model.annotation import Annotation, Quotation, Speaker
from builder.model.selector import Span

VERSION = "2"


def annotate(document: Document, found: Sequence[Annotation]) -> Iterator[Annotation]:
    """Yields the document's quotations in text order."""
    quoted = marks.scan(document)
    said = assemble(document, quoted, indirect.frames(document, quoted))
    speakers = Speakers(document, found, quoted)
    by = document.annotator("quotations", VERSION)
    named = _in_order_of_naming(said, speakers)
    for at, one in enumerate(said):
        carrier = via(document, one, said, speakers)
        yield _quotation(document, one, named[at], speakers.resolve(carrier) if carrier else None, by)


def _in_order_of_naming(said: Sequence[Said], speakers: Speakers) -> dict[int, Speaker | None]:
    """Resolves speakers as a reader meets them, so that `he` can look back on who spoke before."""
    order = sorted(range(len(said)), key=lambda i: _named_at(said[i]))
    return {i: speakers.resolve(phrase) if (phrase := said[i].speaker) else None for i in order}


def _named_at(said: Said) -> int:
    return said.speaker.start if said.speaker else 0


def _quotation(document: Document, said: Said, speaker: Speaker | None, via: Speaker | None, by: str) -> Quotation:
    text = document.text
    start, end = said.spans[0][0], said.spans[-1][1]
    return Quotation(
        id=identify(text, "quotation", start, end),
        start=start,
        end=end,
        exact=text[start:end],
        spans=said.spans,
        form=said.form,
        speaker=speaker,
        cue=Span(said.cue[0], said.cue[1], text[said.cue[0] : said.cue[1]]) if said.cue else None,
        via=via,
        annotator=by,
        confidence=confidence(said, text),
    )
