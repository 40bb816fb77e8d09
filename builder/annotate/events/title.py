"""Cuts a headline out of a sentence, by its grammar: the article's own words, never others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from builder.annotate.events.lexicon import REPORTING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

LIMIT = 100
ELLIPSIS = "…"
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
LEADING = frozenset({"advmod", "prep", "npadvmod", "advcl", "cc", "punct", "mark", "intj", "dep", "agent"})
TRAILING = frozenset({
    "prep", "advcl", "relcl", "acl", "appos", "npadvmod", "advmod", "conj", "parataxis", "ccomp", "xcomp", "agent",
    "dative",
})  # fmt: skip
HANGING = frozenset({"acl", "advcl", "relcl", "xcomp", "pcomp", "conj"})
EDGES = " \t\u00a0,;:–—-…"
STOPS = frozenset(".,;:!–—-…")
DATELINE = re.compile(r"^[A-Z][A-Z .'’-]{2,}(?:, [\w. ]{2,30})? *(?:\([\w. ]+\))? *(?:[–—_]|--+|-(?= ))[ _–—-]*")
PAIRS = {"“": "”", "(": ")", "[": "]", "«": "»"}


def title(sentence: Span, verb: Token, text: str) -> str:
    """Gives the words that tell the happening `verb`, in about LIMIT code points.

    `sentence` is the sentence, or the piece of it that tells this happening. `text` is the paragraph as the article
    has it; the parsed doc has its length but plainer marks.
    """
    start, end = _clause(sentence, verb)
    led = _without_lead(sentence, verb, start)
    start = led if led < end else start  # the lead may be what happened: `Speaking on Monday, he said …`
    end = _without_telling(sentence, verb, start, end)
    end = _fit(sentence, verb, start, end)
    while end - 1 > start and sentence.doc[end - 1].text in STOPS:
        end -= 1
    first, last = sentence.doc[start], sentence.doc[end - 1]
    words = " ".join(text[first.idx : last.idx + len(last)].split())
    return _shorten(_balance(DATELINE.sub("", words).strip(EDGES)))


def _clause(sentence: Span, verb: Token) -> tuple[int, int]:
    """Gives the limits of the verb's clause: with the noun it says something of, with the verb it stands beside."""
    head = _head(verb)
    telling = head.dep_ == "ROOT" and head.lemma_.lower() in REPORTING and not _is_of_thing(head)
    if telling and head.i != verb.i and not _has_subject(verb):
        return _thing_before(sentence, verb), min(verb.right_edge.i + 1, sentence.end)
    start, end = head.left_edge.i, head.right_edge.i + 1
    return max(start, sentence.start), min(end, sentence.end)


def _is_of_thing(verb: Token) -> bool:
    """True of `the deal is expected to close`: its subject is what will close, nobody who tells."""
    return any(child.dep_ == "nsubjpass" for child in verb.children)


def _thing_before(sentence: Span, verb: Token) -> int:
    """Gives where the name or noun begins that a participle follows: `“A Book,” set for release`."""
    doc, at = sentence.doc, verb.left_edge.i - 1
    quoted = False
    while at > sentence.start and doc[at].is_punct:
        quoted |= doc[at].text == '"'
        at -= 1
    if quoted:
        opening = [t.i for t in doc[sentence.start : at] if t.text == '"']
        return opening[-1] if opening else verb.left_edge.i
    chunks = [c.start for c in sentence.noun_chunks if c.start <= at < c.end]
    return chunks[-1] if chunks else verb.left_edge.i


def _head(verb: Token) -> Token:
    """Gives the word whose phrase makes sense alone: a verb with its subject, or the noun that a clause is about."""
    head = verb
    while head.dep_ not in ("relcl", "acl", "ROOT") and not _has_subject(head):
        head = head.head
    if head.dep_ in ("relcl", "acl"):
        head = head.head
        while head.dep_ == "pobj" and head.head.head.pos_ in ("NOUN", "PROPN"):
            head = head.head.head  # threats against its employees, which surfaced
    return head


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in SUBJECTS for child in verb.children)


def _without_lead(sentence: Span, verb: Token, start: int) -> int:
    """Drops what stands before the subject: `But on Monday, …`."""
    head = _head(verb)
    subjects = [c.left_edge.i for c in head.lefts if c.dep_ in SUBJECTS]
    if subjects and all(c.dep_ in LEADING or c.i >= min(subjects) or c.dep_ in ("ccomp", "aux") for c in head.lefts):
        start = max(start, min(subjects)) if min(subjects) >= start else start
    while start < verb.i and sentence.doc[start].dep_ in ("cc", "mark", "punct") and sentence.doc[start].text != '"':
        start += 1
    return start


def _without_telling(sentence: Span, verb: Token, start: int, end: int) -> int:
    """Drops the telling behind what is told: `…, the officials said`."""
    for token in sentence.doc[start:end]:
        telling = token.lemma_.lower() in REPORTING and token.i > verb.i and token.pos_ == "VERB"
        if telling and (verb.head.i == token.i or token.dep_ == "parataxis"):
            subject = [c.left_edge.i for c in token.lefts if c.dep_ in SUBJECTS]
            return max(min([*subject, token.i]), verb.i + 1)
    return end


def _fit(sentence: Span, verb: Token, start: int, end: int) -> int:
    """Cuts at the last clause or phrase that can go until the rest fits; never the verb itself."""
    doc = sentence.doc
    while end - 1 > verb.i and doc[end - 1].idx + len(doc[end - 1]) - doc[start].idx > LIMIT:
        cuts = [
            token.left_edge.i
            for token in doc[verb.i + 1 : end]
            if token.dep_ in TRAILING
            and token.right_edge.i >= end - 2
            and verb.i < token.left_edge.i < end
            and token.lower_ != "of"  # part of its roof
        ]
        cut = max(cuts, default=0)
        if cut <= verb.i + 1:
            return end
        end = _settled(doc, verb, cut)
    return end


def _settled(doc: Doc, verb: Token, end: int) -> int:
    """Drops what a cut left hanging: a comma, an `and`, a participle that lost its phrase."""
    while end - 1 > verb.i:
        last = doc[end - 1]
        if last.dep_ not in ("cc", "punct", "mark", "det", "aux") and not (
            last.pos_ == "VERB" and last.dep_ in HANGING
        ):
            break
        end -= 1
    return end


def _balance(words: str) -> str:
    """Drops a mark whose partner was cut away, where it stands at an end."""
    for opening, closing in PAIRS.items():
        if words.count(opening) != words.count(closing):
            words = words.lstrip(closing).rstrip(opening) if opening not in words[1:] else words
            words = words[1:] if words.startswith(opening) and closing not in words else words
            words = words[:-1] if words.endswith(closing) and opening not in words else words
    if words.count('"') % 2:
        words = words.strip('"')
    return words.strip(EDGES)


def _shorten(words: str) -> str:
    """Cuts at a word, with an ellipsis, what no grammar made short enough."""
    if len(words) <= LIMIT + 20:
        return words
    return words[:LIMIT].rsplit(" ", 1)[0].rstrip(EDGES) + ELLIPSIS
