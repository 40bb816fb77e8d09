"""One record for each entity across articles: by the editors' file first, then by equal name and kind.

Nobody is merged on likeness: names meet where they are written the same, where the authority file or an
article says they are one's. A lone surname joins nobody of another article.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import nsmallest
from typing import TypeVar

from builder import authority
from builder.link import people
from builder.link.collect import Named, Names
from builder.link.editors import Editors
from builder.link.ids import LONE, assign
from builder.link.names import THINGS, Key, key
from builder.link.same import Sames
from builder.link.similar import ambiguous, similar
from builder.model.annotation import EntityKind, Review
from builder.model.archive import CoMention, EntityRecord, Occurrence, Parts, Places
from builder.model.editorial import EntityEntry

T = TypeVar("T")
ACROSS = frozenset(("person", "organization", "place", "group", "thing", *THINGS))  # kinds whose second names count
MOST_SEEN_WITH = 100  # a graph past that shows nothing


Part = tuple[str, Named]  # an article and one of its entities
Open = Callable[[Parts], tuple[Occurrence, ...]]


class EntityRegister:
    """Gathers names article by article, then gives the records and who each name is; `open_` gives their places."""

    def __init__(self, editors: Editors, open_: Open) -> None:
        self.editors = editors
        self._open = open_
        self._sames = Sames()
        self._names: dict[Key, Counter[str]] = defaultdict(Counter)
        self._kinds: dict[Key, Counter[EntityKind]] = defaultdict(Counter)
        self._parts: dict[Key, list[Part]] = defaultdict(list)
        self._of: dict[str, dict[str, Key]] = {}  # article -> document entity id -> key
        self._authority: dict[Key, authority.Record] = {}
        self._roots: dict[Key, Key] = {}
        self._parted: dict[tuple[Key, str], Key] = {}  # where a name is several people: key and article -> key
        self.rejected: set[Key] = set()

    def add(self, names: Names) -> None:
        """Takes one article's names in."""
        slug = names.summary.slug
        of = self._of[slug] = {}
        for named in names.named:
            entity = of[named.id] = self._key(slug, named)
            _count(self._names[entity], named.written)
            _count(self._kinds[entity], named.kinds)
            self._parts[entity].append((slug, named.counted()))

    def _key(self, slug: str, named: Named) -> Key:
        names, kind = named.names, named.kind
        if entry := self.editors.find(names, kind, slug):
            if entry.reject:
                self.rejected.add(("=", entry.id))
            return "=", entry.id
        if known := next(filter(None, (_known(name, kind) for name in names)), None):
            entity = key(kind, known.name)
            self._authority[entity] = known
        else:
            entity = key(kind, names[0])
            if kind == "person" and " " not in entity[1]:  # a lone surname is nobody's but its article's
                return f"{LONE}{slug}", entity[1]
        self._sames.called(entity, kind, names)
        return entity

    def records(self) -> tuple[dict[str, EntityRecord], dict[Key, str]]:
        """Gives the records by id, and the record id of every key; rejected ones have none."""
        self._settle()
        ids: dict[Key, str] = {k: k[1] for k in self._parts if k[0] == "="}
        read = [k for k in self._parts if k[0] != "="]
        ids.update(assign(read, self._name, self._first_article, self.editors.entries))
        for entity in self.rejected:
            ids.pop(entity, None)
        records = {ids[k]: self._record(k, ids[k]) for k in self._parts if k in ids}
        for entry in self.editors.entries.values():
            if entry.id not in records and not entry.reject:
                records[entry.id] = self._described(entry, ())
        return dict(sorted(records.items())), ids

    def _first_article(self, entity: Key) -> str:
        return min(slug for slug, _ in self._parts[entity])

    def _settle(self) -> None:
        """Brings keys together that are one, and parts a name that is several people."""
        articles = {k: {slug for slug, _ in parts} for k, parts in self._parts.items() if k[0] in ACROSS}
        self._roots = {k: root for k, root in self._sames.roots(articles).items() if root != k}
        for one, root in self._roots.items():
            _count(self._names[root], self._names.pop(one))
            _count(self._kinds[root], self._kinds.pop(one))
            self._parts[root] += self._parts.pop(one)
        for name in [k for k, parts in self._parts.items() if k[0] == "person" and len(parts) > 1]:
            self._part(name)

    def _part(self, name: Key) -> None:
        by_article: dict[str, list[Named]] = defaultdict(list)
        for slug, named in self._parts[name]:
            by_article[slug].append(named)
        if len(by_article) < 2:
            return
        found = [people.read(slug, _about(by_article[slug]), self._is_place) for slug in sorted(by_article)]
        if sum(person.told for person in found) < 2:
            return
        for person in found:
            person.companions = self._companions(person.articles[0]) - {name}
        for number, person in enumerate(people.part(found)[1:], 2):
            self._move(name, (name[0], f"{name[1]} {number}"), person.articles, by_article)

    def _move(self, name: Key, own: Key, articles: list[str], named: dict[str, list[Named]]) -> None:
        """Gives the person whom those articles name a key of their own."""
        moved = [(slug, one) for slug in articles for one in named[slug]]
        gone = set(articles)
        self._parts[name] = [part for part in self._parts[name] if part[0] not in gone]
        self._parts[own] = moved
        self._names[own] = Counter(self._names[name])
        self._kinds[own] = Counter({"person": sum(one.places for _, one in moved)})
        self._parted.update({(name, slug): own for slug in articles})

    def _is_place(self, words: str) -> bool:
        return ("place", words) in self._parts or authority.find(words.title()) is not None

    def _companions(self, slug: str) -> set[Key]:
        """The other people and bodies that an article names and that not every article might."""
        named = (self._roots.get(k, k) for k in self._of[slug].values())
        return {k for k in named if k[0] in ("person", "organization", "thing", "=") and k not in self._authority}

    def alike(self, records: Mapping[str, EntityRecord], ids: Mapping[Key, str]) -> dict[str, tuple[str, ...]]:
        """Gives for a record the others that it may be the same as."""
        bearers = {k: tuple(self._roots.get(b, b) for b in found) for k, found in self._sames.candidates().items()}
        return similar(records, ambiguous(bearers, ids))

    def who(self, entity: Key, slug: str) -> Key:
        """Gives the key that one of an article's has come to."""
        root = self._roots.get(entity, entity)
        return self._parted.get((root, slug), root)

    def _name(self, entity: Key) -> str:
        forms = self._names[entity]
        kind = next(iter(self._kinds[entity]))
        fitting = [n for n in forms if key(kind, n) == entity] or list(forms)
        return min(fitting, key=lambda n: (-forms[n], -len(n), n))

    def _record(self, entity: Key, id: str) -> EntityRecord:
        parts = sorted(self._parts[entity], key=lambda part: part[0])
        places = Places.of((((slug, one.id, one.places), one.digest) for slug, one in parts), self._open)
        kind = min(self._kinds[entity], key=lambda k: (-self._kinds[entity][k], k))
        names = sorted(self._names[entity])
        if entity[0] == "=":
            return self._described(self.editors.entries[id], places, names)
        name = self._name(entity)
        review = _state(parts)
        known = self._authority.get(entity)
        identifiers = {"wikidata": known.wikidata} if known and known.wikidata else {}
        aliases = tuple(n for n in names if n != name)
        return EntityRecord(id, name, kind, places, review, aliases, identifiers)

    def _described(
        self, entry: EntityEntry, occurrences: Sequence[Occurrence], names: Iterable[str] = ()
    ) -> EntityRecord:
        return EntityRecord(
            id=entry.id,
            name=entry.name,
            kind=entry.kind,
            occurrences=occurrences,
            review="confirmed" if occurrences else "added",
            aliases=tuple(a for a in dict.fromkeys([*entry.aliases, *names]) if a != entry.name),
            identifiers=entry.identifiers,
            description=entry.description,
            coordinates=entry.coordinates,
            sensitive=entry.sensitive,
            live=entry.live,
        )

    def of_document(self, slug: str) -> dict[str, Key]:
        """Document entity id -> key, for one article."""
        return {id: self.who(entity, slug) for id, entity in self._of.get(slug, {}).items()}

    def release(self) -> None:
        """Lets go of what was gathered of every article: records hold of it what is needed on."""
        for gathered in (self._of, self._parts, self._names, self._kinds):
            gathered.clear()

    def named(self, kind: EntityKind, name: str) -> Key:
        """The key that the name has come to wherever an article gives it."""
        return self.who(key(kind, name), "")


