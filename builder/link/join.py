"""The registers while they are being joined: each step fills what the next one needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise

import msgspec

from builder.link import quotations, relations, variants
from builder.link.chronology import row
from builder.link.collect import Collected
from builder.link.editors import Editors
from builder.link.entities import EntityRegister, Open, seen_with
from builder.link.names import Key
from builder.link.quotations import Said
from builder.link.sensitive import Folding
from builder.link.sources import SourceRegister
from builder.link.telling import At, Told, tell
from builder.model.annotation import EntityKind, Event, Quotation
from builder.model.archive import (
    ChronologyRecord,
    EntityRecord,
    Occurrence,
    QuotationOccurrence,
    QuotationRecord,
    RelationRecord,
)
from builder.model.editorial import Editorial


@dataclass(slots=True)
class Joined:
    """What the articles have in common. `speakers` and `vias` give the source of a quotation, by its place."""

    register: EntityRegister
    entities: dict[str, EntityRecord]
    ids: dict[Key, str]
    sources: SourceRegister
    of_documents: dict[str, dict[str, str]] = field(default_factory=dict)  # article -> its entity id -> record id
    quotation_ids: dict[At, str] = field(default_factory=dict)
    quotations: dict[str, QuotationRecord] = field(default_factory=dict)
    speakers: dict[At, str] = field(default_factory=dict)
    vias: dict[At, str] = field(default_factory=dict)
    cited: dict[At, str] = field(default_factory=dict)
    warnings: dict[At, str] = field(default_factory=dict)
    read_rows: dict[At, ChronologyRecord] = field(default_factory=dict)
    told: dict[At, Told] = field(default_factory=dict)
    rows: tuple[ChronologyRecord, ...] = ()
    relations: dict[str, tuple[RelationRecord, ...]] = field(default_factory=dict)
    named_in: dict[str, tuple[str, ...]] = field(default_factory=dict)  # entity id -> articles, counted once
    said_in: dict[str, tuple[str, ...]] = field(default_factory=dict)  # quotation id -> articles

    @classmethod
    def of(cls, collected: list[Collected], editorial: Editorial, folding: Folding, open_: Open) -> Joined:
        """Joins entities, then who speaks, then what is said, then what happened."""
        register = EntityRegister(Editors(editorial.entities, [c.summary.slug for c in collected]), open_)
        for one in collected:
            register.add(one)
        entities, ids = register.records()
        entities = {id: msgspec.structs.replace(e, sensitive=folding.of_entity(e)) for id, e in entities.items()}
        joined = cls(register, entities, ids, SourceRegister(editorial.sources, entities))
        joined.of_documents = {c.summary.slug: joined._known_in(c.summary.slug) for c in collected}
        said = [
            s
            for c in collected
            for s in quotations.of_article(c.summary, c.quotations, joined.entity_of(c.summary.slug))
        ]
        groups = [(quotations.record_id(group[0]), group) for group in variants.join(quotations.group(said))]
        joined.quotation_ids = {(s.article, s.quotation.id): id for id, group in groups for s in group}
        for one in collected:
            joined._sources_of(one)
        details = {(c.summary.slug, s.quotation.id): s.occurrence for c in collected for s in c.quotations}
        for id, group in groups:
            joined.quotations[id] = joined._quotation(id, group, details)
        joined.named_in = {id: record.articles for id, record in entities.items()}
        joined.said_in = {id: record.articles for id, record in joined.quotations.items()}
        joined.relations = relations.of_entities(collected, joined.entity_of)
        for one in collected:
            joined._rows_of(one)
            joined._told_of(one)
        return joined

    def _known_in(self, article: str) -> dict[str, str]:
        keys = self.register.of_document(article)
        return {id: self.ids[key] for id, key in keys.items() if key in self.ids}

    def entity_of(self, article: str) -> Callable[[str], str | None]:
        """Gives, for one article, the record id of a document's entity id."""
        return self.of_documents[article].get

    def _sources_of(self, one: Collected) -> None:
        """Who the article relies on: the publisher passes on a `via`, which passes on a speaker."""
        slug, entity_of = one.summary.slug, self.entity_of(one.summary.slug)
        publisher = self._publisher(one.summary.publisher)
        for said in one.quotations:
            quotation, occurrence = said.quotation, said.occurrence
            at = (slug, quotation.id)
            self.warnings[at] = one.warnings.get(quotation.id, "")
            if self.warnings[at]:  # the registers of sources would print it once more
                occurrence = msgspec.structs.replace(occurrence, exact="")
            chain = [publisher] if publisher else []
            if quotation.via:
                self.vias[at] = self.sources.speaker(slug, quotation.via, occurrence, entity_of)
                chain.append(self.vias[at])
            if quotation.speaker:
                self.speakers[at] = self.sources.speaker(slug, quotation.speaker, occurrence, entity_of)
                chain.append(self.speakers[at])
                self.sources.quotes(self.speakers[at], self.quotation_ids[at])
            for reporter, reported in pairwise(chain):
                self.sources.relay(reporter, reported, occurrence)
        for citation, occurrence in one.citations:
            self.cited[slug, citation.id] = self.sources.citation(citation, occurrence)

    def _publisher(self, name: str) -> str | None:
        if not name:
            return None
        entry = self.register.editors.find([name], "organization", "")
        known = entry.id if entry and not entry.reject else self.ids.get(self.register.named("organization", name))
        return self.sources.publication(name, known)

    def _speaking(self, quotation: Quotation, entity_of: Callable[[str], str | None]) -> EntityRecord | None:
        document_id = quotation.speaker.entity if quotation.speaker else None
        return self.entities.get(entity_of(document_id) or "") if document_id else None

    def _quotation(self, id: str, group: list[Said], details: dict[At, Occurrence]) -> QuotationRecord:
        occurrences = tuple(self._said(one, details[one.article, one.quotation.id]) for one in group)
        speaking = [self._speaking(s.quotation, self.entity_of(s.article)) for s in group]
        known = {record.id: record for record in speaking if record}
        named = [s.quotation.speaker for s in group if s.quotation.speaker]
        agreed = next(iter(known.values())) if len(known) == 1 else None
        first = named[0] if named else None
        return QuotationRecord(
            id=id,
            text=group[0].quotation.exact,
            form=group[0].quotation.form,
            occurrences=tuple(sorted(occurrences, key=lambda o: o.article)),
            speaker=agreed.id if agreed else None,
            speaker_name=agreed.name if agreed else (first.name or first.exact if first and len(known) < 2 else ""),
            speaker_kind=first.kind if first else None,
            speakers=tuple(dict.fromkeys(o.speaker for o in occurrences if o.speaker)),
            sensitive=next((o.sensitive for o in occurrences if o.sensitive), ""),
        )

    def _said(self, one: Said, occurrence: Occurrence) -> QuotationOccurrence:
        at, quotation = (one.article, one.quotation.id), one.quotation
        return QuotationOccurrence(
            article=one.article,
            annotation=quotation.id,
            said=quotation.exact,
            form=quotation.form,
            speaker=self.speakers.get(at),
            speaker_words=quotation.speaker.exact if quotation.speaker else "",
            via=self.vias.get(at),
            before=occurrence.before,
            after=occurrence.after,
            review=occurrence.review,
            confidence=quotation.confidence,
            sensitive=self.warnings[at],
        )

    def _rows_of(self, one: Collected) -> None:
        slug, entity_of = one.summary.slug, self.entity_of(one.summary.slug)
        for one_of in one.happenings:
            event = one_of.event
            people = tuple(dict.fromkeys(e for e in map(entity_of, event.participants) if e))
            said = self._quoted(slug, event)
            read = row(slug, event, one_of.occurrence, one_of.when, one.summary.published, people, said)
            self.read_rows[slug, event.id] = msgspec.structs.replace(read, sensitive=one_of.warning)

    def _told_of(self, one: Collected) -> None:
        """What each event tells, for comparing it with those of other articles."""
        slug, entity_of = one.summary.slug, self.entity_of(one.summary.slug)

        def register(document_id: str) -> tuple[str, EntityKind] | None:
            record = self.entities.get(entity_of(document_id) or "")
            return (record.id, record.kind) if record else None

        for happening in one.happenings:
            if happening.heard:
                at = slug, happening.event.id
                self.told[at] = tell(at, happening.heard, register, lambda id: self.quotation_ids[slug, id])

    def _quoted(self, slug: str, event: Event) -> tuple[str, ...]:
        ids = (self.quotation_ids.get((slug, q)) for q in event.quotations)
        return tuple(dict.fromkeys(id for id in ids if id))

    def entity_records(self) -> dict[str, EntityRecord]:
        """The entity register, told what its entities said, took part in, and are named beside."""
        together, alike = seen_with(self.entities), self.register.alike(self.entities, self.ids)
        said = _by((q.speaker, q.id) for q in self.quotations.values() if q.speaker)
        events = _by((p, r.id) for r in self.rows for p in r.participants)
        return {
            id: msgspec.structs.replace(
                record,
                seen_with=together[id],
                similar=alike.get(id, ()),
                quotations=tuple(said[id]),
                events=tuple(events[id]),
                relations=self.relations.get(id, ()),
            )
            for id, record in self.entities.items()
        }


def _by(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
