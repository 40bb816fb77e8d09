"""The exact stretch of the text that a verb or noun of saying reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.annotate.document import Paragraph
from builder.annotate.quotations.frame import Range, place
from builder.annotate.quotations.lexicon import words
from builder.annotate.quotations.phrase import after_dateline

if TYPE_CHECKING:
    from spacy.tokens import Token

EDGE = frozenset({",", ".", ";", ":", "-", "--", "—", "–", "―", "…", "?", "!"})
TIMES = frozenset({"DATE", "TIME"})
DAYS = words("monday tuesday wednesday thursday friday saturday sunday today yesterday tonight last earlier late early")
DAYPARTS = words("morning afternoon evening night week month")
UNTOLD = words("say add note argue claim insist maintain believe think estimate announce")  # nobody is said, only told
LOOSE = frozenset({"prep", "npadvmod", "advmod", "oprd", "acomp", "dobj", "attr", "conj", "cc"})


def clause(line: Paragraph, verb: Token, head: Token) -> tuple[Range, ...]:
    """Gives the ranges of a reported clause, cut where the words of saying interrupt it, `that` left out."""
    inside = {t.i for t in head.subtree}
    if verb.i in inside:  # the words of saying hang below what they report: `It will, he said, be done`
        inside -= {t.i for t in verb.subtree}
    first, last = min(inside), max(inside)
    left, right = _own(verb, inside)
    ranges = []
    if first < left:
        start = verb.sent.start if _leads(verb) else first
        ranges.append(trim(line, start, left - 1))
    if last > right:
        start = _past_occasion(verb, _cut_off(verb, max(right + 1, first)))
        ranges.append(trim(line, _past_date(verb, start), reach(verb, last)))
    return tuple(r for r in ranges if r)


def _own(verb: Token, inside: set[int]) -> Range:
    """The run of tokens around the verb that belong to the saying, not to what is said."""
    own = {t.i for t in verb.subtree} - inside
    doc = verb.doc
    left = right = verb.i
    while left - 1 >= verb.sent.start and (left - 1 in own or (left - 1 not in inside and doc[left - 1].is_punct)):
        left -= 1
    while right + 1 < verb.sent.end and right + 1 in own:
        right += 1
    return left, right


def _cut_off(verb: Token, first: int) -> int:
    """Takes back the clause's subject where the parser made it an object: `say the driver, a man of 44, has been`."""
    lost = [c for c in verb.rights if c.dep_ == "dobj" and c.left_edge.i == verb.i + 1 and c.i < first]
    whole = lost and verb.lemma_.lower() in UNTOLD and "," in (verb.doc[first].text, verb.doc[first - 1].text)
    return verb.i + 1 if whole else first


def _past_occasion(verb: Token, first: int) -> int:
    """Leaves out when it was said: `said after the meeting he would leave`."""
    by = verb.doc[first]
    who = verb.doc[by.right_edge.i + 1] if by.right_edge.i + 1 < verb.sent.end else by
    told = first == verb.i + 1 and by.lower_ in ("after", "before", "during", "following") and by.pos_ == "ADP"
    return who.i if told and who.pos_ == "PRON" and who.dep_ in ("nsubj", "nsubjpass") else first


def _past_date(verb: Token, first: int) -> int:
    """Leaves out the day of the saying: `said Tuesday the river would rise`."""
    doc, at = verb.doc, first
    while first == verb.i + 1 and at < verb.sent.end and (doc[at].ent_type_ in TIMES or doc[at].lower_ in DAYPARTS):
        at += 1
    opens = at < verb.sent.end and doc[at].pos_ in ("DET", "PRON", "PROPN", "NOUN", "ADJ", "NUM", "SCONJ")
    return at if at > first and doc[first].lower_ in DAYS and opens else first


def _leads(verb: Token) -> bool:
    return bool(verb.dep_ in ("ROOT", "parataxis", "ccomp"))


def reach(verb: Token, last: int) -> int:
    """Takes in what follows the clause without a comma: the parser often hangs it on the verb of saying."""
    doc = verb.doc
    for child in verb.rights:
        if child.i == last + 1 or (child.left_edge.i == last + 1 and child.dep_ in LOOSE):
            if child.dep_ not in LOOSE or _own_subject(child):
                break
            last = child.right_edge.i
    for child in verb.rights:
        if child.dep_ == "conj" and child.i > last and _still_to_come(child, verb):
            last = child.right_edge.i
    while last + 1 < verb.sent.end and doc[last + 1].is_quote:
        last += 1
    return last


def _own_subject(clause: Token) -> bool:
    return clause.dep_ == "conj" and any(c.dep_ in ("nsubj", "nsubjpass") for c in clause.lefts)


def _still_to_come(clause: Token, verb: Token) -> bool:
    """`replied that a plant was approved, but won't be ready`: who replied in the past is not what will be."""
    will = any(c.dep_ == "aux" and c.lower_ in ("will", "wo", "'ll") for c in clause.children)
    return will and verb.tag_ == "VBD" and not _own_subject(clause)


def subtree(line: Paragraph, head: Token, after: int = -1) -> Range | None:
    """Gives the range of a whole phrase, what stands up to token `after` left out."""
    inside = [t.i for t in head.subtree if t.i > after]
    return trim(line, min(inside), max(inside)) if inside else None


def trim(line: Paragraph, first: int, last: int) -> Range:
    """Gives the range of tokens first to last without punctuation at the edges and a leading `that`.

    An empty range stands for nothing left.
    """
    doc = line.doc
    if first == 0:
        first = after_dateline(doc)
    while first <= last and (doc[first].text in EDGE or doc[first].is_space or _that(doc[first])):
        first += 1
    while last >= first and (
        doc[last].is_space or doc[last].dep_ == "cc" or (doc[last].text in EDGE and doc[last].text not in "?!")
    ):
        last -= 1
    return place(line, doc[first], doc[last]) if first <= last else (0, 0)


def _that(token: Token) -> bool:
    opens = token.i > 0 and token.nbor(-1).lower_ in ("and", "but", "or") and token.dep_ in ("mark", "det")
    following = token.nbor(1) if token.i + 1 < len(token.doc) else token
    many = following.tag_ == "NNS" or (token.dep_ == "det" and following.tag_ == "VBZ")  # `that cracks`: no one crack
    named = following.pos_ in ("PROPN", "PRON", "DET") or many
    return token.lower_ == "that" and (token.dep_ == "mark" or token.tag_ in ("WDT", "IN") or opens or named)
