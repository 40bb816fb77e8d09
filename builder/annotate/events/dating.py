"""Which time expression of a sentence dates what it reports, and which verb that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.annotate.events.lexicon import COMPARING, CONDITIONS, HAPPENINGS, MODALS, REPORTING, SCENES
from builder.model.annotation import TimeExpression
from builder.model.counted import counts_from_happening

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

REFERENCES = ("PAST_REF", "PRESENT_REF", "FUTURE_REF")
NAMING = frozenset({"compound", "nummod", "poss", "amod", "nmod"})  # the 1990 war, Wednesday's ruling
MAIN, SIDE, NOUN = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Dating:
    """A time expression, the verb it dates, and how directly (lower `rank` is better)."""

    time: TimeExpression
    verb: Token
    rank: int
    first: int  # the time's tokens in the doc, half open
    last: int


def datings(sentence: Span, offset: int, times: Sequence[TimeExpression]) -> list[Dating]:
    """Gives the time expressions that date what the sentence reports; empty where only the telling is dated.

    `offset` is where the sentence's doc begins in the text; `times` are those within the sentence, in order.
    """
    if sentence.text.rstrip().endswith("?"):
        return []
    return [d for time in times if is_date(time) for d in _dating(sentence, offset, time)]


def is_date(time: TimeExpression) -> bool:
    """True of what names a day or a longer stretch of the calendar, even where it cannot be told which."""
    if time.timex.type == "DURATION":
        return counts_from_happening(time.exact)
    return time.timex.type in ("DATE", "TIME") and time.timex.value not in REFERENCES


def _dating(sentence: Span, offset: int, time: TimeExpression) -> Iterator[Dating]:
    span = sentence.doc.char_span(time.start - offset, time.end - offset, alignment_mode="expand")
    if span is None or span.root.i >= sentence.end or span.root.i < sentence.start:
        return
    root = span.root
    if root.dep_ in NAMING and root.head.i not in range(span.start, span.end) and root.head.pos_ != "VERB":
        return
    if _compared(sentence, span.start):
        return
    verb, through_noun = _governor(root, span.start, span.end)
    if verb is None or not _happens(verb) or _tells(verb):
        return
    rank = MAIN if _is_main(verb) else SIDE
    if through_noun and rank == SIDE:
        return
    yield Dating(time, verb, NOUN if through_noun else rank, span.start, span.end)


def _compared(sentence: Span, start: int) -> bool:
    """True of the date of an older figure: `up from four million crowns in 1998`."""
    for at in range(start - 1, sentence.start, -1):
        token = sentence.doc[at]
        if token.pos_ in ("VERB", "AUX") and token.lower_ != "compared":
            return False
        if token.lower_ in COMPARING:
            return any(t.like_num or t.is_currency for t in sentence.doc[at + 1 : min(at + 4, start)])
    return False


def _governor(token: Token, start: int, end: int) -> tuple[Token | None, bool]:
    """Gives the verb, or the noun of a happening, above the time, and whether another noun stands between."""
    through_noun = False
    while token.head.i != token.i:
        token = token.head
        if token.pos_ == "NOUN" and token.lemma_.lower() in HAPPENINGS and token.dep_ in ("dobj", "pobj"):
            return token, False
        if token.pos_ in ("VERB", "AUX"):
            return (token.head if token.dep_ in ("aux", "auxpass") else token), through_noun
        through_noun |= token.pos_ in ("NOUN", "PROPN", "PRON") and not start <= token.i < end
    return (token, through_noun) if token.pos_ in ("VERB", "AUX") else (None, through_noun)


def _tells(verb: Token) -> bool:
    """True where the verb passes words on, or only sets the scene for one that does."""
    if any(c.dep_ == "ccomp" and c.i < verb.i and not _set_off(c) for c in verb.children) or verb.dep_ == "parataxis":
        return True  # the plant will close, the company announced Friday
    if verb.dep_ == "advcl" and verb.head.lemma_.lower() in REPORTING and any(c.lower_ in SCENES for c in verb.lefts):
        return True  # officials said as dawn broke Saturday
    reported = ("ccomp", "parataxis", "dobj", "prep", "xcomp")
    return verb.lemma_.lower() in REPORTING and (
        verb.dep_ == "ccomp" or any(c.dep_ in reported or c.text in "\"'" for c in verb.children)
    )


def _is_main(verb: Token) -> bool:
    """True of the sentence's own verb, of one beside it, and of what a verb of telling tells."""
    while verb.head.i != verb.i:
        told = verb.dep_ in ("ccomp", "parataxis") and verb.head.lemma_.lower() in REPORTING
        above = peer(verb) or (verb.head if told or verb.dep_ == "xcomp" else None)
        if above is None:
            return False
        verb = above
    return verb.dep_ == "ROOT"


def peer(verb: Token) -> Token | None:
    """Gives the verb that this one stands beside, after `and`, a comma or a semicolon; None for the foremost.

    Of `was arrested on 3 May, charged and released` the parser makes a clause within, or a May that was charged.
    """
    if verb.head.i == verb.i:
        return None
    if verb.tag_ == "VBN" and verb.dep_ in ("acl", "advcl") and verb.i > verb.head.i and verb.nbor(-1).text == ",":
        above = next((token for token in verb.ancestors if token.pos_ == "VERB"), None)
        of_verb = verb.dep_ == "advcl" or verb.head.ent_type_ == "DATE"
        passive = above is not None and any(c.dep_ == "auxpass" for c in above.children)
        return above if of_verb and passive else None
    return verb.head if verb.dep_ == "conj" or _set_off(verb) else None


def _set_off(verb: Token) -> bool:
    """True of `opened` in `the bridge opened in 1953; it closed in 2001`, which the parser hangs on `closed`."""
    between = verb.doc[verb.right_edge.i + 1 : verb.head.i] if verb.dep_ == "ccomp" else ()
    return any(token.text == ";" for token in between)


def beside(one: Token, other: Token) -> bool:
    """True of two verbs that stand side by side."""
    return _foremost(one).i == _foremost(other).i


def _foremost(verb: Token) -> Token:
    while (above := peer(verb)) is not None:
        verb = above
    return verb


def _happens(verb: Token) -> bool:
    """False of what only may be: modals, conditions, commands."""
    if verb.tag_ == "VB" and not any(c.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass") for c in verb.children):
        before = verb.i == verb.sent.start or verb.nbor(-1).is_punct
        if before:
            return False  # ask me in December
    while True:
        for child in verb.children:
            if child.dep_ == "aux" and child.lemma_.lower() in MODALS:
                return False
            if child.dep_ in ("mark", "advmod") and child.lower_ in CONDITIONS:
                return False
        if verb.dep_ not in ("conj", "xcomp", "advcl", "ccomp") or verb.head.i == verb.i:
            return True
        if verb.dep_ == "ccomp" and verb.head.lemma_.lower() in REPORTING:
            return True
        verb = verb.head
