"""Dates counted from a happening: `four days after the flood`, where the article dates the flood by that word.

Where it does not, or names more than one flood, the words are kept as they stand and their date is not known.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from builder import anchor
from builder.annotate.document import Document, Paragraph
from builder.annotate.times.beyond import Step, step
from builder.annotate.times.lexicon import words
from builder.annotate.times.period import Period, of
from builder.model.annotation import TimeExpression, Timex

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

# Verbs that say of a happening that it was: the flood hit the town, the vote took place.
OCCURRING = frozenset({"happen", "occur", "take", "hold", "hit", "strike", "be"})
MAY_BE = ("may", "might", "could", "should", "would", "must", "can")
TELLING_APART = ("amod", "compound", "nummod", "poss", "nmod")
DAY_BESIDE = words(r"the day (?P<way>before|after)")
SPACE = words(" ")
ON = words(r" (?:on|of) ")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
SURE = 0.6


class Counted(NamedTuple):
    """A length with `after`, and where the words begin that say after what."""

    step: Step
    behind: int


def from_happenings(document: Document, found: Sequence[TimeExpression]) -> Iterator[TimeExpression]:
    """Yields the expressions; those that count from a happening with its words and, if it can be told, their date."""
    for at, one in enumerate(found):
        counted = _counted(document.text, one)
        later = found[at + 1].start if at + 1 < len(found) else len(document.text)
        yield (counted and _told(document, found, one, counted, later)) or one


def _counted(text: str, one: TimeExpression) -> Counted | None:
    if one.edtf is None and (beside := DAY_BESIDE.fullmatch(one.exact)) and (space := SPACE.match(text, one.end)):
        return Counted(Step("day", -1 if beside["way"].lower() == "before" else 1), space.end())
    if one.timex.type != "DURATION":
        return None
    length = step(text, one.start, one.end, one.timex.value)
    return Counted(*length) if length else None


def _told(
    document: Document, found: Sequence[TimeExpression], one: TimeExpression, counted: Counted, later: int
) -> TimeExpression | None:
    named = _named(document, counted.behind)
    if named is None:
        return None
    paragraph, happening = named
    end = paragraph.start + happening.end_char
    if end > later:
        return None  # another date stands there, and says more
    day = _beside(document.text, found, end) or _day(document, found, happening)
    period = counted.step.from_(day) if day else None
    id_, exact = anchor.identify(document.text, "time", one.start, end), document.text[one.start : end]
    wider = replace(one, id=id_, end=end, exact=exact)
    if period is None:
        return wider
    return replace(wider, timex=Timex("DATE", period.timex()), edtf=period.edtf(), confidence=SURE)


def _paragraph(document: Document, at: int) -> Paragraph | None:
    number = bisect_right(document.paragraphs, at, key=lambda p: p.start) - 1
    return document.paragraphs[number] if number >= 0 and at < document.paragraphs[number].end else None


def _named(document: Document, start: int) -> tuple[Paragraph, Span] | None:
    """Gives the words for the happening: a noun with its article, or as much of a clause as has its verb."""
    paragraph = _paragraph(document, start)
    if paragraph is None:
        return None
    at = paragraph.doc.char_span(start - paragraph.start, start - paragraph.start + 1, alignment_mode="expand")
    if not at:
        return None
    first = at[0]
    for chunk in first.sent.noun_chunks:
        if chunk.start == first.i:
            return paragraph, _with_verb(chunk)
    return (paragraph, at) if first.tag_ == "VBG" else None


def _with_verb(chunk: Span) -> Span:
    """`Four days after the ship had left`: the noun alone is no happening."""
    root, before = chunk.root, chunk.start - 1
    marked = any(c.dep_ == "mark" and c.i == before for c in root.head.children)
    if root.dep_ in ("nsubj", "nsubjpass") and root.head.i > root.i and marked:
        return chunk.doc[chunk.start : root.head.i + 1]
    return chunk


def _beside(text: str, found: Sequence[TimeExpression], end: int) -> Period | None:
    """The day named right behind the happening: `the day before the vote on 3 May`."""
    for one in found:
        if one.edtf and DAY.fullmatch(one.edtf) and ON.fullmatch(text, end, max(end, one.start)):
            return of("day", date.fromisoformat(one.edtf))
    return None


def _day(document: Document, found: Sequence[TimeExpression], named: Span) -> Period | None:
    """The one day the article gives for what the words name; None where they say more than a noun."""
    noun = named.root
    if noun.tag_ != "NN" or any(t.i != noun.i and t.lower_ not in ("the", "that", "this") for t in named):
        return None
    word = noun.lemma_.lower()
    if any(_is_another(token, word) for paragraph in document.paragraphs for token in paragraph.doc):
        return None
    days = {one.edtf for one in found if one.edtf and DAY.fullmatch(one.edtf) and _dates(document, one, word)}
    return of("day", date.fromisoformat(days.pop())) if len(days) == 1 else None


def _is_another(token: Token, word: str) -> bool:
    """True of a second flood: several, or one that is told from others."""
    if token.pos_ not in ("NOUN", "PROPN") or token.lemma_.lower() != word:
        return False
    told = (c for c in token.lefts if c.ent_type_ not in ("DATE", "TIME"))
    return token.tag_ in ("NNS", "NNPS") or any(c.dep_ in TELLING_APART or c.lower_ == "another" for c in told)


def _dates(document: Document, one: TimeExpression, word: str) -> bool:
    """True of a day that the noun or verb `word` has beside it, or on which it is said to have been."""
    paragraph = _paragraph(document, one.start)
    if paragraph is None:
        return False
    offset = paragraph.start
    span = paragraph.doc.char_span(one.start - offset, one.end - offset, alignment_mode="expand")
    head = _head(span.root) if span else None
    if head is None or any(c.dep_ == "neg" or c.lower_ in MAY_BE for c in head.children):
        return False
    if head.lemma_.lower() == word:
        return True
    subjects = (c for c in head.lefts if c.dep_ in ("nsubj", "nsubjpass"))
    return head.lemma_.lower() in OCCURRING and any(c.lemma_.lower() == word for c in subjects)


def _head(token: Token) -> Token | None:
    """What a date hangs on, through its preposition."""
    return next((head for head in token.ancestors if head.pos_ != "ADP"), None)
