"""Two people of one name stay two when what the articles say of them cannot be said of one.

Years of birth that are apart decide alone. Fields of work that seldom go together, or homes that differ,
decide only where the articles share no other person or body; whatever is undecided stays with the one
of whom the archive tells most.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import islice

from msgspec import Struct

from builder.link.names import Key, fold
from builder.model.archive import Occurrence

MOST_READ = 3  # places of a name that are read in an article: what a person is stands at the first
APART = 2  # years between two years of birth, above which they are two
CAPS = r"[A-Z][\w'’.-]*\w(?:,? [A-Z][\w'’-]*\w){0,2}"
AGED = re.compile(r", (\d{1,2}),|,? aged (\d{1,2})\b|, an? (\d{1,2})-year-old\b")
AGED_BEFORE = re.compile(r"\b(\d{1,2})-year-old (?:[a-z-]+ ){0,3}$")
BORN = re.compile(r" \((?:born|b\.)[^)]*?(\d{4})\)| \((\d{4}) ?[–-] ?(?:\d{4})?\)")
HOME = re.compile(rf"(?:, \d{{1,2}})?,? (?:(?:of|from)|an? [\w -]{{3,40}} (?:from|in)) ({CAPS})")
BESIDE = re.compile(r",? (?:is |was |who is |who was )?(?:an? |the |his |her )?((?:[\w’'-]+ ){0,4}[\w’'-]+)")
WORD = re.compile(r"[\w-]+")


@dataclass(slots=True)
class Person:
    """What is told of someone: years of birth as (from, to), fields, homes; and who else the articles name."""

    articles: list[int]  # their numbers
    born: tuple[int, int] | None = None
    fields: set[str] = field(default_factory=set)
    homes: set[str] = field(default_factory=set)
    companions: set[Key] = field(default_factory=set)

    @property
    def told(self) -> bool:
        return bool(self.born or self.fields or self.homes)

    def take(self, other: Person) -> None:
        """Adds what is told of the same person elsewhere."""
        self.articles += other.articles
        self.born = self.born or other.born
        self.fields |= other.fields
        self.homes |= other.homes
        self.companions |= other.companions


class Around(Struct, frozen=True):
    """What the words around one place of a name tell; `town` is a folded name, of a place if the archive knows one."""

    born: tuple[int, int] | None
    town: str
    fields: tuple[str, ...]


NOTHING = Around(None, "", ())


def around(place: Occurrence, year: int | None) -> Around:
    """Reads the words around a person's name, in an article of that year."""
    before, after = place.before[-50:], place.after
    home, beside = HOME.match(after), BESIDE.match(after)
    words = WORD.findall(before)[-2:] + (WORD.findall(beside[1]) if beside else [])
    fields = dict.fromkeys(_fields()[w.casefold()] for w in words if w.casefold() in _fields())
    return Around(_born(before, after, year), fold(home[1].rpartition(", ")[2]) if home else "", tuple(fields))


def told(places: Iterable[Occurrence], year: int | None) -> tuple[Around, ...]:
    """What the words around the first places of a person's name tell; empty where that is nothing at all."""
    found = tuple(around(place, year) for place in islice(places, MOST_READ))
    return found if any(one != NOTHING for one in found) else ()


def read(article: int, places: Iterable[Around], is_place: Callable[[str], bool]) -> Person:
    """Gives what an article tells of a person.

    A home counts where the archive knows its folded name as a place's: “of” and “from” also name parties and clubs.
    """
    person = Person([article])
    for place in list(places)[:MOST_READ]:
        person.born = person.born or place.born
        person.fields.update(place.fields)
        if place.town and is_place(place.town):
            person.homes.add(place.town)
    return person


def _born(before: str, after: str, year: int | None) -> tuple[int, int] | None:
    if born := BORN.match(after):
        exactly = int(born[1] or born[2])
        return exactly, exactly
    aged = AGED.match(after) or AGED_BEFORE.search(before)
    if aged is None or year is None:
        return None
    age = int(next(group for group in aged.groups() if group))
    return year - age - 1, year - age


def part(people: list[Person]) -> list[Person]:
    """Gives the persons that those of one name are; one, unless what is told of two cannot be said of one."""
    found: list[Person] = []
    for person in (p for p in people if p.told):
        fitting = [f for f in found if not apart(f, person)]
        if fitting:
            max(fitting, key=lambda f: len(f.companions & person.companions)).take(person)
        else:
            found.append(person)
    rest = [p for p in people if not p.told]
    if not found:
        return [_together(rest)] if rest else []
    for person in rest:
        max(found, key=lambda f: (len(f.companions & person.companions), len(f.articles))).take(person)
    return found


def _together(people: list[Person]) -> Person:
    first, *others = people
    for other in others:
        first.take(other)
    return first


def apart(one: Person, other: Person) -> bool:
    """Tells whether two of one name are two people."""
    if one.born and other.born:
        return one.born[0] - other.born[1] > APART or other.born[0] - one.born[1] > APART
    differ = _never_one(one.fields, other.fields) or (one.homes and other.homes and one.homes.isdisjoint(other.homes))
    return bool(differ) and one.companions.isdisjoint(other.companions)


def _never_one(some: set[str], others: set[str]) -> bool:
    return bool(some and others) and all(
        a != b and frozenset((a, b)) not in _go_together() for a in some for b in others
    )


@cache
def _fields() -> dict[str, str]:
    """Gives the field of every noun that tells one."""
    return {noun: name for name, *nouns in _lines() if name != "with" for noun in nouns}


@cache
def _go_together() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair) for name, *pair in _lines() if name == "with")


def _lines() -> list[list[str]]:
    text = (files(__package__) / "fields.txt").read_text(encoding="utf-8")
    return [line.split() for line in text.splitlines() if line and not line.startswith("#")]
