"""Block quotations without marks: `In a statement, the ministry said:`, and what was said in the paragraph after it.

A colon also leads to lists, pictures, lost posts and the article's own words. So the words before it must end in an act
of saying, and the paragraph after it must read as what somebody said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from builder.annotate.document import Document, Paragraph
from builder.annotate.quotations.frame import Frame, Range
from builder.annotate.quotations.gaps import says
from builder.annotate.quotations.introduction import introduction
from builder.annotate.quotations.marks import Quoted
from builder.annotate.quotations.transcript import LABEL

if TYPE_CHECKING:
    from spacy.tokens import Token

ITEM = re.compile(r"\s*(?:[-*•·–—▪◦<]|\(?\d{1,2}[.)]\s|\(?[a-zA-Z][.)]\s)")
WHOLE = re.compile(r"\s*[\[(…]*[^\W\d_a-z].*[.?!…][)\]]*\s*$", re.S)
SINGULAR = frozenset({"i", "me", "my", "mine", "myself"})
PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})
SECOND = frozenset({"you", "your", "yours"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
SHOWN = frozenset({"tweet", "post", "retweet", "share"})  # what a page showed is often lost from its text
SHORTEST = 4  # words


def introduced(document: Document, quoted: Sequence[Quoted]) -> Iterator[Frame]:
    """Yields a frame for each block; its contents are whole paragraphs."""
    marked = {q.paragraph for q in quoted if not q.single}
    lines = document.paragraphs
    after = 0  # no block leads to another
    for index, line in enumerate(lines[:-1]):
        if index < after or not document.text[line.start : line.end].rstrip().endswith(":"):
            continue
        since = max((q.end for q in quoted if q.paragraph == index), default=line.start)
        act = introduction(document, index, since)
        if act is None or not _fits(document, lines[index + 1], act):
            continue
        if index + 1 in marked and _reports(lines[index + 1]):
            continue
        after = index + 1 + _length(document, index + 1, marked)
        contents = tuple(_content(document, block) for block in lines[index + 1 : after])
        yield Frame(index, act.cue, act.lemma, act.speaker, contents, "block", act.recipient)


def _content(document: Document, line: Paragraph) -> Range:
    text = document.text[line.start : line.end]
    return line.start + len(text) - len(text.lstrip()), line.start + len(text.rstrip())


def _fits(document: Document, line: Paragraph, act: Frame) -> bool:
    """Whole sentences that can be the speaker's: not the article going on about them."""
    words = {t.lower_ for t in line.doc}
    if not _sentences(document, line) or act.speaker is None:
        return False
    head = act.speaker.head
    if head.pos_ == "PROPN" and head.ent_type_ not in ("ORG", "GPE") and head.lower_ in words:
        return False
    if words & (SINGULAR | PLURAL | SECOND):
        return True
    told = line.doc[0].lower_ == head.lower_ and head.lower_ in ("he", "she", "they")
    return not told and act.lemma not in SHOWN and not _reports(line)


def _sentences(document: Document, line: Paragraph) -> bool:
    text = document.text[line.start : line.end]
    if ITEM.match(text) or LABEL.match(text) or not WHOLE.match(text):
        return False
    spoken = [t for t in line.doc if not t.is_punct and not t.is_space]
    root = next(line.doc.sents).root
    return len(spoken) >= SHORTEST and (root.tag_ == "VB" or any(t.tag_ in FINITE for t in spoken))


def _reports(line: Paragraph) -> bool:
    """The paragraph has words of saying of its own: somebody else is telling."""
    return any(says(t) and t.tag_ in FINITE and _third(t) for t in line.doc)


def _third(verb: Token) -> bool:
    who = [c for c in verb.children if c.dep_ == "nsubj"]
    return bool(who) and who[-1].lower_ not in SINGULAR | PLURAL | SECOND


def _length(document: Document, first: int, marked: set[int]) -> int:
    """How many paragraphs the speaker goes on for: as long as each says `I`, or each says `we`."""
    lines = document.paragraphs
    own = _persons(lines[first])
    last = first
    while own and last + 1 < len(lines) and last + 1 not in marked:
        line = lines[last + 1]
        own &= _persons(line)
        if not own or _reports(line) or not _sentences(document, line):
            break
        last += 1
    return last - first + 1


def _persons(line: Paragraph) -> set[str]:
    words = {t.lower_ for t in line.doc}
    return {name for name, forms in (("I", SINGULAR), ("we", PLURAL)) if words & forms}
