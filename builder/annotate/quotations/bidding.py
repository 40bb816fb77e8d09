"""Rules for what is asked of somebody, promised or wished: infinitives, and objects of `call for` and the like."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from builder.annotate.document import Paragraph
from builder.annotate.quotations import lexicon
from builder.annotate.quotations.acts import act, infinitive_mark
from builder.annotate.quotations.content import reach, subtree, trim
from builder.annotate.quotations.frame import Frame
from builder.annotate.quotations.phrase import passive
from builder.annotate.quotations.polarity import stated

if TYPE_CHECKING:
    from spacy.tokens import Token


def urges(line: Paragraph, index: int, verb: Token) -> Iterator[Frame]:
    """`urged Congress to act`, `told them to leave`: the infinitive is what was said."""
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in lexicon.URGING or passive(verb) or not stated(verb):
        return
    for head in (c for c in verb.children if c.dep_ in ("ccomp", "xcomp", "advcl") and c.i > verb.i):
        to = infinitive_mark(head)
        if to is not None and head.tag_ == "VB" and to.i > verb.i + 1:
            first = min(t.i for t in (to, *head.children) if t.i == to.i or t.dep_ == "neg")  # `not to leave`
            yield from act(line, index, verb, [subtree(line, head, first - 1)], "urges")


def implores(line: Paragraph, index: int, verb: Token) -> Iterator[Frame]:
    """`urges` for the verbs that are always spoken; `told them to leave` may be an order carried out."""
    called = verb.lemma_ != "call" or any(c.lower_ in ("on", "upon") for c in verb.rights)
    if verb.lemma_.lower() in lexicon.IMPLORING and called:
        yield from urges(line, index, verb)


def vows(line: Paragraph, index: int, verb: Token) -> Iterator[Frame]:
    """`vowed to resign`, `threatened to sue`."""
    yield from _infinitive(line, index, verb, lexicon.COMMITTING, "vows")


def wants(line: Paragraph, index: int, verb: Token) -> Iterator[Frame]:
    """`wants to leave`, `plans to run`."""
    yield from _infinitive(line, index, verb, lexicon.WANTING - lexicon.COMMITTING, "wants")


def _infinitive(line: Paragraph, index: int, verb: Token, lemmas: frozenset[str], rule: str) -> Iterator[Frame]:
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in lemmas or passive(verb) or not stated(verb):
        return
    for head in (c for c in verb.children if c.dep_ in ("xcomp", "ccomp") and c.i > verb.i and c.tag_ == "VB"):
        if infinitive_mark(head) is not None:
            yield from act(line, index, verb, [subtree(line, head)], rule)


def calls_for(line: Paragraph, index: int, verb: Token) -> Iterator[Frame]:
    """`called for retaliation`, `warned of floods`."""
    yield from _object_of(line, index, verb, lexicon.PREPOSITIONAL, "calls")


def talks_about(line: Paragraph, index: int, verb: Token) -> Iterator[Frame]:
    """`talked about taxes`, `pushed for reform`."""
    yield from _object_of(line, index, verb, lexicon.ABOUT, "about")


def _object_of(
    line: Paragraph, index: int, verb: Token, table: dict[str, frozenset[str]], rule: str
) -> Iterator[Frame]:
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in table or passive(verb) or not stated(verb):
        return
    for by in verb.children:
        if by.dep_ in ("prep", "prt") and by.lower_ in table[verb.lemma_.lower()]:
            for head in by.children:
                if head.dep_ in ("pobj", "pcomp"):
                    last = reach(verb, head.right_edge.i)
                    yield from act(line, index, verb, [trim(line, by.i + 1, last)], rule)
                    return
