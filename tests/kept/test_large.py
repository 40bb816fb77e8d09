"""A large file is kept as another name of the published one, and given back only as it was."""

from __future__ import annotations

import os
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from builder.kept.large import Large

CONTENT = b"a large file\n" * 1000
DIGEST = sha256(CONTENT).hexdigest()
TIME = 1_500_000_000_000_000_000


def published(folder: Path) -> Path:
    file = folder / "site.jsonl"
    file.write_bytes(CONTENT)
    os.utime(file, ns=(TIME, TIME))
    return file


def refuse(*_: object) -> None:
    raise PermissionError("no second names on this disk")


def test_it_takes_no_room_while_it_is_published(tmp_path: Path) -> None:
    file, large = published(tmp_path), Large(tmp_path)
    large.hold(DIGEST, file)
    assert (large.digests(), large.size()) == ([DIGEST], 0)
    file.unlink()
    assert large.size() == len(CONTENT)


def test_what_was_deleted_is_given_back_without_a_copy(tmp_path: Path) -> None:
    file, large = published(tmp_path), Large(tmp_path)
    large.hold(DIGEST, file)
    number = file.stat().st_ino
    file.unlink()
    assert large.give(DIGEST, file, TIME)
    assert (file.read_bytes(), file.stat().st_ino, file.stat().st_mtime_ns) == (CONTENT, number, TIME)


def test_what_is_published_in_another_folder_too_is_copied(tmp_path: Path) -> None:
    """Somebody may work in one of them with SQLite."""
    file, large, other = published(tmp_path), Large(tmp_path), tmp_path / "other"
    large.hold(DIGEST, file)
    assert large.give(DIGEST, other, TIME)
    assert not other.samefile(file)
    assert (other.read_bytes(), other.stat().st_mtime_ns) == (CONTENT, TIME)


@pytest.mark.parametrize("linked", [True, False])
def test_where_the_disk_gives_no_second_name_it_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, linked: bool
) -> None:
    if not linked:
        monkeypatch.setattr(os, "link", refuse)
    file, large = published(tmp_path), Large(tmp_path)
    large.hold(DIGEST, file)
    monkeypatch.setattr(shutil, "copyfile", refuse)  # it is not done twice
    large.hold(DIGEST, file)
    monkeypatch.undo()
    file.write_bytes(b"changed where it is published")
    assert large.give(DIGEST, tmp_path / "other", TIME) is not linked


def test_a_file_that_was_changed_in_place_is_not_given_and_is_kept_anew(tmp_path: Path) -> None:
    """Even where its size and time are as they were."""
    file, large, other = published(tmp_path), Large(tmp_path), tmp_path / "other"
    large.hold(DIGEST, file)
    file.write_bytes(CONTENT.replace(b"large", b"LARGE"))
    os.utime(file, ns=(TIME, TIME))
    assert not large.give(DIGEST, other, TIME)
    assert not other.exists()
    file.unlink()
    file.write_bytes(CONTENT)
    large.hold(DIGEST, file)
    assert large.give(DIGEST, other, TIME)


def test_what_is_not_there_or_has_no_room_is_not_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, large, other = published(tmp_path), Large(tmp_path), tmp_path / "other"
    assert not large.give(DIGEST, other, TIME)
    large.hold(DIGEST, file)

    def full(_: Path, to: Path) -> None:
        to.write_bytes(b"as much as there was room for")
        raise OSError

    monkeypatch.setattr(shutil, "copyfile", full)
    assert not large.give(DIGEST, other, TIME)
    assert not other.exists()
    monkeypatch.setattr(os, "link", refuse)
    large.hold("another", file)
    assert large.digests() == [DIGEST]


def test_what_is_no_longer_published_goes(tmp_path: Path) -> None:
    file, large = published(tmp_path), Large(tmp_path)
    large.hold(DIGEST, file)
    large.hold("another", file)
    large.tidy({DIGEST})
    assert large.digests() == [DIGEST]
