"""What editors decide in text files: reviews of single annotations, the entity, source and chronology files.

Every record remembers `where` (file:line), so that one which no longer fits can be named.
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from builder.model.annotation import EntityKind
from builder.model.selector import TextQuoteSelector

Action = Literal["confirm", "reject", "correct", "add"]


class Decision(Struct, frozen=True):
    """One decision about one place: `values` are the annotation's keys as the editor wants them."""

    action: Action
    type: str  # an annotation type
    quote: TextQuoteSelector
    where: str
    values: dict[str, Any] = {}
    by: str = ""
    date: str = ""
    note: str = ""
    sensitive: str = ""


class EntityEntry(Struct, frozen=True):
    """An entity as `entities.yaml` describes it; `articles` limits it to those slugs (two people of one name)."""

    id: str
    name: str
    where: str
    kind: EntityKind
    aliases: tuple[str, ...] = ()
    identifiers: dict[str, str] = {}
    description: str = ""
    coordinates: tuple[float, float] | None = None
    parents: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    reject: bool = False
    sensitive: str = ""
    live: bool = False


class SourceEntry(Struct, frozen=True):
    """A source as `sources.yaml` describes it; `csl` holds its bibliographic keys."""

    id: str
    name: str
    where: str
    kind: str = ""
    aliases: tuple[str, ...] = ()
    url: str = ""
    entity: str = ""
    description: str = ""
    sensitive: str = ""
    csl: dict[str, str] = {}


class EventReference(Struct, frozen=True):
    """The event a sentence of an article reports, addressed by its words."""

    article: str
    quote: TextQuoteSelector
    where: str


class ChronologyEntry(Struct, frozen=True, tag=True):
    """An editor's row of the chronology: their own, or one that stands for rows read from articles.

    One that stands for such rows may leave out `title`, `edtf` and `id` (empty): it then keeps theirs.
    """

    id: str
    title: str
    where: str
    edtf: str | None = None
    note: str = ""
    citations: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    events: tuple[EventReference, ...] = ()
    sensitive: str = ""


class Apart(Struct, frozen=True, tag=True):
    """Sentences that tell of different happenings, whatever the program finds; one alone stays by itself."""

    events: tuple[EventReference, ...]
    where: str
    note: str = ""


class Editorial(Struct, frozen=True):
    """Everything the editors decided; `decisions` by article slug."""

    entities: tuple[EntityEntry, ...] = ()
    sources: tuple[SourceEntry, ...] = ()
    chronology: tuple[ChronologyEntry, ...] = ()
    decisions: dict[str, tuple[Decision, ...]] = {}
    apart: tuple[Apart, ...] = ()

    @property
    def sentences(self) -> tuple[EventReference, ...]:
        """Every sentence that the chronology file names."""
        rows = (entry.events for entry in self.chronology)
        return tuple(event for events in (*rows, *(entry.events for entry in self.apart)) for event in events)
