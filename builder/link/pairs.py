"""Numbers under numbers, for tables of a whole archive: eight bytes a pair, where lists would take a hundred."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import accumulate


class Pairs:
    """Gathers pairs, then gives what stands under each number, in the order it came."""

    def __init__(self, pairs: Iterable[tuple[int, int]] = ()) -> None:
        self._keys, self._values = array("I"), array("I")
        self._starts = array("I")  # of each key's values, once they are sorted, and where the last one's end
        for key, value in pairs:
            self._keys.append(key)
            self._values.append(value)

    def add(self, key: int, value: int) -> None:
        """Notes a pair; none may be added once one was looked up."""
        self._keys.append(key)
        self._values.append(value)

    def __getitem__(self, key: int) -> array[int]:
        """The values under the key; none where nothing was noted."""
        if self._keys:
            self._sort()
        starts = self._starts
        return self._values[starts[key] : starts[key + 1]] if key + 1 < len(starts) else array("I")

    def count(self, key: int) -> int:
        """How many there are."""
        if self._keys:
            self._sort()
        return self._starts[key + 1] - self._starts[key] if key + 1 < len(self._starts) else 0

    def _sort(self) -> None:
        """By counting, since keys are small numbers."""
        keys, values = self._keys, self._values
        counts = array("I", bytes(4 * (max(keys) + 1)))
        for key in keys:
            counts[key] += 1
        at = array("I", accumulate(counts, initial=0))
        self._starts = at[:]
        ordered = array("I", bytes(4 * len(values)))
        for key, value in zip(keys, values, strict=True):
            ordered[at[key]] = value
            at[key] += 1
        self._keys, self._values = array("I"), ordered
