"""Packs give back what was put into them, or nothing: however they were damaged."""

from __future__ import annotations

from hashlib import sha256
from itertools import accumulate, pairwise
from pathlib import Path
from random import Random

import pytest

from builder.kept import Kept, packs, tidying
from builder.kept.index import Index, Reader
from builder.kept.packs import Damaged
from builder.kept.tidying import size, tidy

CONTENTS = [b"one " * 40, b"", b"two", bytes(range(256))]


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def kept(folder: Path, contents: list[bytes]) -> Kept:
    """Contents that were kept one by one, as by a build each."""
    for content in contents:
        one = Kept(folder)
        one.prepare()
        one.keep(digest(content), content)
        one.write()
    return Kept(folder)


def found(folder: Path, content_digest: str) -> bytes | None:
    """What the packs give for a SHA-256."""
    index = Index(folder / "kept")
    with Reader() as reader:
        place = index.place(content_digest)
        if place is None:
            return None
        block, at, size = place
        try:
            return reader.read(index.blocks[block])[at : at + size]
        except Damaged:
            return None


def contents(folder: Path) -> list[bytes]:
    """All that the packs hold."""
    all_ = [found for pack in Index.packs(folder / "kept") for found in packs.blocks(pack)]
    with Reader() as reader:
        parts = [(reader.read(block), rows) for block, rows in all_]
    ends = [(whole, accumulate([0, *(size for _, size in rows)])) for whole, rows in parts]
    return [whole[a:b] for whole, of_block in ends for a, b in pairwise(of_block)]


def test_what_was_kept_is_given_back(tmp_path: Path) -> None:
    kept(tmp_path, CONTENTS)
    assert [found(tmp_path, digest(content)) for content in CONTENTS] == CONTENTS
    assert found(tmp_path, digest(b"three")) is None
    assert found(tmp_path, "no digest") is None


def test_nothing_is_kept_twice(tmp_path: Path) -> None:
    """Nor is a pack begun where everything is kept already."""
    kept(tmp_path, [b"one", b"one"])
    assert len(list((tmp_path / "kept").iterdir())) == 1


def test_few_are_kept_without_a_look_at_all_that_is(tmp_path: Path) -> None:
    """What is published anew is kept then, what stood as it is made is not; a second copy goes when it is tidied."""
    kept(tmp_path, [b"one"])
    one = Kept(tmp_path)
    for content, is_new in ((b"one", False), (b"two", True), (b"one", True)):
        one.keep(digest(content), content, is_new)
    one.write()
    assert sorted(contents(tmp_path)) == [b"one", b"one", b"two"]
    tidy(tmp_path / "kept", {sha256(c).digest() for c in (b"one", b"two")}, thorough=True)
    assert sorted(contents(tmp_path)) == [b"one", b"two"]


@pytest.mark.parametrize("method", [packs.ZLIB, packs.ZSTD])
def test_no_damage_gives_anything_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: int) -> None:
    """Each byte of a pack is changed in turn, and it is cut off after each."""
    if method == packs.ZLIB:
        monkeypatch.setattr(packs, "_zstd", None)
    elif not packs._zstd:
        pytest.skip("no Zstandard here")
    one = Kept(tmp_path)
    for content in CONTENTS:
        one.keep(digest(content), content)
    one.write()
    (pack,) = (tmp_path / "kept").iterdir()
    whole = pack.read_bytes()
    for at in range(len(whole)):
        for spoilt in (whole[:at], whole[:at] + bytes([whole[at] ^ 0x5A]) + whole[at + 1 :]):
            pack.write_bytes(spoilt)
            for content in CONTENTS:
                assert found(tmp_path, digest(content)) in (content, None)


def test_tidying_drops_what_is_not_published_and_nothing_else(tmp_path: Path) -> None:
    """Packs that a killed tidying left twice are read once."""
    kept(tmp_path, CONTENTS)
    before = size(tmp_path / "kept")
    tidy(tmp_path / "kept", {sha256(c).digest() for c in CONTENTS[:2]}, thorough=True)
    assert size(tmp_path / "kept") < before
    assert [found(tmp_path, digest(c)) for c in CONTENTS] == [*CONTENTS[:2], None, None]
    tidy(tmp_path / "kept", set(), thorough=True)
    assert size(tmp_path / "kept") == 0


def test_many_small_packs_become_one_and_large_ones_are_not_read(tmp_path: Path) -> None:
    """What is published is all there then, and nothing of the small ones that is not."""
    folder = tmp_path / "kept"
    kept(tmp_path, [Random(1).randbytes(5000)])
    (large,) = Index.packs(folder)
    numbers = [str(number).encode() * 30 for number in range(tidying.MANY)]
    kept(tmp_path, numbers)
    large.write_bytes(bytes(large.stat().st_size))  # it would be passed over, and dropped
    assert tidying.are_many(folder)
    tidying.join(folder, {sha256(content).digest() for content in numbers[::2]})
    assert not tidying.are_many(folder)
    assert large.exists()
    assert set(numbers[::2]) <= set(contents(tmp_path))
    assert len(contents(tmp_path)) < len(numbers)
