"""Pieces of large files that a change concerns are found in what was noted of them, without opening the others."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

import msgspec
import pytest

from builder import outdated as module
from builder.digests import ALL, ANY, COUNT
from builder.ledger import Run, looked_up
from builder.outdated import outdated
from builder.render.lookups import LISTS, Lookups

NAMES = "texts", "entities", "a register whose name is too long for a short text"
LISTED = {
    "runs of texts": "a",
    "lists of a register with a name that is as long": "b",
}  # and what their keys begin with
Lists = Mapping[str, Mapping[str, tuple[str, ...]]]


class Standing:
    """Registers of lists that stand from an earlier build."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists

    def register(self, name: str, of: Any, /) -> Mapping[str, Any] | None:
        return self._lists.get(name) if of == LISTS else None

    def keep(self, name: str, make: Any, of: Any, /) -> Mapping[str, Any]:
        raise AssertionError(f"{name} {make} {of}")


def lists(random: Random) -> Lists:
    """Each names some keys, in their order, of which others name some, too."""
    sizes = range(1, 6)
    return {
        name: {f"{of}{n}": tuple(f"key {n * 3 + m}" for m in range(random.choice(sizes))) for n in range(40)}
        for name, of in LISTED.items()
    }


def asked(lookups: Lookups) -> dict[str, Mapping[str, Any]]:
    """The registers of records; those of lists are not asked for yet."""
    return {name: lookups.register(name, {f"key {n}": n for n in range(120)}) for name in NAMES}


def look(random: Random, records: Mapping[str, Any], of_lists: Mapping[str, Any], of: str) -> None:
    """Looks something up."""
    match random.randrange(9):
        case 0:
            list(records)
        case 1:
            len(records)
        case 2 | 3:
            records.get(f"key {random.randrange(200)}")
        case 4:
            of_lists.get(f"{of}{random.randrange(80)}")
        case _:
            for key in of_lists[f"{of}{random.randrange(40)}"]:
                records.get(key)


def noted(random: Random, lists: Lists) -> list[Run]:
    """What pieces looked up."""
    lookups, found = Lookups(Standing(lists)), list[Run]()
    records = asked(lookups)
    derived = {name: lookups.derive(name, LISTS, dict) for name in LISTED}
    for number in range(60):
        with lookups.noting() as reads:
            for _ in range(random.choice((1, 1, 2, 4))):
                name = random.choice(list(LISTED))
                look(random, records[random.choice(NAMES)], derived[name], LISTED[name])
        short = msgspec.Raw(msgspec.msgpack.encode(lookups.shortened(reads)))
        found.append(Run(f"{number}", short, lookups.digest(reads), 0, 0))
    return found


def changes(random: Random) -> dict[str, set[str]]:
    """Keys by register, as a build tells them."""
    found: dict[str, set[str]] = {}
    for name in random.sample((*NAMES, *LISTED, "unknown"), random.randint(0, 3)):
        key = f"{LISTED.get(name, 'key ')}{random.randrange(80)}"
        found[name] = random.choice(({ALL, key}, {ALL, key}, {ALL, COUNT}, {ALL, COUNT, key}, {ANY}))
    return found


@pytest.mark.parametrize("seed", range(40))
def test_those_are_found_that_would_not_find_the_same(seed: int) -> None:
    """All of them and no other, whatever changed; also by lists that nobody asked for yet, or that are no more."""
    random = Random(seed)
    of_lists = lists(random)
    runs = noted(random, of_lists)
    for _ in range(20):
        changed = changes(random)
        for known, standing in ((changed, of_lists), (None, of_lists), (changed, {})):
            lookups = Lookups(Standing(standing))
            asked(lookups)
            lookups.knows(known)
            found = list(outdated(runs, lookups))
            assert found == [n for n, r in enumerate(runs) if not lookups.would_find(r.digest, looked_up(r))], changed


def test_few_are_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of pieces that name others' keys by lists, that of the list in which a record is that changed."""
    runs_of = {f"a{n}": (f"key {n}", f"key {n + 60}") for n in range(60)}
    lookups = Lookups(Standing({"runs of texts": runs_of}))
    records, runs = asked(lookups), lookups.derive("runs of texts", LISTS, dict)
    found = list[Run]()
    for name in runs_of:
        with lookups.noting() as reads:
            for key in runs[name]:
                records["texts"].get(key)
        short = msgspec.Raw(msgspec.msgpack.encode(lookups.shortened(reads)))
        found.append(Run(name, short, lookups.digest(reads), 0, 0))
    lookups.knows({"texts": {ALL, "key 77"}})
    opened = list[str]()
    monkeypatch.setattr(module, "looked_up", lambda run: (opened.append(run.name), looked_up(run))[1])
    assert list(outdated(found, lookups)) == [17]
    assert opened == ["a17"]
