"""Registers that answer as dictionaries and lists do, and note what they were asked for."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterable, Iterator, KeysView, Mapping, Sequence, ValuesView
from functools import cached_property
from hashlib import blake2b
from typing import Any, Generic, NamedTuple, Protocol, TypeVar, overload, runtime_checkable

from builder.digests import ALL, COUNT, SIZE, Digests
from builder.render.derived import Listed, some, through
from builder.render.reads import Noting, digest

T = TypeVar("T")
U = TypeVar("U")
Digest = Callable[[Any], bytes]
NOTHING = bytes(SIZE)  # in the place of a digest: nothing here and something there is not the reverse


@runtime_checkable
class Digested(Protocol):
    """Records whose digests are known without them: by key, in their order."""

    @property
    def digests(self) -> Mapping[str, bytes]: ...


class Content(NamedTuple):
    """A register as it may be kept: digests by key in their order, and how a record is come by."""

    digests: Digests
    record: Callable[[str], Any]


def several(records: Mapping[str, T], keys: Sequence[str]) -> list[T | None]:
    """Records in the order of their keys, None for those that are not there; read together where they can be."""
    together: Callable[[Sequence[str]], list[T | None]] | None = getattr(records, "several", None)
    return together(keys) if together else [records.get(key) for key in keys]


def ahead(records: Mapping[str, object], keys: Iterable[str]) -> None:
    """Has those at hand that will be asked for one by one; this alone is not noted."""
    if isinstance(records, Register):
        records.ahead(keys)


class _Digesting:
    """What tells digests by key: those given with `records`, or with what stands for them, else worked out once."""

    def __init__(self, records: Mapping[str, Any]) -> None:
        self._given_with = records
        self._known: dict[str, bytes] = {}  # that were worked out here

    @cached_property
    def given(self) -> Mapping[str, bytes]:
        """Digests that are known without the records."""
        return self._given_with.digests if isinstance(self._given_with, Digested) else {}

    def digest(self, key: str) -> bytes:
        """Of one record, or of ALL, or of their COUNT; NOTHING for what is not there."""
        found: bytes | None = self.given.get(key)
        if found is None and self.given and key not in (ALL, COUNT):
            return NOTHING  # not held: every unit asks for others that are not there
        return found or self._worked_out(key)

    def digests_of(self, keys: Sequence[str]) -> list[bytes]:
        """Of several."""
        some = self.given.some(keys) if isinstance(self.given, Digests) else map(self.given.get, keys)
        return [found or self.digest(key) for key, found in zip(keys, some, strict=True)]

    def _worked_out(self, key: str) -> bytes:
        if key not in self._known:
            self._known[key] = self._digest(key)
        return self._known[key]

    def _digest(self, key: str) -> bytes:
        raise NotImplementedError


class Register(_Digesting, Mapping[str, T]):
    """Records by id that note who asks for them."""

    def __init__(self, notes: Noting, name: str, records: Mapping[str, T], of: Digest) -> None:
        super().__init__(records)
        self._notes, self._name, self._records, self._of = notes, name, records, of

    # a page asks some hundred times: what `note` does stands here

    def __getitem__(self, key: str) -> T:
        if (reads := self._notes.reads) is not None:
            reads[self._name][key] = None
        return self._records[key]

    def get(self, key: str, default: Any = None, /) -> Any:
        """The record, or the default; asking for what is not there is noted too."""
        if (reads := self._notes.reads) is not None:
            reads[self._name][key] = None
        return self._records.get(key, default)

    def __contains__(self, key: object) -> bool:
        if (reads := self._notes.reads) is not None:
            reads[self._name][str(key)] = None
        return key in self._records

    def several(self, keys: Sequence[str]) -> list[T | None]:
        """Records in the order of their keys, None for those that are not there."""
        for key in keys:
            self._notes.note(self._name, key)
        return several(self._records, keys)

    def ahead(self, keys: Iterable[str]) -> None:
        """Has those read together that are kept on disk."""
        if hasattr(self._records, "several"):
            self._records.several([*dict.fromkeys(keys)])

    def __iter__(self) -> Iterator[str]:
        self._notes.note(self._name, ALL)
        return iter(self._records)

    def __len__(self) -> int:
        self._notes.note(self._name, COUNT)
        return len(self._records)

    def keys(self) -> KeysView[str]:
        self._notes.note(self._name, ALL)
        return self._records.keys()

    def values(self) -> ValuesView[T]:
        self._notes.note(self._name, ALL)
        return self._records.values()

    def items(self) -> ItemsView[str, T]:
        self._notes.note(self._name, ALL)
        return self._records.items()

    def some(self, keys: Iterable[str]) -> Iterator[T]:
        """Yields these records, see `derived`."""
        wanted = list(keys)
        for key in wanted:
            self._notes.note(self._name, key)
        return some(self._records, wanted)

    def through(self, of: type[U]) -> Iterator[tuple[str, U]]:
        """Goes through all records, see `derived`."""
        self._notes.note(self._name, ALL)
        return through(self._records, of)

    def has(self, key: str) -> bool:
        """Whether a record is there, which is not noted."""
        return key in self._records

    def unnoted(self, key: str) -> T:
        """The record."""
        return self._records[key]

    def unnoted_through(self, of: type[U]) -> Iterator[tuple[str, U]]:
        """The same of all records, see `through`."""
        return through(self._records, of)

    def content(self) -> Content:
        """All of it, to be kept."""
        return Content(Digests.of((id, self._digest(id)) for id in self._records), self._records.__getitem__)

    def _digest(self, key: str) -> bytes:
        if key == ALL:
            return _together(self.given.items() or ((id, self.digest(id)) for id in self._records))
        if key == COUNT:
            return digest(len(self._records))
        return self._of(self._records[key]) if key in self._records else NOTHING


class Rows(Sequence[T]):
    """Records in their order; a part cannot be told from the whole, so whoever looks at one sees all."""

    def __init__(self, notes: Noting, name: str, rows: Sequence[T], key: Callable[[T], str]) -> None:
        self._notes, self._name, self._rows, self._key = notes, name, rows, key
        self.given: Mapping[str, bytes] = {}
        self._known: dict[str, bytes] = {}

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        self._notes.note(self._name, ALL)
        return self._rows[index]

    def __iter__(self) -> Iterator[T]:
        self._notes.note(self._name, ALL)
        return iter(self._rows)

    def __len__(self) -> int:
        self._notes.note(self._name, COUNT)
        return len(self._rows)

    def through(self, of: type[U]) -> Iterator[tuple[str, U]]:
        """Goes through all rows, see `derived`."""
        self._notes.note(self._name, ALL)
        return through(self._rows, of)

    def by_key(self) -> Mapping[str, T]:
        """All rows by key, as they are noted once they are derived (`ByKey`)."""
        if isinstance(self._rows, Listed):
            return self._rows.by_key()
        return {self._key(row): row for row in self._rows}

    def digest(self, key: str) -> bytes:
        """Of ALL rows, or of their COUNT; worked out once."""
        if key not in self._known:
            self._known[key] = digest(len(self._rows)) if key == COUNT else _together(self._digests())
        return self._known[key]

    def digests_of(self, keys: Sequence[str]) -> list[bytes]:
        """The same of several."""
        return list(map(self.digest, keys))

    def content(self) -> Content:
        """All of them, to be kept."""
        digests = Digests.of(self._digests())
        return Content(digests, lambda key: self._rows[digests.place(key)])

    def _digests(self) -> Iterable[tuple[str, bytes]]:
        if isinstance(self._rows, Digested):
            return self._rows.digests.items()
        return ((self._key(row), digest(row)) for row in self._rows)


class Opened(_Digesting, Generic[T]):
    """Opens things that do not fit into memory together, and notes which; the last one opened is kept."""

    def __init__(self, notes: Noting, name: str, open_: Callable[[str], T], of: Mapping[str, Any]) -> None:
        super().__init__(of)
        self._notes, self._name, self._open, self._of = notes, name, open_, of
        self._last: tuple[str, T] | None = None

    def __call__(self, key: str) -> T:
        self._notes.note(self._name, key)
        if self._last is None or self._last[0] != key:
            self._last = key, self._open(key)
        return self._last[1]

    def part(self, open_: Callable[[str], U]) -> Callable[[str], U]:
        """A way to open no more than a part of each, which is noted as if it was all."""

        def opened(key: str) -> U:
            self._notes.note(self._name, key)
            return open_(key)

        return opened

    def _digest(self, key: str) -> bytes:
        return digest(self._of[key]) if key in self._of else NOTHING

    def content(self) -> Content:
        """What stands for everything that can be opened, to be kept."""
        return Content(Digests.of((key, digest(of)) for key, of in self._of.items()), self._of.__getitem__)


def _together(digests: Iterable[tuple[str, bytes]]) -> bytes:
    """One for all, in their order."""
    whole = blake2b(digest_size=SIZE)
    for key, one in digests:
        whole.update(key.encode() + b"\0" + one)
    return whole.digest()
