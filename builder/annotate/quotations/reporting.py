"""Rules for reported statements and questions: with the clause after, before or around the words of saying."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from builder.annotate.document import Paragraph
from builder.annotate.quotations import lexicon
from builder.annotate.quotations.acts import act, complements, infinitive_mark
from builder.annotate.quotations.content import clause, subtree, trim
from builder.annotate.quotations.frame import Frame, Range, place
from builder.annotate.quotations.phrase import agent, beside, extent, passive, subject
from builder.annotate.quotations.polarity import negated, stated

if TYPE_CHECKING:
    from spacy.tokens import Token


def says_clause(line: Paragraph, index: int, verb: Token) -> Iterator[Frame]:
    """`Smith said (that) prices rose`, `Prices, Smith said, rose`, `Prices rose, Smith said`."""
    if verb.pos_ not in ("VERB", "AUX", "NOUN") or verb.lemma_.lower() not in lexicon.STATEMENT or not stated(verb):
        return
    if _mere_sign(verb) or _asked_by_nobody(verb) or _all_told(verb):
        return
    for head in complements(verb)[-1:]:
        if head.i < verb.i and any(c.dep_ == "dobj" and c.i > verb.i for c in verb.children) and not _told(verb):
            continue  # `While he agreed it was late, Olsen noted the hour`
        contents = _until_another_speaks(line, head, clause(line, verb, head))
        parts = [*_that_conjuncts(head), *_that_conjuncts(verb)]
        for part in parts:
            own = subtree(line, part)
            if own and contents and contents[-1][0] < own[0]:
                contents = (*contents[:-1], (contents[-1][0], min(contents[-1][1], _without_and(line, part))))
                yield from act(line, index, verb, [own], "clause")
        yield from act(line, index, verb, contents, "fronted" if head.i < verb.i else "clause")


def _told(verb: Token) -> bool:
    return verb.lemma_.lower() in lexicon.TELLING


def _all_told(verb: Token) -> bool:
    """`All told, 40 boats sank`: in sum."""
    return verb.lower_ == "told" and verb.i > 0 and verb.nbor(-1).lower_ == "all"


def _asked_by_nobody(verb: Token) -> bool:
    """`Asked whether he would go, Olsen laughed`: a question nobody is named for."""
    return bool(verb.lemma_.lower() == "ask" and passive(verb) and agent(verb) is None)


def _mere_sign(verb: Token) -> bool:
    """`The delay suggests that`: a thing that says nothing."""
    who = subject(verb)
    if verb.lemma_.lower() not in lexicon.TELLING_SIGN or who is None or who.pos_ != "NOUN":
        return False
    speaks = lexicon.PEOPLE_NOUNS | lexicon.BODIES | lexicon.DOCUMENTS | lexicon.RESEARCHERS
    return who.lemma_.lower() not in speaks


def _until_another_speaks(line: Paragraph, head: Token, contents: tuple[Range, ...]) -> tuple[Range, ...]:
    """Ends a content where other words begin: `said that A, and Vidal warned that B`, `said A, but would not say B`."""
    for other in head.conjuncts:
        own = [c for c in other.children if c.dep_ == "nsubj" and c.pos_ != "PRON"]
        silent = [] if own else [c for c in other.lefts if c.dep_ == "aux" and c.lower_ in ("could", "would", "did")]
        opens = own if own and complements(other) else silent if negated(other) else []
        if other.i > head.i and opens and other.lemma_.lower() in lexicon.STATEMENT:
            end = _without_and(line, opens[0])
            if contents and contents[-1][0] < end < contents[-1][1]:
                return (*contents[:-1], (contents[-1][0], end))
    return contents


def unmarked(line: Paragraph, index: int, verb: Token) -> Iterator[Frame]:
    """`said after the meeting he would leave`, where the parser takes the clause for a circumstance."""
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in lexicon.STATEMENT or complements(verb) or not stated(verb):
        return
    for head in (c for c in verb.rights if c.dep_ == "advcl" and c.tag_ != "VBG"):
        marked = any(c.dep_ in ("mark", "advmod") and (c.dep_ == "mark" or c.tag_ == "WRB") for c in head.children)
        who = next((c for c in head.lefts if c.dep_ in ("nsubj", "nsubjpass", "expl")), None)
        if who is not None and not marked and infinitive_mark(head) is None:
            yield from act(line, index, verb, [trim(line, who.left_edge.i, head.right_edge.i)], "clause")


def _that_conjuncts(head: Token) -> list[Token]:
    """Further clauses with a `that` of their own: `said that A and that B`."""
    return [c for c in head.conjuncts if c.i > head.i and c.left_edge.i and _opened_by_that(c)]


def _opened_by_that(clause: Token) -> bool:
    """`and that` before a clause; the parser may take the `that` for a determiner."""
    first = clause.left_edge
    return first.lower_ == "that" and first.i > 0 and first.nbor(-1).lower_ in ("and", "but", "or")


def _without_and(line: Paragraph, part: Token) -> int:
    """Where the content before `and that` ends."""
    last = part.left_edge.i - 1
    while last > 0 and (line.doc[last].dep_ == "cc" or line.doc[last].is_punct):
        last -= 1
    return line.start + line.doc[last].idx + len(line.doc[last].text)


def parenthesis(line: Paragraph, index: int, verb: Token) -> Iterator[Frame]:
    """`Prices, Smith says, rose`; `as Smith put it`: the saying hangs below what is said."""
    marks = [c.lower_ for c in verb.children if c.dep_ in ("mark", "advmod") and c.i < verb.i]
    says = verb.lemma_.lower() in lexicon.STATEMENT or (verb.lemma_ == "put" and "as" in marks)
    if not says or not stated(verb) or complements(verb):
        return
    if not any(c.dep_ == "nsubj" for c in verb.children) and beside(verb) is None:
        return
    apart = not any(c.dep_ == "mark" or c.tag_ == "WRB" for c in verb.children) and _comma_after(verb)
    if verb.dep_ in ("parataxis", "ccomp") or (verb.dep_ == "advcl" and ("as" in marks or apart)):
        head = verb.head
        if verb.dep_ == "ccomp" and head.lemma_.lower() in lexicon.SAYING | lexicon.THINKING:
            return
        if verb.dep_ == "ccomp" and verb.i > head.i and not _comma_before(verb):
            return
        yield from act(line, index, verb, _around(line, verb), "parenthesis")


def _comma_after(verb: Token) -> bool:
    at = verb.right_edge.i + 1
    return at < len(verb.doc) and verb.doc[at].text == ","


def _comma_before(verb: Token) -> bool:
    at = verb.left_edge.i
    return at > 0 and verb.doc[at - 1].is_punct


def _around(line: Paragraph, phrase: Token) -> list[Range]:
    """The sentence without one phrase of it."""
    sentence = phrase.sent
    first, last = phrase.left_edge.i, phrase.right_edge.i
    before = trim(line, sentence.start, first - 1) if first > sentence.start else (0, 0)
    after = trim(line, last + 1, sentence.end - 1) if last + 1 < sentence.end else (0, 0)
    return [r for r in (before, after) if r[0] < r[1]]


def gapped(line: Paragraph, index: int, verb: Token) -> Iterator[Frame]:
    """`a plan which analysts say has failed`: the reported clause lacks the word that the relative clause hangs on."""
    if verb.dep_ not in ("relcl", "ccomp", "parataxis") or verb.lemma_.lower() not in lexicon.STATEMENT:
        return
    if not stated(verb) or verb.i + 1 >= len(line.doc) or complements(verb):
        return
    opened = any(c.lower_ in ("which", "who", "that", "what") and c.i < verb.i for c in verb.subtree)
    following = line.doc[verb.i + 1]
    if opened and following.tag_ in ("VBZ", "VBD", "VBP", "MD"):
        head = following.head if following.dep_ in ("aux", "auxpass") else following
        yield from act(line, index, verb, [trim(line, following.i, head.right_edge.i)], "gapped")


def according_to(line: Paragraph, index: int, token: Token) -> Iterator[Frame]:
    """`Prices rose, according to Smith`."""
    if token.lower_ != "according" or token.i + 1 >= len(line.doc) or line.doc[token.i + 1].lower_ != "to":
        return
    to = line.doc[token.i + 1]
    who = next((c for t in (to, token) for c in t.children if c.dep_ == "pobj"), None)
    who = who or next((t for t in line.doc[to.i + 1 :] if t.pos_ in ("NOUN", "PROPN", "PRON")), None)
    if who is None:
        return
    phrase = extent(line, index, who, to.i)
    last = max(token.right_edge.i, who.right_edge.i)
    contents = _beside(line, token, last)
    if contents:
        yield Frame(index, place(line, token, to), "according", phrase, tuple(contents), "according")


def _finite_verb(token: Token) -> bool:
    return token.tag_ in ("VBD", "VBZ", "VBP", "MD") and token.pos_ in ("VERB", "AUX")


def _beside(line: Paragraph, token: Token, last: int) -> list[Range]:
    """What an `according to` vouches for: what stands before it, or if it leads or interrupts, what comes after."""
    sentence = token.sent
    leads = token.i - sentence.start <= 2
    if not leads and not any(_finite_verb(t) for t in sentence.doc[sentence.start : token.i]):
        return _around(line, token) if last <= token.right_edge.i else []
    if not leads:
        head = token.head
        first = sentence.start
        if head.dep_ in ("conj", "advcl", "relcl") and head.left_edge.i > sentence.start and head.pos_ == "VERB":
            first = head.left_edge.i if head.dep_ != "relcl" else sentence.start
        before = trim(line, first, token.i - 1)
        return [before] if before[0] < before[1] else []
    after = trim(line, last + 1, sentence.end - 1)
    return [after] if after[0] < after[1] else []


def asks(line: Paragraph, index: int, verb: Token) -> Iterator[Frame]:
    """`asked whether`, `explained why`, `wondered how`."""
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in lexicon.ASKING or not stated(verb):
        return
    if _asked_by_nobody(verb):
        return
    for head in (c for c in verb.children if c.dep_ in ("ccomp", "advcl", "pcomp") and c.i > verb.i):
        lead = head.left_edge.lower_
        if lead in ("if", "whether", "how", "why", "what", "who", "where", "when") and lead != "when":
            if head.dep_ == "advcl" and lead not in ("whether", "why", "how"):
                continue
            yield from act(line, index, verb, [subtree(line, head)], "asks")


def shows(line: Paragraph, index: int, verb: Token) -> Iterator[Frame]:
    """`the report found that`: a text says it."""
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in lexicon.SHOWING - lexicon.STATEMENT or not stated(verb):
        return
    who = subject(verb)
    if who is None or who.lemma_.lower() not in lexicon.DOCUMENTS | lexicon.RESEARCHERS:
        return
    for head in complements(verb)[:1]:
        yield from act(line, index, verb, clause(line, verb, head), "shows")
