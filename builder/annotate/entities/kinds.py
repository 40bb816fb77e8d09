"""Of what kind a name is: the model's vote, the name's own shape and the words around it, weighed together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

from builder import authority
from builder.annotate.entities import sport
from builder.annotate.entities.lexicon import words
from builder.annotate.entities.names import Name, View
from builder.annotate.entities.signs import around
from builder.model.annotation import EntityKind

KINDS: tuple[EntityKind, ...] = get_args(EntityKind)
VOTE = 2.0  # of the model, shared out among the occurrences it found
STATED = 2.0  # more for what the text itself states: an acronym in brackets after what it stands for
CANDIDATE = 0.8  # the confidence above which a name is more than a candidate
SURROUNDED = 4.0  # at most, from the words around all occurrences
SURNAME = 3.0  # for a word that is the first or last of a full name in the same document

# The margin of a verdict, and the confidence that goes with it.
CONFIDENCE = ((6.0, 0.9), (4.0, 0.85), (3.0, 0.75), (1.0, 0.5), (float("-inf"), 0.4))

HEADS: tuple[tuple[str, EntityKind], ...] = (
    ("organization_heads", "organization"),
    ("facility_heads", "facility"),
    ("place_heads", "place"),
    ("event_heads", "event"),
    ("law_heads", "law"),
)
STARTS: tuple[tuple[str, EntityKind, float], ...] = (
    ("organization_starts", "organization", 2.5),
    ("facility_starts", "facility", 2.5),
    ("place_starts", "place", 1.5),
)
INITIALS = re.compile(r"(?:[A-Z]\.[ -]?)+[A-Z][a-z]+|[A-Z][a-z]+ [A-Z]\. [A-Z][a-z]+")
ACRONYM = re.compile(r"[A-Z][A-Z&.-]{1,6}s?")
OF = re.compile(r"(?:[^ ]+ )*?(\w+) (?:of|for) ")
HALL = "Hall of Fame"  # a body, whatever of a hall it has
PLACED = re.compile(r"(?:,| in) ([A-Z][\w.]+(?: [A-Z][\w.]+)?)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The kind of a surface form, and how far its weight is above that of the next kind."""

    kind: EntityKind
    margin: float
    supported: bool  # by more than the model's vote

    @property
    def confidence(self) -> float:
        """How often names of such a margin were right on the development sets, rounded down: an estimate, no test."""
        return next(confidence for margin, confidence in CONFIDENCE if self.margin >= margin)


def decide(view: View, votes: Mapping[str, list[Name]]) -> dict[str, Verdict]:
    """Gives every surface form its kind; full names are decided first, so that surnames can follow them."""
    found: dict[str, Verdict] = {}
    persons: set[str] = set()
    bodies: set[str] = set()
    for surface in sorted(votes, key=lambda s: (-len(s.split()), s)):
        names = votes[surface]
        weights = weigh(view, surface, names)
        weights["person"] += SURNAME if surface in persons or surface.removesuffix("s") in persons else 0.0
        weights["organization"] += SURNAME if surface in bodies else 0.0
        kind = best(weights)
        rest = max((weight for other, weight in weights.items() if other != kind), default=0.0)
        found[surface] = Verdict(kind, weights[kind] - max(rest, 0.0), weights[kind] > VOTE + 0.01)
        parts = surface.split()
        if kind == "person" and 2 <= len(parts) <= 4:
            persons.update(part for part in (parts[0], parts[-1]) if len(part) > 2 or part == parts[-1])
        if kind == "organization" and nickname(surface):
            bodies.add(parts[-1])
    return found


def nickname(surface: str) -> bool:
    """Whether a name is a place's and a plural, as teams are called: the `Boston Otters` are also the Otters."""
    home, _, head = surface.rpartition(" ")
    record = authority.find(home) or authority.doubtful().get(home)
    return record is not None and record.kind == "place" and head.endswith("s") and len(head) > 3


