"""What stands behind a warning: chosen by the archive per article, entity, quotation or word."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from builder.link.names import fold
from builder.model.annotation import Quotation
from builder.model.archive import EntityRecord, Reviewed
from builder.model.editorial import EntityEntry


class Sensitivity(Struct, frozen=True):
    """The archive's choice: `entities` by id or name, quotations that hold one of `words`."""

    warning: str
    entities: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def with_entries(self, entries: Iterable[EntityEntry]) -> Folding:
        """Adds the entities that the editors' file marks, by each of their names."""
        names = {fold(name): self.warning for name in self.entities}
        for entry in entries:
            chosen = entry.id in self.entities or any(fold(n) in names for n in (entry.name, *entry.aliases))
            if warning := self.worded(entry.sensitive) or (self.warning if chosen else ""):
                names.update({fold(name): warning for name in (entry.name, *entry.aliases)})
        return Folding(self, names)

    def worded(self, sensitive: str) -> str:
        """Editors may write `true` for the archive's own warning, or the words of one."""
        return self.warning if sensitive.casefold() == "true" else sensitive


class Folding(Struct, frozen=True):
    """Which warning stands before what; `names` maps an entity's folded names to its warning."""

    sensitivity: Sensitivity
    names: dict[str, str]

    def of_entity(self, record: EntityRecord) -> str:
        """The warning an entity stands behind, empty when it needs none."""
        if record.id in self.sensitivity.entities:
            return self.sensitivity.warning
        return self.names.get(fold(record.name), "")

    def of_quotation(self, reviewed: Reviewed) -> str:
        """The warning a quotation stands behind: its own, its speaker's, or for a word in it."""
        speaker = reviewed.annotation.speaker if isinstance(reviewed.annotation, Quotation) else None
        named = self.names.get(fold(speaker.name or speaker.exact), "") if speaker else ""
        return self.sensitivity.worded(reviewed.sensitive) or named or self._of_words(reviewed.annotation.exact)

    def _of_words(self, words: str) -> str:
        folded = f" {fold(words)} "
        chosen = any(f" {fold(word)} " in folded for word in self.sensitivity.words)
        return self.sensitivity.warning if chosen else ""
