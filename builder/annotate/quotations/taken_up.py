"""Whom a description means that takes somebody up again: `the senator`, `the company`, `the 44-year-old`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from builder.annotate.document import Document
from builder.annotate.quotations import lexicon
from builder.annotate.quotations.ages import CALLED, ages
from builder.annotate.quotations.descriptions import Description, describe, modifiers
from builder.annotate.quotations.foreshadow import foreshadowed
from builder.annotate.quotations.frame import Phrase
from builder.annotate.quotations.given_names import of_noun
from builder.annotate.quotations.people import People, Referent
from builder.annotate.quotations.salience import Salience
from builder.model.annotation import SpeakerKind

if TYPE_CHECKING:
    from spacy.tokens import Token

DEFINITE = frozenset({"the", "this", "that", "these", "those"})
LEAD = 1  # the last paragraph, counted from 0, that may speak of somebody who is named only later
COUNTED = frozenset({"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"})
PERSONAL = frozenset({"retired", "longtime", "lifelong"})
ACCOUNTS = frozenset({"account", "handle", "user", "tweet", "post", "profile"})


class TakenUp:
    """What the article has told so far of those who speak in it, by the nouns it has for them."""

    def __init__(self, document: Document, people: People, salience: Salience) -> None:
        self.document = document
        self.people = people
        self.salience = salience
        self.unnamed: dict[str, str] = {}  # head noun of those unnamed who have spoken -> the words for them
        self._described: list[Description] | None = None
        self._ages: dict[str, int] | None = None

    @property
    def described(self) -> Sequence[Description]:
        """Built when first asked for: most phrases are names."""
        if self._described is None:
            self._described = describe(self.document, self.people.mentions)
        return self._described

    def referent(self, phrase: Phrase, exact: str) -> Referent | None:
        """Gives somebody the article has named or described so before, or None where it does not tell."""
        head = phrase.head
        noun = head.lemma_.lower()
        kind = kind_of(head, exact)
        if noun == "police" and len(exact.split()) == 1:
            return self.salience.only_body(phrase, noun)
        if exact.split()[0].lower() not in DEFINITE:
            return self._ahead(phrase) or self._introduced(noun, exact, kind)
        if noun in ACCOUNTS and kind == "account":
            return self.salience.account(phrase)
        if told := CALLED.match(exact):
            return self._aged(phrase, int(told[1]), noun)
        known = self._known(phrase, noun) or self._in_view(phrase, noun) or self._ahead(phrase)
        if known is not None or kind != "anonymous":
            return known
        return Referent(exact if modifiers(head) else self.unnamed.get(noun, exact), None, kind)

    def _ahead(self, phrase: Phrase) -> Referent | None:
        mention = foreshadowed(self.document, phrase, self.people, self.described) if phrase.paragraph <= LEAD else None
        return self.people.named(mention) if mention is not None else None

    def _introduced(self, noun: str, exact: str, kind: SpeakerKind) -> Referent | None:
        self.unnamed[noun] = exact
        return Referent(exact, None, kind) if kind == "anonymous" else None

    def _known(self, phrase: Phrase, noun: str) -> Referent | None:
        """Somebody named or described so, or a body with that word in its name."""
        extra = modifiers(phrase.head)
        found = self._description(phrase, noun, extra)
        last = self.salience.unnamed(phrase, noun)
        if last is not None and (found is None or found.start < last.start):
            return last.who
        if found is not None:
            return self._means(found)
        if noun not in lexicon.PEOPLE_NOUNS and (body := self._body(phrase, noun, extra)):
            return body
        return None

    def _body(self, phrase: Phrase, noun: str, extra: frozenset[str]) -> Referent | None:
        known = self.salience.body_called(phrase, noun, extra)
        return known or (self.salience.acting(phrase) if noun in lexicon.ACTING else None)

    def _aged(self, phrase: Phrase, age: int, noun: str) -> Referent | None:
        """Who is told to be so old; else the one a pronoun would mean here, unless told to be of another age."""
        if self._ages is None:
            self._ages = ages(self.document.text, self.people)
        so_old = {m.entity: m for m in self.people.mentions if self._ages.get(m.entity) == age}
        if len(so_old) == 1:
            return self.people.named(next(iter(so_old.values())))
        who = self.salience.person(phrase, of_noun(noun))
        return who if who is not None and self._ages.get(who.entity or "", age) == age else None

    def _means(self, found: Description) -> Referent:
        if found.mention is None:
            return Referent(found.words, None, "anonymous")
        return self.people.named(found.mention)

    def _description(self, phrase: Phrase, noun: str, extra: frozenset[str]) -> Description | None:
        for d in reversed(self.described):
            near = phrase.paragraph - d.paragraph <= (2 if noun in lexicon.BODIES or d.mention is None else 30)
            if d.start < phrase.start and d.noun == noun and near and extra <= d.modifiers:
                return d
        return None

    def _in_view(self, phrase: Phrase, noun: str) -> Referent | None:
        """The only person the paragraph and the one before speak of, unless described as something else."""
        if noun not in lexicon.PEOPLE_NOUNS or phrase.head.tag_ in ("NNS", "NNPS") or self._other(phrase.head, noun):
            return None
        who = self.salience.alone_in_view(phrase, of_noun(noun))
        if who is None or noun not in lexicon.OFFICES:
            return who
        called = {d.noun for d in self.described if d.mention is not None and d.mention.entity == who.entity}
        return None if called & lexicon.OFFICES else who

    def _other(self, head: Token, noun: str) -> bool:
        """`the lawyer` may be anybody's; `the mother of two`, `the retired teacher` is whoever is spoken of."""
        counted = any(c.lower_ in COUNTED for of in head.children if of.lower_ == "of" for c in of.children)
        return noun in lexicon.OTHERS and not counted and not modifiers(head) & PERSONAL


def kind_of(head: Token, exact: str) -> SpeakerKind:
    """What kind of speaker a noun stands for that names nobody."""
    lemma = head.lemma_.lower()
    if "@" in exact or (lemma in ACCOUNTS and lemma != "user"):
        return "account"
    if lemma in lexicon.DOCUMENTS:
        return "document"
    return "organization" if lemma in lexicon.BODIES else "anonymous"
