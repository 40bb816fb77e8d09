"""Who a speaker's words mean, as far as the article tells: names, pronouns, `the group`, `the person`.

What the text does not say stays open: `name` is null. For somebody unnamed who is taken up again (`the person
said`) it holds the words that described them first, so that both are known to be one source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from builder.annotate.document import Document
from builder.annotate.quotations import lexicon
from builder.annotate.quotations.descriptions import Description
from builder.annotate.quotations.frame import Phrase
from builder.annotate.quotations.marks import Quoted
from builder.annotate.quotations.people import People, Referent
from builder.annotate.quotations.phrase import extent
from builder.annotate.quotations.salience import Salience
from builder.annotate.quotations.taken_up import TakenUp, kind_of
from builder.model.annotation import Annotation, Mention, Speaker, SpeakerKind

if TYPE_CHECKING:
    from spacy.tokens import Token

HANDLE = re.compile(r"@\w+")
ONE = frozenset({"one", "another", "other", "first", "second", "third"})
INITIALS = frozenset({"gm", "ceo", "cfo", "coo", "pm", "mp", "mpp", "mla", "mna", "vp"})
KIN = frozenset({"younger", "elder", "older"})
MEMBER = re.compile(r"(?:ian|ean|can|crat|ist|ite|er)$")
RELATIVE = frozenset({"who", "which", "that", "whom"})
SINGULAR = {"he": "m", "she": "f", "his": "m", "her": "f", "him": "m", "himself": "m", "herself": "f"}


class Speakers:
    """Resolves the phrases of one document, in text order."""

    def __init__(self, document: Document, found: Sequence[Annotation], quoted: Sequence[Quoted]) -> None:
        self.document = document
        mentions = sorted((m for m in found if isinstance(m, Mention)), key=lambda m: (m.start, -m.end))
        self.people = People(document, mentions)
        self.mentions = self.people.mentions
        self.salience = Salience(document, self.people, quoted)
        self.taken_up = TakenUp(document, self.people, self.salience)

    @property
    def described(self) -> Sequence[Description]:
        """What the article calls those it names."""
        return self.taken_up.described

    def resolve(self, phrase: Phrase) -> Speaker:
        """Gives the speaker a phrase means, and remembers that they have spoken."""
        who = self._referent(phrase, 4)
        if who is not None:
            self.salience.remember(who, phrase)
        exact = self.document.text[phrase.start : phrase.end]
        if who is None:
            return Speaker(phrase.start, phrase.end, exact, None, None, kind_of(phrase.head, exact))
        name = who.name if who.name and (who.entity or who.kind != "anonymous" or who.name != exact) else None
        return Speaker(phrase.start, phrase.end, exact, name, who.entity, who.kind)

    def _referent(self, phrase: Phrase, depth: int) -> Referent | None:
        head = phrase.head
        word = head.lower_
        if word in RELATIVE and depth:
            antecedent = self._antecedent(phrase)
            return self._referent(antecedent, depth - 1) if antecedent else None
        if word in SINGULAR:
            return self.salience.person(phrase, SINGULAR[word])
        whole = phrase.end - phrase.start == len(word)
        if word in ("it", "its", "they", "their", "one") and head.pos_ in ("PRON", "NUM", "NOUN") and whole:
            return self._it(phrase, word)
        mention = self.mention(phrase)
        if mention is not None and _member(mention, phrase):
            return self.salience.alone_in_view(phrase)
        if mention is not None:
            return self.people.named(mention)
        return None if _younger(head) else self._unnamed(phrase)

    def _unnamed(self, phrase: Phrase) -> Referent | None:
        """Somebody the words do not name, or by a name that no annotator knows."""
        head = phrase.head
        if self._shared(phrase):
            return self._several(phrase)
        exact = self.document.text[phrase.start : phrase.end]
        if exact[:1].isupper() and " " not in exact and (known := self.people.ending_with(exact)) is not None:
            return self.people.named(known)  # a surname that the model takes for a common noun
        if handle := HANDLE.search(exact):
            return self._account(handle.group(), phrase.start + handle.start())
        if exact.isupper() and len(exact) > 2:
            return self._unlisted(phrase)  # a name in capitals, as transcripts have it
        if head.pos_ == "PROPN" and head.lemma_.lower() not in lexicon.PEOPLE_NOUNS:
            return self._unlisted(phrase)
        return self.taken_up.referent(phrase, exact)

    def mention(self, phrase: Phrase) -> Mention | None:
        """The mention that the phrase's head lies in, or a name in apposition to it, right behind it or at its end."""
        start = self.document.paragraphs[phrase.paragraph].start
        initials = phrase.head.lower_ in INITIALS and phrase.head.left_edge.lower_ == "the"
        if self._shared(phrase) or initials or _younger(phrase.head):
            return None  # two speakers are not one name; `the GM` is no car maker
        own = self.people.at(start + phrase.head.idx)
        if own is not None and own.label != "hashtag" and not self._cut(own, phrase):
            return own
        for other in phrase.head.children:
            m = self.people.at(start + other.idx) if other.dep_ == "appos" else None
            if m is not None and m.label != "hashtag":
                return self._apposed(m, phrase)
        inside = [m for m in self.mentions if phrase.start <= m.start and m.end == phrase.end]
        inside = [m for m in inside if not _led_to(phrase, m.start - start)]
        return next((m for m in inside if m.label in ("person", "account")), None) or self._behind(phrase)

    def _account(self, handle: str, start: int) -> Referent:
        """`the @mill account` is the account that the handle in it names, like the handle alone."""
        known = next((m for m in self.mentions if m.label == "account" and m.start == start), None)
        return self.people.named(known) if known is not None else Referent(handle, None, "account")

    def _behind(self, phrase: Phrase) -> Mention | None:
        """The name between commas behind a description: `the mayor of Olney, Ada Poe, said`."""
        if phrase.head.lemma_.lower() not in lexicon.PEOPLE_NOUNS | lexicon.BODIES | ONE:
            return None
        text, end = self.document.text, phrase.end + 2
        m = self.people.at(end) if text[phrase.end : end] == ", " else None
        set_off = m is not None and m.start == end and text[m.end : m.end + 1] == ","
        return self._apposed(m, phrase) if set_off and m is not None and m.label in ("person", "organization") else None

    def _apposed(self, mention: Mention, phrase: Phrase) -> Mention:
        """`the president of the union, Ada Poe`: what the noun tells of the name is learned."""
        if phrase.head.lemma_.lower() in lexicon.PEOPLE_NOUNS - lexicon.BODIES:
            self.people.learn(mention)
        return mention

    def _shared(self, phrase: Phrase) -> bool:
        """Two heads within the phrase: `Poe and Lund`; the parts of one name are none."""
        start = self.document.paragraphs[phrase.paragraph].start
        own = self.people.at(start + phrase.head.idx)
        others = [c for c in phrase.head.conjuncts if phrase.start <= start + c.idx < phrase.end]
        return any(own is None or not own.start <= start + c.idx < own.end for c in others)

    def _cut(self, mention: Mention, phrase: Phrase) -> bool:
        """A place's name within a body's: the model knows the second word of `Environment Canada` alone."""
        head = phrase.head
        before = [t for t in head.lefts if t.dep_ == "compound" and t.pos_ == "PROPN" and t.i + 1 == head.i]
        start = self.document.paragraphs[phrase.paragraph].start
        return mention.label == "place" and any(start + t.idx < mention.start for t in before)

    def _antecedent(self, phrase: Phrase) -> Phrase | None:
        token = phrase.head
        for _ in range(4):
            if token.dep_ == "relcl":
                line = self.document.paragraphs[phrase.paragraph]
                return extent(line, phrase.paragraph, token.head, phrase.head.i)
            token = token.head
        return None

    def _unlisted(self, phrase: Phrase) -> Referent:
        """A proper name that is no mention: filled in from a person's that ends with it, else as it stands."""
        head = phrase.head
        tokens = [t for t in head.lefts if t.pos_ == "PROPN" and t.dep_ == "compound"]
        line = self.document.paragraphs[phrase.paragraph]
        start = line.start + (tokens[0].idx if tokens else head.idx)
        end = line.start + head.idx + len(head.text)
        exact = self.document.text[start:end]
        if (longer := self.people.ending_with(exact.split()[-1])) is not None:
            return self.people.named(longer)
        before = self.document.text[phrase.start : start].strip().lower()
        makers = {t.lemma_.lower() for t in head.lefts if t.pos_ == "NOUN"}
        body = before == "the" or makers & lexicon.BODIES or lexicon.named_body(exact)
        return Referent(exact, None, "organization" if body else "named")

    def _several(self, phrase: Phrase) -> Referent | None:
        """`Olsen and Vidal said`: no one entity; their names together when both are known, else nobody."""
        start = self.document.paragraphs[phrase.paragraph].start
        heads = [phrase.head, *(c for c in phrase.head.conjuncts if phrase.start <= start + c.idx < phrase.end)]
        found = [self.people.at(start + head.idx) for head in sorted(heads, key=lambda t: t.i)]
        known = [self.people.named(m) for m in found if m is not None]
        if len(known) < len(found):
            return None
        kind: SpeakerKind = "named" if all(p.kind == "named" for p in known) else "organization"
        names = ", ".join(p.name for p in known[:-1])
        return Referent(f"{names} and {known[-1].name}", None, kind, plural=True)

    def _it(self, phrase: Phrase, word: str) -> Referent | None:
        if word == "one":
            return self.salience.account(phrase)
        return self.salience.body(phrase, plural=word in ("they", "their"))


def _member(mention: Mention, phrase: Phrase) -> bool:
    """`the Swede`, `the New Democrat`: one of a group, not the group."""
    word = phrase.head.lower_
    one = phrase.head.tag_ in ("NN", "NNP", "JJ") and phrase.head.left_edge.lower_ == "the"
    return mention.label == "group" and one and (word in lexicon.MEMBERS or MEMBER.search(word) is not None)


def _younger(head: Token) -> bool:
    """`the younger Poe`: the name alone would tell the wrong one."""
    return head.pos_ == "PROPN" and any(t.lower_ in KIN and t.dep_ == "amod" for t in head.lefts)


def _led_to(phrase: Phrase, at: int) -> bool:
    """A preposition before the name: it tells where or whose, not who, as in `an adviser to Mr. Lund`."""
    before = [t for t in phrase.head.subtree if phrase.head.i < t.i and t.idx < at]
    while before and before[-1].lower_.strip(".") in lexicon.RANKS | lexicon.PEOPLE_NOUNS:
        before.pop()
    return bool(before) and before[-1].pos_ in ("ADP", "SCONJ")
