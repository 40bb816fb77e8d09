"""Which way the clause around a time looks, told by the parse: by the verb it hangs on, and the verbs above."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from builder.annotate.document import Document
from builder.annotate.times.meaning import Tense

if TYPE_CHECKING:
    from spacy.tokens import Token

# Verbs whose present tells what has been said, shown or thought, and is no plan.
TELLING = frozenset({
    "say", "tell", "write", "report", "show", "mean", "know", "think", "add", "note", "argue", "claim", "suggest",
    "recall", "explain", "describe", "appear", "seem", "remain", "believe", "feel", "look", "find", "cite", "quote",
    "insist", "admit", "mark", "follow", "read", "reveal", "want", "need", "like", "love",
})  # fmt: skip
# Verbs whose past looks like their present.
UNCHANGED = frozenset({
    "hurt", "hit", "cut", "put", "set", "shut", "cost", "spread", "beat", "quit", "let", "split", "cast",
})  # fmt: skip
# Verbs, adjectives and nouns whose infinitive is yet to come.
AHEAD = frozenset({
    "expect", "plan", "schedule", "set", "due", "slate", "agree", "intend", "hope", "aim", "likely", "unlikely",
    "ready", "about", "suppose", "poise", "bind", "determined", "certain", "sure", "go", "arrange", "prepare",
    "promise",
    "agreement", "deal", "offer", "proposal", "bid", "intention", "permission", "invitation", "deadline", "be",
})  # fmt: skip
PLANNED = frozenset({"schedule", "plan", "expect", "set", "slate", "due", "propose", "bill"})
# What is put off, or granted, `until Monday`.
PUT_OFF = frozenset({
    "postpone", "extend", "delay", "adjourn", "suspend", "defer", "reschedule", "push", "remand", "put", "give", "have",
    "grant", "allow",
})  # fmt: skip
# What is put in the calendar beforehand: `Sunday's vote` may lie ahead, `Sunday's attack` does not.
APPOINTED = frozenset({
    "vote", "election", "debate", "meeting", "game", "match", "hearing", "summit", "race", "final", "semifinal",
    "referendum", "primary", "poll", "runoff", "ceremony", "funeral", "session", "deadline", "inauguration", "launch",
    "concert", "wedding", "derby", "encounter", "showdown", "contest", "visit", "conference", "talk", "event",
})  # fmt: skip
MODALS = frozenset({
    "will", "shall", "'ll", "wo", "sha", "may", "might", "can", "ca", "must", "should", "would", "could", "'d",
})  # fmt: skip
PERFECT = frozenset({"has", "have", "had", "'ve", "was", "were", "did"})
NO = frozenset({"not", "n't", "n’t", "neither", "nor", "no", "nobody", "none", "never", "nothing"})
ASIDE = 80  # characters that brackets hold at most
LIMIT = 12  # verbs and nouns climbed before giving up


def looks(document: Document, start: int, end: int) -> Tense:
    """Gives the tense of the clause that text[start:end] stands in; unknown where the parse does not say."""
    token = _token(document, start, end)
    return "unknown" if token is None else _climb(token)


def is_aside(document: Document, start: int, end: int) -> bool:
    """True of a date that a history only mentions: in brackets, in a clause that says more of a noun, after `until`."""
    low = max(0, start - ASIDE)
    before = document.text[low:start]
    if before.rfind("(") > max(before.rfind(")"), before.rfind("\n")):
        return True
    token = _token(document, start, end)
    if token is None:
        return False
    above = list(token.ancestors)
    return any(t.dep_ in ("relcl", "acl") for t in above) or any(t.lower_ in ("until", "till") for t in above)


def _token(document: Document, start: int, end: int) -> Token | None:
    at = bisect_right(document.paragraphs, start, key=lambda p: p.start) - 1
    if at < 0 or document.paragraphs[at].end < end:
        return None
    paragraph = document.paragraphs[at]
    span = paragraph.doc.char_span(start - paragraph.start, end - paragraph.start, alignment_mode="expand")
    return None if span is None else span.root


def _climb(token: Token) -> Tense:
    """From the time up to the first verb, through the nouns between."""
    nouns: list[Token] = []
    until = back = False
    for head, _ in zip(token.ancestors, range(LIMIT), strict=False):
        if head.pos_ in ("VERB", "AUX"):
            if until and head.lemma_.lower() in PUT_OFF:
                return "future"
            tense = "unknown" if _doubtful(token, head) else _through(token, nouns, head)
            return "unknown" if back and tense == "future" and not _is_ahead(head) else tense
        until = until or head.lower_ in ("until", "till")
        back = back or head.lower_ in ("from", "of", "since")
        if head.pos_ in ("NOUN", "PROPN"):
            nouns.append(head)
    return "unknown"


def _doubtful(token: Token, verb: Token) -> bool:
    """True of a time tied to a verb that follows, with another before: `warned on Monday that it could`."""
    if verb.i < token.i:
        return False
    if any(child.dep_ == "mark" and child.i > token.i for child in verb.children):
        return True
    return any(other.pos_ == "VERB" for other in token.doc[token.sent.start : token.i])


def _through(token: Token, nouns: list[Token], verb: Token) -> Tense:
    """What a verb in the future says of a noun's day: something of an appointment, nothing of what has been."""
    tense = _tense(verb, LIMIT)
    if not nouns or tense != "future":
        return tense
    of_noun = token.dep_ in ("poss", "compound", "nmod")
    if not _is_ahead(verb) and (of_noun or nouns[-1].dep_ != "dobj" or len(nouns) > 1):
        return "unknown"
    return "past" if of_noun and nouns[0].lemma_.lower() not in APPOINTED else tense


