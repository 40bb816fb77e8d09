"""Joined registers are written down before pages are made of them, and count once these are published."""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from builder import making
from builder.digests import ALL, ANY, COUNT, Digests
from builder.ledger import FILE, Entry, Ledger, ledger, noted
from builder.link import linking as joining
from builder.problems import Problems
from builder.registers import Addresses, Forgotten, Joined, Remembered
from builder.render.reads import digest
from tests.conftest import Trial

OF = Joined("", [])
NAMES = {"ada": "Ada", "bo": "Bo", "cy": "Cy"}
Registers = dict[str, dict[str, str]]


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger with one register that stands."""
    with ledger(tmp_path, "stamp") as opened:
        written(opened, {"names": NAMES})
        settled(opened)
        yield opened


def written(kept: Ledger, registers: Registers) -> None:
    kept.begin()
    kept.stand(
        (name, Digests.of((k, digest(v)) for k, v in of.items()), of.__getitem__) for name, of in registers.items()
    )


def settled(kept: Ledger) -> None:
    with kept.noting():
        kept.put(noted("page", Entry({}, b"", ())))
        kept.settle("manifest", 1, OF, ["page"], ())


def remembered(kept: Ledger) -> Remembered:
    return kept.registers(lambda parts: (), lambda parts: ())


def read(kept: Ledger, name: str = "names") -> dict[str, str]:
    return dict(remembered(kept).always(name, str).items())


def test_what_was_written_down_is_read_in_its_order(kept: Ledger) -> None:
    assert list(read(kept).items()) == list(NAMES.items())
    assert list(remembered(kept).rows("names", str)) == list(NAMES.values())
    assert remembered(kept).rows("names", str)[-1] == "Cy"
    assert remembered(kept).rows("names", str)[1:] == ["Bo", "Cy"]


def test_several_are_read_together_as_they_are(kept: Ledger) -> None:
    """Those that are coming count, also where some are open already, were revised, or are not there."""
    wanted = ["d", "nobody", "a", "c", "e", "b"]
    written(kept, {"letters": {key: key.upper() for key in "abcde"}})
    settled(kept)
    written(kept, {"letters": {"a": "A", "b": "B2", "c": "C", "d": "D", "e": "E"}})
    register = remembered(kept).always("letters", str)
    assert register["a"] == "A"
    register.revise("a", "own", b"0" * 16)
    assert register.several(wanted) == ["D", None, "own", "C", "E", "B2"]
    assert register["a"] == "own" and register["b"] == "B2"


@pytest.mark.parametrize("damage", ["UPDATE keys SET chunks = zeroblob(9)", "UPDATE keys SET chunks = 'text'"])
def test_keys_are_read_in_their_order_only_where_somebody_asks(kept: Ledger, tmp_path: Path, damage: str) -> None:
    """They are most of what is kept of a register; where they are not as they were written, all is forgotten."""
    with closing(sqlite3.connect(tmp_path / FILE)) as db, db:
        db.execute(damage)
    register = remembered(kept).always("names", str)
    assert register["bo"] == "Bo" and "nobody" not in register and len(register) == 3
    with pytest.raises(Forgotten):
        list(register)


def test_what_is_written_down_is_read_at_once(kept: Ledger) -> None:
    written(kept, {"names": {"bo": "Beau", "di": "Di"}})
    assert read(kept) == {"bo": "Beau", "di": "Di"}


def test_a_build_that_ends_before_it_publishes_leaves_the_registers_as_they_were(kept: Ledger, tmp_path: Path) -> None:
    written(kept, {"names": {"bo": "Beau", "di": "Di"}, "places": {"rome": "Rome"}})
    with kept.noting():
        kept.put(noted("another page", Entry({}, b"", ())))
    assert kept.get("another page") is None
    kept.close()
    with ledger(tmp_path, "stamp") as again:
        assert read(again) == NAMES
        with pytest.raises(Forgotten):
            read(again, "places")


def test_once_it_is_published_nothing_is_left_of_what_stood_before(kept: Ledger, tmp_path: Path) -> None:
    written(kept, {"places": {"rome": "Rome"}})
    settled(kept)
    kept.close()
    with ledger(tmp_path, "stamp") as again:
        assert read(again, "places") == {"rome": "Rome"}
        with pytest.raises(Forgotten):
            read(again)


def test_it_is_known_what_joining_anew_has_changed(kept: Ledger) -> None:
    written(kept, {"names": {"ada": "Ada", "bo": "Beau", "cy": "Cy"}})
    assert remembered(kept).exchanged() == {"names": {"bo", ALL}}
    written(kept, {"names": {"ada": "Ada", "cy": "Cy", "di": "Di"}})
    assert remembered(kept).exchanged() == {"names": {"bo", "di", ALL, COUNT}}
    written(kept, {"places": {"rome": "Rome"}})
    assert remembered(kept).exchanged() == {"names": {ANY}, "places": {"rome", ALL, COUNT}}


def test_another_order_is_a_change_too(kept: Ledger) -> None:
    written(kept, {"names": dict(reversed(NAMES.items()))})
    assert remembered(kept).exchanged() == {"names": {ALL, COUNT}}


def test_where_nothing_stood_nothing_is_said_of_what_changed(tmp_path: Path) -> None:
    with ledger(tmp_path, "stamp") as new:
        written(new, {"names": NAMES})
        assert remembered(new).exchanged() is None
        assert read(new) == NAMES


def test_the_joined_archive_is_let_go_of_before_pages_are_made(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    joined: list[weakref.ref[object]] = []
    link, render = joining.link, making.render

    class Holding(list[object]):
        """What can be watched: an archive itself cannot."""

    def linking(*given: object) -> object:
        archive = link(*given)
        held = Holding(archive.articles)
        joined.append(weakref.ref(held))
        return msgspec.structs.replace(archive, articles=held)

    def rendering(*given: object) -> object:
        assert [one() for one in joined] == [None]
        return render(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(joining, "link", linking)
    monkeypatch.setattr(making, "render", rendering)
    trial.article("one", "Karin Brandt left Hamburg on Monday, the mayor told Reuters.", published="2019-06-05")
    trial.build()
    assert joined


def test_a_folder_that_cannot_be_written_to_is_told(kept: Ledger) -> None:
    kept.forget()
    kept._db.execute("PRAGMA query_only=ON")
    with pytest.raises(Problems, match="cannot be written"):
        kept.begin()


def joined(*batches: tuple[str, dict[str, str]]) -> Joined:
    return Joined("scope", [Addresses.of(*batch) for batch in batches])


STANDS = joined(("one", {"ada": "1", "bo": "2"}), ("two", {"cy": "3"}))


@pytest.mark.parametrize(
    ("now", "changed"),
    [
        (STANDS, {}),
        (joined(("one", {"ada": "1", "bo": "2"}), ("three", {"cy": "4"})), {"cy": ("3", "4")}),
        (joined(("", {"ada": "1", "bo": "5"}), ("two", {"cy": "3"})), {"bo": ("2", "5")}),
        (joined(("four", {"ada": "1", "bo": "2"}), ("two", {"cy": "3"})), {}),
        (joined(("one", {"never": "opened", "where the": "name is known"}), ("two", {"cy": "3"})), {}),
        (joined(("", {"bo": "2", "ada": "1"}), ("two", {"cy": "3"})), None),  # in another order
        (joined(("one", {"ada": "1", "bo": "2"}), ("", {})), None),  # one less
        (joined(("", {"ada": "1", "bo": "2", "cy": "3"})), None),
        (Joined("another", STANDS.batches), None),
    ],
)
def test_what_changed_since_is_told_of_articles_whose_share_is_another(
    now: Joined, changed: dict[str, tuple[str, str]] | None
) -> None:
    assert now.changed(STANDS) == changed


def test_where_it_cannot_be_read_all_is_joined_anew() -> None:
    spoilt = Joined("scope", [Addresses("", 1, msgspec.Raw(b"\xc1"))])
    assert joined(("", {"ada": "2"})).changed(spoilt) is None


def test_what_nobody_can_rely_on_is_looked_at() -> None:
    """A batch of files that were touched a moment ago has no name."""
    then, now = joined(("", {"ada": "1"})), joined(("", {"ada": "2"}))
    assert now.changed(then) == {"ada": ("1", "2")}
    assert len(now) == 1


def test_of_what_was_joined_only_the_batch_that_changed_is_written_again(kept: Ledger) -> None:
    """One that nobody can rely on is, always, and one that is no longer there goes."""
    changes: list[int] = []
    for now in (STANDS, STANDS, joined(("one", {"ada": "1", "bo": "2"}), ("three", {"cy": "4"})), joined(("", {}))):
        with kept.noting():
            kept._db.execute("DELETE FROM stamp")
            before = kept._db.total_changes
            kept.settle("manifest", 1, now, None, ())
            changes.append(kept._db.total_changes - before)
        assert kept.joined() == now
    assert [count - changes[1] for count in changes] == [2, 0, 1, 2]


def test_a_batch_that_was_damaged_is_mended_where_all_is_joined_anew(kept: Ledger) -> None:
    for _ in range(2):
        with kept.noting():
            kept.settle("manifest", 1, STANDS, (), ())
        assert kept.joined() == STANDS
        kept._db.execute("UPDATE batches SET of = x'c1' WHERE place = 0")
    assert kept.joined() is None
