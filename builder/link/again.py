"""What may occur more than once: nearly all occurs once, and an index of all would fill the memory."""

from __future__ import annotations


class Again:
    """One bit for a thing that was seen and one for one seen again; two things that share their bits do no harm."""

    def __init__(self, number: int) -> None:
        """For about that many things."""
        self._size = 16 * max(64, number)
        self._once, self._again = bytearray(self._size // 8 + 1), bytearray(self._size // 8 + 1)

    def note(self, thing: object) -> None:
        """Takes in a thing that was seen."""
        at, bit = divmod(hash(thing) % self._size, 8)
        seen = self._once[at]
        self._again[at] |= seen & (1 << bit)
        self._once[at] = seen | 1 << bit

    def was_seen(self, thing: object) -> bool:
        """False of what was seen no more than once."""
        at, bit = divmod(hash(thing) % self._size, 8)
        return bool(self._again[at] >> bit & 1)
