"""Packs give back what was put into them, or nothing: however they were damaged."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.kept import Kept, packs
from builder.kept.index import Index, Reader
from builder.kept.packs import Damaged
from builder.kept.tidying import size, tidy
from builder.kept.writer import cut

CONTENTS = [b"one " * 40, b"", b"two", bytes(range(256))]


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def kept(folder: Path, contents: list[bytes]) -> Kept:
    """Contents that were kept one by one, as by a build each."""
    for content in contents:
        one = Kept(folder)
        one.keep(digest(content), content)
        one.write()
    return Kept(folder)


def found(folder: Path, content_digest: str) -> bytes | None:
    """What the packs give for a SHA-256."""
    index = Index(folder / "kept")
    with Reader() as reader:
        places = index.places(content_digest, reader)
        if places is None:
            return None
        try:
            return b"".join(reader.read(index.blocks[block])[at : at + size] for block, at, size in places)
        except Damaged:
            return None


def test_what_was_kept_is_given_back(tmp_path: Path) -> None:
    kept(tmp_path, CONTENTS)
    assert [found(tmp_path, digest(content)) for content in CONTENTS] == CONTENTS
    assert found(tmp_path, digest(b"three")) is None
    assert found(tmp_path, "no digest") is None


def test_nothing_is_kept_twice(tmp_path: Path) -> None:
    """Nor is a pack begun where everything is kept already."""
    kept(tmp_path, [b"one", b"one"])
    assert len(list((tmp_path / "kept").iterdir())) == 1


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


@given(st.lists(st.binary(max_size=40), max_size=12))
def test_a_large_file_in_parts_is_the_same_file(parts: list[bytes]) -> None:
    with pytest.MonkeyPatch.context() as small:
        small.setattr("builder.kept.writer.PART", (16, 64))
        found = list(cut(parts))
    assert b"".join(found) == b"".join(parts)
    assert all(len(part) < 64 + 40 for part in found)


def test_a_large_file_is_given_back_and_of_a_changed_one_only_what_is_new_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.kept.writer.PART", (16, 64))
    before = [b"%d: some words\n" % number for number in range(200)]
    after = [*before[:90], b"another line\n", *before[90:]]
    sizes = []
    for lines in (before, after):
        one, parts = Kept(tmp_path), list[bytes]()
        content = b"".join(one.passing(lines, parts))
        one.parted(digest(content), parts)
        sizes.append(sum(sum(n for _, n in rows) for p in (tmp_path / "kept").iterdir() for _, rows in packs.blocks(p)))
    assert found(tmp_path, digest(b"".join(before))) == b"".join(before)
    assert found(tmp_path, digest(b"".join(after))) == b"".join(after)
    lists = 32 * len(parts)
    assert sizes[1] - sizes[0] - lists < 200, "one list of parts, and a part or two"


def test_tidying_drops_what_is_not_published_and_nothing_else(tmp_path: Path) -> None:
    """A part is published with its file; packs that a killed tidying left twice are read once."""
    one, parts = Kept(tmp_path), list[bytes]()
    content = b"".join(one.passing([b"a large file"], parts))
    one.parted(digest(content), parts)
    kept(tmp_path, CONTENTS)
    before = size(tmp_path / "kept")
    published = {sha256(c).digest() for c in (content, *CONTENTS[:2])}
    tidy(tmp_path / "kept", published, thorough=True)
    assert size(tmp_path / "kept") < before
    given_back = [found(tmp_path, digest(c)) for c in (content, *CONTENTS)]
    assert given_back == [content, *CONTENTS[:2], None, None]
    tidy(tmp_path / "kept", set(), thorough=True)
    assert size(tmp_path / "kept") == 0
