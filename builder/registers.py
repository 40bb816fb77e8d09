"""The registers as they stood when the last build ended, opened record by record: nothing is joined for them again.

They lie beside the ledger of what was made of them and are written with it, so that the two always fit.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping, Sequence, ValuesView
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from typing import Any, Generic, TypeVar, overload

import msgspec
from msgspec import Struct

from builder.digests import ALL, ANY, COUNT, Digests, KeptKeys, Keys, is_of
from builder.model.archive import EntityRecord, Occurrence, Parts, Places, SourceRecord

T = TypeVar("T")
U = TypeVar("U")
# What is coming was joined by a build that has not ended; where there is none of it, or no other, what stands counts.
KEYS = "SELECT hashes, rest FROM keys WHERE id = ?"
IN_ORDER = "SELECT chunks FROM keys WHERE id = ?"
DIGESTS = "SELECT keys, digests FROM {}registers WHERE name = ?"
# A register's records after a key, in the order of keys: those that are coming, and those that stand for want of them.
NEXT = """SELECT key, value FROM coming_records WHERE register = ?1 AND key > ?2 AND value IS NOT NULL
 UNION ALL SELECT key, value FROM records WHERE register = ?1 AND key > ?2
 AND NOT EXISTS (SELECT 1 FROM coming_records AS c WHERE c.register = ?1 AND c.key = records.key) ORDER BY 1 LIMIT ?3"""
RECORD = """SELECT coalesce((SELECT value FROM coming_records WHERE register = ?1 AND key = ?2),
 (SELECT value FROM records WHERE register = ?1 AND key = ?2))"""
SEVERAL = """WITH wanted(key) AS MATERIALIZED (SELECT value FROM json_each(?2))
 SELECT wanted.key, coalesce((SELECT value FROM coming_records WHERE register = ?1 AND key = wanted.key),
 (SELECT value FROM records WHERE register = ?1 AND key = wanted.key)) FROM wanted"""
AT_HAND = 1 << 20  # bytes of a register's records, as kept, that are held opened: several processes hold some thirty
WORTH_IT = 4  # records that are sooner read by one query than by one for each
TOGETHER = 500  # records that are read at a time where all are gone through
Open = Callable[[Parts], tuple[Occurrence, ...]]
Row = tuple[str, str, bytes | None]  # register, key, and the record as it is kept; None for one that goes
Register = tuple[str, Digests, Callable[[str], Any]]  # name, digests by key, how a record is come by
_encode = msgspec.msgpack.encode
_json = msgspec.json.encode
_addresses = msgspec.msgpack.Decoder(dict[str, str])


class Addresses(Struct, frozen=True, array_like=True):
    """Where the shares of a `number` of articles are kept; `id` stands for all that decides it, if that is known."""

    id: str
    number: int
    kept: msgspec.Raw

    @classmethod
    def of(cls, id: str, addresses: dict[str, str]) -> Addresses:
        """Takes addresses by slug, in the articles' order."""
        return cls(id, len(addresses), msgspec.Raw(_encode(addresses)))

    def opened(self) -> dict[str, str]:
        """The addresses by slug."""
        return _addresses.decode(self.kept)

    def are(self, other: Addresses) -> bool:
        """Whether nobody needs to open them to know that they are the same."""
        return self.id == other.id != ""


class Joined(Struct, frozen=True):
    """What the registers were joined of: the articles' shares, in batches, and all else that decides (`scope`)."""

    scope: str
    batches: list[Addresses]

    def __len__(self) -> int:
        return sum(batch.number for batch in self.batches)

    def changed(self, last: Joined | None) -> dict[str, tuple[str, str]] | None:
        """Articles whose share is another now, by slug: where it was kept, and where it is.

        None where the archive is another one altogether.
        """
        if last is None or last.scope != self.scope or len(last.batches) != len(self.batches):
            return None
        found: dict[str, tuple[str, str]] = {}
        for then, now in zip(last.batches, self.batches, strict=True):
            if not now.are(then):
                try:
                    before, after = then.opened(), now.opened()
                except msgspec.DecodeError:  # damaged since
                    return None
                if list(before) != list(after):  # in this order
                    return None
                found.update((slug, (before[slug], at)) for slug, at in after.items() if before[slug] != at)
        return found


