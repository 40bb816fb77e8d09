"""Who is meant by the words of saying beside a quotation, where grammar or order tells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from builder.annotate.quotations import lexicon
from builder.annotate.quotations.frame import Phrase, place
from builder.annotate.quotations.gaps import Gap
from builder.annotate.quotations.phrase import agent, extent, passive, subject

if TYPE_CHECKING:
    from spacy.tokens import Token

ANIMATE = frozenset({"PROPN", "PRON", "NOUN"})


def who_behind(here: Gap, words: Sequence[Token], verb: Token) -> Phrase | None:
    """The subject by grammar if it stands in the gap, else the noun phrase next to the verb."""
    inside = {t.i for t in here.tokens}
    who = agent(verb) if passive(verb) else subject(verb)
    inverted = words[0].i == verb.i or (words[0].pos_ == "ADV" and len(words) > 1 and words[1].i == verb.i)
    if who is not None and who.i in inside and (not inverted or who.i > verb.i):
        return _extended(here, verb, who) if inverted else extent(here.line, here.index, who, verb.i)
    chunks = [c for c in here.line.doc.noun_chunks if c.root.i in inside]
    right = [c for c in chunks if verb.i < c.root.i <= verb.i + 8]
    left = [c for c in chunks if c.root.i < verb.i]
    pick = right[:1] if inverted else left[:1] or right[:1]
    name = verb.nbor(-1) if verb.i and not pick and verb.i - 1 in inside else None
    if name is not None and name.pos_ == "PROPN":  # `Olsen notes`, which the model takes for a noun
        start, end = place(here.line, name.left_edge, name)
        return Phrase(start, end, name, here.index)
    if pick and inverted:
        return _extended(here, verb, pick[0].root)
    return extent(here.line, here.index, pick[0].root, verb.i) if pick else None


def _extended(here: Gap, verb: Token, noun: Token) -> Phrase:
    """The phrase after an inverted verb, to the end of the name where the parser parted the two."""
    name = _name_after(verb, noun)
    if name is None:
        return extent(here.line, here.index, noun, verb.i)
    start, end = place(here.line, noun.left_edge, name)
    return Phrase(start, end, name, here.index)


def _name_after(verb: Token, noun: Token) -> Token | None:
    """The name that `said seniors advocate Ada Poe` ends in, where the parser took a word of it for a verb."""
    if noun.ent_type_ == "PERSON" or noun.pos_ == "PRON" or noun.i + 1 >= len(noun.doc) or noun.i > verb.i + 4:
        return None
    for token in noun.doc[noun.i + 1 : noun.i + 6]:
        if _parts(token) or token.ent_type_ in ("DATE", "TIME"):
            return None
        if token.ent_type_ == "PERSON" and (token.i + 1 == len(token.doc) or token.nbor(1).ent_iob_ != "I"):
            return token
    return None


def _parts(token: Token) -> bool:
    """A mark or small word that ends a title; the hyphen of `co-host` and the stop of `Lt. Poe` do not."""
    if token.is_punct and not token.nbor(-1).whitespace_:
        return not (token.text == "-" or (token.text == "." and token.nbor(-1).lower_ in lexicon.RANKS))
    return token.is_punct or token.pos_ in ("ADP", "CCONJ", "SCONJ", "AUX")


def who_ahead(here: Gap, words: Sequence[Token], verb: Token, start: int) -> Phrase | None:
    who = agent(verb) if passive(verb) else subject(verb)
    if who is not None and who.i != verb.i and here.line.start + who.idx < start:
        return extent(here.line, here.index, who, verb.i)
    inside = {t.i for t in words}
    chunks = [c for c in here.line.doc.noun_chunks if c.root.i in inside]
    left = [c for c in chunks if c.root.i < verb.i]
    pick = left[-1:] or [c for c in chunks if words[0].i == verb.i]  # `Continued Smith:`
    name = verb.nbor(-1) if verb.i and not left and verb.i - 1 in inside else None
    if name is not None and name.pos_ == "PROPN":  # `Olsen continued:`, which the model takes for one name
        return Phrase(*place(here.line, name.left_edge, name), name, here.index)
    return extent(here.line, here.index, pick[0].root, verb.i) if pick else None


def who_has_it(here: Gap, words: Sequence[Token]) -> Phrase | None:
    """The subject of the sentence that ends in a colon: `Smith had an answer:`."""
    for token in sorted(words, key=lambda t: t.head.dep_ != "ROOT"):
        if (
            token.dep_ in ("nsubj", "nsubjpass")
            and token.pos_ in ANIMATE
            and token.lower_ not in ("that", "this", "it")
        ):
            return extent(here.line, here.index, token, token.head.i)
    people = [t for t in words if t.pos_ == "PROPN" and t.ent_type_ in ("PERSON", "ORG")]
    return extent(here.line, here.index, people[0]) if people else None
