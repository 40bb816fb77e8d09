"""The registers while they are being joined: each step fills what the next one needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import msgspec
from msgspec import Struct

from builder.link import quotations, variants
from builder.link.chronology import row
from builder.link.collect import Collected, Names
from builder.link.editors import Editors
from builder.link.entities import EntityRegister, Open, seen_with
from builder.link.happenings import Candidates
from builder.link.names import Key
from builder.link.quotations import Said
from builder.link.relations import RelationRegister
from builder.link.sensitive import Folding
from builder.link.sources import SourceRegister
from builder.link.telling import At, tell
from builder.model.annotation import EntityKind, Event, Quotation
from builder.model.archive import (
    ArticleSummary,
    ChronologyRecord,
    EntityRecord,
    Occurrence,
    QuotationOccurrence,
    QuotationRecord,
)
from builder.model.editorial import SourceEntry

Group = tuple[str, list[tuple[str, Quotation]]]  # a record's id, and its quotations with their articles, fullest first


class Held(Struct, frozen=True):
    """What is held of an article once all are joined: its ids. `digest` is the reviewed article's."""

    digest: bytes
    rejected: tuple[str, ...]  # entities, by the document's id
    warnings: dict[str, str] = {}
    quotations: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()

    def of(self, one: Collected) -> Held:
        """With the ids of what the article says and tells."""
        return Held(
            digest=self.digest,
            rejected=self.rejected,
            warnings=one.warnings,
            quotations=tuple(said.quotation.id for said in one.quotations),
            events=tuple(happening.event.id for happening in one.happenings),
            citations=tuple(citation.id for citation, _ in one.citations),
        )


