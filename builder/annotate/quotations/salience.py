"""Who a pronoun can mean: those named or heard last, the subject of a sentence before others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.annotate.document import Document
from builder.annotate.quotations import lexicon
from builder.annotate.quotations.frame import Phrase
from builder.annotate.quotations.given_names import gender
from builder.annotate.quotations.marks import Quoted
from builder.annotate.quotations.people import People, Referent
from builder.model.annotation import Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

ANYBODY = {"man": "m", "woman": "f", "person": "", "official": "", "source": "", "boy": "m", "girl": "f"}
SHORT = {"corp": "corporation", "co": "company", "dept": "department", "assn": "association", "univ": "university"}
SEXES = {"he": "m", "she": "f"}
WEIGHTS = {"nsubj": 1.2, "nsubjpass": 0.8, "poss": -0.4, "compound": -0.8}
REACH = 3  # paragraphs that a pronoun may look back
BODY_LABELS = frozenset({"organization", "place", "group", "facility"})


@dataclass(frozen=True, slots=True)
class Heard:
    """Somebody at a place in the text; `weight` says how much in view they stand there."""

    start: int
    paragraph: int
    who: Referent
    weight: float
    gender: str


class Salience:
    """What a reader has in mind at each place of one document."""

    def __init__(self, document: Document, people: People, quoted: Sequence[Quoted]) -> None:
        self.document = document
        self.people = people
        self.mentions = people.mentions
        self.inside = [(q.start, q.end) for q in quoted]
        self.heard: list[Heard] = []
        self._genders: dict[str, str] = {}
        self._seen: list[Heard] | None = None
        self._places: list[tuple[Mention, int, float]] | None = None

    def remember(self, who: Referent, phrase: Phrase) -> None:
        """Notes that somebody has spoken: they are in view more than others."""
        head = phrase.head
        plural = head.tag_ in ("NNS", "NNPS") or head.lower_ == "they" or who.plural
        told = SEXES.get(head.lower_) or self._gender(who.name, who.entity)
        if told and who.entity:
            self._genders[who.entity] = told
        one = Referent(who.name, who.entity, who.kind, plural)
        self.heard.append(Heard(phrase.start, phrase.paragraph, one, 2.0, told))

    def person(self, phrase: Phrase, sex: str) -> Referent | None:
        """Whom `he` or `she` means, or somebody of no known sex."""
        candidates = [
            h
            for h in (*self._people(), *self.heard)
            if h.start < phrase.start
            and phrase.paragraph - h.paragraph <= REACH
            and h.who.kind in ("named", "anonymous")
            and not h.who.plural
            and agree(self._genders.get(h.who.entity or "") or h.gender, sex)
        ]
        return self._best(candidates, phrase)

    def body(self, phrase: Phrase, plural: bool) -> Referent | None:
        """What `it` or `they` means: who spoke last, if it was a body, a text or several people."""
        near = [h for h in self.heard if h.start < phrase.start and phrase.paragraph - h.paragraph <= 1]
        for h in reversed(near):
            if plural and (h.who.plural or h.who.kind == "organization"):
                return h.who
            if not plural and h.who.kind in ("organization", "document", "account"):
                return h.who
        if plural:
            return None
        bodies = [
            Heard(m.start, i, Referent(m.name, m.entity, "organization"), w, "")
            for m, i, w in self._in_place()
            if m.label in ("organization", "facility") and m.start < phrase.start and phrase.paragraph - i <= 1
        ]
        return self._best(bodies, phrase)

    def body_called(self, phrase: Phrase, noun: str, extra: frozenset[str]) -> Referent | None:
        """What `the company`, `the department` means: the last body so named, else the one that spoke last.

        With a word before it that tells which, `the central bank`, only a body named so close by.
        """
        described = bool(extra - lexicon.WIDE)
        reach = 1 if extra else len(self.document.paragraphs)
        for m, i, _ in reversed(self._in_place()):
            if m.start < phrase.start and phrase.paragraph - i <= reach and _called(m, noun):
                return Referent(m.name, m.entity, "organization")
        if described or noun not in lexicon.TAKEN_UP:
            return None
        near = [h.who for h in self.heard if phrase.paragraph - h.paragraph <= 1 and h.who.name]
        bodies = [who for who in near if who.kind == "organization" and not who.plural]
        return bodies[-1] if bodies else self._alone(phrase, self.people.body)

    def acting(self, phrase: Phrase) -> Referent | None:
        """The only body that a sentence is about before it ends in `the club said`."""
        sentence = phrase.head.sent
        since = phrase.start - (phrase.head.idx - sentence.start_char)
        told = [m for m, _, weight in self._in_place() if since <= m.start < phrase.start and weight > 0]
        acting = [m for m in told if self.people.body(m)]
        return self.people.named(acting[0]) if len({m.entity for m in acting}) == 1 else None

    def only_body(self, phrase: Phrase, noun: str) -> Referent | None:
        """What a bare `police` means: the only body of the article with the word in its name."""
        called = {m.entity: m for m in self.mentions if _called(m, noun)}
        one = next(iter(called.values())) if len(called) == 1 else None
        return Referent(one.name, one.entity, "organization") if one and one.start < phrase.start else None

    def alone_in_view(self, phrase: Phrase, sex: str = "") -> Referent | None:
        """The only person named or heard here and in the paragraph before, if a sentence is about them."""
        heard = [h for h in self.heard if h.start < phrase.start and phrase.paragraph - h.paragraph <= 1]
        people = {h.who.entity or h.who.name: h.who for h in heard if h.who.kind in ("named", "anonymous")}
        named = {m.entity: m for m, i, _ in self._in_place() if self._near(m, i, phrase) and self.people.person(m)}
        if len({*people, *named}) > 1:
            return None
        if not people and not named:
            who = self._spoken_of(phrase)
        else:
            who = next(iter(people.values())) if people else self._alone(phrase, self.people.person)
        if who is None or who.kind != "named" or who.plural:
            return None
        return who if agree(self._gender(who.name, who.entity), sex) else None

    def _spoken_of(self, phrase: Phrase) -> Referent | None:
        """Whom the paragraph before is about by a pronoun alone: `She was taken to hospital.`"""
        index = phrase.paragraph - 1
        line = self.document.paragraphs[index] if index >= 0 else None
        for t in line.doc if line is not None else ():
            at = line.start + t.idx if line is not None else 0
            if t.dep_ in ("nsubj", "nsubjpass") and t.lower_ in SEXES and not any(a <= at < b for a, b in self.inside):
                return self.person(Phrase(at, at + len(t.text), t, index), SEXES[t.lower_])
        return None

    def _near(self, mention: Mention, paragraph: int, phrase: Phrase) -> bool:
        return mention.start < phrase.start and phrase.paragraph - paragraph <= 1

    def _alone(self, phrase: Phrase, fits: Callable[[Mention], bool]) -> Referent | None:
        seen = [(m, w) for m, i, w in self._in_place() if self._near(m, i, phrase)]
        near = [(m, w) for m, w in seen if fits(m)]
        if len({m.entity for m, _ in near}) != 1 or all(w <= 0 for _, w in near):
            return None
        return self.people.named(near[-1][0])

    def unnamed(self, phrase: Phrase, noun: str) -> Heard | None:
        """Who `the man`, `the person` means: the unnamed one who spoke last, not long before."""
        last = max((h for h in self.heard if h.start < phrase.start), key=lambda h: h.start, default=None)
        if noun not in ANYBODY or last is None or last.who.kind != "anonymous" or last.who.plural:
            return None
        near = phrase.paragraph - last.paragraph <= REACH
        return last if near and ANYBODY[noun] in ("", last.gender or ANYBODY[noun]) else None

    def account(self, phrase: Phrase) -> Referent | None:
        """What `one` (of its tweets) or `the account` means: the only account named in this paragraph or before."""
        names = {m.name: m.entity for m in self.mentions if m.label == "account" and m.start < phrase.start}
        if len(names) != 1:
            return None
        name, entity = next(iter(names.items()))
        return Referent(name, entity, "account")

    def _best(self, candidates: Sequence[Heard], phrase: Phrase) -> Referent | None:
        if not candidates:
            return None
        text = self.document.text
        scores: dict[str, float] = {}
        people: dict[str, Referent] = {}
        for h in candidates:
            key = h.who.entity or h.who.name
            between = text[h.start : phrase.start]
            distance = sum(between.count(stop) for stop in (". ", "? ", "! ", ".” ", '." ', "\n"))
            score = h.weight - 1.0 * distance
            if score > scores.get(key, -99):
                scores[key] = score
            people[key] = h.who
        best = max(scores, key=lambda k: (scores[k], k))
        return people[best]

    def _people(self) -> Sequence[Heard]:
        if self._seen is None:
            self._seen = [
                Heard(
                    m.start,
                    i,
                    Referent(self.people.fullest(m), m.entity, "named"),
                    weight,
                    self._gender(m.name, m.entity, m.start),
                )
                for m, i, weight in self._in_place()
                if self.people.person(m)
            ]
        return self._seen

    def _in_place(self) -> list[tuple[Mention, int, float]]:
        if self._places is None:
            self._places = list(self._placed())
        return self._places

    def _placed(self) -> Iterator[tuple[Mention, int, float]]:
        """Mentions outside quotation marks with their paragraph and weight: subjects count more."""
        lines = self.document.paragraphs
        at = 0
        for m in self.mentions:
            while at + 1 < len(lines) and lines[at].end <= m.start:
                at += 1
            line = lines[at] if lines else None
            if line is None or not line.start <= m.start < line.end or any(a <= m.start < b for a, b in self.inside):
                continue
            span = line.doc.char_span(m.start - line.start, m.end - line.start, alignment_mode="expand")
            yield m, at, WEIGHTS.get(_role(span.root), 0.0) if span is not None else 0.0

    def _gender(self, name: str, entity: str | None, start: int = 0) -> str:
        if entity and entity in self._genders:
            return self._genders[entity]
        before = self.document.text[max(0, start - 16) : start] if start else ""
        told = gender(name, before) or gender(_described(name))
        if told and entity:
            self._genders[entity] = told
        return told


def _role(name: Token) -> str:
    """What a name does in its sentence; in apposition, what the noun does that it explains."""
    if name.dep_ == "appos":
        name = name.head
        while name.dep_ == "pobj" and name.head.dep_ == "prep" and name.head.head.pos_ in ("NOUN", "PROPN"):
            name = name.head.head  # `a spokeswoman for the minister, Ada Poe`
    return str(name.dep_)


def agree(told: str, wanted: str) -> bool:
    """True where nothing tells that one is a man and the other a woman."""
    return not told or not wanted or told == wanted


def _described(name: str) -> str:
    """The head noun of a description, for `a spokeswoman for the council`."""
    return next((w for w in name.lower().split() if w in lexicon.PEOPLE_NOUNS), "")


def _called(mention: Mention, noun: str) -> bool:
    names = {SHORT.get(word, word) for word in mention.name.lower().replace(".", "").split()}
    return mention.label in BODY_LABELS and noun in names
