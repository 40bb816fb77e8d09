"""The words before a colon that lead up to somebody's words: `The minister added:`, `A statement from the mill:`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.annotate.document import Document
from builder.annotate.quotations import lexicon
from builder.annotate.quotations.acts import cue, recipient
from builder.annotate.quotations.beside import who_ahead
from builder.annotate.quotations.frame import Frame, place
from builder.annotate.quotations.gaps import Gap, gap, last_sentence, says
from builder.annotate.quotations.nominal import owner
from builder.annotate.quotations.polarity import stated

if TYPE_CHECKING:
    from spacy.tokens import Token

# What leads to a list as often as to somebody's words.
LISTING = lexicon.words("""
    recommend propose order instruct demand rule decree promise pledge vow suggest indicate reveal estimate forecast
    project predict specify stipulate point quote cite call describe term""")
STATING = (lexicon.STATEMENT | lexicon.words("read begin go continue finish")) - LISTING
LETTERS = lexicon.words("""
    statement message comment letter note tweet post response reply e-mail email warning apology declaration remark
    appeal memo memorandum""")
POINTING = lexicon.words("following this these")
LOOSE = frozenset({"prep", "npadvmod", "advmod", "dative", "prt", "punct", "nsubj", "aux", "dep", "agent"})
MARKING = frozenset({"mark", "advcl"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def introduction(document: Document, index: int, since: int) -> Frame | None:
    """Gives the act of saying, without its contents, that the last sentence of a paragraph ends in."""
    here = gap(document, index, since, document.paragraphs[index].end)
    tokens = last_sentence(here.tokens)
    words = [t for t in tokens if not t.is_punct]
    if not words:
        return None
    verb = next((t for t in reversed(words) if t.dep_ != "amod" and (t.pos_ in ("VERB", "AUX") or says(t))), None)
    if verb is None:
        return _headed(here, words)
    if (verb.tag_ not in FINITE and not _carried(verb)) or not stated(verb) or not _opens(verb, words):
        return None
    who = who_ahead(here, words, verb, here.line.start + tokens[-1].idx)
    told = recipient(here.line, index, verb)
    return Frame(index, cue(here.line, verb), verb.lemma_.lower(), who, (), "block", told) if who is not None else None


def _carried(verb: Token) -> bool:
    """`went on to say`, `has said`."""
    return verb.dep_ == "xcomp" or any(c.dep_ == "aux" for c in verb.children)


def _opens(verb: Token, words: list[Token]) -> bool:
    """True where nothing is said between the verb and the colon, or only that something is."""
    lemma = verb.lemma_.lower()
    objects = [c for c in verb.rights if c.dep_ in ("dobj", "attr", "oprd")]
    others = [c for c in verb.rights if c.dep_ not in LOOSE and c not in objects and c.lower_ != "that"]
    asked = any(c.tag_ in ("WP", "WRB", "WDT") and c.lower_ != "who" for c in verb.lefts)  # `Watch what he said:`
    if others or asked or len(objects) > 1:
        return False
    if any(_points(o) for o in objects):
        return lemma in lexicon.ISSUING | STATING
    if _in_a_letter(words):
        return lemma in STATING | lexicon.ATTITUDES
    return (says(verb) and lemma in STATING) and all(lemma in lexicon.TELLING for _ in objects)


def _points(noun: Token) -> bool:
    """`the following`, `this statement`, `a letter`."""
    pointed = noun.lower_ in POINTING or any(c.lower_ in POINTING for c in noun.lefts)
    return noun.lemma_.lower() in LETTERS or (pointed and noun.lemma_.lower() in LETTERS | {"following", "this"})


def _in_a_letter(words: list[Token]) -> bool:
    """`In a statement to the Herald, the church denied it:`."""
    return any(t.lemma_.lower() in LETTERS and t.dep_ == "pobj" and t.head.lower_ == "in" for t in words)


def _headed(here: Gap, words: list[Token]) -> Frame | None:
    """`A statement from the mill:`, `The mill's answer:`."""
    noun = next((t for t in words if t.lemma_.lower() in LETTERS and t.dep_ == "ROOT"), None)
    who = owner(here.line, here.index, noun) if noun is not None else None
    if noun is None or who is None:
        return None
    return Frame(here.index, place(here.line, noun, noun), noun.lemma_.lower(), who, (), "block")
