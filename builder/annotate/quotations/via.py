"""Through whom a statement reached the article: told to, translated, reprinted, quoted or spotted by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from builder.annotate.document import Document, Paragraph
from builder.annotate.quotations import lexicon
from builder.annotate.quotations.assemble import Said
from builder.annotate.quotations.frame import Phrase
from builder.annotate.quotations.phrase import agent, extent, subject
from builder.annotate.quotations.speakers import Speakers

if TYPE_CHECKING:
    from spacy.tokens import Token

CARRIERS = frozenset({"site", "outlet", "reporter", "correspondent", "journalist", "interviewer"})
PROGRAMMES = frozenset({"programme", "program", "show", "podcast", "edition"})
SPEAKING = frozenset({"speak", "talk", "write", "tell"})
LEADING_TO = lexicon.words("in on to with via during for by at from")


def via(document: Document, said: Said, others: Sequence[Said], speakers: Speakers) -> Phrase | None:
    """Gives the phrase of the one who passed a statement on, or None where the text names nobody."""
    if said.cue is None:
        return None
    line = document.paragraphs[_paragraph(document, said.cue[0])]
    verb = _token(line, said.cue[1])
    if verb is None:
        return None
    index = _paragraph(document, said.cue[0])
    carriers = [*_quoters(line, index, verb)]
    carriers += [
        p for p in (said.recipient, *_beside(line, index, verb)) if p is not None and outlet(document, p, speakers)
    ]
    carriers += [*_passed_on(line, index, verb)]
    carriers += [
        o.speaker
        for o in others
        if o is not said and o.speaker and _within(said.cue, o) and outlet(document, o.speaker, speakers)
    ]
    return next((c for c in carriers if c is not None and not _same(c, said.speaker)), None)


def _same(carrier: Phrase, speaker: Phrase | None) -> bool:
    return speaker is not None and carrier.start < speaker.end and speaker.start < carrier.end


def _within(cue: tuple[int, int], other: Said) -> bool:
    return other.form != "direct" and any(a <= cue[0] and cue[1] <= b for a, b in other.spans)


def _paragraph(document: Document, at: int) -> int:
    return next(i for i, line in enumerate(document.paragraphs) if line.start <= at < line.end)


def _token(line: Paragraph, end: int) -> Token | None:
    span = line.doc.char_span(max(0, end - line.start - 1), end - line.start, alignment_mode="expand")
    return span[-1] if span is not None and len(span) else None


def _quoters(line: Paragraph, index: int, verb: Token) -> Iterator[Phrase | None]:
    """`the agency quoted Smith as saying`, `the site translated one as saying`."""
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as" and verb.head.head.pos_ == "VERB":
        over = verb.head.head
        by = agent(over)
        who = by if by is not None else subject(over) if any(c.dep_ == "dobj" for c in over.children) else None
        if who is not None:
            yield extent(line, index, who, over.i)


def _beside(line: Paragraph, index: int, verb: Token) -> Iterator[Phrase]:
    """`said in an interview with the Post`, `said on Radio 4`, `speaking to the Post, she said`."""
    speaking = [c for c in verb.children if c.dep_ == "advcl" and c.lemma_.lower() in SPEAKING and c.tag_ == "VBG"]
    for by in (by for over in (verb, *speaking) for by in over.children):
        if by.dep_ in ("prep", "dative", "agent") and by.lower_ in LEADING_TO:
            for token in by.subtree:
                if token.dep_ in ("pobj", "poss") and token.pos_ == "PROPN":
                    yield extent(line, index, token)


def _passed_on(line: Paragraph, index: int, verb: Token) -> Iterator[Phrase]:
    """`in a letter published by the Post`, `in tweets spotted by Ouest`: passed on by whom, in the same sentence."""
    for token in verb.sent:
        if token.tag_ == "VBN" and token.lemma_.lower() in lexicon.PASSING_ON and token.i != verb.i:
            who = agent(token)
            if who is not None:
                yield extent(line, index, who, token.i)


def outlet(document: Document, phrase: Phrase, speakers: Speakers) -> bool:
    """True for news organizations and reporters: those who carry what others say."""
    exact = document.text[phrase.start : phrase.end].lower().replace("’", "'")
    words = {w.removesuffix("'s") for w in exact.replace(",", " ").split()}
    mention = speakers.mention(phrase)
    head = phrase.head
    named = head.pos_ == "PROPN" or head.lemma_.lower() in lexicon.OUTLET_WORDS | PROGRAMMES
    if mention is None:
        return named and bool(words & lexicon.OUTLET_WORDS)
    if words & CARRIERS:
        return True
    if mention.label not in ("organization", "work", "product", "place", "facility"):
        return False
    if (words | {w.lower() for w in mention.name.split()}) & lexicon.OUTLET_WORDS:
        return named
    called = (d.noun for d in speakers.described if d.mention is not None and d.mention.entity == mention.entity)
    return any(noun in CARRIERS | lexicon.OUTLET_WORDS for noun in called)
