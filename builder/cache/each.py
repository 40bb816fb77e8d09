"""What is kept in rows that are all read at once: those that count now, and no others."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Generic, TypeVar

import msgspec

from builder.cache.store import Store

T = TypeVar("T")


class Each(Generic[T]):
    """A table of values by key, of which few change from build to build."""

    def __init__(self, store: Store, table: str, of: type[T]) -> None:
        self._store, self._table = store, table
        self._decoder = msgspec.msgpack.Decoder(of)

    def all(self) -> dict[str, T]:
        """All that can be read."""
        found: dict[str, T] = {}
        for key, value in self._store.rows(f"SELECT key, found FROM {self._table}"):
            with suppress(msgspec.DecodeError, TypeError):
                found[key] = self._decoder.decode(value)
        return found

    def keep(self, now: Mapping[str, T], before: Mapping[str, T]) -> None:
        """Writes down what is not as it was `before`, and takes out what is no more, or could not be read."""
        new = [(key, msgspec.msgpack.encode(value)) for key, value in now.items() if before.get(key) is not value]
        there = (key for (key,) in self._store.rows(f"SELECT key FROM {self._table}"))
        self._store.put(self._table, new)
        self._store.change(f"DELETE FROM {self._table} WHERE key = ?", [(key,) for key in there if key not in now])
