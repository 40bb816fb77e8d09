"""What was found in a folder of articles, whole: of each file that nobody touched since, nothing else is looked up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from builder.cache.bodies import Head
from builder.cache.store import Store


class Known(NamedTuple):
    """An article as it was found: its file's state, its original's (empty where it names none), its key and head."""

    state: str
    original: str
    key: str
    head: Head


_known = msgspec.msgpack.Decoder(dict[str, Known])


class Gathered:
    """What was found last, by path."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, key: str) -> dict[str, Known]:
        """What is kept under the key; nothing where nothing is that can be read."""
        rows = self._store.rows("SELECT found FROM gathered WHERE key = ?", (key,))
        try:
            return _known.decode(rows[0][0]) if rows else {}
        except (msgspec.DecodeError, TypeError):
            return {}

    def keep(self, key: str, found: Mapping[str, Known]) -> None:
        """Keeps what was found, in the place of all that was."""
        self._store.put("gathered", [(key, msgspec.msgpack.encode(found))])
        self._store.change("DELETE FROM gathered WHERE key <> ?", [(key,)])
