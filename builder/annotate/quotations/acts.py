"""An act of saying or thinking, put together from a verb: its cue, its speaker, the one told, its content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from builder.annotate.document import Paragraph
from builder.annotate.quotations.frame import Frame, Phrase, Range, place
from builder.annotate.quotations.phrase import agent, beside, dashed, extent, passive, subject

if TYPE_CHECKING:
    from spacy.tokens import Token


def cue(line: Paragraph, verb: Token) -> Range:
    """The verb with its auxiliaries and particle as far as they stand together."""
    first = last = verb.i
    doc = line.doc
    while first > 0 and doc[first - 1].head == verb and doc[first - 1].dep_ in ("aux", "auxpass", "neg"):
        first -= 1
    while last + 1 < len(doc) and doc[last + 1].head == verb and doc[last + 1].dep_ == "prt":
        last += 1
    return place(line, doc[first], doc[last])


def speaker(line: Paragraph, index: int, verb: Token) -> Phrase | None:
    """The phrase of the one who says: the subject, or after a passive the agent."""
    if passive(verb):
        who = agent(verb)
    else:
        who = subject(verb)
        near = beside(verb)
        if who is None or (near is not None and dashed(who, verb)):
            who = near
    if who is None or who.i == verb.i:
        return None
    return extent(line, index, who, verb.i)


def recipient(line: Paragraph, index: int, verb: Token) -> Phrase | None:
    """The one who is told."""
    for child in verb.children:
        if child.dep_ in ("dobj", "dative") and child.i > verb.i and child.pos_ in ("PROPN", "PRON", "NOUN"):
            return extent(line, index, child)
        if child.dep_ in ("dative", "prep") and child.lower_ == "to":
            return next((extent(line, index, c) for c in child.children if c.dep_ == "pobj"), None)
    return None


def act(line: Paragraph, index: int, verb: Token, contents: Sequence[Range | None], rule: str) -> Iterator[Frame]:
    kept = tuple(r for r in contents if r and r[0] < r[1])
    who = speaker(line, index, verb) if kept else None
    if kept and not (who is not None and any(a <= who.start and who.end <= b for a, b in kept)):
        yield Frame(index, cue(line, verb), verb.lemma_.lower(), who, kept, rule, recipient(line, index, verb))


def complements(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ == "ccomp" and finite(c)]


def finite(head: Token) -> bool:
    """A clause of its own; `her voice rising` is none."""
    if head.tag_ == "VBG" and not any(c.dep_ == "aux" for c in head.children):
        return False
    return any(c.dep_ in ("nsubj", "nsubjpass", "expl", "csubj", "mark", "aux", "attr") for c in head.children) or (
        head.tag_ in ("VBD", "VBZ", "VBP", "MD")
    )


def infinitive_mark(head: Token) -> Token | None:
    return next((c for c in head.children if c.dep_ == "aux" and c.lower_ == "to"), None)
