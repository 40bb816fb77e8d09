"""Words of saying that hold quoted words in their grammar: `called the plan "a disaster"`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.annotate.document import Document, Paragraph
from builder.annotate.quotations import lexicon
from builder.annotate.quotations.acts import cue, recipient
from builder.annotate.quotations.frame import Frame, Range
from builder.annotate.quotations.gaps import says
from builder.annotate.quotations.marks import Quoted
from builder.annotate.quotations.phrase import agent, extent, passive, subject
from builder.annotate.quotations.polarity import stated

if TYPE_CHECKING:
    from spacy.tokens import Token

OBJECTS = frozenset({"dobj", "oprd", "ccomp", "xcomp", "attr", "acomp", "dative"})


def above(document: Document, quoted: Quoted) -> Frame | None:
    """Words of saying that hold the quoted words in their grammar: `called the plan "a disaster"`.

    The content is the whole of what the verb says, so that a quoted scrap keeps the words it is said of.
    """
    line = document.paragraphs[quoted.paragraph]
    inner = [t for t in line.doc if quoted.inner[0] <= line.start + t.idx < quoted.inner[1]]
    if not inner:
        return None
    inside = {t.i for t in inner}
    top = next((t for t in inner if t.head.i not in inside), None)
    for _ in range(5):
        if top is None or top.head.i == top.i:
            return None
        top = top.head
        if top.i not in inside and says(top) and stated(top):
            who = agent(top) if passive(top) else subject(top)
            phrase = extent(line, quoted.paragraph, who, top.i) if who is not None and who.i not in inside else None
            return Frame(
                quoted.paragraph, cue(line, top), top.lemma_.lower(), phrase, (_said_of(line, top, quoted),), "above",
                recipient(line, quoted.paragraph, top),
            )  # fmt: skip
        if top.i not in inside and top.pos_ in ("VERB", "AUX") and top.dep_ != "xcomp":
            return None
    return None


def named_so(document: Document, quoted: Quoted) -> bool:
    """`called the plan "a disaster"`: the verb gives something a name, and the marks hold only the name."""
    frame = above(document, quoted)
    return frame is not None and frame.lemma in lexicon.NAMING


def _said_of(line: Paragraph, verb: Token, quoted: Quoted) -> Range:
    """From the first object of the verb to the end of the marks."""
    start, end = quoted.start, quoted.end
    for child in verb.rights:
        at = line.start + child.left_edge.idx
        until = line.start + child.right_edge.idx + len(child.right_edge.text)
        if child.dep_ in OBJECTS and at < quoted.end:
            start = min(start, at)
            end = max(end, until) if at <= quoted.start < until else end
    return start, end
