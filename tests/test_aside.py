"""What a build needs again only later waits in a file, whole and by number, and leaves nothing behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from builder.cache import Aside, aside
from builder.work.machine import can_fork


def test_every_value_is_given_back_by_its_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that were written and those that still wait."""
    monkeypatch.setattr(aside, "AT_ONCE", 100)
    kept = Aside(tuple[str, int], tmp_path)
    values = [("x" * (n % 30), n) for n in range(50)]
    assert [kept.put(value) for value in values] == list(range(50))
    assert [kept[n] for n in range(50)] == values
    assert kept[7] == values[7]
    with pytest.raises(IndexError):
        kept[50]


def test_it_is_read_where_a_system_cannot_read_at_a_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "AT_ONCE", 1)
    monkeypatch.delattr(os, "pread", raising=False)
    kept = Aside(int, tmp_path)
    for n in range(9):
        kept.put(n)
        assert kept[n // 2] == n // 2
    assert [kept[n] for n in range(9)] == list(range(9))


def test_nothing_stays_in_the_folder(tmp_path: Path) -> None:
    kept = Aside(str, tmp_path)
    kept.put("words" * 100_000)
    del kept
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_to_is_no_hindrance(tmp_path: Path) -> None:
    kept = Aside(str, tmp_path / "none")
    assert kept[kept.put("word")] == "word"


@pytest.mark.skipif(not can_fork(), reason="no process can be forked here")
def test_forked_processes_read_it_at_the_same_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "AT_ONCE", 64)
    kept = Aside(int, tmp_path)
    for n in range(3000):
        kept.put(n)
    children = []
    for _ in range(2):
        child = os.fork()
        if not child:
            os._exit(any(kept[n] != n for n in range(3000)))
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
