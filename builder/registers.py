"""The registers as they stood when the last build ended, opened record by record: nothing is joined for them again.

They lie beside the ledger of what was made of them and are written with it, so that the two always fit.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar, overload

import msgspec
from msgspec import Struct

from builder.model.archive import EntityRecord, Occurrence, Parts, Places, SourceRecord

T = TypeVar("T")
TABLES = """
CREATE TABLE IF NOT EXISTS joined (of BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS registers (name TEXT PRIMARY KEY, digests BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS records (register TEXT, key TEXT, value BLOB NOT NULL, PRIMARY KEY (register, key))
 WITHOUT ROWID;
"""
AT_HAND = 5000  # records of a register that are held opened
Open = Callable[[Parts], tuple[Occurrence, ...]]
Row = tuple[str, str, bytes | None]  # register, key, and the record as it is kept; None for one that goes
_encode = msgspec.msgpack.encode
_digests = msgspec.msgpack.Decoder(dict[str, bytes])


class Joined(Struct, frozen=True):
    """What the registers were joined of: the articles' shares by slug, and all else that decides (`scope`)."""

    scope: str
    addresses: dict[str, str]


def encoded(record: Any) -> bytes:
    """A record as it is kept; its places, which are opened later, as what stands for them."""
    if not isinstance(record, EntityRecord | SourceRecord):
        return _encode(record)
    places = record.occurrences
    later = (places.parts, places.digest) if isinstance(places, Places) else None
    return _encode((msgspec.structs.replace(record, occurrences=()), later))


def decoder(of: Any, open_: Open) -> Callable[[bytes], Any]:
    """Gives back what `encoded` was given; `open_` opens places."""
    if of not in (EntityRecord, SourceRecord):
        return msgspec.msgpack.Decoder(of).decode
    pair = msgspec.msgpack.Decoder(tuple[of, tuple[Parts, bytes] | None])

    def decode(blob: bytes) -> Any:
        record, later = pair.decode(blob)
        return msgspec.structs.replace(record, occurrences=Places(*later, open_) if later else ())

    return decode


class Forgotten(Exception):
    """What should be remembered is not there, or cannot be read: all must be joined and made anew."""


class Stored(Mapping[str, T]):
    """A register whose records are opened one at a time; `digests` has them all, in their order."""

    def __init__(self, remembered: Remembered, name: str, decode: Callable[[bytes], T]) -> None:
        self.digests = remembered.digests(name)
        self._remembered, self._name, self._decode = remembered, name, decode
        self._opened: dict[str, T] = {}
        self.own: dict[str, T] = {}  # what was put in the place of others

    def __getitem__(self, key: str) -> T:
        if key in self.own:
            return self.own[key]
        if key not in self._opened:
            if key not in self.digests:
                raise KeyError(key)
            if len(self._opened) >= AT_HAND:
                self._opened.clear()
            self._opened[key] = self._read(key)
        return self._opened[key]

    def _read(self, key: str) -> T:
        try:
            return self._decode(self._remembered.record(self._name, key))
        except (msgspec.DecodeError, TypeError) as error:
            raise Forgotten(f"{self._name} {key}: {error}") from None

    def all(self) -> list[T]:
        """Every record, in order, none of which is held afterwards."""
        blobs = self._remembered.records(self._name)
        try:
            return [self.own[key] if key in self.own else self._decode(blobs[key]) for key in self.digests]
        except (KeyError, msgspec.DecodeError, TypeError) as error:
            raise Forgotten(f"{self._name}: {error}") from None

    def __contains__(self, key: object) -> bool:
        return key in self.digests

    def __iter__(self) -> Iterator[str]:
        return iter(self.digests)

    def __len__(self) -> int:
        return len(self.digests)

    def revise(self, key: str, record: T, digest: bytes) -> None:
        """Puts another record in the place of one that is there."""
        if self.digests[key] != digest:
            self.digests[key] = digest
            self.own[key] = record


class StoredRows(Sequence[T], Generic[T]):
    """A list of records, all of them opened when one is looked at."""

    def __init__(self, stored: Stored[T]) -> None:
        self.stored = stored
        self._all: list[T] | None = None

    @property
    def digests(self) -> Mapping[str, bytes]:
        return self.stored.digests

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        return self._rows()[index]

    def __len__(self) -> int:
        return len(self.stored)

    def _rows(self) -> list[T]:
        if self._all is None:
            self._all = self.stored.all()
        return self._all


class Remembered:
    """What the last build left; `open_` and `said` open the places of names, and those of quotations and citations."""

    def __init__(self, file: Path, named_at: Open, said_at: Open) -> None:
        self._file, self._open = file, {EntityRecord: named_at, SourceRecord: said_at}
        self._process, self._db = 0, sqlite3.connect(":memory:")
        self._names = {name for (name,) in self._rows("SELECT name FROM registers")}
        self.opened: dict[str, Stored[Any]] = {}

    def _rows(self, query: str, *values: str) -> list[Any]:
        if self._process != os.getpid():  # a forked process needs a connection of its own
            self._process, self._inherited = os.getpid(), self._db
            self._db = sqlite3.connect(self._file, timeout=60, isolation_level=None)
            self._db.execute("PRAGMA query_only=ON")
        try:
            return self._db.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise Forgotten(str(error)) from None

    def _one(self, query: str, *values: str) -> bytes:
        for (blob,) in self._rows(query, *values):
            return bytes(blob)
        raise Forgotten(" ".join(values))

    def digests(self, register: str) -> dict[str, bytes]:
        """The digests of a register's records by key, in their order."""
        try:
            return _digests.decode(self._one("SELECT digests FROM registers WHERE name = ?", register))
        except msgspec.DecodeError as error:
            raise Forgotten(f"{register}: {error}") from None

    def record(self, register: str, key: str) -> bytes:
        """A record as it is kept."""
        return self._one("SELECT value FROM records WHERE register = ? AND key = ?", register, key)

    def records(self, register: str) -> dict[str, bytes]:
        """All records of a register as they are kept, by key."""
        return dict(self._rows("SELECT key, value FROM records WHERE register = ?", register))

    def register(self, name: str, of: Any) -> Stored[Any] | None:
        """A register by name, of records of that type; None where none stands."""
        if name not in self._names:
            return None
        if name not in self.opened:
            self.opened[name] = Stored(self, name, decoder(of, self._open.get(of, self._open[EntityRecord])))
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

    def changed(self) -> list[tuple[str, str]]:
        """What was revised, as register and key."""
        return [(name, key) for name, register in self.opened.items() for key in register.own]

    def content(self) -> Iterator[tuple[str, Mapping[str, bytes], Callable[[str], Any]]]:
        """Yields what was revised, to be kept: registers by name, their digests, and how a record is come by."""
        for name, register in self.opened.items():
            if register.own:
                yield name, register.digests, register.__getitem__


def differences(
    db: sqlite3.Connection, name: str, digests: Mapping[str, bytes], record: Callable[[str], Any]
) -> Iterator[Row]:
    """Yields what is to be written of a register, and notes its digests."""
    found = db.execute("SELECT digests FROM registers WHERE name = ?", (name,)).fetchall()
    before = _digests.decode(found[0][0]) if found else {}
    db.execute("INSERT OR REPLACE INTO registers VALUES (?, ?)", (name, _encode(digests)))
    yield from ((name, key, None) for key in before if key not in digests)
    yield from ((name, key, encoded(record(key))) for key, digest in digests.items() if before.get(key) != digest)


def drop(db: sqlite3.Connection, kept: Collection[str]) -> None:
    """Takes out registers that are not among those kept."""
    for (name,) in db.execute("SELECT name FROM registers").fetchall():
        if name not in kept:
            db.execute("DELETE FROM registers WHERE name = ?", (name,))
            db.execute("DELETE FROM records WHERE register = ?", (name,))


def write(db: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Writes records down, within the transaction that is open."""
    for register, key, value in rows:
        if value is None:
            db.execute("DELETE FROM records WHERE register = ? AND key = ?", (register, key))
        else:
            db.execute("INSERT OR REPLACE INTO records VALUES (?, ?, ?)", (register, key, value))
