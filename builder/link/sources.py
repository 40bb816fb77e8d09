"""Who the articles rely on, and who passes on whom: read from speakers, `via`, publishers and citations.

A named source is one across articles; an unnamed one belongs to its article and to the mention that
brought it in, and is never merged with another by itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from builder.link.names import fold
from builder.model.annotation import Citation, Speaker
from builder.model.archive import EntityRecord, Occurrence, Part, Parts, Places, Relay, SourceRecord
from builder.model.editorial import SourceEntry
from builder.model.slug import DEVICES, slugify, unique
from builder.problems import Problem, Problems

Open = Callable[[Parts], tuple[Occurrence, ...]]
DEFINITE = re.compile(r"(?:the|this|that|these|those|both|he|she|they|it|who)\b", re.I)


def _address(url: str) -> str:
    """An address as readers know it: host and path, or as it stands where it has none."""
    try:
        parts = urlsplit(url)
    except ValueError:  # brackets that do not close
        return url
    return (parts.netloc + parts.path).removeprefix("www.").rstrip("/") or url


class SourceRegister:
    """Gathers sources article by article; `entity_of` says which entity a document's entity id is.

    `open_` opens the places of records.
    """

    def __init__(self, entries: Iterable[SourceEntry], entities: dict[str, EntityRecord], open_: Open) -> None:
        self._entities, self._open = entities, open_
        self._entries = {entry.id: entry for entry in entries}
        self._names: dict[str, str] = {}
        self._taken = {*self._entries, *DEVICES}
        self._found: dict[str, SourceRecord] = {}
        self._parts: dict[str, list[tuple[Part, bytes]]] = defaultdict(list)
        self._quotations: dict[str, dict[str, None]] = defaultdict(dict)
        self._keys: dict[tuple[str, ...], str] = {}
        self._last: dict[tuple[str, str], str] = {}
        self._relays: dict[tuple[str, str], list[Occurrence]] = defaultdict(list)
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

    def found(self, source: str, article: str, annotation: str, digest: bytes) -> None:
        """Notes a place where an article relies on the source; `digest` is that of the place."""
        self._parts[source].append(((article, annotation, 1), digest))

    def speaker(self, article: str, speaker: Speaker, entity_of: Callable[[str], str | None]) -> str:
        """The source a speaker is; makes it when new."""
        entity = entity_of(speaker.entity) if speaker.entity else None
        name = (self._entities[entity].name if entity else speaker.name) or speaker.exact
        if speaker.kind == "anonymous" and not entity:
            return self._anonymous(article, speaker)
        key = ("entity", entity) if entity else (article, speaker.kind, fold(name))
        return self._source(key, name, speaker.kind, entity, article=None if entity else article)

    def _anonymous(self, article: str, speaker: Speaker) -> str:
        words = speaker.name or speaker.exact
        again = (article, fold(words))
        if DEFINITE.match(speaker.exact) and again in self._last:
            return self._last[again]
        source = unique(slugify(f"{article} {words}"), self._taken)
        self._found[source] = SourceRecord(source, words, "anonymous", (), article=article)
        self._last[again] = source
        return source

    def publication(self, name: str, entity: str | None) -> str:
        """The source a publisher is."""
        return self._source(("entity", entity) if entity else ("publication", fold(name)), name, "publication", entity)

    def citation(self, citation: Citation) -> str:
        """The source a link or printed address points to."""
        name = _address(citation.url)
        return self._source(("web", citation.url.rstrip("/")), name, "web", None, citation.url)

    def _source(
        self,
        key: tuple[str, ...],
        name: str,
        kind: str,
        entity: str | None,
        url: str = "",
        article: str | None = None,
    ) -> str:
        """The source of that key. One that is no entity (“the report”) stays its `article`'s, unless an editor says."""
        if key in self._keys:
            return self._keys[key]
        entry = next((self._names[n] for n in (fold(url), fold(name)) if n and n in self._names), None)
        entry = entry or next((e.id for e in self._entries.values() if entity and e.entity == entity), None)
        source = entry or unique(entity or slugify(f"{article} {name}" if article else name), self._taken)
        self._keys[key] = source
        if source not in self._found:
            scope = None if entry else article
            self._found[source] = SourceRecord(source, name, kind, (), entity=entity, article=scope, url=url)
        return source

    def relay(self, reporter: str, reported: str, occurrence: Occurrence) -> None:
        """Notes that one source passes on what another said."""
        if reporter != reported:
            self._relays[reporter, reported].append(occurrence)

    def quotes(self, source: str, quotation: str) -> None:
        """Notes that a quotation record is this source's."""
        self._quotations[source][quotation] = None

    def records(self) -> tuple[dict[str, SourceRecord], tuple[Relay, ...]]:
        """Gives the records by id and who reports whom."""
        for entry in self._entries.values():
            self._found.setdefault(entry.id, SourceRecord(entry.id, entry.name, entry.kind or "document", ()))
        records = {id: self._record(id) for id in sorted(self._found)}
        relays = tuple(Relay(a, b, tuple(found)) for (a, b), found in sorted(self._relays.items()))
        return records, relays

    def _record(self, id: str) -> SourceRecord:
        found, entry = self._found[id], self._entries.get(id)
        parts = sorted(self._parts[id], key=lambda part: part[0][0])
        entity = (entry.entity if entry else "") or found.entity
        about = self._entities.get(entity or "")
        return SourceRecord(
            id=id,
            name=entry.name if entry else found.name,
            kind=(entry.kind if entry else "") or found.kind,
            occurrences=Places.of(parts, self._open) if parts else (),
            entity=entity or None,
            article=found.article,
            url=(entry.url if entry else "") or found.url,
            description=(entry.description if entry else "") or (about.description if about else ""),
            review="confirmed" if entry else "machine",
            sensitive=(entry.sensitive if entry else "") or (about.sensitive if about else ""),
            csl=entry.csl if entry else {},
            quotations=tuple(self._quotations[id]),
        )
