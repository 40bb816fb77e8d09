"""How registers are worked out from others: without holding either, and only for the records that are others now.

What a `make` of `Archive.derive` is tells how little has to be done: any function that gives all records by key will
do, but those of a `Stream` are never held together, `Each` is asked for those that changed, and `ByKey` is not made
at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar, cast, runtime_checkable

from msgspec import Struct

from builder.model.archive import Places

T = TypeVar("T")
Pairs = Iterable[tuple[str, T]]
Records = Mapping[str, Any] | Sequence[Any]  # a register, or its rows


@runtime_checkable
class Brief(Protocol):
    """Records of which less than all can be opened."""

    def through(self, of: type[T], /) -> Iterator[tuple[str, T]]: ...


@runtime_checkable
class Some(Protocol):
    """Records that can be opened several at a time."""

    def some(self, keys: Iterable[str], /) -> Iterator[Any]: ...


@runtime_checkable
class Listed(Protocol):
    """Rows that can be asked for by key, too."""

    def by_key(self) -> Mapping[str, Any]: ...


def through(records: Records, of: type[T]) -> Iterator[tuple[str, T]]:
    """Yields all records by key, in the order of their keys: as `of`, a struct of some of their fields, or whole."""
    return records.through(of) if isinstance(records, Brief) else iter(sorted(by_key(records).items(), key=_first))


def some(records: Mapping[str, T], keys: Iterable[str]) -> Iterator[T]:
    """Yields these records, none of which is held: where they are not at hand, quicker than one after another."""
    return records.some(keys) if isinstance(records, Some) else map(records.__getitem__, keys)


def together(records: Mapping[str, T], keys: Iterable[str]) -> dict[str, T]:
    """Some records by key."""
    wanted = list(keys)
    return dict(zip(wanted, some(records, wanted), strict=True))


def by_key(records: Mapping[str, T] | Sequence[T]) -> Mapping[str, T]:
    """Records by key, in their order; of what is looked up there nothing is noted."""
    if isinstance(records, Mapping):
        return records
    return records.by_key() if isinstance(records, Listed) else {_key(record): record for record in records}


def places(records: Records) -> dict[str, int]:
    """How many stand before each, by key."""
    return {key: number for number, key in enumerate(by_key(records))}


def _first(pair: tuple[str, Any]) -> str:
    return pair[0]


def _key(record: Any) -> str:
    return cast("str", record.slug if hasattr(record, "slug") else record.id)


class At(Struct):
    """Of a place, the article."""

    article: str


class Placed(Struct, kw_only=True):
    """Of a record, where it occurs."""

    occurrences: Sequence[At]

    @property
    def articles(self) -> tuple[str, ...]:
        """Each once."""
        return articles(self)


def articles(record: Placed) -> tuple[str, ...]:
    """Where a record occurs, each article once, without opening places."""
    if isinstance(record.occurrences, Places):
        return record.occurrences.articles
    return tuple(dict.fromkeys(at.article for at in record.occurrences))


class Stream(Generic[T]):
    """Records that are worked out one after another."""

    def __init__(self, pairs: Callable[[], Pairs[T]]) -> None:
        self.pairs = pairs

    def __call__(self) -> Mapping[str, T]:
        return dict(self.pairs())


class Each(Generic[T]):
    """A record for each one of a register, with its key and place, made of nothing else.

    `register` is the register's name; `of` has the fields that `make` looks at.
    """

    def __init__(
        self, register: str, records: Mapping[str, Any] | Sequence[Any], of: type[Any], make: Callable[[Any], T]
    ) -> None:
        self.register, self._records, self._of, self._make = register, records, of, make

    def __call__(self) -> Mapping[str, T]:
        return {key: self._make(record) for key, record in by_key(self._records).items()}

    def pairs(self) -> Iterator[tuple[str, T]]:
        """All of them, in the order of their keys."""
        return ((key, self._make(record)) for key, record in through(self._records, self._of))

    def some(self, keys: Iterable[str]) -> Iterator[tuple[str, T]]:
        """Those of some keys, passing over what is not there."""
        records = by_key(self._records)
        return ((key, self._make(records[key])) for key in keys if key in records)


class ByKey(Generic[T]):
    """The rows of a register by their keys: nothing has to be made or kept for that."""

    def __init__(self, register: str, rows: Sequence[T]) -> None:
        self.register, self._rows = register, rows

    def __call__(self) -> Mapping[str, T]:
        return by_key(self._rows)
