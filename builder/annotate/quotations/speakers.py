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
from builder.annotate.quotations.descriptions import Description, describe
from builder.annotate.quotations.frame import Phrase
from builder.annotate.quotations.marks import Quoted
from builder.annotate.quotations.phrase import extent
from builder.annotate.quotations.salience import Referent, Salience
from builder.model.annotation import Annotation, Mention, Speaker, SpeakerKind

if TYPE_CHECKING:
    from spacy.tokens import Token

HANDLE = re.compile(r"@\w+")
KINDS: dict[str, SpeakerKind] = {"person": "named", "account": "account", "hashtag": "account", "work": "document"}
RELATIVE = frozenset({"who", "which", "that", "whom"})
SINGULAR = {"he": "m", "she": "f", "his": "m", "her": "f", "him": "m", "himself": "m", "herself": "f"}
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
ACCOUNTS = frozenset({"account", "handle", "user", "tweet", "post", "profile"})


class Speakers:
    """Resolves the phrases of one document, in text order."""

    def __init__(self, document: Document, found: Sequence[Annotation], quoted: Sequence[Quoted]) -> None:
        self.document = document
        self.mentions = sorted((m for m in found if isinstance(m, Mention)), key=lambda m: (m.start, -m.end))
        self.salience = Salience(document, self.mentions, quoted)
        self.unnamed: dict[str, str] = {}  # head noun of those unnamed who have spoken -> the words for them
        self._described: list[Description] | None = None

    @property
    def described(self) -> list[Description]:
        """Built when first asked for: most phrases are names."""
        if self._described is None:
            self._described = describe(self.document, self.mentions)
        return self._described

    def resolve(self, phrase: Phrase) -> Speaker:
        """Gives the speaker a phrase means, and remembers that they have spoken."""
        who = self._referent(phrase, 4)
        if who is not None:
            self.salience.remember(who, phrase)
        exact = self.document.text[phrase.start : phrase.end]
        if who is None:
            return Speaker(phrase.start, phrase.end, exact, None, None, self._kind(phrase.head, exact))
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
        if word in ("it", "its", "they", "their", "one") and head.pos_ in ("PRON", "NUM", "NOUN"):
            return self._it(phrase, word)
        mention = self.mention(phrase)
        if mention is not None:
            return self._named(mention)
        if any(c.dep_ == "conj" for c in head.children) and head.pos_ == "PROPN":
            return None
        exact = self.document.text[phrase.start : phrase.end]
        if handle := HANDLE.search(exact):
            return Referent(handle.group(), None, "account")
        if exact.isupper() and len(exact) > 2:
            return self._unlisted(phrase)  # a name in capitals, as transcripts have it
        if head.pos_ == "PROPN" and head.lemma_.lower() not in lexicon.PEOPLE_NOUNS:
            return self._unlisted(phrase)
        return self._described_as(phrase, exact)

    def mention(self, phrase: Phrase) -> Mention | None:
        """The mention that the phrase's head lies in, or a name in apposition to it or at its end."""
        line = self.document.paragraphs[phrase.paragraph]
        if any(c.dep_ == "conj" and line.start + c.idx < phrase.end for c in phrase.head.children):
            return None  # two speakers are not one name
        heads = [phrase.head, *(c for c in phrase.head.children if c.dep_ == "appos")]
        for head in heads:
            at = line.start + head.idx
            for m in self.mentions:
                if m.start <= at < m.end and m.label != "hashtag":
                    return m
                if m.start > at:
                    break
        inside = [m for m in self.mentions if phrase.start <= m.start and m.end == phrase.end]
        return next((m for m in inside if m.label in ("person", "account")), None)

    def _antecedent(self, phrase: Phrase) -> Phrase | None:
        token = phrase.head
        for _ in range(4):
            if token.dep_ == "relcl":
                line = self.document.paragraphs[phrase.paragraph]
                return extent(line, phrase.paragraph, token.head, phrase.head.i)
            token = token.head
        return None

    def _named(self, mention: Mention) -> Referent:
        kind = KINDS.get(mention.label, "organization")
        return Referent(self._fullest(mention), mention.entity, kind)

    def _fullest(self, mention: Mention) -> str:
        """The mention's name; a bare surname is filled in when only one person of that name is there."""
        if mention.label != "person" or " " in mention.name:
            return mention.name
        longer = {
            m.name: None
            for m in self.mentions
            if m.label == "person" and " " in m.name and m.name.split()[-1].casefold() == mention.name.casefold()
        }
        return next(iter(longer)) if len(longer) == 1 else mention.name

    def _unlisted(self, phrase: Phrase) -> Referent:
        """A proper name that is no mention: filled in from a mention that ends with it, else as it stands."""
        head = phrase.head
        tokens = [t for t in head.lefts if t.pos_ == "PROPN" and t.dep_ == "compound"]
        line = self.document.paragraphs[phrase.paragraph]
        start = line.start + (tokens[0].idx if tokens else head.idx)
        end = line.start + head.idx + len(head.text)
        exact = self.document.text[start:end]
        last = exact.split()[-1].casefold() if exact.split() else ""
        for m in self.mentions:
            if m.label == "person" and " " in m.name and m.name.split()[-1].casefold() == last:
                return self._named(m)
        organization = phrase.start < start and self.document.text[phrase.start : start].strip().lower() == "the"
        return Referent(exact, None, "organization" if organization else "named")

    def _it(self, phrase: Phrase, word: str) -> Referent | None:
        if word == "one":
            return self.salience.account(phrase)
        return self.salience.body(phrase, plural=word in ("they", "their"))

    def _described_as(self, phrase: Phrase, exact: str) -> Referent | None:
        """`the senator`, `the company`, `the person`: somebody the article has described so before."""
        head = phrase.head
        noun = head.lemma_.lower()
        kind = self._kind(head, exact)
        if exact.split()[0].lower() not in DEFINITE:
            self.unnamed[noun] = exact
            return Referent(exact, None, kind) if kind == "anonymous" else None
        if noun in ACCOUNTS and kind == "account":
            return self.salience.account(phrase)
        extra = {c.lower_ for c in head.lefts if c.dep_ in ("amod", "compound", "nmod", "poss", "nummod")}
        for d in reversed(self.described):
            near = phrase.paragraph - d.paragraph <= (2 if noun in lexicon.BODIES else 30)
            if d.start < phrase.start and d.noun == noun and near and extra <= d.modifiers:
                if d.mention is not None:
                    return self._named(d.mention)
                return Referent(d.words, None, kind)
        if noun in lexicon.BODIES and not extra:
            return self.salience.body_called(phrase, noun)
        if noun in self.unnamed and not extra and kind == "anonymous":
            return Referent(self.unnamed[noun], None, kind)
        return Referent(exact, None, kind) if kind == "anonymous" else None

    def _kind(self, head: Token, exact: str) -> SpeakerKind:
        lemma = head.lemma_.lower()
        if "@" in exact or (lemma in ACCOUNTS and lemma != "user"):
            return "account"
        if lemma in lexicon.DOCUMENTS:
            return "document"
        return "organization" if lemma in lexicon.BODIES else "anonymous"
