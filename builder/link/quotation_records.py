"""The register of quotations once they are grouped: what each article says waits aside until its record is made."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from builder.cache import Aside, Asides
from builder.link.made import Made
from builder.link.pairs import Pairs
from builder.link.quotations import Said, record_id
from builder.model.annotation import SpeakerKind
from builder.model.archive import EntityRecord, QuotationOccurrence, QuotationRecord


class Spoken(Struct, frozen=True, array_like=True, gc=False):
    """A quotation as one article gives it, and whom it names: an entity's id where known, the words for them."""

    occurrence: QuotationOccurrence
    entity: str | None = None
    name: str = ""
    kind: SpeakerKind | None = None


class QuotationRecords:
    """Gathers quotations by number, then their groups, by number too."""

    def __init__(self, entities: Mapping[str, EntityRecord], aside: Asides = Aside) -> None:
        self._entities = entities
        self._spoken = aside(Spoken)
        self._article = array("I")  # of each quotation
        self._ends = array("I", [0])  # of each article's
        self._group = array("I")
        self._speaking: list[str | None] = []
        self._members = Pairs()
        self._ids: list[str] = []  # of groups

    def add(self, spoken: Spoken) -> int:
        """Takes a quotation in of the article at hand; gives its number."""
        self._article.append(len(self._ends) - 1)
        self._speaking.append(spoken.entity)
        return self._spoken.put(spoken)

    def end_article(self) -> None:
        """The quotations that follow are the next article's."""
        self._ends.append(len(self))

    def of(self, article: int) -> range:
        """The numbers of an article's quotations."""
        return range(self._ends[article], self._ends[article + 1])

    def __len__(self) -> int:
        return len(self._spoken)

    def join(self, groups: Iterable[list[Said]]) -> None:
        """Notes which quotations are one, the fullest first."""
        self._group = array("I", bytes(4 * len(self)))
        for number, group in enumerate(groups):
            self._ids.append(record_id(group[0]))
            for one in group:
                self._group[one.number] = number
                self._members.add(number, one.number)

    def id(self, quotation: int) -> str:
        """The id of the record it belongs to."""
        return self._ids[self._group[quotation]]

    def articles(self, quotation: int) -> set[int]:
        """The articles that have the same one."""
        return {self._article[one] for one in self._members[self._group[quotation]]}

    def said_by(self, number: Callable[[str], int | None]) -> Callable[[int], Iterable[str]]:
        """Gives, for an entity, the ids of what it said; `number` is an entity's."""
        found = Pairs(
            (entity, group)
            for group in range(len(self._ids))
            if (speaker := self._speaker(group)) and (entity := number(speaker)) is not None
        )
        return lambda entity: (self._ids[group] for group in found[entity])

    def _speaker(self, group: int) -> str | None:
        """The entity that all articles name which name one."""
        named = {found for one in self._members[group] if (found := self._speaking[one])}
        return named.pop() if len(named) == 1 else None

    def records(self) -> Mapping[str, QuotationRecord]:
        """The register."""
        order = array("I", sorted(range(len(self._ids)), key=self._ids.__getitem__))
        return Made([self._ids[group] for group in order], lambda place: self._record(order[place]))

    def _record(self, group: int) -> QuotationRecord:
        every = [self._spoken[one] for one in self._members[group]]
        occurrences = [one.occurrence for one in every]
        named = [one for one in every if one.kind is not None]
        known = {one.entity for one in every if one.entity}
        agreed = self._entities[known.pop()] if len(known) == 1 else None
        first = named[0] if named else None
        return QuotationRecord(
            id=self._ids[group],
            text=occurrences[0].said,
            form=occurrences[0].form,
            occurrences=tuple(sorted(occurrences, key=lambda o: o.article)),
            speaker=agreed.id if agreed else None,
            speaker_name=agreed.name if agreed else first.name if first and not known else "",
            speaker_kind=first.kind if first else None,
            speakers=tuple(dict.fromkeys(o.speaker for o in occurrences if o.speaker)),
            sensitive=next((o.sensitive for o in occurrences if o.sensitive), ""),
        )
