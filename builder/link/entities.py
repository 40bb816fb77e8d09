"""One record for each entity across articles: by the editors' file first, then by equal name and kind.

Nobody is merged on likeness: a lone surname joins nobody of another article, and two records that may be
the same are only said to be similar.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from builder import authority
from builder.link.collect import Collected
from builder.link.names import fold
from builder.model.annotation import EntityKind, Mention, Review
from builder.model.archive import CoMention, EntityRecord, Occurrence
from builder.model.editorial import EntityEntry
from builder.model.slug import slugify, unique
from builder.problems import Problem, Problems

Key = tuple[str, str]  # kind and folded name, or ("=", id) for an editor's entry
MOST_SEEN_WITH = 100  # a graph past that shows nothing


class Editors:
    """The editors' entries, found by any of their names; raises Problems where two claim one name."""

    def __init__(self, entries: Iterable[EntityEntry], slugs: Iterable[str]) -> None:
        self.entries = {entry.id: entry for entry in entries}
        self._names: dict[str, list[EntityEntry]] = defaultdict(list)
        known, problems = set(slugs), list[Problem]()
        for entry in self.entries.values():
            for name in dict.fromkeys(fold(n) for n in (entry.name, *entry.aliases)):
                problems.extend(self._clash(name, entry))
                self._names[name].append(entry)
            problems.extend(
                Problem(entry.where, f"there is no article “{slug}”", "“articles” lists the slugs it is limited to.")
                for slug in entry.articles
                if slug not in known
            )
            problems.extend(
                Problem(entry.where, f"the parent “{parent}” is no entity of this file", "Name an “id” of this file.")
                for parent in entry.parents
                if parent not in self.entries
            )
        if problems:
            raise Problems(problems)

    def _clash(self, name: str, entry: EntityEntry) -> list[Problem]:
        for other in self._names[name]:
            apart = entry.articles and other.articles and not set(entry.articles) & set(other.articles)
            different = entry.kind and other.kind and entry.kind != other.kind
            if not apart and not different:
                hint = "Take the name out of one of them, or limit each with “articles: [slug, …]”."
                return [Problem(entry.where, f"“{name}” already names “{other.name}” ({other.where})", hint)]
        return []

    def find(self, names: Iterable[str], kind: str, article: str) -> EntityEntry | None:
        """The entry one of the names belongs to; its kind decides only between entries of the same name."""
        for name in names:
            fits = [e for e in self._names.get(fold(name), ()) if not e.articles or article in e.articles]
            fits.sort(key=lambda e: (not e.articles, e.kind != kind))
            if fits:
                return fits[0]
        return None


