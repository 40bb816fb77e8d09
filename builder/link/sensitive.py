"""What stands behind a warning: chosen by the archive per article, entity, quotation or word."""

from __future__ import annotations

from msgspec import Struct

from builder.link.names import fold
from builder.model.archive import EntityRecord, Reviewed


class Sensitivity(Struct, frozen=True):
    """The archive's choice: `entities` by id or name, quotations that hold one of `words`."""

    warning: str
    entities: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def of_entity(self, record: EntityRecord) -> str:
        """The warning an entity stands behind, empty when it needs none."""
        named = {fold(name) for name in self.entities} | set(self.entities)
        chosen = record.id in named or fold(record.name) in named
        return self._worded(record.sensitive) or (self.warning if chosen else "")

    def of_quotation(self, reviewed: Reviewed, speaker: EntityRecord | None) -> str:
        """The warning a quotation stands behind: its own, its speaker's, or for a word in it."""
        folded = f" {fold(reviewed.annotation.exact)} "
        chosen = any(f" {fold(word)} " in folded for word in self.words)
        own = self._worded(reviewed.sensitive)
        return own or (speaker.sensitive if speaker else "") or (self.warning if chosen else "")

    def _worded(self, sensitive: str) -> str:
        """Editors may write `true` for the archive's own warning, or the words of one."""
        return self.warning if sensitive.casefold() == "true" else sensitive