def best(weights: Mapping[EntityKind, float]) -> EntityKind:
    """Gives the heaviest kind; of equals the one listed first in the contract."""
    return max(KINDS, key=lambda kind: (weights.get(kind, 0.0), -KINDS.index(kind)))


def weigh(view: View, surface: str, names: Iterable[Name]) -> defaultdict[EntityKind, float]:
    """Adds up what speaks for each kind of a surface form over all its occurrences."""
    names = tuple(names)
    total: defaultdict[EntityKind, float] = defaultdict(float, shape(surface))
    near: defaultdict[EntityKind, float] = defaultdict(float)
    for name in names:
        total[name.kind] += (VOTE + (STATED if name.confidence > CANDIDATE else 0.0)) / len(names)
        for kind, weight in context(view, name):
            near[kind] += weight
    for kind, weight in near.items():
        total[kind] += min(weight, SURROUNDED)
    return total


def context(view: View, name: Name) -> Iterator[tuple[EntityKind, float]]:
    """Yields what stands around one occurrence; a known place after a comma makes it a place too."""
    yield from around(view, name)
    placed = PLACED.match(view.right(name.end))
    if placed and shape(placed[1]).get("place", 0.0) >= 4.0:
        yield "place", 2.0
    if view.sport and name.kind != "place" and (weight := played(view, name)):
        yield "organization", weight


def played(view: View, name: Name) -> float:
    """Gives the weight with which a match report calls a name a team's; of a full name, players score and win too."""
    right = "" if " " in view.surface(name) else view.right(name.end)
    return sport.sign(view.left(name.start), right)


@lru_cache(maxsize=20_000)
def shape(surface: str) -> Mapping[EntityKind, float]:
    """Gives what the name itself tells: the authority file, its head word, its first name, its letters."""
    found: defaultdict[EntityKind, float] = defaultdict(float)
    parts = surface.split()
    record = authority.find(surface)
    if record:
        found[record.kind] += 6.0
    elif doubtful := authority.doubtful().get(surface):
        found[doubtful.kind] += 1.5
    elif len(parts) == 1 and ACRONYM.fullmatch(surface):
        found["organization"] += 2.1 if len(surface) > 3 and not _personal_name(surface.title()) else 1.5
    for kind, weight in (*_heads(surface, parts), *_personal(surface, parts)):
        found[kind] += weight
    return found


def _personal_name(word: str) -> bool:
    return word in words("given_names") or word in words("surnames")


def _heads(surface: str, parts: list[str]) -> Iterator[tuple[EntityKind, float]]:
    if len(parts) < 2:
        return
    last = head(surface)
    kind = next((kind for name, kind in HEADS if last in words(name) or last.rstrip(".") in words(name)), None)
    if kind:
        yield kind, 4.0
        return
    for name, first, weight in STARTS:
        if parts[0] in words(name):
            yield first, weight


def head(surface: str) -> str:
    """Gives the word that says what is named: before "of" or "for", else the last one."""
    parts = surface.split()
    if surface.endswith(HALL):
        return HALL
    if of := OF.match(surface):
        return of[1]
    return parts[-2] if parts[-1] in ("I", "II", "III", "IV") else parts[-1]


def _personal(surface: str, parts: list[str]) -> Iterator[tuple[EntityKind, float]]:
    if parts[0].partition("-")[0] in words("given_names") and len(parts) <= 4:
        sure = len(parts) > 1 and parts[0].lower() not in words("ordinary")
        yield "person", 3.0 if sure else 2.5
    if 2 <= len(parts) <= 4 and (parts[-1] in words("surnames") or parts[0] in words("surnames")):
        yield "person", 1.5
    if len(parts) == 1 and len(surface) > 3 and surface in words("surnames"):
        yield "person", 1.0
    if INITIALS.fullmatch(surface):
        yield "person", 2.5
    if len(parts) > 2 and parts[1] == "of" and parts[0].lower() in words("nobles"):
        yield "person", 6.0
    if " of " in surface or " for " in surface or "&" in surface:
        yield "person", -2.0