def _is_ahead(verb: Token) -> bool:
    """True where a modal or a plan puts the verb itself in the future, not the present of the verb it hangs on."""
    helpers = {child.tag_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    return "MD" in helpers or ("TO" in helpers and verb.head.lemma_.lower() in AHEAD) or _is_planned(verb)


def _tense(verb: Token, limit: int) -> Tense:
    helpers = {child.lower_.replace("’", "'") for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if limit == 0:
        return "unknown"
    if modal := sorted(helpers & MODALS):
        return _modal(verb, modal[0], "have" in helpers)
    if verb.tag_ == "VBD" or helpers & PERFECT:
        return "future" if _is_planned(verb) and "had" not in helpers else "past"
    if verb.tag_ in ("VBZ", "VBP"):
        return "unknown" if verb.lemma_.lower() in TELLING or verb.lower_ in UNCHANGED else "future"
    if helpers & {"is", "are", "am", "'s", "'re", "'m", "do", "does"}:
        return "future" if verb.tag_ != "VBN" or "being" in helpers or _is_planned(verb) else "unknown"
    return _dependent(verb, "to" in helpers, limit)


def _modal(verb: Token, modal: str, perfect: bool) -> Tense:
    if perfect and modal not in ("will", "'ll"):
        return "past"
    if modal == "could" and any(word.lower_ in NO for child in verb.children for word in (child, *child.children)):
        return "past"  # nobody could be found
    return "future"


def _is_imperative(verb: Token, infinitive: bool) -> bool:
    """True of `Ask me on Monday`, also where it is what somebody said."""
    subject = any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)
    return verb.tag_ == "VB" and not infinitive and not subject and verb.i > 0 and verb.nbor(-1).is_punct


def _is_planned(verb: Token) -> bool:
    """True of `planned a march on Saturday` and `set for Friday`, not of `a record set on Friday`."""
    if verb.lemma_.lower() == "set":
        return any(child.lower_ in ("for", "to") for child in verb.children)
    return verb.lemma_.lower() in PLANNED


def _dependent(verb: Token, infinitive: bool, limit: int) -> Tense:
    """Of an infinitive, a participle or a gerund, which have their tense from what they hang on."""
    head = verb.head
    if verb.tag_ == "VBN" and verb.dep_ in ("acl", "advcl", "relcl"):
        return "future" if infinitive or _is_planned(verb) else "past"
    if head == verb or _is_imperative(verb, infinitive):
        return "future" if verb.tag_ == "VB" else "unknown"
    if infinitive and head.lemma_.lower() in AHEAD and head.i < verb.i:
        had = any(child.lower_ == "had" for near in (head, head.head) for child in near.children)
        return "past" if had else "future"
    if head.pos_ in ("VERB", "AUX"):
        return _tense(head, limit - 1)
    for higher in head.ancestors:
        if higher.pos_ in ("VERB", "AUX"):
            return _tense(higher, limit - 1)
    return "unknown"
