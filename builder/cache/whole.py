"""What is kept as a whole and read as a whole: one of its kind at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

import msgspec

from builder.cache.store import Store

T = TypeVar("T")


class Whole(Generic[T]):
    """A table of one row: a mapping, under the key of all that decides it; that of another key is forgotten."""

    def __init__(self, store: Store, table: str, of: type[T]) -> None:
        self._store, self._table = store, table
        self._decoder = msgspec.msgpack.Decoder(dict[str, of])  # type: ignore[valid-type]

    def get(self, key: str) -> dict[str, T]:
        """What is kept under the key; nothing where nothing is that can be read."""
        rows = self._store.rows(f"SELECT found FROM {self._table} WHERE key = ?", (key,))
        try:
            return self._decoder.decode(rows[0][0]) if rows else {}
        except (msgspec.DecodeError, TypeError):
            return {}

    def keep(self, key: str, found: Mapping[str, T]) -> None:
        """Keeps it, in the place of all that was."""
        self._store.put(self._table, [(key, msgspec.msgpack.encode(found))])
        self._store.change(f"DELETE FROM {self._table} WHERE key <> ?", [(key,)])
