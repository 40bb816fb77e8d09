"""Registers that are worked out from others are written as they are made, and anew only where those changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from builder import deriving
from builder.deriving import Derived
from builder.digests import ALL, Digests
from builder.ledger import Entry, Ledger, ledger, noted
from builder.model.archive import ChronologyRecord
from builder.registers import Joined, Remembered
from builder.render.derived import ByKey, Each, Stream, through
from builder.render.lookups import Lookups
from builder.render.reads import digest


class Town(Struct):
    """A record, of which only the name is looked at."""

    name: str
    people: int = 0


class Called(Struct):
    name: str


TOWNS = {"bonn": Town("Bonn"), "ulm": Town("Ulm"), "aix": Town("Aix")}  # not in the order of their keys


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Ledger]:
    with ledger(tmp_path, "stamp") as opened:
        yield opened


def joined(kept: Ledger, towns: dict[str, Town]) -> Remembered:
    """The towns, joined anew."""
    kept.begin()
    kept.stand([("towns", Digests.of((k, digest(v)) for k, v in towns.items()), towns.__getitem__)])
    return kept.registers(lambda parts: (), lambda parts: ())


def settled(kept: Ledger) -> None:
    with kept.noting():
        kept.put(noted("page", Entry({}, b"", ())))
        kept.settle("manifest", 1, Joined("", []), ["page"], ())


def names(kept: Ledger, towns: dict[str, Town]) -> tuple[dict[str, str], list[str]]:
    """The names of the towns as they are worked out, and which of them were."""
    seen: list[str] = []

    def name(town: Any) -> str:
        seen.append(town.name)
        return f"the town of {town.name}"

    standing = joined(kept, towns)
    made = Derived(standing, kept).keep("names", Each("towns", standing.always("towns", Town), Called, name), str)
    return dict(made.items()), seen


def test_a_record_for_each_is_worked_out_only_where_that_is_another_one(kept: Ledger) -> None:
    first, seen = names(kept, TOWNS)
    assert list(first) == list(TOWNS)
    assert sorted(seen) == ["Aix", "Bonn", "Ulm"]
    settled(kept)
    later = {"bonn": Town("Bonn"), "pau": Town("Pau"), "aix": Town("Aachen")}
    again, seen = names(kept, later)
    assert list(again.items()) == [(key, f"the town of {town.name}") for key, town in later.items()]
    assert sorted(seen) == ["Aachen", "Pau"]
    settled(kept)
    assert names(kept, later) == (again, [])


def test_what_is_worked_out_otherwise_counts_as_changed_and_nothing_else(kept: Ledger) -> None:
    names(kept, TOWNS)
    settled(kept)
    names(kept, {**TOWNS, "bonn": Town("Bonn", 300_000), "ulm": Town("Neu-Ulm")})
    found = kept.registers(lambda parts: (), lambda parts: ()).exchanged()
    assert found == {"towns": {ALL, "bonn", "ulm"}, "names": {ALL, "ulm"}}


def test_a_build_that_ends_early_leaves_what_was_worked_out_as_it_was(kept: Ledger, tmp_path: Path) -> None:
    first, _ = names(kept, TOWNS)
    settled(kept)
    names(kept, {"ulm": Town("Neu-Ulm")})
    kept.close()
    with ledger(tmp_path, "stamp") as again:
        standing = again.registers(lambda parts: (), lambda parts: ())
        assert dict(standing.always("names", str).items()) == first


def test_no_more_is_held_than_is_written_together(kept: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deriving, "TOGETHER", 2)
    written: list[int] = []
    standing = joined(kept, {})
    stand = kept.stand_some
    monkeypatch.setattr(kept, "stand_some", lambda rows: stand(rows) or written.append(len(rows)))

    def pairs() -> Iterator[tuple[str, int]]:
        for number in range(5):
            assert sum(written) == number // 2 * 2
            yield str(number), number

    made = Derived(standing, kept).keep("numbers", Stream(pairs), int)
    assert list(made.items()) == [(str(n), n) for n in range(5)]


def test_registers_are_gone_through_by_key_with_as_much_of_a_record_as_is_asked_for(kept: Ledger) -> None:
    assert dict(through(TOWNS, Called)) == TOWNS
    standing = joined(kept, TOWNS)
    found = [(key, called) for key, called in standing.always("towns", Town).through(Called)]
    assert found == [("aix", Called("Aix")), ("bonn", Called("Bonn")), ("ulm", Called("Ulm"))]
    settled(kept)
    later = joined(kept, {"bonn": Town("Bad Bonn"), "aix": Town("Aix"), "pau": Town("Pau")}).always("towns", Town)
    assert [(key, called.name) for key, called in later.through(Called)] == [
        ("aix", "Aix"),
        ("bonn", "Bad Bonn"),
        ("pau", "Pau"),
    ]


def test_what_was_put_in_the_place_of_a_record_is_gone_through_in_its_place(kept: Ledger) -> None:
    towns = joined(kept, TOWNS).always("towns", Town)
    towns.revise("bonn", Town("Beuel"), b"0" * 16)
    assert [called.name for _, called in towns.through(Called)] == ["Aix", "Beuel", "Ulm"]


def test_rows_by_key_are_noted_as_rows_and_each_by_itself() -> None:
    lookups = Lookups()
    told = [ChronologyRecord(id, "", None, ()) for id in ("b", "a")]
    rows = lookups.rows("chronology", told, lambda row: row.id)
    with lookups.noting() as reads:
        found = lookups.derive("happenings", ChronologyRecord, ByKey("chronology", rows))
        assert found["a"] is told[1]
    assert reads == {"chronology": ["a"]}
    assert list(found) == ["b", "a"]
    lookups.knows({"chronology": {ALL, "b"}})
    assert lookups.would_find(b"", reads)
    lookups.knows({"chronology": {ALL, "a"}})
    assert not lookups.would_find(b"", reads)
