"""Registers as they are written down: those that a build is making stand beside those of the last one until it ends."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

import msgspec

from builder.digests import Digests, KeptKeys, Keys
from builder.registers import DIGESTS, IN_ORDER, KEYS, Addresses, Joined, Register, Row, encoded

TABLES = """
CREATE TABLE IF NOT EXISTS joined (scope TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS batches (place INTEGER PRIMARY KEY, id TEXT NOT NULL, of BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS keys (id BLOB PRIMARY KEY, hashes BLOB NOT NULL, rest BLOB NOT NULL, chunks BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS registers (name TEXT PRIMARY KEY, keys BLOB NOT NULL, digests BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS records (register TEXT, key TEXT, value BLOB NOT NULL, PRIMARY KEY (register, key))
 WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS coming_registers (name TEXT PRIMARY KEY, keys BLOB NOT NULL, digests BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS coming_records (register TEXT, key TEXT, value BLOB, PRIMARY KEY (register, key))
 WITHOUT ROWID;
"""
NAMES = ("joined", "batches", "keys", "registers", "records", "coming_registers", "coming_records")
SETTLED = (
    "DELETE FROM records WHERE (register, key) IN (SELECT register, key FROM coming_records WHERE value IS NULL)",
    "INSERT OR REPLACE INTO records SELECT register, key, value FROM coming_records WHERE value IS NOT NULL",
    "DELETE FROM registers",
    "INSERT INTO registers SELECT name, keys, digests FROM coming_registers",
)
UNUSED = "DELETE FROM keys WHERE id NOT IN (SELECT keys FROM registers UNION SELECT keys FROM coming_registers)"
_batch = msgspec.msgpack.Decoder(Addresses)


def joined(db: sqlite3.Connection) -> Joined | None:
    """What the registers that stand were joined of; None where none do. Raises msgspec.DecodeError."""
    batches = [_batch.decode(of) for (of,) in db.execute("SELECT of FROM batches ORDER BY place")]
    return next((Joined(scope, batches) for (scope,) in db.execute("SELECT scope FROM joined")), None)


def join(db: sqlite3.Connection, of: Joined, anew: bool) -> None:
    """Notes what they were joined of; unless all is made anew, a batch that stands is not written again.

    An edit concerns one of a hundred. What was damaged is begun anew with all else.
    """
    known = {} if anew else dict(db.execute("SELECT place, id FROM batches"))
    new = ((at, one) for at, one in enumerate(of.batches) if not one.id or known.get(at) != one.id)
    rows = ((at, one.id, msgspec.msgpack.encode(one)) for at, one in new)
    db.executemany("INSERT OR REPLACE INTO batches VALUES (?, ?, ?)", rows)
    db.execute("DELETE FROM batches WHERE place >= ?", (len(of.batches),))
    db.execute("DELETE FROM joined")
    db.execute("INSERT INTO joined VALUES (?)", (of.scope,))


def stand(db: sqlite3.Connection, of: Iterable[Register], beside: bool) -> None:
    """Writes down what differs of registers: `beside` those that stand, until they are settled, or in their place."""
    for name, digests, record in of:
        before = _before(db, name)
        _keep(db, name, digests, beside)
        stand_some(db, _differences(name, before, digests, record), beside)


def stand_some(db: sqlite3.Connection, rows: Iterable[Row], beside: bool) -> None:
    """Writes down some records of a register, those that stand otherwise than before; see `stand`."""
    db.executemany(f"INSERT OR REPLACE INTO {'coming_' if beside else ''}records VALUES (?, ?, ?)", rows)


def stand_as(db: sqlite3.Connection, name: str, before: Mapping[str, bytes], digests: Digests, beside: bool) -> None:
    """Writes down what a register has, once its records are; `before` is what stood."""
    _keep(db, name, digests, beside)
    left = dict.fromkeys(before)
    for key in digests:
        left.pop(key, None)
    stand_some(db, ((name, key, None) for key in left), beside)


def _keep(db: sqlite3.Connection, name: str, digests: Digests, beside: bool) -> None:
    coming, keys = "coming_" if beside else "", digests.at
    db.execute(f"INSERT OR REPLACE INTO {coming}registers VALUES (?, ?, ?)", (name, keys.id, digests.whole()))
    if not db.execute("SELECT 1 FROM keys WHERE id = ?", (keys.id,)).fetchone():
        kept = keys.kept()
        db.execute("INSERT INTO keys VALUES (?, ?, ?, ?)", (keys.id, kept.hashes, kept.rest, kept.chunks()))


def settle(db: sqlite3.Connection) -> None:
    """Puts registers that are coming in the place of those that stood, within the transaction that is open."""
    coming = {name for (name,) in db.execute("SELECT name FROM coming_registers")}
    if not coming:
        return
    for (name,) in db.execute("SELECT name FROM registers").fetchall():
        if name not in coming:
            db.execute("DELETE FROM records WHERE register = ?", (name,))
    for statement in SETTLED:
        db.execute(statement)
    give_up(db)


def give_up(db: sqlite3.Connection) -> None:
    """Drops registers that are coming: those of a build that never ended."""
    if _holds_any(db, "coming_registers"):
        db.execute("DELETE FROM coming_registers")
        db.execute(UNUSED)
    if _holds_any(db, "coming_records"):
        db.execute("DELETE FROM coming_records")


def _holds_any(db: sqlite3.Connection, table: str) -> bool:
    return db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None


def _before(db: sqlite3.Connection, name: str) -> Digests | None:
    for id, whole in db.execute(DIGESTS.format(""), (name,)):
        for hashes, rest in db.execute(KEYS, (id,)):
            return Digests(Keys(KeptKeys(hashes, rest, partial(_in_order, db, id), id)), whole)
    return None


def _in_order(db: sqlite3.Connection, id: bytes) -> bytes:
    (chunks,) = db.execute(IN_ORDER, (id,)).fetchone()
    return bytes(chunks)


def _differences(name: str, before: Digests | None, now: Digests, record: Callable[[str], Any]) -> Iterator[Row]:
    """Yields what is to be written of a register: records that are new or other ones, and those that go."""
    if before and before.at.id == now.at.id:
        yield from ((name, key, encoded(record(key))) for key in now.differing(before))
        return
    left = dict(before.items()) if before else {}
    for key, digest in now.items():
        if left.pop(key, None) != digest:
            yield name, key, encoded(record(key))
    yield from ((name, key, None) for key in left)
