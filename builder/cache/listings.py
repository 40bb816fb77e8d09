"""Which of the editors' listed names stand in which article, so that no article is opened to know."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from builder.cache.store import Store
from builder.model.annotation import EntityKind

Standing = tuple[tuple[str, EntityKind], ...]  # names as written, and what each names
Found = dict[str, Standing]  # by the address of an article
_found = msgspec.msgpack.Decoder(Found)


class Listings:
    """What was found of one list of names; that of a former list is forgotten."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, key: str) -> Found:
        """What was found of the list with that key; nothing where nothing is kept that can be read."""
        rows = self._store.rows("SELECT found FROM listings WHERE key = ?", (key,))
        try:
            return _found.decode(rows[0][0]) if rows else {}
        except (msgspec.DecodeError, TypeError):
            return {}

    def keep(self, key: str, found: Mapping[str, Standing]) -> None:
        """Keeps what was found, in the place of all that was."""
        self._store.put("listings", [(key, msgspec.msgpack.encode(found))])
        self._store.change("DELETE FROM listings WHERE key <> ?", [(key,)])
