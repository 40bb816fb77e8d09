"""What stands published, and what each piece of it was made of: so that only what has changed is made again.

The ledger is no more than a memory: without it, or with one of another program, everything is made again. Whether a
file still stands in the output folder of this build is seen there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from builder import register_tables
from builder.digests import ALL, Digests
from builder.problems import Problem, Problems
from builder.registers import Forgotten, Joined, Open, Register, Remembered, Row
from builder.whole import SIZE, STATES, Whole, state

FILE = "ledger.sqlite"
TABLES = f"""
CREATE TABLE IF NOT EXISTS stamp (stamp TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS units (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, state BLOB NOT NULL,
 reads BLOB NOT NULL, entry BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS reads (register TEXT, key TEXT, unit INTEGER, PRIMARY KEY (register, key, unit))
 WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS published (manifest TEXT NOT NULL, state BLOB NOT NULL, files INTEGER NOT NULL);
{register_tables.TABLES}"""
EVERY = ("stamp", "units", "reads", "published", *register_tables.NAMES)
DROPPED = "".join(f"DROP TABLE IF EXISTS {table};\n" for table in EVERY)
VERSION = 5
USED = (
    "SELECT id, name, state, reads, entry FROM units",
    "SELECT register, key, unit FROM reads",
    "SELECT manifest, state, files FROM published",
)
NO_RUNS = msgspec.msgpack.encode({})
FOUND = ("texts", "articles", "entities", "sources")  # registers by whose records units are found (`reading`)


class Standing(Struct, frozen=True, array_like=True):
    """A published file: its SHA-256, and size and time (nanoseconds) by which to know that nobody touched it since."""

    path: str
    digest: str
    size: int
    time: int


class Run(Struct, frozen=True, array_like=True):
    """A piece of a large file: what was looked up for it, as `encoded`, the digest of that, and where it stands.

    A large archive has a hundred thousand of them, so they are opened one at a time.
    """

    name: str
    reads: msgspec.Raw
    digest: bytes
    start: int
    stop: int


class Entry(Struct, frozen=True, array_like=True):
    """A unit's files, what was looked up for them (register -> keys), and the digest of what was found.

    `runs` are those of its large files, by path, in order: they looked up more than that, each for itself.
    """

    reads: dict[str, list[str]]
    digest: bytes
    files: tuple[Standing, ...]
    runs: dict[str, list[Run]] = {}


class Folded(Struct, frozen=True, array_like=True):
    """An entry as it is kept, of which the pieces of large files, megabytes at times, are not opened yet."""

    reads: dict[str, list[str]]
    digest: bytes
    files: tuple[Standing, ...]
    runs: msgspec.Raw = msgspec.Raw(NO_RUNS)

    def has_runs(self) -> bool:
        """Whether there are any."""
        return bytes(self.runs) != NO_RUNS

    def opened(self) -> Entry | None:
        """All of it, for whoever makes the unit, maybe in a process of its own; None where it cannot be read."""
        try:
            return Entry(self.reads, self.digest, self.files, _runs.decode(self.runs))
        except msgspec.DecodeError:
            return None


class Noted(Struct, frozen=True, array_like=True):
    """A unit's entry as it is kept, the sum of its files' states, and a digest of what it is found by (`reading`)."""

    name: str
    state: bytes
    reads: bytes
    entry: bytes


def noted(name: str, entry: Entry) -> Noted:
    """A unit's entry, to be `put`."""
    reads = blake2b(msgspec.msgpack.encode(_found(entry)), digest_size=SIZE).digest()
    return Noted(name, _states(entry).to_bytes(SIZE), reads, msgspec.msgpack.encode(entry))


_decoder = msgspec.msgpack.Decoder(Entry)
_folded = msgspec.msgpack.Decoder(Folded)
_runs = msgspec.msgpack.Decoder(dict[str, list[Run]])
_reads = msgspec.msgpack.Decoder(dict[str, list[str]])


class Ledger:
    """Entries by unit. `stamp` stands for all that every page depends on: program, templates, configuration."""

    def __init__(self, file: Path, stamp: str) -> None:
        self._file, self.stamp = file, stamp
        self._opened: dict[str, Entry] = {}  # those with runs: megabytes each, and asked for again when they are put
        try:
            self._db = self._open()
        except sqlite3.DatabaseError:
            self._begin_anew()
        self._total = 0  # of the files' states

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._file, timeout=60, isolation_level=None)
        try:
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=NORMAL")
            (version,) = db.execute("PRAGMA user_version").fetchone()
            if version != VERSION:  # a file of another version is begun anew, and so is one that lacks a table
                db.executescript(DROPPED + TABLES + f"PRAGMA user_version = {VERSION};")
            self._known = db.execute("SELECT stamp FROM stamp").fetchall() == [(self.stamp,)]
            for query in USED:
                db.execute(f"{query} LIMIT 0")
            register_tables.give_up(db)
        except sqlite3.DatabaseError:
            db.close()
            raise
        return db

    def _begin_anew(self) -> None:
        for end in ("", "-wal", "-shm", "-journal"):
            self._file.with_name(self._file.name + end).unlink(missing_ok=True)
        self._db = self._open()

    def get(self, name: str) -> Entry | None:
        """The unit's entry; None where there is none that can be used."""
        if not self._known:
            return None
        try:
            return self._entry(name)
        except (sqlite3.DatabaseError, msgspec.DecodeError, TypeError):
            return None

    def folded(self, name: str) -> Folded | None:
        """The same, to be opened later."""
        try:
            blob = self._blob(name) if self._known else None
            return _folded.decode(blob) if blob else None
        except (sqlite3.DatabaseError, msgspec.DecodeError, TypeError):
            return None

    def _entry(self, name: str) -> Entry | None:
        if name in self._opened:
            return self._opened[name]
        blob = self._blob(name)
        entry = _decoder.decode(blob) if blob else None
        if entry and entry.runs:
            self._opened[name] = entry
        return entry

    def _blob(self, name: str) -> bytes | None:
        row: tuple[Any, ...] | None = self._db.execute("SELECT entry FROM units WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def reading(self, register: str, key: str) -> set[str]:
        """The units that looked up a record, of one of the registers FOUND, when they were made.

        Those of data files, whose pieces look up all of them together, are found by ALL.
        """
        query = "SELECT name FROM reads JOIN units ON unit = id WHERE register = ? AND key = ?"
        try:
            return {name for (name,) in self._db.execute(query, (register, key))}
        except sqlite3.DatabaseError as error:
            raise Forgotten(str(error)) from None

    def published(self) -> Whole | None:
        """How all that is published stood when it was; None where nobody knows."""
        rows = self._db.execute("SELECT manifest, state FROM published").fetchall() if self._known else []
        return Whole(*rows[0]) if rows else None

    def files(self) -> int:
        """How many files that manifest lists; 0 where nobody knows."""
        rows = self._db.execute("SELECT files FROM published").fetchall() if self._known else []
        return next((files for (files,) in rows if isinstance(files, int)), 0)

    def joined(self) -> Joined | None:
        """What the registers that stand were joined of; None where none do."""
        try:
            return register_tables.joined(self._db) if self._known else None
        except (sqlite3.DatabaseError, msgspec.DecodeError, TypeError):
            return None

    def registers(self, named_at: Open, said_at: Open) -> Remembered:
        """The registers that stand; `named_at` and `said_at` open the places of names, and of what is said."""
        return Remembered(self._file, named_at, said_at)

    def begin(self) -> None:
        """Makes room for registers that were joined anew."""
        with self._writing() as db:
            for table in () if self._known else EVERY:
                db.execute(f"DELETE FROM {table}")
            register_tables.give_up(db)

    def stand(self, of: Iterable[Register]) -> None:
        """Writes registers down, to be read from now on; they count once what is made of them is settled."""
        with self._writing() as db:
            register_tables.stand(db, of, beside=self._known)

    def stand_some(self, rows: Iterable[Row]) -> None:
        """Writes down some records of a register."""
        with self._writing() as db:
            register_tables.stand_some(db, rows, beside=self._known)

    def stand_as(self, name: str, before: Mapping[str, bytes], digests: Digests) -> None:
        """Has a register stand of which some records were written down, and the others stood `before`."""
        with self._writing() as db:
            register_tables.stand_as(db, name, before, digests, beside=self._known)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Raises Forgotten where what stands is spoilt, Problems where nothing can be written."""
        try:
            with self._db as db:
                db.execute("BEGIN IMMEDIATE")
                yield db
        except (sqlite3.DatabaseError, msgspec.DecodeError, ValueError) as error:
            if self._known:
                raise Forgotten(str(error)) from None
            hint = "Is there room on the disk? If there is, delete this file and build again."
            raise Problems([Problem(str(self._file), f"cannot be written: {error}", hint)]) from None

    @contextmanager
    def noting(self) -> Iterator[None]:
        """As long as this lasts units may be `put`: all that is not settled at its end was never there."""
        whole = self.published()
        self._total = int.from_bytes(whole.state) if whole else 0
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    def put(self, unit: Noted) -> None:
        """Notes what a unit was made of."""
        if not self._db.in_transaction:  # another could not be noted
            return
        try:
            self._put(unit)
        except (sqlite3.DatabaseError, msgspec.DecodeError, TypeError):
            self.forget()

    def settle(
        self, manifest: str, files: int, of: Joined, kept: Collection[str] | None, now: Iterable[Register]
    ) -> None:
        """Has all count that was put, and the registers it was made of, once it is published.

        So many `files` the manifest with this SHA-256 lists. Units that are not `kept` go; None keeps all, and `now`
        has registers of which records were revised.
        """
        try:
            if self._db.in_transaction:  # else something could not be noted
                self._settle(kept, now)
                self._one("published", manifest, (self._total % STATES).to_bytes(SIZE), files)
                register_tables.join(self._db, of, anew=kept is not None)
                self._one("stamp", self.stamp)
                self._db.execute("COMMIT")
                self._known = True
        except (sqlite3.DatabaseError, msgspec.DecodeError, ValueError):  # the next build makes everything again
            self.forget()

    def forget(self) -> None:
        """Has the next build make everything again."""
        self._opened.clear()
        self._db.close()
        self._begin_anew()

    def _settle(self, kept: Collection[str] | None, now: Iterable[Register]) -> None:
        if kept is not None:
            register_tables.settle(self._db)
            names = (name for (name,) in self._db.execute("SELECT name FROM units"))
            for name in sorted(name for name in names if name not in kept):
                self._drop(name)
        register_tables.stand(self._db, now, beside=False)

    def _one(self, table: str, *values: object) -> None:
        """Puts a table's only row in."""
        self._db.execute(f"DELETE FROM {table}")
        self._db.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)

    def _drop(self, name: str) -> None:
        """Takes a unit's entry out, and its files' states from their sum."""
        entry = self._entry(name)
        if entry is None:
            return
        (id,) = self._db.execute("SELECT id FROM units WHERE name = ?", (name,)).fetchone()
        of_unit = ((*read, id) for read in _found(entry))
        self._db.executemany("DELETE FROM reads WHERE register = ? AND key = ? AND unit = ?", of_unit)
        self._db.execute("DELETE FROM units WHERE id = ?", (id,))
        self._opened.pop(name, None)
        self._total -= _states(entry)

    def _put(self, unit: Noted) -> None:
        before = self._db.execute("SELECT id, state, reads FROM units WHERE name = ?", (unit.name,)).fetchone()
        self._total += int.from_bytes(unit.state)
        if before and before[2] == unit.reads:
            values = (unit.state, unit.entry, before[0])
            self._db.execute("UPDATE units SET state = ?, entry = ? WHERE id = ?", values)
            self._total -= int.from_bytes(before[1])
            self._opened.pop(unit.name, None)
            return
        self._drop(unit.name)
        query = "INSERT INTO units (name, state, reads, entry) VALUES (?, ?, ?, ?)"
        id = self._db.execute(query, (unit.name, unit.state, unit.reads, unit.entry)).lastrowid
        found = _found(_decoder.decode(unit.entry))
        self._db.executemany("INSERT INTO reads VALUES (?, ?, ?)", ((*read, id) for read in found))

    def close(self) -> None:
        self._db.close()


def _states(entry: Entry) -> int:
    return sum(state(f.digest, f.size, f.time) for f in entry.files) % STATES


def looked_up(run: Run) -> dict[str, list[str]]:
    """What a piece looked up: register -> keys."""
    return _reads.decode(run.reads)


def _found(entry: Entry) -> list[tuple[str, str]]:
    """What a unit looked up of the registers FOUND; ALL of those that its pieces did."""
    pieces = b"".join(
        run.reads for runs in entry.runs.values() for run in runs
    )  # opened, they would take ten times as long
    of_pieces = {(register, ALL) for register in FOUND if msgspec.msgpack.encode(register) in pieces}
    return sorted(of_pieces.union((register, key) for register in FOUND for key in entry.reads.get(register, ())))


@contextmanager
def ledger(folder: Path, stamp: str) -> Iterator[Ledger]:
    """The ledger in the archive's working folder, closed at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    with closing(Ledger(folder / FILE, stamp)) as opened:
        yield opened
