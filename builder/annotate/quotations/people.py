"""Who among an article's names is a person, and by which name the article calls them in full."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from builder.annotate.document import Document
from builder.annotate.quotations import lexicon
from builder.model.annotation import Mention, SpeakerKind

WORDS_BEFORE = re.compile(r"(?:[\w.'’-]+ )?([\w'’-]+)\.? $")
# No name reaches across a verb of saying or the dash of a dateline.
BROKEN = re.compile(r" (?:said|says|told|tells|added|wrote|[—–-]+) ")
MISTAKEN = frozenset({"organization", "place", "facility", "group", "product", "work"})
KINDS: dict[str, SpeakerKind] = {"person": "named", "account": "account", "hashtag": "account", "work": "document"}


@dataclass(frozen=True, slots=True)
class Referent:
    """Somebody the article speaks of: a name, or for the unnamed the words that describe them."""

    name: str
    entity: str | None
    kind: SpeakerKind
    plural: bool = False


class People:
    """What one article's names tell: `Const. Olsen` is a person whatever the model takes the name for."""

    def __init__(self, document: Document, mentions: Sequence[Mention]) -> None:
        self.mentions = [m for m in mentions if not BROKEN.search(m.exact)]
        self._text = document.text
        self._titled = {m.entity for m in self.mentions if m.label in MISTAKEN and self._addressed(m)}
        self._bodies = {m.entity for m in self.mentions if m.label == "person" and self._made(m)}
        self._full: dict[str, str] = {}

    def learn(self, mention: Mention) -> None:
        """Takes a name for a person's from here on."""
        if mention.label in MISTAKEN:
            self._titled.add(mention.entity)
            self._full.clear()

    def at(self, at: int) -> Mention | None:
        """The name that a character of the text lies in."""
        return next((m for m in self.mentions if m.start <= at < m.end), None)

    def person(self, mention: Mention) -> bool:
        """A person by the annotator's label, by the title before the name, or by the full name it ends."""
        if mention.entity in self._bodies or self._one_of(mention):
            return False
        return mention.label == "person" or mention.entity in self._titled or self._ends_a_name(mention)

    def body(self, mention: Mention) -> bool:
        """A body by its label, or by the words: `the oil producer Borealis`, `Hockey Canada`."""
        return mention.entity in self._bodies or (mention.label == "organization" and not self.person(mention))

    def named(self, mention: Mention) -> Referent:
        """Whom a name means, under the fullest name the article has for them."""
        if self.body(mention):
            return Referent(mention.name, mention.entity, "organization")
        kind = "named" if self.person(mention) else KINDS.get(mention.label, "organization")
        return Referent(self.fullest(mention), mention.entity, kind)

    def fullest(self, mention: Mention) -> str:
        """The mention's name; a bare surname is filled in when only one person of that name is there."""
        if mention.name not in self._full:
            longer = dict.fromkeys(m.name for m in self.mentions if self._longer(m, mention.name))
            self._full[mention.name] = _untitled(next(iter(longer)) if len(longer) == 1 else mention.name)
        return self._full[mention.name] if self.person(mention) else mention.name

    def ending_with(self, name: str) -> Mention | None:
        """The first person named in full by a name that ends so."""
        return next((m for m in self.mentions if self._longer(m, name)), None)

    def _one_of(self, mention: Mention) -> bool:
        """`The Finn`, which the model takes for a name."""
        return mention.name.lower() in lexicon.MEMBERS and self._text[: mention.start].lower().endswith("the ")

    def _longer(self, mention: Mention, name: str) -> bool:
        whole, end = mention.name.casefold(), name.casefold()
        told = mention.label == "person" and mention.entity not in self._bodies
        return (told or mention.entity in self._titled) and whole.endswith(f" {end}")

    def _ends_a_name(self, mention: Mention) -> bool:
        return mention.label == "organization" and self.ending_with(mention.name) is not None

    def _made(self, mention: Mention) -> bool:
        before = WORDS_BEFORE.search(self._text, max(0, mention.start - 40), mention.start)
        told = before is not None and before[1].lower() in lexicon.TAKEN_UP
        return told or mention.exact.split()[0].lower() in lexicon.FIELDS

    def _addressed(self, mention: Mention) -> bool:
        """A rank or a word for what people do stands before a name, or begins it: `Neighbour Ann Olsen`."""
        first, *others = mention.exact.split()
        before = WORDS_BEFORE.search(self._text, max(0, mention.start - 40), mention.start)
        told = first if _calls(first) and len(others) > 1 else before[1] if before else ""
        named = mention.label != "place" and not mention.exact.isupper() and not lexicon.named_body(mention.exact)
        return named and _calls(told) and len(mention.exact.split()) > 1


def _untitled(name: str) -> str:
    """`Ann Olsen` of `Const. Ann Olsen`."""
    words = name.split()
    while len(words) > 2 and _calls(words[0]):
        words = words[1:]
    return " ".join(words)


def _calls(word: str) -> bool:
    plain = word.strip(".").lower()
    return plain in lexicon.RANKS or plain in lexicon.PEOPLE_NOUNS - lexicon.BODIES
