"""What every article gives the registers, by the content it was gathered from."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from builder.cache.store import Store
from builder.model.archive import Occurrence

_places = msgspec.msgpack.Decoder(tuple[Occurrence, ...])
Row = tuple[str, str, bytes, bytes, dict[str, tuple[Occurrence, ...]]]  # key, what made it, its parts, as encoded


class Shares:
    """Shares in the registers, each in the parts that are opened apart: names, what is said and told, places."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def has(self, key: str) -> bool:
        """Whether a share is kept under the key."""
        return bool(self._store.rows("SELECT 1 FROM shares WHERE key = ?", (key,)))

    def names(self, key: str) -> bytes | None:
        """Whom the article of that key names, as it was encoded; None where nothing is kept."""
        found = self._store.rows("SELECT names FROM shares WHERE key = ?", (key,))
        return found[0][0] if found else None

    def collected(self, key: str) -> bytes | None:
        """What that article says and tells."""
        found = self._store.rows("SELECT collected FROM shares WHERE key = ?", (key,))
        return found[0][0] if found else None

    def places(self, key: str, entity: str) -> tuple[Occurrence, ...] | None:
        """Where that article names one of its entities; None when nothing is kept that can be read."""
        found = self._store.rows("SELECT occurrences FROM places WHERE key = ? AND entity = ?", (key, entity))
        try:
            return _places.decode(found[0][0]) if found else None
        except (msgspec.DecodeError, TypeError):
            return None

    def keep(self, rows: Iterable[Row]) -> None:
        """Keeps shares with their places: the places first, so that a share is never without."""
        rows = list(rows)
        encode = msgspec.msgpack.encode
        self._store.put("places", [(key, e, encode(places)) for key, *_, of in rows for e, places in of.items()])
        self._store.put("shares", [row[:4] for row in rows])