class EntityRegister:
    """Gathers mentions article by article, then gives the records and who each mention is."""

    def __init__(self, editors: Editors) -> None:
        self.editors = editors
        self._names: dict[Key, Counter[str]] = defaultdict(Counter)
        self._kinds: dict[Key, Counter[EntityKind]] = defaultdict(Counter)
        self._occurrences: dict[Key, list[Occurrence]] = defaultdict(list)
        self._of: dict[str, dict[str, Key]] = {}  # article -> document entity id -> key
        self._mention: dict[str, dict[str, Key]] = {}  # article -> annotation id -> key
        self._authority: dict[Key, authority.Record] = {}
        self.rejected: set[Key] = set()

    def add(self, collected: Collected) -> None:
        """Takes one article's mentions in."""
        slug = collected.summary.slug
        groups: dict[str, list[tuple[Mention, Occurrence]]] = defaultdict(list)
        for mention, occurrence in collected.mentions:
            groups[mention.entity].append((mention, occurrence))
        self._of[slug], self._mention[slug] = {}, {}
        for document_id, group in groups.items():
            key = self._key(slug, [m for m, _ in group])
            self._of[slug][document_id] = key
            for mention, occurrence in group:
                self._mention[slug][mention.id] = key
                self._names[key][mention.name if mention.label != "account" else mention.exact] += 1
                self._names[key][mention.exact] += 1
                self._kinds[key][mention.label] += 1
                self._occurrences[key].append(occurrence)

    def _key(self, slug: str, mentions: list[Mention]) -> Key:
        names = list(dict.fromkeys([m.name for m in mentions] + [m.exact for m in mentions]))
        kind = Counter(m.label for m in mentions).most_common(1)[0][0]
        if entry := self.editors.find(names, kind, slug):
            key = ("=", entry.id)
            if entry.reject:
                self.rejected.add(key)
            return key
        for known in (_known(name, kind) for name in names):
            if known:
                self._authority[kind, fold(known.name)] = known
                return (kind, fold(known.name))
        name = mentions[0].name
        if kind == "person" and len(fold(name).split()) == 1:  # a lone surname is nobody's but its article's
            return (f"person in {slug}", fold(name))
        return (kind, fold(name))

    def records(self) -> tuple[dict[str, EntityRecord], dict[Key, str]]:
        """Gives the records by id, and the record id of every key; rejected ones have none."""
        taken = set(self.editors.entries)
        ids: dict[Key, str] = {key: key[1] for key in self._occurrences if key[0] == "="}
        for key in sorted(k for k in self._occurrences if k[0] != "="):
            ids[key] = unique(slugify(self._name(key)), taken)
        for key in self.rejected:
            ids.pop(key, None)
        records = {ids[key]: self._record(key, ids[key]) for key in self._occurrences if key in ids}
        for entry in self.editors.entries.values():
            if entry.id not in records and not entry.reject:
                records[entry.id] = self._described(entry, ())
        return dict(sorted(records.items())), ids

    def _name(self, key: Key) -> str:
        forms = self._names[key]
        fitting = [n for n in forms if fold(n) == key[1]] or list(forms)
        return min(fitting, key=lambda n: (-forms[n], -len(n), n))

    def _record(self, key: Key, id: str) -> EntityRecord:
        occurrences = tuple(sorted(self._occurrences[key], key=lambda o: (o.article, o.annotation)))
        kind = min(self._kinds[key], key=lambda k: (-self._kinds[key][k], k))
        names = sorted(self._names[key])
        if key[0] == "=":
            return self._described(self.editors.entries[id], occurrences, names)
        name = self._name(key)
        review = _state(occurrences)
        known = self._authority.get(key)
        identifiers = {"wikidata": known.wikidata} if known and known.wikidata else {}
        aliases = tuple(n for n in names if n != name)
        return EntityRecord(id, name, kind, occurrences, review, aliases, identifiers)

    def _described(
        self, entry: EntityEntry, occurrences: tuple[Occurrence, ...], names: Iterable[str] = ()
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
        return self._of.get(slug, {})

    def of_mentions(self, slug: str) -> dict[str, Key]:
        """Annotation id of a mention -> key, for one article."""
        return self._mention.get(slug, {})


def _known(name: str, kind: str) -> authority.Record | None:
    """The world-known body, place or people of that name and kind, where the name surely means it."""
    record = authority.find(name.removeprefix("the ").removeprefix("The ").replace("’", "'").removesuffix("'s"))
    return record if record and record.kind == kind else None


def _state(occurrences: Iterable[Occurrence]) -> Review:
    """A record is confirmed when an editor stands behind every place it was read in."""
    states = {o.review for o in occurrences}
    return "machine" if "machine" in states or not states else "confirmed"


def seen_with(records: dict[str, EntityRecord]) -> dict[str, tuple[CoMention, ...]]:
    """Who is named in the same articles as whom, most often first; counted in articles."""
    by_article: dict[str, list[str]] = defaultdict(list)
    for record in records.values():
        for article in record.articles:
            by_article[article].append(record.id)
    together: dict[str, Counter[str]] = {id: Counter() for id in records}
    for ids in by_article.values():
        for one in ids:
            together[one].update(other for other in ids if other != one)
    return {
        id: tuple(CoMention(o, n) for o, n in sorted(c.items(), key=lambda x: (-x[1], x[0]))[:MOST_SEEN_WITH])
        for id, c in together.items()
    }


def similar(records: dict[str, EntityRecord]) -> dict[str, tuple[str, ...]]:
    """Records that may be the same, for an editor to decide: one name of two kinds, a surname and full names."""
    by_name: dict[str, list[str]] = defaultdict(list)
    for record in records.values():
        folded = fold(record.name)
        by_name[folded].append(record.id)
        if record.kind == "person" and " " in folded:
            by_name[folded.split()[-1]].append(record.id)
    found: dict[str, set[str]] = defaultdict(set)
    for record in records.values():
        if record.kind in ("account", "hashtag"):
            continue
        for other in by_name[fold(record.name)]:
            both = {record.kind, records[other].kind}
            if other != record.id and both != {"person", "place"} and not both & {"account", "hashtag"}:
                found[record.id].add(other)
                found[other].add(record.id)
    return {id: tuple(sorted(others)) for id, others in found.items()}
