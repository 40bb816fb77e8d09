"""One article's part in the registers: who speaks in it, what it states and what it tells."""

from __future__ import annotations

from itertools import pairwise

import msgspec

from builder.link import quotations
from builder.link.chronology import row
from builder.link.collect import Collected, Happening
from builder.link.happenings import may_stand_with_others
from builder.link.join import Annotated, Joined
from builder.link.parts import NOBODY
from builder.link.quotation_records import Spoken
from builder.link.quotations import Saying
from builder.link.telling import tell
from builder.model.annotation import EntityKind, Speaker
from builder.model.archive import QuotationOccurrence


def take(joined: Joined, one: Collected) -> None:
    """Takes in the next article."""
    Taking(joined, one).all()


class Taking:
    """Puts one article's share into the registers that are being joined."""

    def __init__(self, joined: Joined, one: Collected) -> None:
        self._joined, self._one = joined, one
        self._article = len(joined.annotated)
        self._slug = joined.articles.slugs[self._article]
        named = joined.named.of_document(self._article).items()
        self._entities = {id: entity for id, entity in named if entity != NOBODY}
        first = len(joined.quotations)
        self._numbers = {said.quotation.id: first + place for place, said in enumerate(one.quotations)}
        self._speakers: dict[str, str] = {}
        self._vias: dict[str, str] = {}

    def all(self) -> None:
        """Takes everything in."""
        publisher = self._publisher()
        day = quotations.day(self._joined.articles.published[self._article])
        for place, said in enumerate(self._one.quotations):
            self._relied_on(said, publisher)
            self._quoted(said, place, day)
        cited = self._cited()
        self._joined.stated.add(self._one.relations, self._entity_of)
        for happening in self._one.happenings:
            self._told(happening)
        self._joined.quotations.end_article()
        self._joined.rows.end_article()
        self._joined.annotated.put(
            Annotated(
                warnings=self._one.warnings,
                quotations=tuple(self._numbers),
                events=tuple(happening.event.id for happening in self._one.happenings),
                speakers=self._speakers,
                vias=self._vias,
                citations=cited,
            )
        )

    def _entity_of(self, id: str) -> str | None:
        entity = self._entities.get(id)
        return None if entity is None else self._joined.bases[entity].id

    def _publisher(self) -> int | None:
        name = self._joined.articles.publishers[self._article]
        return self._joined.sources.publication(name, self._joined.publishers[name]) if name else None

    def _relied_on(self, said: Saying, publisher: int | None) -> None:
        """The publisher passes on a `via`, which passes on a speaker."""
        sources, quotation, occurrence = self._joined.sources, said.quotation, said.occurrence
        if self._one.warnings.get(quotation.id):  # the registers of sources would print it once more
            occurrence = msgspec.structs.replace(occurrence, exact="")
        chain = [publisher] if publisher is not None else []
        if quotation.via:
            chain.append(self._source(quotation.via, quotation.id, self._vias))
        if quotation.speaker:
            chain.append(self._source(quotation.speaker, quotation.id, self._speakers))
            sources.quotes(chain[-1], self._numbers[quotation.id])
        for reporter, reported in pairwise(chain):
            sources.relay(reporter, reported, occurrence)

    def _source(self, speaker: Speaker, quotation: str, of: dict[str, str]) -> int:
        sources = self._joined.sources
        source = sources.speaker(self._slug, speaker, self._entity_of)
        sources.found(source, self._slug, quotation, self._one.around[quotation])
        of[quotation] = sources.id(source)
        return source

    def _quoted(self, said: Saying, place: int, day: int | None) -> None:
        quotation, speaker = said.quotation, said.quotation.speaker
        occurrence = QuotationOccurrence(
            article=self._slug,
            annotation=quotation.id,
            said=quotation.exact,
            form=quotation.form,
            speaker=self._speakers.get(quotation.id),
            speaker_words=speaker.exact if speaker else "",
            via=self._vias.get(quotation.id),
            review=said.occurrence.review,
            confidence=quotation.confidence,
            sensitive=self._one.warnings.get(quotation.id, ""),
            number=place,
        )
        spoken = Spoken(occurrence)
        if speaker:
            entity = self._entity_of(speaker.entity) if speaker.entity else None
            spoken = Spoken(occurrence, entity, speaker.name or speaker.exact, speaker.kind)
        number = self._joined.quotations.add(spoken)
        who = quotations.who(quotation, self._entity_of)
        self._joined.said.append(quotations.said(self._slug, said, who, day, number))

    def _cited(self) -> dict[str, str]:
        sources, found = self._joined.sources, dict[str, str]()
        for citation, _ in self._one.citations:
            source = sources.citation(citation)
            sources.found(source, self._slug, citation.id, self._one.around[citation.id])
            found[citation.id] = sources.id(source)
        return found

    def _told(self, happening: Happening) -> None:
        """The event's row, and what it tells, for comparing it with those of other articles."""
        event, joined = happening.event, self._joined
        people = list(dict.fromkeys(self._entities[id] for id in event.participants if id in self._entities))
        ids, published = tuple(joined.bases[one].id for one in people), joined.articles.published[self._article]
        read = row(self._slug, event, happening.occurrence, happening.when, published, ids, ())
        if happening.warning:
            read = msgspec.structs.replace(read, sensitive=happening.warning)
        joined.rows.add(read, people, tuple(self._numbers[q] for q in event.quotations if q in self._numbers))
        if happening.heard and may_stand_with_others(happening.heard):
            at = self._slug, event.id
            joined.told.add(tell(at, happening.heard, self._register, lambda id: str(self._numbers[id])))

    def _register(self, id: str) -> tuple[str, EntityKind] | None:
        entity = self._entities.get(id)
        return None if entity is None else (self._joined.bases[entity].id, self._joined.bases[entity].kind)
