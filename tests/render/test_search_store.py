"""Kept indexes of parts: what is no longer used goes, what another process is writing stays."""

from __future__ import annotations

from pathlib import Path

from builder.render.search_store import Store


def test_pruning_leaves_what_is_being_written_for_a_part_there_is(tmp_path: Path) -> None:
    """The parts are indexed by other processes at the same time."""
    for name in ("0000000a", "0000000a.begun", "0000000b", "0000000b.begun", "notes.txt"):
        (tmp_path / name).touch()
    Store(tmp_path).prune({"0000000a": []})
    assert sorted(p.name for p in tmp_path.iterdir()) == ["0000000a", "0000000a.begun", "notes.txt"]


def test_runs_are_kept_only_where_their_part_is_not(tmp_path: Path) -> None:
    """They are where Pagefind reads documents whole, and were where it is no longer needed for that."""
    for name in ("0000000a", "a" * 16, "b" * 16, "c" * 16):
        (tmp_path / name).touch()
    Store(tmp_path).prune({"0000000a": ["a" * 16], "0000000b": ["b" * 16]})
    assert sorted(p.name for p in tmp_path.iterdir()) == ["0000000a", "b" * 16]
