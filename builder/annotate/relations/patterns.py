"""Where a text says what one is to another: the constructions, each from the two names it stands between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from builder.annotate.relations.lexicon import BODIES_OF, CLASSES, HEDGES, NO_ADJECTIVES, any_noun, governing, nouns
from builder.model.annotation import Mention, RelationKind

FAR = 90  # code points between two names, above which nothing here joins them


class Stated(NamedTuple):
    """A relation as text[start:end] states it; `object` is a mention, or None where `words` name no entity."""

    start: int
    end: int
    kind: RelationKind
    subject: Mention
    object: Mention | None
    words: str


NOUN = f"(?:(?:{any_noun()})s?)"
ADJECTIVE = rf"(?:(?!(?:{HEDGES}|{NO_ADJECTIVES}|{BODIES_OF})\b)[a-z][\w-]* )"
DETERMINER = "(?:(?:an?|the|one of the|his|her|their|its) )"
IS = r"(?:is|was|are|were|became|has been|had been|remains|serves? as|served as|works? as|worked as)"
PREPOSITION = "(?:of|for|at|with|in|near|on)"

# After a subject: what introduces the phrase that tells of it.
OPENS = rf"(?:(?:, \d{{1,2}})?(?:,| \(| [–—-])(?: who {IS}| which {IS})?| {IS}) "
TOLD = re.compile(
    rf"{OPENS}{DETERMINER}?(?P<words>{ADJECTIVE}{{0,2}}"
    rf"(?P<nouns>{NOUN}(?:(?:,| and|,? and) (?:the )?{ADJECTIVE}{{0,1}}{NOUN})*) (?P<preposition>{PREPOSITION})) "
)
UP_TO = re.compile(rf"(?:(?:an?|the|its|his|her|their) )?(?:(?:{CLASSES}) )?(?:called |named )?[\"']?")
PLAIN = re.compile(rf"(?:the|an?|its|his|her|their)(?: (?!(?:{NO_ADJECTIVES})\b)[a-z][\w'-]*){{1,5}}(?=[,.;)])")
# After an object: it is only the first part of what is meant.
GOES_ON = re.compile(rf"-|(?:'s)? (?:[A-Z]|(?:{BODIES_OF})\b)")
OWNED = re.compile(rf"{OPENS}{DETERMINER}?{ADJECTIVE}{{0,1}}")
FORMER = re.compile(r"\b(?:[Ff]ormer|[Tt]hen|[Ee]x) (?:the )?$")  # also where the body's name stands between
OWNED_ROLE = re.compile(rf"(?:'s)? {ADJECTIVE}{{0,2}}(?P<nouns>{NOUN})(?= ?[,.;:)]| and | who |$)")
# Between an object and its subject: "Brightwater's co-founder, Ann Reyes", "Brightwater spokeswoman Ann Reyes".
HELD = re.compile(rf"(?P<owner>'s)? (?P<words>{ADJECTIVE}{{0,2}}(?P<nouns>{NOUN})),? ", re.I)
OFFICE = re.compile(rf"(?P<nouns>{NOUN}) (?P<preposition>of|for) (?:the )?$", re.I)
VERBS: tuple[tuple[re.Pattern[str], RelationKind], ...] = (
    (re.compile(r" (?:has )?(?:also )?(?:co-)?founded (?:the )?"), "founder"),
    (re.compile(r" (?:has )?(?:also )?(?:co-authored|co-wrote|authored) (?:the )?[\"']?"), "author"),
    (re.compile(r"(?:, (?:who|which))? (?:heads|leads|chairs|runs) (?:the )?"), "leader"),
    (re.compile(r"(?:, (?:who|which))? (?:co-)?owns (?:the )?"), "owner"),
    (re.compile(r"(?:, who)? works (?:for|at) (?:the )?"), "employee"),
    (re.compile(r"(?:,|(?:, which)? (?:is|was)) (?:based|headquartered|located|situated) in "), "place"),
    (re.compile(r"(?:, which)? belongs to (?:the )?"), "part"),
)
BY: tuple[tuple[re.Pattern[str], RelationKind], ...] = (
    (re.compile(r",? (?:which )?(?:was |is )?(?:co-)?founded by "), "founder"),
    (re.compile(r",? (?:which )?(?:was |is )?(?:co-)?(?:written|authored) by "), "author"),
    (re.compile(r",? (?:which )?(?:is |was )?(?:headed|chaired|led|run) by "), "leader"),
    (re.compile(r",? (?:which )?(?:is |was )?(?:co-)?owned by (?:the )?"), "owner"),
)
BASED = re.compile(r"-based ")


def after(text: str, subject: Mention, at: dict[int, Mention]) -> Iterator[Stated]:
    """Yields what a phrase right after a name tells of it: "Ann Reyes, co-founder and director of Brightwater"."""
    told = TOLD.match(text, subject.end)
    if told is None:
        return
    begins = UP_TO.match(text, told.end())
    object = at.get(begins.end()) if begins else None
    if object and (GOES_ON.match(text, object.end) or object.label == "group"):
        return
    plain = None if object else PLAIN.match(text, told.end())
    words = object.exact if object else plain.group() if plain else ""
    for noun in re.finditer(NOUN, text[: told.end("nouns")][told.start("nouns") :]) if words else ():
        for kind in _kinds(noun.group(), told["preposition"]):
            if fits(kind, noun.group(), subject, object):
                start = told.start("nouns") + noun.start() if noun.start() else told.start("words")
                yield Stated(start, told.end("preposition"), kind, subject, object, words)
                break


def between(text: str, one: Mention, two: Mention) -> Iterator[Stated]:
    """Yields what the words between two neighbouring names say, whichever of them it is said of."""
    gap = text[one.end : two.start]
    if held := HELD.fullmatch(gap):
        noun = held["nouns"].lower()
        for kind in _kinds(noun):
            if fits(kind, noun, two, one) and (held["owner"] or _names_a_body(kind, noun, one)):
                start = _from(text, one.start, one.end + held.start("words"))
                yield Stated(start, one.end + held.end("words"), kind, two, one, one.exact)
                break
    for patterns, turned in ((VERBS, False), (BY, True)):
        subject, object = (two, one) if turned else (one, two)
        for pattern, kind in patterns:
            if pattern.fullmatch(gap) and fits(kind, "", subject, object):
                yield Stated(*_stripped(gap, one.end), kind, subject, object, object.exact)
    if BASED.fullmatch(gap) and fits("place", "", two, one):
        yield Stated(one.start, two.start - 1, "place", two, one, one.exact)


def around(text: str, one: Mention, two: Mention) -> Iterator[Stated]:
    """Yields "Ann Reyes, Brightwater's spokeswoman," and "the founder of Brightwater, Ann Reyes"."""
    gap = text[one.end : two.start]
    if OWNED.fullmatch(gap) and two.label != "group" and (role := OWNED_ROLE.match(text, two.end)):
        for kind in _kinds(role["nouns"]):
            if fits(kind, role["nouns"], one, two):
                yield Stated(_from(text, two.start, role.start("nouns")), role.end(), kind, one, two, two.exact)
                break
    office = OFFICE.search(text[max(0, one.start - 50) : one.start]) if gap in (", ", " ") else None
    if office and two.label == "person":
        at = max(0, one.start - 50)
        if not re.search(rf"[\w'’]{OPENS}{DETERMINER}?{ADJECTIVE}{{0,2}}$", text[: at + office.start()][-90:]):
            noun = office["nouns"].lower()
            for kind in _kinds(noun, office["preposition"]):
                if fits(kind, noun, two, one):
                    yield Stated(at + office.start(), at + office.end("preposition"), kind, two, one, one.exact)
                    break


def _stripped(gap: str, at: int) -> tuple[int, int]:
    words = gap.strip(" ,\"'").removesuffix(" the").removesuffix(' "')
    start = at + gap.index(words)
    return start, start + len(words)


def _from(text: str, at: int, role: int) -> int:
    """Where the words begin: at "former" right before the body's name, which takes the role back, else at `role`."""
    found = FORMER.search(text, max(0, at - 20), at)
    return found.start() if found else role


