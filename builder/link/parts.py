"""Which entities every article names, held in columns: an archive names millions, and an object each would fill it."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Generic, TypeVar

from builder.link import people
from builder.link.collect import Named
from builder.model.annotation import EntityKind, Review

DIGEST = 16  # bytes
NOBODY = 2**32 - 1  # in the place of the number of an entity that an editor takes out
T = TypeVar("T")


class _Once(Generic[T]):
    """What many have in common, by number, each once."""

    def __init__(self) -> None:
        self._known: dict[T, int] = {}
        self.values: list[T] = []

    def number(self, value: T) -> int:
        known = self._known.get(value)
        if known is None:
            known = self._known[value] = len(self.values)
            self.values.append(value)
        return known


class NamedParts:
    """An article's entities have numbers in a row; `entity` gives of each whose it is.

    `whose` are numbers of keys while these are gathered, numbers of records from then on.
    """

    def __init__(self) -> None:
        self.whose, self.article, self.places = array("I"), array("I"), array("I")
        self.ids = list[str]()  # as the document calls them, each word once
        self._ends = array("I", [0])  # of each article's
        self._digests = bytearray()
        self._reviews, self._kinds = array("I"), array("I")
        self._every_review = _Once[tuple[Review, ...]]()
        self._every_kind = _Once[tuple[tuple[EntityKind, int], ...]]()
        self._words: dict[str, str] = {}
        self._late: Mapping[int, int] = {}
        self._twice: Collection[int] = ()  # articles that name some record under several ids
        self._about: dict[int, tuple[people.Around, ...]] = {}  # of those of whom something is told

    def add(self, named: Iterable[Named], whose: Iterable[int]) -> None:
        """Takes in an article's entities."""
        article = len(self._ends) - 1
        for one, key in zip(named, whose, strict=True):
            if one.about:
                self._about[len(self.ids)] = one.about
            self.ids.append(self._words.setdefault(one.id, one.id))
            self.whose.append(key)
            self.article.append(article)
            self.places.append(one.places)
            self._digests += one.digest
            self._reviews.append(self._every_review.number(one.reviews))
            self._kinds.append(self._every_kind.number(tuple(one.kinds.items())))
        self._ends.append(len(self.ids))

    def records(self, article: int) -> Sequence[int]:
        """The numbers of the records that an article names, each once, and maybe NOBODY."""
        found = self.whose[self._ends[article] : self._ends[article + 1]]
        return list(dict.fromkeys(found)) if article in self._twice else found

    def of(self, article: int) -> range:
        """The numbers of an article's entities."""
        return range(self._ends[article], self._ends[article + 1])

    def digest(self, part: int) -> bytes:
        """Stands for the places of the name in its article."""
        return bytes(self._digests[part * DIGEST : (part + 1) * DIGEST])

    def reviews(self, part: int) -> tuple[Review, ...]:
        """Who stands behind those places."""
        return self._every_review.values[self._reviews[part]]

    def kinds(self, part: int) -> tuple[tuple[EntityKind, int], ...]:
        """What the name was taken for there, and how often."""
        return self._every_kind.values[self._kinds[part]]

    def is_told(self, part: int) -> bool:
        """Whether the words around a person's name tell anything."""
        return part in self._about

    def about(self, part: int) -> Iterator[people.Around]:
        """What the words around a person's name tell, at its first places."""
        known = self._about.get(part)
        yield from known if known is not None else (people.NOTHING,) * min(people.MOST_READ, self.places[part])

    def settle(self, records: Iterable[int], late: Mapping[int, int]) -> None:
        """Gives every part the number of its record; what decided it goes.

        `late` are parts that come behind others of their record in their article, by what they are sorted by there.
        """
        self.whose, self._late = array("I", records), late
        articles = ((n, self.whose[start:end]) for n, (start, end) in enumerate(pairwise(self._ends)))
        self._twice = {n for n, whose in articles if len(set(whose)) < len(whose)}
        self._kinds, self._reviews = array("I"), array("I")
        self._about.clear()
        self._words.clear()

    def order(self, part: int) -> tuple[int, int]:
        """Sorts the parts of a record that stand in one article."""
        return self._late.get(part, -1), part
