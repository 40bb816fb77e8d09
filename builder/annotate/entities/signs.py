"""What the words around a name tell about its kind, with weights set by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.annotate.entities.lexicon import either, nouns, words
from builder.annotate.entities.names import Name, View
from builder.model.annotation import EntityKind

Sign = tuple[re.Pattern[str], EntityKind, float]


def _sign(pattern: str, kind: EntityKind, weight: float) -> Sign:
    return re.compile(pattern), kind, weight


MAYBE = f"(?:(?:{either('adverbs')}) )*"

SPEAKS = re.compile(rf",? ?{MAYBE}(?:{either('speech_verbs')})\b")

RULED = re.compile(rf"[ -](?:{either('named_after_persons')})\b")

# The words right before a name; the first that matches counts.
BEFORE: tuple[Sign, ...] = (
    _sign(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Sir|Dame|Lt|Col|Gen|Sgt|Capt|Sen|Rep|Gov|Rev)\.? $", "person", 4.0),
    _sign(rf"\b(?:{either('parts_of_places')}) of $", "place", 3.0),
    _sign(r"\b(?:north|south|east|west|miles|km|kilomet(?:er|re)s) (?:of|from) $", "place", 3.0),
    _sign(rf"(?i:\b(?:{either('office_nouns')}) (?:of|for|at|in) (?:the )?$)", "organization", 2.0),
    _sign(r"\b(?:works?|worked|working) (?:for|at) $", "organization", 2.0),
    _sign(rf"\b(?:{either('done_by_organizations')}) by (?:the )?$", "organization", 1.5),
    _sign(r"\b(?:near|outside) $", "place", 3.0),
    _sign(r"(?i:\b(?:in|across|throughout|inside|around|via|towards?) $)", "place", 1.5),
    _sign(r"(?i:\b(?:from|to|at|into) $)", "place", 0.7),
    _sign(r"(?i:\b(?:name is|names? was|named|i'm|i am|called|by) $)", "person", 0.7),
    _sign(r"\b(?:he|she|wife|husband|son|daughter|mother|father|brother|sister),? $", "person", 2.0),
    _sign(r"\b(?:appointed|elected|hired|arrested|interviewed|charged|accused|thanked) $", "person", 1.0),
    _sign(r"\b(?:told|reported by|according to) (?:the )?$", "organization", 0.7),
    _sign(r"\b(?:against|beat|defeated|joined) (?:the )?$", "organization", 0.7),
)

# The words right after it; again the first.
AFTER: tuple[Sign, ...] = (
    _sign(r",? ?\(?\d{2}\)?,", "person", 3.0),
    _sign(r",? who\b", "person", 2.5),
    (SPEAKS, "person", 1.2),
    _sign(rf" {MAYBE}(?:{either('person_verbs')})\b", "person", 1.5),
    _sign(r", (?:his|her|an? (?:\w+ )?(?:former|professor|spokes\w+|analyst|lawyer|resident))\b", "person", 2.0),
    _sign(rf" (?:{either('group_nouns_after')})\b", "group", 2.0),
    _sign(r" (?:daily|newspaper|magazine|news agency|website|television|TV)\b", "organization", 2.0),
    _sign(r" (?:lawmaker|MP|councillor|politician|candidate)s?\b", "organization", 1.0),
    _sign(r" (?:Inc|Ltd|Corp|LLC|PLC|plc|Co)\b", "organization", 4.0),
    _sign(r" ?\([A-Z]{2,7}\)", "organization", 1.5),
    _sign(rf"(?:'s)? (?:{either('owned_by_organizations')})\b", "organization", 1.5),
    _sign(rf",? (?:which )?(?:was|is) {MAYBE}(?:{either('done_to_organizations')})\b", "organization", 2.0),
    (RULED, "person", 1.0),
    _sign(r"'s government\b", "place", 1.0),
    _sign(rf"(?:-based| (?:{either('place_nouns_after')}))\b", "place", 2.0),
    _sign(rf"(?:'s)? (?:{either('owned_by_places')})\b", "place", 1.0),
)

NEXT = re.compile(r" ([a-z]+)")
NOUN = re.compile(r"([A-Za-z-]+)(?:,| called| named| known as|)(?: the)? $")
GIVEN_KIND = re.compile(r"\b(?:the|an?|its|his|her|their) (?:[\w-]+ ){0,3}[a-z-]+ $")
TOLD = re.compile(r",? ?(?:is|was|,) (?:an?|the) ((?:[\w'-]+ ?){1,6})")
DEFINED = re.compile(r" (?:is|was) (?:an?|the) ((?:[\w'-]+ ?){1,6})")
ATTACHED = re.compile(
    r"(?:^|\s)(?:of|in|for|from|with|at|on|by|to|and|or|who|that|which|based|whose|located|known)(?:\s|$)"
)


def around(view: View, name: Name) -> Iterator[tuple[EntityKind, float]]:
    """Yields what the words around one occurrence tell."""
    left, right = view.left(name.start), view.right(name.end)
    for pattern, kind, weight in BEFORE:
        if pattern.search(left):
            yield kind, weight
            break
    else:
        if left.endswith(("the ", "The ")) and not _before_noun(right):
            yield "organization", 0.6
    for pattern, kind, weight in AFTER:
        if pattern.match(right):
            yield kind, weight
            break
    if left.endswith(("the ", "The ")) and not RULED.match(right):
        yield "person", -1.0
    if right.startswith(", which "):
        yield "person", -1.0
    if SPEAKS.match(right):
        yield "organization", 0.8  # bodies speak too, less often
    yield from _described(view, name, left)


def _before_noun(right: str) -> bool:
    """Whether a small word follows that may be a noun, whose article "the" then is: "the Tolmer project"."""
    word = NEXT.match(right)
    if word is None or word[1].endswith(("ed", "ing")) or SPEAKS.match(right):
        return False
    return not any(word[1] in words(name) for name in ("function", "adverbs", "person_verbs", "after_players"))


def _described(view: View, name: Name, left: str) -> Iterator[tuple[EntityKind, float]]:
    """A common noun beside the name: "the analyst Name", "a group, Name", "Name, a company of"."""
    if (noun := NOUN.search(left)) and (kind := nouns().get(noun[1].lower())):
        yield kind, 3.5 if GIVEN_KIND.search(left) else 2.5
    if (told := TOLD.match(view.right(name.end, 60))) and (kind := nouns().get(_head(told[1]))):
        yield kind, 3.0 if DEFINED.match(view.right(name.end)) else 2.0


def defined(view: View, at: int) -> EntityKind | None:
    """What a sentence that begins with a name says the name is: a place in "Tolmer is a village on the coast"."""
    told = DEFINED.match(view.right(at, 60))
    return nouns().get(_head(told[1])) if told else None


def _head(phrase: str) -> str:
    """The last noun of a phrase that tells a kind, before what is attached to it."""
    found = ATTACHED.split(phrase.lower())[0].split()
    return next((word for word in reversed(found) if word in nouns()), "")
