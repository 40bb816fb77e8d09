"""The entity register once everything is joined: each record is made when it is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter

import msgspec

from builder.link.made import Made
from builder.link.pairs import Pairs
from builder.link.parts import NOBODY, NamedParts
from builder.model.archive import CoMention, EntityRecord, Occurrence, Parts, Places, RelationRecord

MOST_SEEN_WITH = 100  # a graph past that shows nothing
COMMON = 50  # an entity named in more articles than this ties no two of them together
Open = Callable[[Parts], tuple[Occurrence, ...]]


class Named:
    """In which articles each entity is named; both have numbers. `slugs` are the articles', `open_` opens places."""

    def __init__(self, parts: NamedParts, slugs: Sequence[str], open_: Open) -> None:
        self._parts, self._slugs, self._open = parts, slugs, open_
        self._of = Pairs((whose, part) for part, whose in enumerate(parts.whose) if whose != NOBODY)
        self._ties: dict[int, bool] = {}

    def articles(self, entity: int) -> set[int]:
        """The articles that name it."""
        return {self._parts.article[part] for part in self._of[entity]}

    def ties(self, entity: int) -> bool:
        """Whether it is named in so few articles that these have something in common."""
        if self._of.count(entity) <= COMMON:
            return True
        if entity not in self._ties:
            self._ties[entity] = len(self.articles(entity)) <= COMMON
        return self._ties[entity]

    def entities(self, article: int) -> Sequence[int]:
        """Those that an article names, each once, and maybe NOBODY."""
        return self._parts.records(article)

    def places(self, entity: int) -> Sequence[Occurrence]:
        """Where it is named, article by article."""
        parts, slugs = self._parts, self._slugs
        own = sorted(self._of[entity], key=lambda part: (slugs[parts.article[part]], parts.order(part)))
        if not own:
            return ()
        known = (((slugs[parts.article[p]], parts.ids[p], parts.places[p]), parts.digest(p)) for p in own)
        return Places.of(known, self._open)

    def of_document(self, article: int) -> dict[str, int]:
        """The document's entity id -> entity, or NOBODY, for one article."""
        return {self._parts.ids[part]: self._parts.whose[part] for part in self._parts.of(article)}


def seen_with(entity: int, named: Named) -> list[tuple[int, int]]:
    """Who is named in the same articles, most often first, and in how many of them."""
    together: Counter[int] = Counter()
    for article in named.articles(entity):
        together.update(named.entities(article))
    del together[entity], together[NOBODY]
    found = sorted(together.items())
    found.sort(key=itemgetter(1), reverse=True)  # those seen as often stay in their order
    return found[:MOST_SEEN_WITH]


class Known:
    """What is found of entities besides where they are named: records by their ids."""

    def __init__(
        self,
        alike: Mapping[str, tuple[str, ...]],
        relations: Mapping[str, tuple[RelationRecord, ...]],
        quotations: Callable[[int], Iterable[str]],
        events: Callable[[int], Iterable[str]],
    ) -> None:
        self.alike, self.relations, self.quotations, self.events = alike, relations, quotations, events


def records(bases: Sequence[EntityRecord], named: Named, known: Known) -> Mapping[str, EntityRecord]:
    """The register; `bases` are its records, sorted by id, without anything of their articles."""

    def make(number: int) -> EntityRecord:
        base = bases[number]
        return msgspec.structs.replace(
            base,
            occurrences=named.places(number),
            seen_with=tuple(CoMention(bases[other].id, articles) for other, articles in seen_with(number, named)),
            similar=known.alike.get(base.id, ()),
            quotations=tuple(known.quotations(number)),
            events=tuple(known.events(number)),
            relations=known.relations.get(base.id, ()),
        )

    return Made([base.id for base in bases], make)
