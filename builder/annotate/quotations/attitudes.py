"""Rules for what is thought, felt or held, by somebody or by nobody in particular (`attribution` profile)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from builder.annotate.document import Paragraph
from builder.annotate.quotations import lexicon
from builder.annotate.quotations.acts import act, complements, cue
from builder.annotate.quotations.content import clause, subtree, trim
from builder.annotate.quotations.frame import Frame, Phrase, place
from builder.annotate.quotations.phrase import agent, extent, passive, subject
from builder.annotate.quotations.polarity import negated, stated

if TYPE_CHECKING:
    from spacy.tokens import Token


def thinks(line: Paragraph, index: int, verb: Token) -> Iterator[Frame]:
    """`Smith believes (that) prices rise`."""
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in lexicon.THINKING - lexicon.STATEMENT:
        return
    if negated(verb) and not stated(verb) and verb.lemma_.lower() not in ("believe", "think", "know", "want"):
        return
    for head in complements(verb)[:1]:
        yield from act(line, index, verb, clause(line, verb, head), "thinks")


def attitude(line: Paragraph, index: int, verb: Token) -> Iterator[Frame]:
    """`criticized the plan`, `announced a deal`: what is thought or said of."""
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in lexicon.ATTITUDES or not stated(verb):
        return
    for head in verb.children:
        if head.dep_ == "dobj" and head.i > verb.i:
            yield from act(line, index, verb, [trim(line, head.left_edge.i, _grounds(verb, head))], "attitude")
            return
        if passive(verb) and head.dep_ == "nsubjpass" and agent(verb) is not None:
            yield from act(line, index, verb, [subtree(line, head)], "attitude")
            return


def _grounds(verb: Token, head: Token) -> int:
    """The last token of what is thought of and what for: `criticized the board for its silence`."""
    last = int(head.right_edge.i)
    for by in verb.rights:
        if by.dep_ == "prep" and by.i == last + 1 and by.lower_ in ("for", "as", "against", "over"):
            last = by.right_edge.i
    return last


def names(line: Paragraph, index: int, verb: Token) -> Iterator[Frame]:
    """`called the plan a disaster`, `described it as unfair`."""
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in lexicon.NAMING or passive(verb) or not stated(verb):
        return
    objects = [c for c in verb.children if c.dep_ in ("dobj", "ccomp", "oprd") and c.i > verb.i]
    as_ = [c for c in verb.children if c.dep_ == "prep" and c.lower_ == "as"]
    if objects and (len(objects) > 1 or as_ or objects[0].dep_ == "ccomp"):
        ends = [r for t in (*objects, *as_) if (r := subtree(line, t))]
        yield from act(line, index, verb, [(min(a for a, _ in ends), max(b for _, b in ends))], "names")


def state(line: Paragraph, index: int, word: Token) -> Iterator[Frame]:
    """`Smith is confident that prices fall`."""
    if word.lemma_.lower() not in lexicon.STATES or word.dep_ not in ("acomp", "ROOT", "oprd", "conj"):
        return
    verb = word.head if word.dep_ in ("acomp", "oprd") else word
    if verb.pos_ in ("VERB", "AUX") and negated(verb):
        return
    for head in word.children:
        if head.i <= word.i or head.dep_ != "ccomp":
            continue
        who = subject(verb)
        if own := subtree(line, head):
            phrase = extent(line, index, who, word.i) if who is not None else None
            yield Frame(index, place(line, word, word), word.lemma_.lower(), phrase, (own,), "state")


def seems(line: Paragraph, index: int, verb: Token) -> Iterator[Frame]:
    """`Smith seems to agree`: nobody is named who says so."""
    if verb.lemma_.lower() not in lexicon.SEEMING or verb.pos_ != "VERB" or negated(verb):
        return
    yield from _held(line, index, verb, ("xcomp", "oprd", "acomp", "ccomp"), "seems", None)


def held(line: Paragraph, index: int, verb: Token) -> Iterator[Frame]:
    """`Smith is expected to agree`, `is seen as a rival`."""
    if verb.lemma_.lower() not in lexicon.HELD or not passive(verb) or negated(verb):
        return
    who = agent(verb)
    phrase = extent(line, index, who, verb.i) if who is not None else None
    yield from _held(line, index, verb, ("xcomp", "oprd", "acomp", "attr", "prep"), "held", phrase)


def _held(
    line: Paragraph, index: int, verb: Token, roles: tuple[str, ...], rule: str, who: Phrase | None
) -> Iterator[Frame]:
    below = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < verb.i), None)
    what = [
        c
        for c in verb.children
        if c.i > verb.i and c.dep_ in roles and (c.dep_ != "prep" or c.lower_ in ("as", "of", "for"))
    ]
    if below is None or not what or below.lower_ in ("it", "there"):
        return
    first = what[0]
    after = first.i if first.dep_ == "prep" else -1
    contents = tuple(r for r in (subtree(line, below), subtree(line, first, after)) if r and r[0] < r[1])
    if len(contents) == 2:
        yield Frame(index, cue(line, verb), verb.lemma_.lower(), who, contents, rule)


def hearsay(line: Paragraph, index: int, word: Token) -> Iterator[Frame]:
    """`Smith has reportedly left`."""
    if word.lower_ not in lexicon.HEARSAY or word.dep_ != "advmod":
        return
    head = word.head
    first, last = head.left_edge.i, head.right_edge.i
    contents = tuple(r for r in (trim(line, first, word.i - 1), trim(line, word.i + 1, last)) if r[0] < r[1])
    if contents:
        yield Frame(index, place(line, word, word), word.lower_, None, contents, "hearsay")
