"""The phrase that names a speaker: the subject of a verb as far as grammar carries it, and how far it reaches."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.annotate.document import Paragraph
from builder.annotate.quotations import lexicon
from builder.annotate.quotations.frame import Phrase, place

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

DATELINE = re.compile(r"\s*[A-Z][A-Z.' ]{2,}(?:, [A-Z][\w. ]+)?(?: \([^)]+\))? ?[—–-]{1,2} ")
SUBJECTS = ("nsubj", "nsubjpass", "csubj")
CLOSING = {")": "(", ",": ","}
MANY = frozenset({"many", "some", "most", "others", "few", "several"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "X"})


def subject(verb: Token, depth: int = 6) -> Token | None:
    """Finds who does what the verb says: its own subject, or the one it shares with the verb above it."""
    own = [c for c in verb.children if c.dep_ in SUBJECTS and c.lower_ not in ("there",)]
    if own:
        return own[-1]
    head = verb.head
    if depth == 0 or head is verb or head.i == verb.i:
        return None
    if verb.dep_ in ("acl", "relcl") and head.pos_ in NOMINAL:
        return _issuer(head) or head
    if verb.dep_ == "pcomp" and head.lower_ == "as" and head.head.lemma_.lower() in lexicon.PASSING_ON:
        quoted = [c for c in head.head.children if c.dep_ in ("dobj", "nsubjpass")]
        if quoted:
            return quoted[-1]  # `quoted Smith as saying`, `Smith was quoted as saying`
    if verb.dep_ in ("prep", "pcomp") or head.pos_ == "ADP":
        return subject(head, depth - 1)
    objects = [c for c in head.children if c.dep_ == "dobj" and c.i < verb.i]
    if verb.dep_ == "xcomp" and objects and head.lemma_.lower() in lexicon.URGING:
        return objects[0]  # `urged them to say`
    if verb.dep_ in ("ccomp", "parataxis") and verb.tag_ in ("VBD", "VBZ", "VBP"):
        return None  # a finite clause of its own: the subject was lost, not shared
    if verb.dep_ in ("conj", "xcomp", "advcl", "dep", "ccomp", "parataxis") and head.pos_ in ("VERB", "AUX", "ADJ"):
        return subject(head, depth - 1)
    return None


def _issuer(text: Token) -> Token | None:
    """Who puts out a statement that says something: `the council issued a statement saying`."""
    verb = text.head
    issued = text.dep_ == "dobj" and text.lemma_.lower() in lexicon.DOCUMENTS and verb.lemma_.lower() in lexicon.ISSUING
    return subject(verb) if issued and not passive(verb) else None


def beside(verb: Token) -> Token | None:
    """The noun that stands right before a finite verb, or before what commas or brackets put between them.

    For where the parser lost the subject: `Smith (a Democrat) says`, `Smith, 44, said`.
    """
    if verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    doc, at = verb.doc, verb.i - 1
    while at > verb.sent.start and doc[at].pos_ in ("AUX", "ADV"):
        at -= 1
    if doc[at].text in CLOSING:
        opening = CLOSING[doc[at].text]
        at -= 1
        while at > verb.sent.start and doc[at].text != opening:
            at -= 1
        at -= 1
    if at < verb.sent.start or (doc[at].pos_ not in ("NOUN", "PROPN", "PRON") and doc[at].lower_ not in MANY):
        return None
    return _whole(doc[at], verb)


def _whole(noun: Token, verb: Token) -> Token | None:
    """The head of the phrase that ends with the noun: `the head of the union`; nobody where it ends with a day."""
    while noun.dep_ == "pobj" and noun.head.dep_ == "prep" and verb.sent.start <= noun.head.head.i < noun.i:
        if noun.head.head.pos_ not in NOMINAL:
            break
        noun = noun.head.head
    return None if noun.ent_type_ in ("DATE", "TIME") else noun


def dashed(who: Token, verb: Token) -> bool:
    """A dash between subject and verb: the subject is a dateline, `OTTAWA — The minister said`."""
    between = who.doc[min(who.i, verb.i) : verb.i]
    dashes = [t for t in between if t.text in ("—", "–", "--", "-") and t.nbor(-1).whitespace_]
    return len(dashes) == 1 or who.i < after_dateline(who.doc)


def agent(verb: Token) -> Token | None:
    """The one after `by` of a passive."""
    for by in verb.children:
        if by.dep_ == "agent" or (by.dep_ == "prep" and by.lower_ == "by"):
            return next((c for c in by.children if c.dep_ == "pobj"), None)
    return None


def passive(verb: Token) -> bool:
    """True for `was told`, `is said`."""
    if any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children):
        return True
    # `Asked why, he left`; `a plan proposed by Smith`; `Smith, asked why, left`
    if verb.tag_ == "VBD" and verb.dep_ == "acl":
        return True
    if verb.tag_ == "VBD" and verb.dep_ == "advcl" and not any(c.dep_ in (*SUBJECTS, "mark") for c in verb.children):
        return True  # `Asked whether he would go, Olsen laughed`
    return verb.tag_ == "VBN" and verb.dep_ in ("advcl", "acl") and not any(c.dep_ == "aux" for c in verb.children)


def extent(line: Paragraph, index: int, head: Token, barrier: int = -1) -> Phrase:
    """Gives the whole phrase of a noun, up to the first comma or bracket after it.

    `barrier` is a token that the phrase must not reach across (the verb of saying).
    """
    doc = line.doc
    first, last = head.left_edge.i, head.right_edge.i
    while first >= 2 and doc[first - 1].text == "-" and not doc[first - 2].whitespace_:
        first = doc[first - 2].left_edge.i  # `vice-president`, which the model parts at the hyphen
    if head.i < barrier <= last:
        last = barrier - 1
    if first <= barrier < head.i:
        first = barrier + 1
    for i in range(head.i + 1, last + 1):
        if doc[i].text in (",", "(", "—", "--", "–", ";", ":", '"', "-") and not _joins(doc[i], head):
            last = i - 1
            break
    first = max(first, min(after_dateline(doc), head.i))
    while first < head.i and (
        doc[first].is_punct
        or doc[first].dep_ in ("cc", "mark", "preconj")
        or doc[first].is_space
        or doc[first].lower_ in ("even", "only", "meanwhile")
    ):
        first += 1
    while last > head.i and (doc[last].is_punct or doc[last].is_space):
        last -= 1
    if sum(t.text == '"' for t in doc[first : last + 1]) % 2:  # not half a title: `the network's "Morning News,"`
        last = next((i for i in (last + 1, last + 2) if i < len(doc) and doc[i].text == '"'), last)
    start, end = place(line, doc[first], doc[last])
    return Phrase(start, end, head, index)


def after_dateline(doc: Doc) -> int:
    """The first token that is no part of `OTTAWA —` or `NEW YORK (AP) —`: where the report was filed."""
    match = DATELINE.match(doc.text)
    return next((t.i for t in doc if t.idx >= match.end()), 0) if match else 0


def _joins(comma: Token, head: Token) -> bool:
    """A comma inside a list of speakers: `Smith, Jones and Brown`; a hyphen inside a word: `co-host`."""
    if comma.text == "-":
        return not comma.whitespace_ and not comma.nbor(-1).whitespace_
    following = comma.nbor(1) if comma.i + 1 < len(comma.doc) else comma
    conjuncts = {t.i for t in head.conjuncts}
    return comma.text == "," and any(following.left_edge.i <= i <= following.i + 3 for i in conjuncts if i > comma.i)
