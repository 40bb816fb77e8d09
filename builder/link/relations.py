"""What the articles say entities are to each other: the same relation once, with every place that states it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from builder.link.names import fold
from builder.model.annotation import Relation, RelationKind
from builder.model.archive import Occurrence, RelationRecord

Stated = tuple[RelationKind, str, str | None, str]  # relation, subject, object, and the object's words without one


class RelationRegister:
    """Gathers relations article by article."""

    def __init__(self) -> None:
        self._found: dict[Stated, list[Occurrence]] = defaultdict(list)
        self._names: dict[Stated, str] = {}

    def add(self, relations: Iterable[tuple[Relation, Occurrence]], record_of: Callable[[str], str | None]) -> None:
        """Takes in what one article states; `record_of` gives its document's ids their entity records."""
        for relation, occurrence in relations:
            subject, object = record_of(relation.subject), record_of(relation.object) if relation.object else None
            if subject is None or subject == object or (relation.object and object is None):
                continue  # what an editor rejected, or found to be one, is in no relation
            stated: Stated = (relation.relation, subject, object, "" if object else fold(relation.object_exact))
            self._found[stated].append(occurrence)
            self._names.setdefault(stated, relation.object_exact)

    def records(self) -> dict[str, tuple[RelationRecord, ...]]:
        """Gives the relations of each entity record."""
        of: dict[str, list[RelationRecord]] = defaultdict(list)
        for stated in sorted(self._found, key=lambda s: (s[1], s[0], s[2] or "", s[3])):
            kind, subject, object, _ = stated
            record = RelationRecord(kind, subject, object, self._names[stated], tuple(self._found[stated]))
            for entity in filter(None, (subject, object)):
                of[entity].append(record)
        return {entity: tuple(records) for entity, records in of.items()}
