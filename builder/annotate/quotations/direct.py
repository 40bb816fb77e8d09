"""Words between marks, and the words of saying beside them: before, after, between, or a paragraph away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.annotate.document import Document, Paragraph
from builder.annotate.quotations import lexicon
from builder.annotate.quotations.acts import cue, recipient
from builder.annotate.quotations.frame import Frame, Phrase, Range, place
from builder.annotate.quotations.marks import Quoted
from builder.annotate.quotations.phrase import agent, extent, passive, subject
from builder.annotate.quotations.polarity import negated, stated

if TYPE_CHECKING:
    from spacy.tokens import Token

STOPS = frozenset(".;?!")
OBJECTS = frozenset({"dobj", "oprd", "ccomp", "xcomp", "attr", "acomp", "dative"})
CLOSERS = frozenset("\"”»'’")
ANIMATE = frozenset({"PROPN", "PRON", "NOUN"})


@dataclass(frozen=True, slots=True)
class Gap:
    """The unquoted words between two quoted stretches of a paragraph."""

    line: Paragraph
    index: int
    tokens: Sequence[Token]


def gap(document: Document, index: int, start: int, end: int) -> Gap:
    """The tokens of a paragraph that begin in [start, end)."""
    line = document.paragraphs[index]
    return Gap(line, index, [t for t in line.doc if start <= line.start + t.idx < end and not t.is_space])


def behind(document: Document, quoted: Quoted, until: int) -> Frame | None:
    """`"…," said Smith`: the words of saying that follow within the same sentence."""
    text = document.text
    last = text[quoted.inner[1] - 1 : quoted.inner[1]]
    following = text[quoted.end : quoted.end + 2].strip()
    if last in ".;:" and following[:1] != ",":
        return None
    here = gap(document, quoted.paragraph, quoted.end, until)
    tokens = _until_stop(here.tokens)
    words = [t for t in tokens if not t.is_punct]
    if not words:
        return None
    if words[0].lower_ == "according" and len(words) > 2:
        return _according(here, words, (quoted.start, quoted.end))
    if last not in ",!?—–-…'’" and following[:1] != ",":
        return None  # the sentence goes on past the marks; grammar decides
    verb = next((t for t in words[:25] if _says(t)), None)
    if verb is None or negated(verb):
        return None
    return Frame(
        quoted.paragraph, cue(here.line, verb), verb.lemma_.lower(), _who(here, words, verb),
        ((quoted.start, quoted.end),), "after", recipient(here.line, here.index, verb),
    )  # fmt: skip


def goes_on_telling(document: Document, quoted: Quoted, until: int) -> bool:
    """What follows the marks goes on with the words before them: `said: "…," adding that`, `"…," and left`."""
    words = [t for t in gap(document, quoted.paragraph, quoted.end, until).tokens if not t.is_punct]
    return bool(words) and (words[0].tag_ in ("VBG", "TO") or words[0].lower_ in ("and", "but"))


SIGNATURE = re.compile(r"\s*[-–—―]{1,2}\s?(?=[^\W\d_])")


def signed(document: Document, quoted: Quoted) -> Frame | None:
    """`"…" — Smith` to the end of the paragraph, or with the dash and the name in the next one."""
    line = document.paragraphs[quoted.paragraph]
    index, start = quoted.paragraph, quoted.end
    if not document.text[quoted.end : line.end].strip(" ."):
        index += 1
        if index >= len(document.paragraphs):
            return None
        start = document.paragraphs[index].start
    line = document.paragraphs[index]
    match = SIGNATURE.match(document.text, start, line.end)
    tokens = [t for t in line.doc if match and line.start + t.idx >= match.end()]
    if match is None or not tokens or tokens[0].pos_ != "PROPN" or len(tokens) > 25:
        return None
    name = next(
        (t for t in tokens if t.i + 1 >= len(line.doc) or line.doc[t.i + 1].pos_ not in ("PROPN", "ADP")), tokens[0]
    )
    if any(t.pos_ == "VERB" and t.tag_ in ("VBD", "VBZ") for t in tokens[: name.i - tokens[0].i + 2]):
        return None
    end = line.start + name.idx + len(name.text)
    mark = match.start() + len(match.group()) - len(match.group().lstrip())
    dash = (mark, mark + len(match.group().strip()))
    return Frame(
        index, dash, "—", Phrase(match.end(), end, name, index), ((quoted.start, quoted.end),), "signed"
    )  # fmt: skip


def _until_stop(tokens: Sequence[Token]) -> list[Token]:
    kept: list[Token] = []
    for token in tokens:
        if token.text in STOPS and kept:
            break
        kept.append(token)
    return kept


def _says(token: Token) -> bool:
    lemma = token.lemma_.lower()
    if token.lower_ == "read" and token.i + 1 < len(token.doc) and token.nbor(1).is_punct:
        return True  # `"…," the letter read.`
    if lemma in lexicon.PLAIN and token.pos_ in ("VERB", "AUX", "PROPN", "NOUN") and token.tag_ not in ("NN", "NNS"):
        return True
    return lemma in lexicon.SAYING and token.pos_ in ("VERB", "AUX")


def _who(here: Gap, words: Sequence[Token], verb: Token) -> Phrase | None:
    """The subject by grammar if it stands in the gap, else the noun phrase next to the verb."""
    inside = {t.i for t in here.tokens}
    who = agent(verb) if passive(verb) else subject(verb)
    inverted = words[0].i == verb.i or (words[0].pos_ == "ADV" and len(words) > 1 and words[1].i == verb.i)
    if who is not None and who.i in inside and (not inverted or who.i > verb.i):
        return _extended(here, verb, who) if inverted else extent(here.line, here.index, who, verb.i)
    chunks = [c for c in here.line.doc.noun_chunks if c.root.i in inside]
    right = [c for c in chunks if verb.i < c.root.i <= verb.i + 8]
    left = [c for c in chunks if c.root.i < verb.i]
    pick = right[:1] if inverted else left[:1] or right[:1]
    name = verb.nbor(-1) if verb.i and not pick and verb.i - 1 in inside else None
    if name is not None and name.pos_ == "PROPN":  # `Olsen notes`, which the model takes for a noun
        start, end = place(here.line, name.left_edge, name)
        return Phrase(start, end, name, here.index)
    if pick and inverted:
        return _extended(here, verb, pick[0].root)
    return extent(here.line, here.index, pick[0].root, verb.i) if pick else None


def _extended(here: Gap, verb: Token, noun: Token) -> Phrase:
    """The phrase after an inverted verb, to the end of the name where the parser parted the two."""
    name = _name_after(verb, noun)
    if name is None:
        return extent(here.line, here.index, noun, verb.i)
    start, end = place(here.line, noun.left_edge, name)
    return Phrase(start, end, name, here.index)


def _name_after(verb: Token, noun: Token) -> Token | None:
    """The name that `said seniors advocate Ada Poe` ends in, where the parser took a word of it for a verb."""
    if noun.ent_type_ == "PERSON" or noun.pos_ == "PRON" or noun.i + 1 >= len(noun.doc) or noun.i > verb.i + 4:
        return None
    for token in noun.doc[noun.i + 1 : noun.i + 6]:
        if token.is_punct or token.pos_ in ("ADP", "CCONJ", "SCONJ", "AUX") or token.ent_type_ in ("DATE", "TIME"):
            return None
        if token.ent_type_ == "PERSON" and (token.i + 1 == len(token.doc) or token.nbor(1).ent_iob_ != "I"):
            return token
    return None


def _according(here: Gap, words: Sequence[Token], content: Range) -> Frame | None:
    chunk = next((t for t in words[2:] if t.dep_ == "pobj" or t.pos_ in ("PROPN", "PRON")), None)
    if chunk is None:
        return None
    phrase = extent(here.line, here.index, chunk, words[1].i)
    return Frame(here.index, place(here.line, words[0], words[1]), "according", phrase, (content,), "according")


def ahead(document: Document, index: int, since: int, start: int, content: Range) -> Frame | None:
    """`Smith said: "…"`: the words of saying that lead up to a quotation, in the last sentence before it."""
    here = gap(document, index, since, start)
    tokens = _last_sentence(here.tokens)
    if not tokens or tokens[-1].text in STOPS:
        return None
    colon = tokens[-1].text in (":", ",") or tokens[-1].lower_ == "that"
    words = [t for t in tokens if not t.is_punct]
    verbs = [t for t in words if _says(t)]
    if verbs and not negated(verbs[-1]) and (colon or verbs[-1].i >= tokens[-1].i - 6):
        verb = verbs[-1]
        who = _lead(here, words, verb, start)
        return Frame(
            index, cue(here.line, verb), verb.lemma_.lower(), who, (content,), "before",
            recipient(here.line, here.index, verb),
        )  # fmt: skip
    if tokens[-1].text == ":" and words:
        at = place(here.line, tokens[-1], tokens[-1])
        return Frame(index, at, ":", _topic(here, words), (content,), "colon")
    return None


def _last_sentence(tokens: Sequence[Token]) -> list[Token]:
    kept: list[Token] = []
    for token in reversed(tokens):
        if token.text in STOPS and kept:
            break
        kept.append(token)
    return kept[::-1]


def _lead(here: Gap, words: Sequence[Token], verb: Token, start: int) -> Phrase | None:
    who = agent(verb) if passive(verb) else subject(verb)
    if who is not None and who.i != verb.i and here.line.start + who.idx < start:
        return extent(here.line, here.index, who, verb.i)
    inside = {t.i for t in words}
    chunks = [c for c in here.line.doc.noun_chunks if c.root.i in inside]
    left = [c for c in chunks if c.root.i < verb.i]
    pick = left[-1:] or [c for c in chunks if words[0].i == verb.i]  # `Continued Smith:`
    return extent(here.line, here.index, pick[0].root, verb.i) if pick else None


def _topic(here: Gap, words: Sequence[Token]) -> Phrase | None:
    """The subject of the sentence that ends in a colon: `Smith had an answer:`."""
    for token in sorted(words, key=lambda t: t.head.dep_ != "ROOT"):
        if (
            token.dep_ in ("nsubj", "nsubjpass")
            and token.pos_ in ANIMATE
            and token.lower_ not in ("that", "this", "it")
        ):
            return extent(here.line, here.index, token, token.head.i)
    people = [t for t in words if t.pos_ == "PROPN" and t.ent_type_ in ("PERSON", "ORG")]
    return extent(here.line, here.index, people[0]) if people else None


def above(document: Document, quoted: Quoted) -> Frame | None:
    """Words of saying that hold the quoted words in their grammar: `called the plan "a disaster"`.

    The content is the whole of what the verb says, so that a quoted scrap keeps the words it is said of.
    """
    line = document.paragraphs[quoted.paragraph]
    inner = [t for t in line.doc if quoted.inner[0] <= line.start + t.idx < quoted.inner[1]]
    if not inner:
        return None
    inside = {t.i for t in inner}
    top = next((t for t in inner if t.head.i not in inside), None)
    for _ in range(5):
        if top is None or top.head.i == top.i:
            return None
        top = top.head
        if top.i not in inside and _says(top) and stated(top):
            who = agent(top) if passive(top) else subject(top)
            phrase = extent(line, quoted.paragraph, who, top.i) if who is not None and who.i not in inside else None
            return Frame(
                quoted.paragraph, cue(line, top), top.lemma_.lower(), phrase, (_said_of(line, top, quoted),), "above",
                recipient(line, quoted.paragraph, top),
            )  # fmt: skip
        if top.i not in inside and top.pos_ in ("VERB", "AUX") and top.dep_ != "xcomp":
            return None
    return None


def named_so(document: Document, quoted: Quoted) -> bool:
    """`called the plan "a disaster"`: the verb gives something a name, and the marks hold only the name."""
    frame = above(document, quoted)
    return frame is not None and frame.lemma in lexicon.NAMING


def _said_of(line: Paragraph, verb: Token, quoted: Quoted) -> Range:
    """From the first object of the verb to the end of the marks."""
    start, end = quoted.start, quoted.end
    for child in verb.rights:
        at = line.start + child.left_edge.idx
        until = line.start + child.right_edge.idx + len(child.right_edge.text)
        if child.dep_ in OBJECTS and at < quoted.end:
            start = min(start, at)
            end = max(end, until) if at <= quoted.start < until else end
    return start, end


def topic_before(document: Document, quoted: Quoted, since: int) -> Phrase | None:
    """The subject of the sentence before a quotation that nothing is said about, if it may speak."""
    index = quoted.paragraph
    here = gap(document, index, since, quoted.start)
    if not here.tokens and index and not since:
        line = document.paragraphs[index - 1]
        here = gap(document, index - 1, line.start, line.end)
        if document.text[line.start : line.end].rstrip()[-1:] in CLOSERS:
            return None  # somebody has just been quoted
    sentence = _last_sentence(here.tokens)
    if any(t.is_quote for t in sentence):
        return None  # `"…," Smith said.`: whoever has just been quoted goes on
    for token in sentence:
        if token.dep_ == "nsubj" and (token.ent_type_ in ("PERSON", "ORG") or token.lower_ in ("he", "she")):
            return extent(here.line, here.index, token, token.head.i)
    return None