def _known(name: str, kind: str) -> authority.Record | None:
    """The world-known body, place or people of that name and kind, where the name surely means it."""
    record = authority.find(name.removeprefix("the ").removeprefix("The ").replace("’", "'").removesuffix("'s"))
    return record if record and record.kind == kind else None


def _count(counter: Counter[T], counts: Mapping[T, int]) -> None:
    """As `update` does, at half the cost for a few."""
    for one, times in counts.items():
        counter[one] += times


def _about(named: Iterable[Named]) -> list[people.Around]:
    return [around for one in named for around in one.about]


def _state(parts: Iterable[Part]) -> Review:
    """A record is confirmed when an editor stands behind every place it was read in."""
    states = {review for _, named in parts for review in named.reviews}
    return "machine" if "machine" in states or not states else "confirmed"


def seen_with(records: dict[str, EntityRecord]) -> dict[str, tuple[CoMention, ...]]:
    """Who is named in the same articles as whom, most often first; counted in articles."""
    by_article: dict[str, list[str]] = defaultdict(list)
    for record in records.values():
        for article in record.articles:
            by_article[article].append(record.id)
    return {id: _most_seen_with(record, by_article) for id, record in records.items()}


def _most_seen_with(record: EntityRecord, by_article: dict[str, list[str]]) -> tuple[CoMention, ...]:
    """One record's at a time: the counts of all pairs of a long list of names would fill the memory."""
    together: Counter[str] = Counter()
    for article in record.articles:
        together.update(by_article[article])
    del together[record.id]
    first = nsmallest(MOST_SEEN_WITH, together.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(CoMention(other, articles) for other, articles in first)
