"""Records that may be the same, for an editor to decide: said to the reader, never acted on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from builder.link.names import Key, fold
from builder.model.archive import EntityRecord

MOST = 12  # records under one name, above which the list would help nobody
Sides = tuple[list[str], list[str]]
NEVER = frozenset(("account", "hashtag"))  # they are what they are, whoever runs them


def similar(records: Mapping[str, EntityRecord], groups: Iterable[Sides]) -> dict[str, tuple[str, ...]]:
    """Gives for a record those of its name, of its surname alone, and of its initial and surname.

    `groups` are further ones: records of a name that several bear, and those that bear it.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for some, others in (*_by_name(records), *groups):
        for side, across in ((some, others), (others, some)):
            for one in side if len(across) <= MOST else ():
                found[one].update(o for o in across if o != one and _may(records[one], records[o]))
    return {id: tuple(sorted(others)) for id, others in found.items() if others}


def _by_name(records: Mapping[str, EntityRecord]) -> Iterator[Sides]:
    names: dict[str, list[str]] = defaultdict(list)
    full: dict[str, list[str]] = defaultdict(list)  # under the surname, and under initial and surname
    for record in records.values():
        folded = fold(record.name)
        names[folded].append(record.id)
        if record.kind == "person" and " " in folded:
            first, *_, last = folded.split()
            full[last].append(record.id)
            if len(first) > 1:
                full[f"{first[0]} {last}"].append(record.id)
    for name, alone in names.items():
        yield alone, alone
        if name in full:
            yield alone, full[name]


def _may(one: EntityRecord, other: EntityRecord) -> bool:
    both = {one.kind, other.kind}
    return not both & NEVER and both != {"person", "place"}


def ambiguous(candidates: Mapping[Key, tuple[Key, ...]], ids: Mapping[Key, str]) -> Iterator[Sides]:
    """Yields the record of a second name that articles give to several, and the records of those."""
    for name, bearers in candidates.items():
        if name in ids:
            yield [ids[name]], [ids[k] for k in bearers if k in ids]