def encoded(record: Any) -> bytes:
    """A record as it is kept; its places, which are opened later, as what stands for them."""
    if not isinstance(record, EntityRecord | SourceRecord):
        return _encode(record)
    places = record.occurrences
    later = (places.parts, places.digest) if isinstance(places, Places) else None
    return _encode((msgspec.structs.replace(record, occurrences=()), later))


def decoder(of: Any, open_: Open | None) -> Callable[[bytes], Any]:
    """Gives back what `encoded` was given, or as much of it as `of` has; `open_` opens places, where it has some."""
    if open_ is None:
        return msgspec.msgpack.Decoder(of).decode
    if "occurrences" not in of.__struct_fields__:
        alone = msgspec.msgpack.Decoder(tuple[of, msgspec.Raw])
        return lambda blob: alone.decode(blob)[0]
    pair = msgspec.msgpack.Decoder(tuple[of, tuple[Parts, bytes] | None])

    def decode(blob: bytes) -> Any:
        record, later = pair.decode(blob)
        return msgspec.structs.replace(record, occurrences=Places(*later, open_) if later else ())

    return decode


class Forgotten(Exception):
    """What should be remembered is not there, or cannot be read: all must be joined and made anew."""


class Stored(Mapping[str, T]):
    """A register whose records are opened one at a time."""

    def __init__(self, remembered: Remembered, name: str, of: Any, places: Open | None) -> None:
        self._remembered, self._name, self._places = remembered, name, places
        self._decode: Callable[[bytes], T] = decoder(of, places)
        self._opened: dict[str, T] = {}
        self._size = 0  # of what is opened, as it is kept
        self.own: dict[str, T] = {}  # what was put in the place of others

    @cached_property
    def digests(self) -> Digests:
        """Of all records by key, in their order."""
        return self._remembered.digests(self._name)

    def __getitem__(self, key: str) -> T:
        found = self._opened.get(key)
        if found is None:
            found = self.get(key)
            if found is None:
                raise KeyError(key)
        return found

    def get(self, key: str, default: Any = None, /) -> Any:
        found = self._opened.get(key)
        if found is not None:
            return found
        if key in self.own:
            return self.own[key]
        if key not in self.digests:
            return default
        self._open(key)
        return self._opened[key]

    def several(self, keys: Sequence[str]) -> list[T | None]:
        """Records in the order of their keys, None for those that are not there; read together."""
        closed = [key for key in keys if key not in self._opened and key not in self.own and key in self.digests]
        if len(closed) >= WORTH_IT:
            for key, blob in self._remembered.records(self._name, closed).items():
                self._take(key, blob)
        return [self.get(key) for key in keys]

    def _open(self, key: str) -> None:
        self._take(key, self._remembered.record(self._name, key))

    def _take(self, key: str, blob: bytes) -> None:
        if self._size + len(blob) > AT_HAND:
            self._opened.clear()
            self._size = 0
        self._size += len(blob)
        try:
            self._opened[key] = self._decode(blob)
        except (msgspec.DecodeError, TypeError) as error:
            raise Forgotten(f"{self._name} {key}: {error}") from None

    def some(self, keys: Iterable[str]) -> Iterator[T]:
        """Yields these records, none of which is held afterwards."""
        wanted = list(keys)
        for start in range(0, len(wanted), TOGETHER):
            together = wanted[start : start + TOGETHER]
            blobs = self._remembered.records(self._name, together)
            try:
                yield from [self.own[key] if key in self.own else self._decode(blobs[key]) for key in together]
            except (KeyError, msgspec.DecodeError, TypeError) as error:
                raise Forgotten(f"{self._name}: {error}") from None

    def through(self, of: type[U]) -> Iterator[tuple[str, U]]:
        """Yields all records by key, as they lie and with no more of each than `of` has; own ones are whole."""
        decode = decoder(of, self._places)
        try:
            for key, blob in self._remembered.all(self._name):
                yield key, self.own[key] if key in self.own else decode(blob)  # type: ignore[misc]
        except (msgspec.DecodeError, TypeError) as error:
            raise Forgotten(f"{self._name}: {error}") from None

    def values(self) -> ValuesView[T]:
        return _Values(self)

    def items(self) -> ItemsView[str, T]:
        return _Items(self)

    def __contains__(self, key: object) -> bool:
        return key in self.digests

    def __iter__(self) -> Iterator[str]:
        return iter(self.digests)

    def __len__(self) -> int:
        return len(self.digests)

    def revise(self, key: str, record: T, digest: bytes) -> None:
        """Puts another record in the place of one that is there."""
        if self.digests[key] != digest:
            self.digests.put(key, digest)
            self._opened.pop(key, None)
            self.own[key] = record


