"""What the unit at work asks registers for is written down, and each record has a digest that stands for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from typing import Any

import msgspec

from builder.digests import ALL, SIZE
from builder.model.archive import Places

Reads = dict[str, list[str]]  # register -> keys in order; or LISTED, and the register of LISTS whose keys name them


def _opened_later(value: Any) -> bytes:
    """Places that are not opened to know whether they are the same."""
    if isinstance(value, Places):
        return value.digest
    raise NotImplementedError(type(value))


_encode = msgspec.msgpack.Encoder(enc_hook=_opened_later).encode


def digest(value: Any) -> bytes:
    """A short hash of a value of the model: equal for equal values."""
    return blake2b(_encode(value), digest_size=SIZE).digest()


class Noting:
    """Writes down who asks for what, while anybody wants to know."""

    def __init__(self) -> None:
        self.reads: defaultdict[str, dict[str, None]] | None = None  # by register, of the unit at work

    def note(self, register: str, key: str) -> None:
        """Writes down that the unit at work asked for this."""
        if self.reads is not None:
            self.reads[register][key] = None

    def note_all(self, reads: Reads) -> None:
        """Writes down that the unit at work asked for all of these."""
        if self.reads is not None:
            for register, keys in reads.items():
                self.reads[register].update(dict.fromkeys(keys))

    @contextmanager
    def noting(self) -> Iterator[Reads]:
        """Within it everything asked for is noted; the result is filled at the end."""
        found: Reads = {}
        before, self.reads = self.reads, defaultdict(dict)
        try:
            yield found
        finally:
            found.update({name: [ALL] if ALL in keys else list(keys) for name, keys in self.reads.items()})
            self.reads = before
