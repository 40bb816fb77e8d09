"""Who the articles rely on, and who passes on whom: read from speakers, `via`, publishers and citations.

A named source is one across articles; an unnamed one belongs to its article and to the mention that
brought it in, and is never merged with another by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from builder.cache import Aside, Asides
from builder.link.made import Made, MadeRows
from builder.link.names import fold
from builder.link.pairs import Pairs
from builder.model.annotation import Citation, Speaker
from builder.model.archive import EntityRecord, Occurrence, Parts, Places, Relay, SourceRecord
from builder.model.editorial import SourceEntry
from builder.model.slug import DEVICES, slugify, unique
from builder.problems import Problem, Problems

Open = Callable[[Parts], tuple[Occurrence, ...]]
Key = tuple[str, str]  # what kind of source, and what it is met under
EMPTY: dict[str, str] = {}
DEFINITE = re.compile(r"(?:the|this|that|these|those|both|he|she|they|it|who)\b", re.I)


def _address(url: str) -> str:
    """An address as readers know it: host and path, or as it stands where it has none."""
    try:
        parts = urlsplit(url)
    except ValueError:  # brackets that do not close
        return url
    return (parts.netloc + parts.path).removeprefix("www.").rstrip("/") or url


class SourceRegister:
    """Gathers sources article by article, by number; `entity_of` says which entity a document's entity id is.

    `open_` opens the places of records; `aside` is where these wait, and the words that are passed on.
    """

    def __init__(
        self, entries: Iterable[SourceEntry], entities: Mapping[str, EntityRecord], open_: Open, aside: Asides = Aside
    ) -> None:
        self._entities, self._open = entities, open_
        self._entries = {entry.id: entry for entry in entries}
        self._names: dict[str, str] = {}
        self._taken = {*self._entries, *DEVICES}
        self._found: list[SourceRecord] = []
        self._of_entry: dict[str, int] = {}
        self._parts, self._waiting = Pairs(), aside(tuple[str, str, bytes])
        self._quotations = Pairs()
        self._keys: dict[Key, int] = {}
        self._article = ""  # the one whose sources are being gathered, and these
        self._here: dict[tuple[str, str], int] = {}
        self._last: dict[str, int] = {}
        self._relays: dict[tuple[int, int], int] = {}
        self._passed_on, self._words = Pairs(), aside(Occurrence)
        problems = []
        for entry in self._entries.values():
            if entry.entity and entry.entity not in entities:
                hint = "“entity” names an id of the entity register (entities.yaml, or a page under entities/)."
                problems.append(Problem(entry.where, f"there is no entity “{entry.entity}”", hint))
            for name in dict.fromkeys(fold(n) for n in (entry.name, *entry.aliases, entry.url) if n):
                problems.extend(self._clash(name, entry))
                self._names.setdefault(name, entry.id)
        if problems:
            raise Problems(problems)

    def _clash(self, name: str, entry: SourceEntry) -> list[Problem]:
        other = self._entries.get(self._names.get(name, ""))
        if not other or name == fold(entry.url):  # several may stand at one address
            return []
        hint = "Take the name out of one of them."
        return [Problem(entry.where, f"“{name}” already names “{other.name}” ({other.where})", hint)]

    def id(self, source: int) -> str:
        """The id of its record."""
        return self._found[source].id

    def found(self, source: int, article: str, annotation: str, digest: bytes) -> None:
        """Notes a place where an article relies on the source; `digest` is that of the place."""
        self._parts.add(source, self._waiting.put((article, annotation, digest)))

    def speaker(self, article: str, speaker: Speaker, entity_of: Callable[[str], str | None]) -> int:
        """The source a speaker is; makes it when new. Articles come one after the other."""
        if article != self._article:
            self._article = article
            self._here.clear()
            self._last.clear()
        entity = entity_of(speaker.entity) if speaker.entity else None
        name = (self._entities[entity].name if entity else speaker.name) or speaker.exact
        if entity:
            return self._once(("entity", entity), name, speaker.kind, entity)
        if speaker.kind == "anonymous":
            return self._anonymous(article, speaker)
        here = speaker.kind, fold(name)
        if here not in self._here:
            self._here[here] = self._source(name, speaker.kind, None, article=article)
        return self._here[here]

    def _anonymous(self, article: str, speaker: Speaker) -> int:
        words = speaker.name or speaker.exact
        again = fold(words)
        if DEFINITE.match(speaker.exact) and again in self._last:
            return self._last[again]
        id = unique(slugify(f"{article} {words}"), self._taken)
        self._last[again] = self._new(SourceRecord(id, words, "anonymous", (), article=article, csl=EMPTY))
        return self._last[again]

    def publication(self, name: str, entity: str | None) -> int:
        """The source a publisher is."""
        return self._once(("entity", entity) if entity else ("publication", fold(name)), name, "publication", entity)

    def citation(self, citation: Citation) -> int:
        """The source a link or printed address points to."""
        key = "web", citation.url.rstrip("/")
        if key not in self._keys:
            self._keys[key] = self._source(_address(citation.url), "web", None, citation.url)
        return self._keys[key]

    def _once(self, key: Key, name: str, kind: str, entity: str | None) -> int:
        if key not in self._keys:
            self._keys[key] = self._source(name, kind, entity)
        return self._keys[key]

    def _source(self, name: str, kind: str, entity: str | None, url: str = "", article: str | None = None) -> int:
        """One not met before. One that is no entity (“the report”) stays its `article`'s, unless an editor says."""
        names = (fold(url), fold(name)) if self._names else ()
        entry = next((self._names[n] for n in names if n and n in self._names), None)
        entry = entry or next((e.id for e in self._entries.values() if entity and e.entity == entity), None)
        if entry in self._of_entry:
            return self._of_entry[entry]
        id = entry or unique(entity or slugify(f"{article} {name}" if article else name), self._taken)
        scope = None if entry else article
        made = self._new(SourceRecord(id, name, kind, (), entity=entity, article=scope, url=url, csl=EMPTY))
        if entry:
            self._of_entry[entry] = made
        return made

    def _new(self, record: SourceRecord) -> int:
        self._found.append(record)
        return len(self._found) - 1

    def relay(self, reporter: int, reported: int, occurrence: Occurrence) -> None:
        """Notes that one source passes on what another said."""
        if reporter != reported:
            number = self._relays.setdefault((reporter, reported), len(self._relays))
            self._passed_on.add(number, self._words.put(occurrence))

    def quotes(self, source: int, quotation: int) -> None:
        """Notes that a quotation is this source's."""
        self._quotations.add(source, quotation)

    def records(self, quotation: Callable[[int], str]) -> tuple[Mapping[str, SourceRecord], Sequence[Relay]]:
        """Gives the records by id and who reports whom; `quotation` is the record id of a quotation."""
        for entry in self._entries.values():
            if entry.id not in self._of_entry:
                self._new(SourceRecord(entry.id, entry.name, entry.kind or "document", ()))
        order = sorted(range(len(self._found)), key=self.id)
        relays = sorted(self._relays, key=lambda pair: (self.id(pair[0]), self.id(pair[1])))
        records = Made([self.id(n) for n in order], lambda place: self._record(order[place], quotation))
        return records, MadeRows(len(relays), lambda place: self._relay(relays[place]))

    def _relay(self, pair: tuple[int, int]) -> Relay:
        words = tuple(self._words[n] for n in self._passed_on[self._relays[pair]])
        return Relay(self.id(pair[0]), self.id(pair[1]), words)

    def _places(self, source: int) -> Sequence[Occurrence]:
        parts = [self._waiting[n] for n in self._parts[source]]
        parts.sort(key=lambda part: part[0])
        known = (((article, annotation, 1), digest) for article, annotation, digest in parts)
        return Places.of(known, self._open) if parts else ()

    def _record(self, source: int, quotation: Callable[[int], str]) -> SourceRecord:
        found = self._found[source]
        entry = self._entries.get(found.id)
        entity = (entry.entity if entry else "") or found.entity
        about = self._entities.get(entity or "")
        return SourceRecord(
            id=found.id,
            name=entry.name if entry else found.name,
            kind=(entry.kind if entry else "") or found.kind,
            occurrences=self._places(source),
            entity=entity or None,
            article=found.article,
            url=(entry.url if entry else "") or found.url,
            description=(entry.description if entry else "") or (about.description if about else ""),
            review="confirmed" if entry else "machine",
            sensitive=(entry.sensitive if entry else "") or (about.sensitive if about else ""),
            csl=entry.csl if entry else {},
            quotations=tuple(dict.fromkeys(map(quotation, self._quotations[source]))),
        )