class _Values(ValuesView[T]):
    def __init__(self, stored: Stored[T]) -> None:
        super().__init__(stored)
        self._stored = stored

    def __iter__(self) -> Iterator[T]:
        return self._stored.some(self._stored)


class _Items(ItemsView[str, T]):
    def __init__(self, stored: Stored[T]) -> None:
        super().__init__(stored)
        self._stored = stored

    def __iter__(self) -> Iterator[tuple[str, T]]:
        return zip(self._stored, self._stored.some(self._stored), strict=True)


class StoredRows(Sequence[T], Generic[T]):
    """A list of records, which are opened as they are gone through."""

    def __init__(self, stored: Stored[T]) -> None:
        self.stored = stored

    @property
    def digests(self) -> Mapping[str, bytes]:
        return self.stored.digests

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        found = range(len(self))[index]
        if isinstance(found, int):
            return self.stored[next(islice(self.stored, found, None))]
        return list(self.stored.some(islice(self.stored, found.start, found.stop, found.step)))

    def __iter__(self) -> Iterator[T]:
        return self.stored.some(self.stored)

    def __len__(self) -> int:
        return len(self.stored)

    def through(self, of: type[U]) -> Iterator[tuple[str, U]]:
        """Yields all of them by key, see `Stored`."""
        return self.stored.through(of)

    def by_key(self) -> Stored[T]:
        """The same by key."""
        return self.stored


