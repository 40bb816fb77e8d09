"""What every article gives the registers, by the content it was gathered from."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from builder.cache.store import Store
from builder.model.archive import Occurrence

_places = msgspec.msgpack.Decoder(tuple[Occurrence, ...])
Row = tuple[str, str, bytes, dict[str, tuple[Occurrence, ...]]]  # key, what made it, the share, places by entity


class Shares:
    """Shares in the registers, and beside each the places of its entities, which are opened one entity at a time."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, key: str) -> bytes | None:
        """The share kept under the key, as it was encoded."""
        found = self._store.rows("SELECT share FROM shares WHERE key = ?", (key,))
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
        self._store.put("places", [(key, e, encode(places)) for key, _, _, of in rows for e, places in of.items()])
        self._store.put("shares", [(key, made, share) for key, made, share, _ in rows])
