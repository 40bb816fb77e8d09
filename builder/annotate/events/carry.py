"""When a sentence without a date of its own surely happens at the time of the one before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.annotate.events.dating import Dating
from builder.annotate.events.lexicon import HAPPENINGS, REPORTING, TOGETHER

if TYPE_CHECKING:
    from spacy.tokens import Span, Token


def carry(sentence: Span, before: Span, dating: Dating) -> Token | None:
    """Gives the verb that the date of the sentence before dates too; None where that would be a guess."""
    verb = sentence.root
    if verb.tag_ != "VBD" and not any(c.tag_ == "VBD" and c.dep_ == "auxpass" for c in verb.children):
        return None  # only plain past goes on where the story stands
    if verb.lemma_.lower() in REPORTING:
        return None
    if sentence.text.lower().startswith(TOGETHER):
        return verb
    return verb if _same_happening(verb, before) else None


def _same_happening(verb: Token, before: Span) -> bool:
    """True where the subject is `the attack` and the sentence before told of an attack."""
    for subject in verb.lefts:
        if subject.dep_ not in ("nsubj", "nsubjpass") or subject.lemma_.lower() not in HAPPENINGS:
            continue
        definite = any(c.dep_ == "det" and c.lower_ in ("the", "this", "that", "these", "those") for c in subject.lefts)
        return definite and any(_named(t, subject.lemma_) for t in before)
    return False


def _named(token: Token, lemma: str) -> bool:
    return token.lemma_.lower() == lemma.lower() and token.pos_ in ("NOUN", "VERB")
