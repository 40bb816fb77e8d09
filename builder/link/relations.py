"""What the articles say entities are to each other: the same relation once, with every place that states it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from builder.link.collect import Collected
from builder.link.names import fold
from builder.model.annotation import RelationKind
from builder.model.archive import Occurrence, RelationRecord

Stated = tuple[RelationKind, str, str | None, str]  # relation, subject, object, and the object's words without one


def of_entities(
    collected: Iterable[Collected], entity_of: Callable[[str], Callable[[str], str | None]]
) -> dict[str, tuple[RelationRecord, ...]]:
    """Gives the relations of each entity record; `entity_of` gives an article's document ids their records."""
    found: dict[Stated, list[Occurrence]] = defaultdict(list)
    names: dict[Stated, str] = {}
    for one in collected:
        record_of = entity_of(one.summary.slug) if one.relations else None
        for relation, occurrence in one.relations:
            assert record_of is not None
            subject, object = record_of(relation.subject), record_of(relation.object) if relation.object else None
            if subject is None or subject == object or (relation.object and object is None):
                continue  # what an editor rejected, or found to be one, is in no relation
            stated: Stated = (relation.relation, subject, object, "" if object else fold(relation.object_exact))
            found[stated].append(occurrence)
            names.setdefault(stated, relation.object_exact)
    of: dict[str, list[RelationRecord]] = defaultdict(list)
    for stated in sorted(found, key=lambda s: (s[1], s[0], s[2] or "", s[3])):
        kind, subject, object, _ = stated
        record = RelationRecord(kind, subject, object, names[stated], tuple(found[stated]))
        for entity in filter(None, (subject, object)):
            of[entity].append(record)
    return {entity: tuple(records) for entity, records in of.items()}
