"""Rules for nouns that carry what is said or thought: `his claim that`, `their support for`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from builder.annotate.document import Paragraph
from builder.annotate.quotations import lexicon
from builder.annotate.quotations.acts import act, complements, infinitive_mark, speaker
from builder.annotate.quotations.content import subtree
from builder.annotate.quotations.frame import Frame, Phrase, place
from builder.annotate.quotations.phrase import extent
from builder.annotate.quotations.polarity import stated

if TYPE_CHECKING:
    from spacy.tokens import Token


def noun_that(line: Paragraph, index: int, noun: Token) -> Iterator[Frame]:
    """`his claim that prices rose`."""
    yield from _noun_clause(line, index, noun, lexicon.STATING_NOUNS, "noun")


def noun_thought(line: Paragraph, index: int, noun: Token) -> Iterator[Frame]:
    """`the belief that prices rise`."""
    yield from _noun_clause(line, index, noun, lexicon.THINKING_NOUNS, "noun-thought")


def _noun_clause(line: Paragraph, index: int, noun: Token, lemmas: frozenset[str], rule: str) -> Iterator[Frame]:
    if noun.pos_ != "NOUN" or noun.lemma_.lower() not in lemmas:
        return
    for head in noun.children:
        marked = any(c.dep_ == "mark" and c.lower_ == "that" for c in head.children)
        if head.dep_ in ("acl", "relcl", "ccomp") and head.i > noun.i and marked and (own := subtree(line, head)):
            if _said_in(noun):
                return
            yield Frame(index, place(line, noun, noun), noun.lemma_.lower(), owner(line, index, noun), (own,), rule)


def carried(line: Paragraph, index: int, noun: Token) -> Iterator[Frame]:
    """`said in a statement that prices rose`, where the parser hangs the clause on the statement."""
    verb = _said_in(noun)
    if verb is None or complements(verb) or not stated(verb):
        return
    for head in noun.children:
        opened = head.left_edge.lower_ == "that" and any(
            c.dep_ == "nsubj" and c.i > head.left_edge.i for c in head.lefts
        )
        if head.dep_ in ("acl", "relcl", "ccomp") and opened and (own := subtree(line, head, head.left_edge.i)):
            yield from act(line, index, verb, [own], "clause")


def _said_in(noun: Token) -> Token | None:
    """The verb of `said in a statement`: the text carries what somebody says, it claims nothing itself."""
    told = noun.dep_ in ("dobj", "dative") and noun.head.lemma_.lower() in lexicon.TELLING
    verb = noun.head if told else noun.head.head
    says = noun.dep_ == "pobj" and verb.pos_ == "VERB" and verb.lemma_.lower() in lexicon.STATEMENT
    return verb if told or says else None


def noun_plan(line: Paragraph, index: int, noun: Token) -> Iterator[Frame]:
    """`his plan to build roads`."""
    if noun.pos_ != "NOUN" or noun.lemma_.lower() not in lexicon.PLANNING_NOUNS:
        return
    for head in noun.children:
        if (
            head.dep_ in ("acl", "relcl")
            and head.tag_ == "VB"
            and infinitive_mark(head)
            and (own := subtree(line, head))
        ):
            yield Frame(
                index, place(line, noun, noun), noun.lemma_.lower(), owner(line, index, noun), (own,), "noun-plan"
            )


def noun_of(line: Paragraph, index: int, noun: Token) -> Iterator[Frame]:
    """`his criticism of the plan`, `Smith's support for the plan`."""
    if noun.pos_ != "NOUN" or noun.lemma_.lower() not in lexicon.OPINION_NOUNS:
        return
    for by in noun.children:
        if by.dep_ == "prep" and by.lower_ in lexicon.LEADING_NOUNS:
            head = next((c for c in by.children if c.dep_ in ("pobj", "pcomp")), None)
            who = owner(line, index, noun)
            if head is not None and who is not None and (who.end <= place(line, by, by)[0]):
                own = subtree(line, head, by.i)
                if own:
                    yield Frame(index, place(line, noun, noun), noun.lemma_.lower(), who, (own,), "noun-of")
                return


def owner(line: Paragraph, index: int, noun: Token) -> Phrase | None:
    """Whose claim: `his claim`, `Smith's claim`, `the claim of Smith`, `made the claim`."""
    for child in noun.children:
        if child.dep_ == "poss":
            phrase = extent(line, index, child, noun.i)
            end = phrase.end
            for tail in child.children:
                if tail.dep_ == "case":
                    end = line.start + tail.idx
            return Phrase(phrase.start, end, child, index)
        if child.dep_ == "prep" and child.lower_ in ("of", "by", "from"):
            return next((extent(line, index, c) for c in child.children if c.dep_ == "pobj"), None)
    if noun.dep_ == "dobj" and noun.head.pos_ == "VERB":
        return speaker(line, index, noun.head)
    return None
