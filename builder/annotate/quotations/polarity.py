"""Tells whether a verb of saying reports that something was said, or that it was not, might be, or should be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.annotate.quotations.lexicon import words

if TYPE_CHECKING:
    from spacy.tokens import Token

NEGATING = frozenset({"not", "n't", "never", "neither", "nor", "hardly", "no", "nobody", "none", "nothing"})
MODALS = frozenset({"would", "could", "might", "may", "should", "must", "can", "shall", "'d", "ca", "cannot"})
RESTRICTING = frozenset({"only", "merely", "later", "then", "often", "also", "always", "sometimes", "just"})
REFUSING = words("""
    refuse decline fail avoid stop forget hesitate neglect omit wait want need hope plan try""")
CONDITIONS = frozenset({"if", "whether", "unless", "lest"})
# `went on to say`, `was quick to add`: the infinitive after these is a fact.
BEARING_OUT = words("""
    go begin continue start proceed come happen seem appear manage hasten use dare love like""")


def negated(verb: Token) -> bool:
    """True for `did not say`, `never said`, `nobody said`, `refused to say`, `without saying`."""
    for child in verb.children:
        if child.lower_ in NEGATING and (child.dep_ == "neg" or child.i < verb.i) and not _quoted(child, verb):
            return True
        if child.dep_ in ("nsubj", "nsubjpass") and any(
            t.lower_ in ("no", "nobody", "none", "neither", "nothing") and t.i <= child.i and not _quoted(t, verb)
            for t in child.subtree
        ):
            return True
    if verb.dep_ in ("xcomp", "ccomp") and verb.head.lemma_.lower() in REFUSING and _infinitive(verb):
        return True
    if verb.dep_ == "pcomp" and verb.head.lower_ in ("without", "from", "instead", "than"):
        return verb.head.head.lower_ not in ("aside", "apart")
    return verb.dep_ in ("xcomp", "conj") and verb.head.pos_ in ("VERB", "AUX") and _shared_negation(verb)


def _quoted(word: Token, verb: Token) -> bool:
    """A quotation mark parts the two: the `not` of `"I will not," she said` is not the verb's."""
    return any(t.is_quote for t in verb.doc[min(word.i, verb.i) : max(word.i, verb.i)])


def _shared_negation(verb: Token) -> bool:
    if verb.dep_ == "xcomp":
        return negated(verb.head)
    has_own = any(c.dep_ in ("nsubj", "aux", "auxpass") for c in verb.children)
    return not has_own and any(c.dep_ == "neg" for c in verb.head.children) and verb.tag_ in ("VB",)


def _infinitive(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def hypothetical(verb: Token) -> bool:
    """True for `might say`, `would say`, `if he says`, `wants to say`, `to say that … is wrong`."""
    aux = [c.lower_ for c in verb.children if c.dep_ == "aux"]
    adverbs = {c.lower_ for c in verb.children if c.dep_ == "advmod"}
    if any(a in MODALS for a in aux) and "have" not in aux:
        return not (adverbs & RESTRICTING) or any(a in ("should", "must", "might", "could", "can") for a in aux)
    if any(c.dep_ == "mark" and c.lower_ in CONDITIONS for c in verb.children):
        return True
    if _infinitive(verb):
        head = verb.head
        used = any(c.dep_ in ("auxpass", "nsubjpass") for c in head.children)
        return used or not (verb.dep_ == "xcomp" and (head.lemma_.lower() in BEARING_OUT or head.pos_ == "ADJ"))
    if verb.tag_ == "VB" and not aux and not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
        return verb.dep_ == "ROOT" or (verb.dep_ == "conj" and verb.head.i != verb.i and hypothetical(verb.head))
    return False


def stated(verb: Token) -> bool:
    """True where the words report something that was indeed said."""
    return not negated(verb) and not hypothetical(verb)