def _kinds(noun: str, preposition: str = "") -> Iterator[RelationKind]:
    known = nouns()
    for kind, prepositions in known.get(noun.lower()) or known.get(noun.lower().removesuffix("s"), ()):
        if not preposition or preposition in prepositions:
            yield kind


BODIES = ("organization", "group", "facility", "event")
OF_BODIES_TOO = ("owner", "member", "founder")
OF: dict[RelationKind, tuple[str, ...]] = {
    "author": ("work", "law", "product"),
    "founder": (*BODIES, "product", "place", "work"),
    "leader": BODIES,
    "owner": (*BODIES, "product", "work"),
    "spokesperson": (*BODIES, "person"),
    "member": BODIES,
    "employee": BODIES,
    "family": ("person",),
    "part": (*BODIES, "place"),
    "place": ("place",),
}


def fits(kind: RelationKind, noun: str, subject: Mention, object: Mention | None) -> bool:
    """Tells whether the two can be to each other what the words say; another kind of name is a misreading."""
    if object is not None and object.entity == subject.entity:
        return False
    if kind == "place":
        located = subject.label in ("place", "facility", "organization")
        return object is not None and object.label == "place" and located
    if kind == "part":
        return subject.label in (*BODIES, "place") and subject.label != "group"
    if subject.label != "person" and (kind not in OF_BODIES_TOO or subject.label not in ("organization", "place")):
        return False
    if object is None:
        return True
    return object.label in OF[kind] or (kind == "leader" and object.label == "place" and noun.lower() in governing())


def _names_a_body(kind: RelationKind, noun: str, object: Mention) -> bool:
    """A name right before a role is the body it is in; a people's or a faith's name is only an adjective there."""
    return object.label == "organization" or (object.label == "place" and kind == "leader" and noun in governing())


def find(text: str, mentions: Sequence[Mention]) -> Iterator[Stated]:
    """Yields every relation the text states between its names; `text` has straight marks."""
    at = {m.start: m for m in mentions}
    told: set[str] = set()  # names inside a phrase that tells of another: what follows their comma is of either
    for mention, two in zip_longest(mentions, mentions[1:]):
        found = [] if mention.id in told and text.startswith(",", mention.end) else [*after(text, mention, at)]
        if two and two.start - mention.end < FAR and "\n" not in text[mention.end : two.start]:
            found += [*between(text, mention, two), *around(text, mention, two)]
        for stated in found:
            if not (mention.id in told and stated.subject is mention and text.startswith(",", mention.end)):
                yield stated
                told.update(m.id for m in (stated.object,) if m and m.start > mention.start)
