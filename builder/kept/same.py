"""Where an edition of a large file holds what the one before holds: noted, so that it need not be written again.

The one before is soon the room that the next is written over. All notes can be deleted at any time.
"""

from __future__ import annotations

import os
from collections.abc import Container, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

NAME = "same"
BOOT = Path("/proc/sys/kernel/random/boot_id")
WORTH_IT = 1 << 20  # bytes below which they are soon written


class State(Struct, frozen=True, array_like=True):
    """What a file is known by: which one it is, and in what state; by nothing where the machine was started since.

    Then memory held what it held: of what a machine had not written to its disk before it went off, the times may tell
    another story than the bytes.
    """

    boot: str
    device: int
    number: int
    size: int
    time: int

    @classmethod
    def of(cls, file: int | Path) -> State:
        """That of a file or of one that is open; raises OSError."""
        found = os.stat(file)  # noqa: PTH116 - of either
        return cls(_boot(), found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


class Note(Struct, frozen=True, array_like=True):
    """The edition before, its SHA-256, and from where to where it holds the same bytes at the same places.

    Without that, a disk that tells times by the second would pass off what was written there in the same one.
    """

    before: State
    edition: str
    places: list[tuple[int, int]]


class Same:
    """The notes in a folder of kept contents, by the SHA-256 of the edition that came after."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / NAME

    def keep(self, digest: str, before: State, edition: str, same: Iterable[range]) -> None:
        """Notes what an edition with this digest has of the one before, `edition`; what cannot be noted is not."""
        places = [(part.start, part.stop) for part in same]
        if before.boot and sum(stop - start for start, stop in places) >= WORTH_IT:
            with suppress(OSError):
                self._folder.mkdir(parents=True, exist_ok=True)
                (self._folder / digest).write_bytes(msgspec.msgpack.encode(Note(before, edition, places)))

    def before(self, digest: str) -> str:
        """The SHA-256 of the edition before the one with this digest; empty where nobody knows."""
        note = self._note(digest)
        return note.edition if note else ""

    def places(self, digest: str, before: Path, edition: str) -> list[range]:
        """Where a file that was kept as `edition` is known to hold what the one with this digest holds."""
        note = self._note(digest)
        with suppress(OSError):
            if note and (note.before, note.edition) == (State.of(before), edition):
                return [range(*place) for place in note.places]
        return []

    def _note(self, digest: str) -> Note | None:
        with suppress(OSError, msgspec.DecodeError):
            return msgspec.msgpack.decode((self._folder / digest).read_bytes(), type=Note)
        return None

    def tidy(self, published: Container[str] = ()) -> None:
        """Deletes notes of editions that are not published."""
        for file in self._folder.iterdir() if self._folder.is_dir() else ():
            if file.name not in published:
                file.unlink(missing_ok=True)


@cache
def _boot() -> str:
    """Another one each time that the machine is started; empty where that is not told."""
    try:
        return BOOT.read_text("ascii").strip()
    except (OSError, ValueError):
        return ""
