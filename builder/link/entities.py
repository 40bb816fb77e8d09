"""One record for each entity across articles: by the editors' file first, then by equal name and kind.

Nobody is merged on likeness: names meet where they are written the same, where the authority file or an
article says they are one's. A lone surname joins nobody of another article.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import TypeVar

from msgspec import structs

from builder import authority
from builder.link import people
from builder.link.collect import Named, Names
from builder.link.editors import Editors
from builder.link.ids import LONE, assign
from builder.link.names import THINGS, Key, key
from builder.link.pairs import Pairs
from builder.link.parts import NOBODY, NamedParts
from builder.link.same import Sames
from builder.link.similar import ambiguous, similar
from builder.model.annotation import EntityKind, Review
from builder.model.archive import EntityRecord
from builder.model.editorial import EntityEntry

T = TypeVar("T")
ACROSS = frozenset(("person", "organization", "place", "group", "thing", *THINGS))  # kinds whose second names count
TELLING = ("person", "organization", "thing", "=")  # kinds whose company tells of a person
EMPTY: dict[str, str] = {}  # most records have no identifiers


class EntityRegister:
    """Gathers names article by article, then gives the records and who each name is.

    Keys have numbers while they are gathered: those of `parts.whose`.
    """

    def __init__(self, editors: Editors) -> None:
        self.editors = editors
        self.parts = NamedParts()
        self.slugs: list[str] = []
        self._sames = Sames()
        self._keys: list[Key] = []
        self._numbers: dict[Key, int] = {}
        self._met: dict[tuple[str, tuple[str, ...]], Key] = {}  # the key of names that were seen together before
        self._written: list[dict[str, int]] = []  # by key: how it is written and how often
        self._authority: dict[Key, authority.Record] = {}
        self._root = array("I")  # by key: the one that it stands for
        self._merged: dict[int, list[int]] = defaultdict(list)  # by such a one: those that stand for it
        self._of_key = Pairs()
        self._parted: dict[int, int] = {}  # where a name is several people: an article's part -> key
        self._moved: dict[int, list[int]] = {}  # such a key -> its parts
        self.rejected: set[Key] = set()

    def add(self, names: Names) -> None:
        """Takes one article's names in."""
        slug = names.summary.slug
        self.slugs.append(slug)
        whose = [self._whose(slug, named) for named in names.named]
        for number, named in zip(whose, names.named, strict=True):
            _count(self._written[number], named.written)
        self.parts.add(names.named, whose)

    def _whose(self, slug: str, named: Named) -> int:
        if self.editors.entries and (entry := self.editors.find(named.names, named.kind, slug)):
            if entry.reject:
                self.rejected.add(("=", entry.id))
            return self._number(("=", entry.id))
        met = named.kind, named.names
        known = self._met.get(met)
        if known is None:
            known = self._met[met] = self._key(*met)
        if known[0] == LONE:  # a lone surname is nobody's but its article's
            known = f"{LONE}{slug}", known[1]
        return self._number(known)

    def _number(self, entity: Key) -> int:
        number = self._numbers.get(entity)
        if number is None:
            number = self._numbers[entity] = len(self._keys)
            self._keys.append(entity)
            self._written.append({})
        return number

    def _key(self, kind: str, names: tuple[str, ...]) -> Key:
        if known := next(filter(None, (_known(name, kind) for name in names)), None):
            entity = key(kind, known.name)
            self._authority[entity] = known
        else:
            entity = key(kind, names[0])
            if kind == "person" and " " not in entity[1]:
                return LONE, entity[1]
        self._sames.called(entity, kind, names)
        return entity

    def records(self, warning: Callable[[EntityRecord], str]) -> tuple[list[EntityRecord], dict[Key, str]]:
        """Gives the records sorted by id, and the record id of every key; rejected ones have none.

        They have no more of their articles than names and review; `parts.whose` are their numbers from now on.
        `warning` gives the one that a record stands behind.
        """
        self._settle()
        standing = [k for number, k in enumerate(self._keys) if self._root[number] == number]
        ids: dict[Key, str] = {k: k[1] for k in standing if k[0] == "="}
        read = [k for k in standing if k[0] != "="]
        ids.update(assign(read, self._name, self._first_article, self.editors.entries))
        for entity in self.rejected:
            ids.pop(entity, None)
        known = set(ids.values())
        own = [e for e in self.editors.entries.values() if e.id not in known and not e.reject]
        records = [self._record(k, id) for k, id in ids.items()] + [_described(entry, "added") for entry in own]
        self._written.clear()
        records.sort(key=lambda record: record.id)
        for number, record in enumerate(records):
            if (stands_behind := warning(record)) != record.sensitive:
                records[number] = structs.replace(record, sensitive=stands_behind)
        self._place({record.id: number for number, record in enumerate(records)}, ids)
        return records, ids

    def _place(self, numbers: Mapping[str, int], ids: Mapping[Key, str]) -> None:
        """Notes whose record every article's part is."""
        of = array("I", (numbers[ids[k]] if k in ids else NOBODY for k in self._keys))
        late = {part: key for part, key in enumerate(self.parts.whose) if self._root[key] != key}
        whose = (of[self._parted.get(part, self._root[key])] for part, key in enumerate(self.parts.whose))
        self.parts.settle(whose, late)

    def _first_article(self, entity: Key) -> str:
        return min(self.slugs[self.parts.article[part]] for part in self._parts(self._numbers[entity]))

    def _parts(self, number: int) -> list[int]:
        """The articles' parts that are this key's."""
        if number in self._moved:
            return self._moved[number]
        return [part for part in self._named(number) if part not in self._parted]

    def _named(self, number: int) -> Iterator[int]:
        """The articles' parts of its name: its own first, then those of keys that stand for it."""
        for one in (number, *self._merged.get(number, ())):
            yield from self._of_key[one]

    def _settle(self) -> None:
        """Brings keys together that are one, and parts a name that is several people."""
        self._met.clear()
        self._of_key = Pairs(zip(self.parts.whose, range(len(self.parts.whose)), strict=True))
        self._root = array("I", range(len(self._keys)))
        across = [k for k in self._keys if k[0] in ACROSS]
        for one, root in self._sames.roots(across, self._beside).items():
            number, other = self._numbers[one], self._numbers[root]
            self._root[number] = other
            self._merged[other].append(number)
            _count(self._written[other], self._written[number])
            self._written[number] = {}
        persons = [n for n, k in enumerate(self._keys) if k[0] == "person" and self._root[n] == n]
        for number in persons:
            self._part(number)

    def _beside(self, one: Key, other: Key) -> bool:
        """Whether some article names both."""
        some, others = ({self.parts.article[p] for p in self._of_key[self._numbers[k]]} for k in (one, other))
        return not some.isdisjoint(others)

    def _part(self, number: int) -> None:
        if sum(map(self.parts.is_told, self._named(number))) < 2:
            return
        by_article: dict[int, list[int]] = defaultdict(list)
        for part in self._named(number):
            by_article[self.parts.article[part]].append(part)
        articles = sorted(by_article, key=self.slugs.__getitem__)
        found = [
            people.read(one, chain.from_iterable(map(self.parts.about, by_article[one])), self._is_place)
            for one in articles
        ]
        if sum(person.told for person in found) < 2:
            return
        for person in found:
            person.companions = self._companions(person.articles[0]) - {self._keys[number]}
        for place, person in enumerate(people.part(found)[1:], 2):
            self._move(number, place, [part for article in person.articles for part in by_article[article]])

    def _move(self, number: int, place: int, parts: list[int]) -> None:
        """Gives the person whom those parts name a key of their own."""
        kind, words = self._keys[number]
        own = self._number((kind, f"{words} {place}"))
        self._root.append(own)
        self._moved[own] = parts
        self._written[own] = dict(self._written[number])
        self._parted.update(dict.fromkeys(parts, own))

    def _is_place(self, words: str) -> bool:
        number = self._numbers.get(("place", words))
        return (number is not None and self._root[number] == number) or authority.find(words.title()) is not None

    def _companions(self, article: int) -> set[Key]:
        """The other people and bodies that an article names and that not every article might."""
        named = (self._keys[self._root[self.parts.whose[part]]] for part in self.parts.of(article))
        return {k for k in named if k[0] in TELLING and k not in self._authority}

    def alike(self, records: Mapping[str, EntityRecord], ids: Mapping[Key, str]) -> dict[str, tuple[str, ...]]:
        """Gives for a record the others that it may be the same as."""
        bearers = {k: tuple(map(self._stands_for, found)) for k, found in self._sames.candidates().items()}
        return similar(records, ambiguous(bearers, ids))

    def _stands_for(self, entity: Key) -> Key:
        number = self._numbers.get(entity)
        return entity if number is None else self._keys[self._root[number]]

    def named(self, kind: EntityKind, name: str) -> Key:
        """The key that the name has come to wherever an article gives it."""
        return self._stands_for(key(kind, name))

    def _kinds(self, number: int) -> dict[EntityKind, int]:
        """What it was taken for, and how often."""
        if number in self._moved:
            return {"person": sum(self.parts.places[part] for part in self._moved[number])}
        counts: dict[EntityKind, int] = {}
        for part in self._named(number):
            for kind, times in self.parts.kinds(part):
                counts[kind] = counts.get(kind, 0) + times
        return counts

    def _first_kind(self, number: int) -> EntityKind:
        return "person" if number in self._moved else self.parts.kinds(next(self._named(number)))[0][0]

    def _name(self, entity: Key) -> str:
        number = self._numbers[entity]
        forms, kind = self._written[number], self._first_kind(number)
        fitting = [n for n in forms if key(kind, n) == entity] or list(forms)
        return fitting[0] if len(fitting) == 1 else min(fitting, key=lambda n: (-forms[n], -len(n), n))

    def _record(self, entity: Key, id: str) -> EntityRecord:
        number = self._numbers[entity]
        names = sorted(self._written[number])
        if entity[0] == "=":
            return _described(self.editors.entries[id], "confirmed", names)
        kinds, name = self._kinds(number), self._name(entity)
        return EntityRecord(
            id=id,
            name=name,
            kind=min(kinds, key=lambda k: (-kinds[k], k)),
            occurrences=(),
            review=_state(review for part in self._parts(number) for review in self.parts.reviews(part)),
            aliases=tuple(n for n in names if n != name),
            identifiers=self._identifiers(entity),
        )

    def _identifiers(self, entity: Key) -> dict[str, str]:
        known = self._authority.get(entity)
        return {"wikidata": known.wikidata} if known and known.wikidata else EMPTY


def _described(entry: EntityEntry, review: Review, names: Iterable[str] = ()) -> EntityRecord:
    return EntityRecord(
        id=entry.id,
        name=entry.name,
        kind=entry.kind,
        occurrences=(),
        review=review,
        aliases=tuple(a for a in dict.fromkeys([*entry.aliases, *names]) if a != entry.name),
        identifiers=entry.identifiers,
        description=entry.description,
        coordinates=entry.coordinates,
        sensitive=entry.sensitive,
        live=entry.live,
    )


def _known(name: str, kind: str) -> authority.Record | None:
    """The world-known body, place or people of that name and kind, where the name surely means it."""
    record = authority.find(name.removeprefix("the ").removeprefix("The ").replace("’", "'").removesuffix("'s"))
    return record if record and record.kind == kind else None


def _count(counts: dict[T, int], more: Mapping[T, int]) -> None:
    for one, times in more.items():
        counts[one] = counts.get(one, 0) + times


def _state(reviews: Iterable[Review]) -> Review:
    """A record is confirmed when an editor stands behind every place it was read in."""
    states = set(reviews)
    return "machine" if "machine" in states or not states else "confirmed"
