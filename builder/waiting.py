"""Names of the units that wait to be made, in parts, as processes take them."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from builder.render.unit import Unit

WORTH_IT = 24  # units below which further processes cost more than they save
LARGEST = 64  # units that a process takes at a time
SHARES = 16  # parts that are at least made of all that waits: so that no process is left with much to do
_names = msgspec.msgpack.Decoder(list[str])


class Waiting:
    """Units in their order, of which no more than the names are held, close together.

    The first ones, and those that are `long`, are parts by themselves.
    """

    def __init__(self) -> None:
        self.number = 0
        self.long = False
        self._parts: list[bytes] = []
        self._open: list[str] = []

    def add(self, unit: Unit) -> None:
        """Puts a unit at the end."""
        self.number += 1
        self.long |= unit.long
        if unit.long:
            self._close()
        self._open.append(unit.name)
        if unit.long or len(self._open) >= min(LARGEST, self.number // SHARES) or self.number <= WORTH_IT:
            self._close()

    def _close(self) -> None:
        if self._open:
            self._parts.append(msgspec.msgpack.encode(self._open))
            self._open.clear()

    def parts(self) -> Iterable[bytes]:
        """All that waits, to be `opened`."""
        self._close()
        return self._parts


def opened(part: bytes) -> list[str]:
    """The names of a part."""
    return _names.decode(part)