class Remembered:
    """What the last build left; `open_` and `said` open the places of names, and those of quotations and citations."""

    def __init__(self, file: Path, named_at: Open, said_at: Open) -> None:
        self._file, self._open = file, {EntityRecord: named_at, SourceRecord: said_at}
        self._process, self._db = 0, sqlite3.connect(":memory:")
        self._keys: dict[bytes, Keys] = {}  # of registers that have the same ones in the same order
        coming = self._rows("SELECT name FROM coming_registers")
        self.names = {name for (name,) in coming or self._rows("SELECT name FROM registers")}
        self.opened: dict[str, Stored[Any]] = {}

    def _rows(self, query: str, *values: str | bytes | int) -> list[Any]:
        if self._process != os.getpid():  # a forked process needs a connection of its own
            self._process, self._inherited = os.getpid(), self._db
            self._db = sqlite3.connect(self._file, timeout=60, isolation_level=None)
            self._db.execute("PRAGMA query_only=ON")
        try:
            return self._db.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise Forgotten(str(error)) from None

    def close(self) -> None:
        """Lets go of the file: in a process that builds again it may be another one by then."""
        self._db.close()

    def digests(self, register: str) -> Digests:
        """The digests of a register's records by key, in their order."""
        for coming in ("coming_", ""):
            found = self._digests(DIGESTS.format(coming), register)
            if found is not None:
                return found
        raise Forgotten(register)

    def _digests(self, query: str, register: str) -> Digests | None:
        for keys, whole in self._rows(query, register):
            try:
                return Digests(self._keys_of(keys), whole)
            except (msgspec.DecodeError, LookupError, ValueError, TypeError) as error:
                raise Forgotten(f"{register}: {error}") from None
        return None

    def _keys_of(self, id: bytes) -> Keys:
        if id not in self._keys:
            hashes, rest = self._rows(KEYS, id)[0]
            self._keys[id] = Keys(KeptKeys(hashes, rest, partial(self._in_order, id), id))
        return self._keys[id]

    def _in_order(self, id: bytes) -> bytes:
        for (chunks,) in self._rows(IN_ORDER, id):
            if isinstance(chunks, bytes) and is_of(chunks, id):
                return chunks
        raise Forgotten(f"keys {id.hex()}")

    def record(self, register: str, key: str) -> bytes:
        """A record as it is kept."""
        for (blob,) in self._rows(RECORD, register, key):
            if blob is not None:
                return bytes(blob)
        raise Forgotten(f"{register} {key}")

    def records(self, register: str, keys: Sequence[str]) -> dict[str, bytes]:
        """Some records of a register as they are kept, by key."""
        rows = self._rows(SEVERAL, register, _json(keys).decode())
        return {key: blob for key, blob in rows if blob is not None}

    def all(self, register: str) -> Iterator[tuple[str, bytes]]:
        """Yields the records of a register as they are kept, by key, in the order of keys."""
        last = ""
        while some := self._rows(NEXT, register, last, TOGETHER):
            yield from some
            last = some[-1][0]

    def register(self, name: str, of: Any) -> Stored[Any] | None:
        """A register by name, of records of that type; None where none stands."""
        if name not in self.names:
            return None
        if name not in self.opened:
            self.opened[name] = Stored(self, name, of, self._open.get(of))
        return self.opened[name]

    def rows(self, name: str, of: Any) -> StoredRows[Any]:
        """A list by name."""
        return StoredRows(self.always(name, of))

    def always(self, name: str, of: type[T]) -> Stored[T]:
        """A register that every build keeps."""
        found = self.register(name, of)
        if found is None:
            raise Forgotten(name)
        return found

    def stood(self, register: str) -> dict[str, bytes]:
        """The digests of a register's records as it stood when the last build ended; empty where it did not."""
        found = self._digests(DIGESTS.format(""), register)
        return dict(found.items()) if found else {}

    def changed(self, register: str) -> set[str] | None:
        """The keys of records that joining anew has changed or taken out; None where it did not stand before."""
        of = [dict(self._rows(f"SELECT name, 1 FROM {coming}registers")) for coming in ("", "coming_")]
        if not all(register in names for names in of):
            return None
        return {key for (key,) in self._rows("SELECT key FROM coming_records WHERE register = ?", register)}

    def revised(self) -> dict[str, set[str]]:
        """What was put in the place of other records: keys by register, ALL among them."""
        return {name: {ALL, *register.own} for name, register in self.opened.items() if register.own}

    def exchanged(self) -> dict[str, set[str]] | None:
        """What joining anew has changed: keys by register, ALL and COUNT among them; None where nothing stood before.

        Of a register that is no more it is everything, which ANY stands for.
        """
        before, now = (dict(self._rows(f"SELECT name, keys FROM {of}registers")) for of in ("", "coming_"))
        if not before or not now:
            return None
        found: dict[str, set[str]] = {name: {ANY} for name in before if name not in now}
        for register, key in self._rows("SELECT register, key FROM coming_records"):
            found.setdefault(register, {ALL}).add(key)
        for name, keys in now.items():
            if keys != before.get(name):
                found.setdefault(name, set()).update((ALL, COUNT))
        return found

    def content(self) -> Iterator[Register]:
        """Yields registers of which something was revised, to be kept."""
        for name, register in self.opened.items():
            if register.own:
                yield name, register.digests, register.__getitem__
