"""What editors' files say, taken from the cache where a file's bytes are those that were read before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from builder.cache import Cache, key
from builder.fingerprint import fingerprint
from builder.read.files import contents, is_there

SOURCES = ("read", "model")
LIBRARIES = ("pyyaml", "edtf")
T = TypeVar("T")
_encode = msgspec.msgpack.encode


class Decided:
    """The entries of files, each as MessagePack by its path and bytes. Without a cache, every file is read."""

    def __init__(self, cache: Cache | None) -> None:
        self._shelf = cache.decided if cache else None
        self._made = key(fingerprint(SOURCES, LIBRARIES)) if cache else ""
        self._before = self._shelf.get(self._made) if self._shelf else {}
        self._now: dict[str, bytes] = {}

    def entries(self, path: Path, shown: str, read: Callable[[bytes], Iterable[T]], of: Any) -> tuple[T, ...]:
        """A file's entries of type `of`, as `read` finds them in its bytes: none without a file; raises Problems."""
        if not is_there(path):
            return ()
        raw = contents(path, shown)
        address = key(shown, sha256(raw).hexdigest())
        known = _decoded(self._before.get(address), of)
        entries = tuple(read(raw)) if known is None else known
        blob = _encode(entries)
        if known is not None or _encode(_decoded(blob, of)) == blob:  # the very same comes back, numbers too
            self._now[address] = blob
        return entries

    def keep(self) -> None:
        """Keeps what was read now, and nothing else."""
        if self._shelf and self._now.keys() != self._before.keys():
            self._shelf.keep(self._made, self._now)


def _decoded(blob: bytes | None, of: Any) -> tuple[Any, ...] | None:
    try:
        return None if blob is None else msgspec.msgpack.decode(blob, type=tuple[of, ...])
    except msgspec.DecodeError:
        return None
