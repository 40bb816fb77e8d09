"""A cache that is spoilt costs time, never the build; a lock holds while its build runs and no longer."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from builder.cache import Cache, alone, opened
from builder.model.annotation import Annotation, Mention
from builder.problems import Problems

FOUND: tuple[Annotation, ...] = (Mention("m-1", 0, 3, "Ada", "person", "person:ada", "Ada", "entities@1", 0.5),)


def kept(folder: Path) -> tuple[Annotation, ...] | None:
    """What the cache gives for a key, after it was asked to keep something where it had nothing."""
    with opened(folder) as cache:
        found = cache.readings.get("key")
        cache.readings.keep("key", "model", FOUND)
        assert cache.readings.get("key") == FOUND
        return found


def test_what_was_kept_is_given_back(tmp_path: Path) -> None:
    assert (kept(tmp_path), kept(tmp_path)) == (None, FOUND)


@pytest.mark.parametrize("damage", [b"", b"garbage", None])
def test_a_spoilt_file_is_begun_anew(tmp_path: Path, damage: bytes | None) -> None:
    kept(tmp_path)
    file = tmp_path / "cache.sqlite"
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    assert kept(tmp_path) is None
    assert kept(tmp_path) == FOUND


@pytest.mark.parametrize(
    "change",
    [
        "PRAGMA user_version = 99",
        "DROP TABLE readings; CREATE TABLE readings (key, other)",
        "UPDATE readings SET annotations = x'00ff'",
        "UPDATE readings SET annotations = 'words'",
    ],
)
def test_a_cache_of_another_version_is_not_read(tmp_path: Path, change: str) -> None:
    kept(tmp_path)
    with sqlite3.connect(tmp_path / "cache.sqlite") as db:
        db.executescript(change)
    db.close()
    assert kept(tmp_path) is None
    assert kept(tmp_path) == FOUND


def test_a_cache_spoilt_while_it_is_open_is_begun_anew(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.readings.keep("key", "model", FOUND)
    with sqlite3.connect(tmp_path / "cache.sqlite") as other:
        other.execute("DROP TABLE readings")
    other.close()
    assert cache.readings.get("key") is None
    cache.readings.keep("key", "model", FOUND)
    assert cache.readings.get("key") == FOUND
    cache.close()


def test_a_place_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "cache.sqlite").mkdir()
    with pytest.raises(Problems, match="the cache cannot be used"), opened(tmp_path):
        pass
    (tmp_path / "file").write_text("")
    with pytest.raises(Problems, match="cannot be worked in"), alone(tmp_path / "file"):
        pass


def test_one_build_at_a_time(tmp_path: Path) -> None:
    with alone(tmp_path), pytest.raises(Problems, match="another build of this archive is at work"), alone(tmp_path):
        pass
    with alone(tmp_path):
        pass


def test_a_spoilt_lock_is_nobodys(tmp_path: Path) -> None:
    (tmp_path / "lock.sqlite").write_bytes(b"garbage" * 1000)
    with alone(tmp_path), pytest.raises(Problems), alone(tmp_path):
        pass


def test_two_processes_can_share_the_cache(tmp_path: Path) -> None:
    """What one keeps the other finds, while both are at work."""
    with opened(tmp_path) as one, opened(tmp_path) as other:
        one.readings.keep("key", "model", FOUND)
        other.readings.keep("other", "model", FOUND)
        assert other.readings.get("key") == one.readings.get("other") == FOUND


def test_what_is_kept_together_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    """A transaction that fails halfway leaves nothing behind, and the cache usable."""
    with opened(tmp_path) as cache:
        with pytest.raises(sqlite3.Error):
            cache.readings.keep_all([("key", "model", b""), ("other", None, b"")])  # type: ignore[list-item]
        assert not cache.readings.has("key")
        cache.readings.keep("key", "model", FOUND)
    with opened(tmp_path) as cache:
        assert cache.readings.get("key") == FOUND
