"""Annotations by the content they were read from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from builder.cache.store import Store
from builder.model.annotation import Annotation

_annotations = msgspec.msgpack.Decoder(tuple[Annotation, ...])


class Readings:
    """The annotations of every text that was read, by the address of the text and of what read it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, key: str) -> tuple[Annotation, ...] | None:
        """The annotations kept under the key; None when there are none that can be read."""
        found = self._store.rows("SELECT annotations FROM readings WHERE key = ?", (key,))
        try:
            return _annotations.decode(found[0][0]) if found else None
        except (msgspec.DecodeError, TypeError):
            return None

    def keep(self, key: str, made: str, annotations: Sequence[Annotation]) -> None:
        """Keeps a reading at once, so that an interrupted build goes on where it was; `made` tells by what."""
        self.keep_all([(key, made, msgspec.msgpack.encode(annotations))])

    def keep_all(self, readings: Iterable[tuple[str, str, bytes]]) -> None:
        """Keeps readings together, each as key, by what it was made, and annotations as MessagePack."""
        self._store.put("readings", readings)

    def has(self, key: str) -> bool:
        """Whether something is kept under the key."""
        return bool(self._store.rows("SELECT 1 FROM readings WHERE key = ?", (key,)))
