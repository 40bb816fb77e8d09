"""Registers whose records are made one at a time, when they are asked for: all of them would fill the memory."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar, overload

T = TypeVar("T")


class Made(Mapping[str, T]):
    """Records by id; `ids` are sorted, and `make` is given an id's place among them."""

    def __init__(self, ids: Sequence[str], make: Callable[[int], T]) -> None:
        self.ids, self._make = ids, make

    def number(self, id: str) -> int | None:
        """Its place among the ids; None of an id that is not there."""
        number = bisect_left(self.ids, id)
        return number if number < len(self.ids) and self.ids[number] == id else None

    def __getitem__(self, id: str) -> T:
        number = self.number(id)
        if number is None:
            raise KeyError(id)
        return self._make(number)

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and self.number(id) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self.ids)

    def __len__(self) -> int:
        return len(self.ids)


class MadeRows(Sequence[T]):
    """A list of records; `make` is given the place of one."""

    def __init__(self, length: int, make: Callable[[int], T]) -> None:
        self._places, self._make = range(length), make

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return [self._make(place) for place in self._places[index]]
        return self._make(self._places[index])

    def __iter__(self) -> Iterator[T]:
        return map(self._make, self._places)

    def __len__(self) -> int:
        return len(self._places)
