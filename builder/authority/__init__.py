"""The authority file that ships: countries, regions, large cities, world bodies, platforms, outlets, peoples.

Facts we wrote down ourselves, in tab-separated files that an editor can read. A Wikidata id stands where a published
list gives the same one (OpenStreetMap's country-coder and name-suggestion-index, a list of capitals), else none.
`Record.sure` lists the names that mean this one wherever they stand capitalised, `doubtful` those that are also
words or other names.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from msgspec import Struct, structs

from builder.model.annotation import EntityKind

GENERAL = ("organizations.tsv", "regions.tsv", "groups.tsv")
KINDS: dict[str, EntityKind] = {
    "organization": "organization", "place": "place", "facility": "facility", "group": "group",
}  # fmt: skip


class Record(Struct, frozen=True):
    """One known body, place or people; `wikidata` is empty where it is not certain."""

    kind: EntityKind
    name: str
    sure: tuple[str, ...]
    doubtful: tuple[str, ...] = ()
    wikidata: str = ""
    country: bool = False


@lru_cache(maxsize=1)
def records() -> tuple[Record, ...]:
    """Gives every record, countries first; where two share a name, the first has it."""
    found = list(_countries())
    for file in GENERAL:
        found += (_record(KINDS[kind], *rest) for kind, *rest in _rows(file))
    return (*found, *(_record("place", *row) for row in _rows("cities.tsv")))


@lru_cache(maxsize=1)
def names() -> dict[str, Record]:
    """Gives the record for every sure name."""
    return {name: record for record in reversed(records()) for name in record.sure}


@lru_cache(maxsize=1)
def doubtful() -> dict[str, Record]:
    """Gives the record for every name that needs the text's agreement."""
    return {name: record for record in reversed(records()) for name in record.doubtful}


def find(name: str) -> Record | None:
    """Gives the record that a name surely means, also when it is set in capitals; None where there is none."""
    return names().get(name) or (names().get(name.title()) if name.isupper() and len(name) > 3 else None)


def _rows(file: str) -> Iterator[list[str]]:
    for line in (files(__name__) / file).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def _record(kind: EntityKind, name: str, aliases: str = "", wikidata: str = "") -> Record:
    written = [name, *filter(None, aliases.split("|"))]
    sure = tuple(n for n in written if not n.endswith("?"))
    doubt = tuple(n.removesuffix("?") for n in written if n.endswith("?"))
    return Record(kind, name.removesuffix("?"), sure, doubt, wikidata)


def _countries() -> Iterator[Record]:
    for name, *rest in _rows("countries.tsv"):
        aliases, wikidata, demonyms = (*rest, "", "", "")[:3]
        yield structs.replace(_record("place", name, aliases, wikidata), country=True)
        if demonyms:
            first, _, others = demonyms.partition("|")
            yield _record("group", first, others)
