"""Digests are found by key, and keys by their place, however many: no more than some bytes of each are held."""

from __future__ import annotations

import sys

import msgspec
import pytest

from builder import digests
from builder.digests import REMEMBERED, TOGETHER, Digests, Keys

NAMES = [f"name {number:x}" for number in range(TOGETHER + REMEMBERED)]


def of(pairs: dict[str, int]) -> Digests:
    return Digests.of((key, number.to_bytes(16)) for key, number in pairs.items())


def test_keys_stand_in_their_order_and_each_is_found() -> None:
    """More of them than are opened at a time, and than are remembered."""
    keys = Keys.of(NAMES)
    assert list(keys) == NAMES and len(keys) == len(NAMES)
    assert [keys.place(name) for name in NAMES] == list(range(len(NAMES)))
    assert keys.place("nobody") is None and "nobody" not in keys and NAMES[-1] in keys


def test_keys_are_read_as_they_were_kept() -> None:
    keys = Keys.of(NAMES)
    again = Keys(keys.kept())
    assert list(again) == NAMES and again.id == keys.id and again.place(NAMES[7]) == 7
    assert Keys.of(reversed(NAMES)).id != keys.id


def test_keys_of_which_one_comes_twice_are_refused() -> None:
    with pytest.raises(ValueError, match="two records have one key"):
        Keys.of(["a", "b", "a"])


def test_keys_with_one_hash_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """By what more is known of each; one that is not there is none of them."""
    monkeypatch.setattr(digests, "_hash", lambda key: (7 << 32) + ord(key))
    keys = Keys.of("cab")
    assert [keys.place(key) for key in "abcd"] == [1, 2, 0, None]


def test_keys_of_another_kind_of_machine_are_not_read() -> None:
    kept = Keys.of(["a", "b"]).kept()
    other = {"little": b"big", "big": b"little"}[sys.byteorder]
    hashes = kept.hashes.removesuffix(sys.byteorder.encode()) + other
    with pytest.raises(ValueError, match="not of this machine"):
        Keys(msgspec.structs.replace(kept, hashes=hashes))


def test_a_digest_that_was_put_in_the_place_of_another_counts() -> None:
    """In the whole of them, too; and only its key differs from before."""
    before, now = (
        of({name: number for number, name in enumerate(NAMES)}),
        Digests.of((name, number.to_bytes(16)) for number, name in enumerate(NAMES)),
    )
    now.put(NAMES[-1], b"x" * 16)
    assert now[NAMES[-1]] == b"x" * 16 and now.whole().endswith(b"x" * 16)
    assert list(now.differing(before)) == [NAMES[-1]]
    assert dict(now.items()) == {name: before[name] for name in NAMES[:-1]} | {NAMES[-1]: b"x" * 16}


def test_there_are_as_many_digests_as_keys() -> None:
    with pytest.raises(ValueError, match="2 keys and 16 bytes"):
        Digests(Keys.of("ab"), bytes(16))