@dataclass(slots=True)
class Joined:
    """What the articles have in common. `speakers` and `vias` give the source of a quotation, by its place.

    Filled in this order: `named`, `said` with what every article says, `take` for every article, `quoted`.
    """

    register: EntityRegister
    entities: dict[str, EntityRecord]
    ids: dict[Key, str]
    summaries: dict[str, ArticleSummary]
    sources: SourceRegister
    of_documents: dict[str, dict[str, str]]  # article -> its entity id -> record id
    held: dict[str, Held] = field(default_factory=dict)
    annotators: set[str] = field(default_factory=set)
    groups: list[Group] = field(default_factory=list)
    quotation_ids: dict[At, str] = field(default_factory=dict)
    quotations: dict[str, QuotationRecord] = field(default_factory=dict)
    occurrences: dict[At, tuple[Occurrence, str, int]] = field(default_factory=dict)  # of quotations
    speakers: dict[At, str] = field(default_factory=dict)
    vias: dict[At, str] = field(default_factory=dict)
    cited: dict[At, str] = field(default_factory=dict)
    stated: RelationRegister = field(default_factory=RelationRegister)
    read_rows: dict[At, ChronologyRecord] = field(default_factory=dict)
    told: Candidates = field(default_factory=Candidates)
    rows: tuple[ChronologyRecord, ...] = ()
    named_in: dict[str, tuple[str, ...]] = field(default_factory=dict)  # entity id -> articles, counted once
    said_in: dict[str, tuple[str, ...]] = field(default_factory=dict)  # quotation id -> articles

    @classmethod
    def named(
        cls,
        names: Iterable[Names],
        editors: Editors,
        entries: Iterable[SourceEntry],
        folding: Folding,
        named_at: Open,
        said_at: Open,
    ) -> Joined:
        """Joins entities; `named_at` and `said_at` open places."""
        register = EntityRegister(editors, named_at)
        summaries, digests, annotators = dict[str, ArticleSummary](), dict[str, bytes](), set[str]()
        for one in names:
            register.add(one)
            annotators.update(one.annotators)
            summaries[one.summary.slug], digests[one.summary.slug] = one.summary, one.digest
        entities, ids = register.records()
        entities = {id: msgspec.structs.replace(e, sensitive=folding.of_entity(e)) for id, e in entities.items()}
        joined = cls(register, entities, ids, summaries, SourceRegister(entries, entities, said_at), {})
        joined.annotators = annotators
        for slug, digest in digests.items():
            keys = register.of_document(slug)
            joined.of_documents[slug] = {id: ids[key] for id, key in keys.items() if key in ids}
            joined.held[slug] = Held(digest, tuple(id for id, key in keys.items() if key in register.rejected))
        joined.named_in = {id: record.articles for id, record in entities.items()}
        register.release()
        return joined

    def said(self, articles: Iterable[Collected]) -> None:
        """Brings together what is said."""
        said = [s for one in articles for s in self._said_in(one)]
        for group in variants.join(quotations.group(said)):
            id = quotations.record_id(group[0])
            self.groups.append((id, [(s.article, s.quotation) for s in group]))
            self.quotation_ids.update(((s.article, s.quotation.id), id) for s in group)

    def _said_in(self, one: Collected) -> Iterator[Said]:
        return quotations.of_article(self.summaries[one.slug], one.quotations, self.entity_of(one.slug))

    def take(self, one: Collected) -> None:
        """Takes in who speaks in an article, what it states and what it tells."""
        self._sources_of(one)
        self.stated.add(one.relations, self.entity_of(one.slug))
        self._rows_of(one)
        self._told_of(one)
        self.held[one.slug] = self.held[one.slug].of(one)

    def quoted(self) -> None:
        """Makes the records of quotations, once it is known who speaks."""
        for id, group in self.groups:
            self.quotations[id] = self._quotation(id, group)
        self.said_in = {id: record.articles for id, record in self.quotations.items()}
        self.groups.clear()
        self.occurrences.clear()

    def entity_of(self, article: str) -> Callable[[str], str | None]:
        """Gives, for one article, the record id of a document's entity id."""
        return self.of_documents[article].get

    def _sources_of(self, one: Collected) -> None:
        """Who the article relies on: the publisher passes on a `via`, which passes on a speaker."""
        slug, entity_of = one.slug, self.entity_of(one.slug)
        publisher = self._publisher(self.summaries[slug].publisher)
        for number, said in enumerate(one.quotations):
            quotation, occurrence = said.quotation, said.occurrence
            at = (slug, quotation.id)
            self.occurrences[at] = occurrence, (warning := one.warnings.get(quotation.id, "")), number
            if warning:  # the registers of sources would print it once more
                occurrence = msgspec.structs.replace(occurrence, exact="")
            chain = [publisher] if publisher else []
            if quotation.via:
                self.vias[at] = self.sources.speaker(slug, quotation.via, entity_of)
                self.sources.found(self.vias[at], slug, quotation.id, one.around[quotation.id])
                chain.append(self.vias[at])
            if quotation.speaker:
                self.speakers[at] = self.sources.speaker(slug, quotation.speaker, entity_of)
                self.sources.found(self.speakers[at], slug, quotation.id, one.around[quotation.id])
                chain.append(self.speakers[at])
                self.sources.quotes(self.speakers[at], self.quotation_ids[at])
            for reporter, reported in pairwise(chain):
                self.sources.relay(reporter, reported, occurrence)
        for citation, _ in one.citations:
            cited = self.cited[slug, citation.id] = self.sources.citation(citation)
            self.sources.found(cited, slug, citation.id, one.around[citation.id])

    def _publisher(self, name: str) -> str | None:
        if not name:
            return None
        entry = self.register.editors.find([name], "organization", "")
        known = entry.id if entry and not entry.reject else self.ids.get(self.register.named("organization", name))
        return self.sources.publication(name, known)

    def _speaking(self, quotation: Quotation, entity_of: Callable[[str], str | None]) -> EntityRecord | None:
        document_id = quotation.speaker.entity if quotation.speaker else None
        return self.entities.get(entity_of(document_id) or "") if document_id else None

    def _quotation(self, id: str, group: list[tuple[str, Quotation]]) -> QuotationRecord:
        occurrences = tuple(self._place(*one) for one in group)
        speaking = [self._speaking(quotation, self.entity_of(article)) for article, quotation in group]
        known = {record.id: record for record in speaking if record}
        named = [quotation.speaker for _, quotation in group if quotation.speaker]
        agreed = next(iter(known.values())) if len(known) == 1 else None
        first = named[0] if named else None
        return QuotationRecord(
            id=id,
            text=group[0][1].exact,
            form=group[0][1].form,
            occurrences=tuple(sorted(occurrences, key=lambda o: o.article)),
            speaker=agreed.id if agreed else None,
            speaker_name=agreed.name if agreed else (first.name or first.exact if first and len(known) < 2 else ""),
            speaker_kind=first.kind if first else None,
            speakers=tuple(dict.fromkeys(o.speaker for o in occurrences if o.speaker)),
            sensitive=next((o.sensitive for o in occurrences if o.sensitive), ""),
        )

    def _place(self, article: str, quotation: Quotation) -> QuotationOccurrence:
        at = article, quotation.id
        occurrence, warning, number = self.occurrences[at]
        return QuotationOccurrence(
            article=article,
            annotation=quotation.id,
            said=quotation.exact,
            form=quotation.form,
            speaker=self.speakers.get(at),
            speaker_words=quotation.speaker.exact if quotation.speaker else "",
            via=self.vias.get(at),
            review=occurrence.review,
            confidence=quotation.confidence,
            sensitive=warning,
            number=number,
        )

    def _rows_of(self, one: Collected) -> None:
        slug, entity_of = one.slug, self.entity_of(one.slug)
        for one_of in one.happenings:
            event = one_of.event
            people = tuple(dict.fromkeys(e for e in map(entity_of, event.participants) if e))
            said = self._quoted(slug, event)
            read = row(slug, event, one_of.occurrence, one_of.when, self.summaries[slug].published, people, said)
            self.read_rows[slug, event.id] = msgspec.structs.replace(read, sensitive=one_of.warning)

    def _told_of(self, one: Collected) -> None:
        """What each event tells, for comparing it with those of other articles."""
        slug, entity_of = one.slug, self.entity_of(one.slug)

        def register(document_id: str) -> tuple[str, EntityKind] | None:
            record = self.entities.get(entity_of(document_id) or "")
            return (record.id, record.kind) if record else None

        for happening in one.happenings:
            if happening.heard:
                at = slug, happening.event.id
                self.told.add(tell(at, happening.heard, register, lambda id: self.quotation_ids[slug, id]))

    def _quoted(self, slug: str, event: Event) -> tuple[str, ...]:
        ids = (self.quotation_ids.get((slug, q)) for q in event.quotations)
        return tuple(dict.fromkeys(id for id in ids if id))

    def entity_records(self) -> dict[str, EntityRecord]:
        """The entity register, told what its entities said, took part in, and are named beside."""
        together, alike = seen_with(self.entities), self.register.alike(self.entities, self.ids)
        relations = self.stated.records()
        said = _by((q.speaker, q.id) for q in self.quotations.values() if q.speaker)
        events = _by((p, r.id) for r in self.rows for p in r.participants)
        return {
            id: msgspec.structs.replace(
                record,
                seen_with=together[id],
                similar=alike.get(id, ()),
                quotations=tuple(said[id]),
                events=tuple(events[id]),
                relations=relations.get(id, ()),
            )
            for id, record in self.entities.items()
        }


def _by(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
