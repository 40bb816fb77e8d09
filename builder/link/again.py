"""What may occur more than once: nearly all occurs once, and an index of all would fill the memory."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


class Again:
    """One bit for a thing that was seen and one for one seen again; two things that share their bits do no harm."""

    def __init__(self, number: int) -> None:
        """For about that many things."""
        self._size = 16 * max(64, number)
        self._once, self._again = bytearray(self._size // 8 + 1), bytearray(self._size // 8 + 1)

    def note(self, things: Iterable[Hashable]) -> None:
        """Takes in things that were seen."""
        once, again, size = self._once, self._again, self._size
        for thing in things:
            place = hash(thing) % size
            at, bit = place >> 3, 1 << (place & 7)
            if once[at] & bit:
                again[at] |= bit
            else:
                once[at] |= bit

    def seen(self, things: Iterable[T]) -> Iterator[T]:
        """Yields those that may have been seen more than once."""
        again, size = self._again, self._size
        for thing in things:
            place = hash(thing) % size
            if again[place >> 3] & 1 << (place & 7):
                yield thing
