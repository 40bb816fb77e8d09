"""Digests of files by their state on disk, so that a file nobody touched is not opened."""

from __future__ import annotations

import os

from builder.cache.store import Store

SETTLED = 2_000_000_000  # nanoseconds; some file systems tell times no finer, so a later change could look the same


def state(status: os.stat_result) -> str:
    """What changes when a file does: its size, times and number on the disk."""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"


def settled(status: os.stat_result, looked: int) -> bool:
    """Whether a file that was not touched since it was read is known by that state: not if it was touched just then.

    It was looked at after the time `looked`, in nanoseconds, and read later.
    """
    return max(status.st_mtime_ns, status.st_ctime_ns) + SETTLED < looked


class Files:
    """SHA-256 digests of files by path and state. A file touched in the last two seconds is never relied on."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._new: list[tuple[bytes, str, str]] = []

    def digest(self, path: str, status: os.stat_result | None) -> str | None:
        """The digest the file had when it was last in this state; None when it must be read."""
        if status is None:
            return None
        query = "SELECT digest FROM files WHERE path = ? AND state = ?"
        rows = self._store.rows(query, (os.fsencode(path), state(status)))
        return str(rows[0][0]) if rows else None

    def remember(self, path: str, status: os.stat_result | None, digest: str, looked: int) -> None:
        """Notes a digest; `status` must have been asked for before the file was read, and after `looked`."""
        if status and settled(status, looked):
            self._new.append((os.fsencode(path), state(status), digest))

    def keep(self) -> None:
        """Writes down what was noted."""
        new, self._new = self._new, []
        self._store.put("files", new)
