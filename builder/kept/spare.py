"""The last edition but one of a large file is room for the next: writing over it costs a third less than a new file.

The disk need not look for room, nor give back that of the old one; both took as long as making what had changed.
A first edition has none before it: what is copied then is room for the second.
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Collection, Iterable
from contextlib import suppress
from hashlib import file_digest
from pathlib import Path

from builder.kept.same import Same, State

try:
    import fcntl
except ImportError:  # not on Windows
    fcntl = None  # type: ignore[assignment]

NAME = "spare"
WORTH_IT = 1 << 20  # bytes of a file below which room is soon found
Owned = tuple[int, int, int]  # mode, owner and group of a file


class Spare:
    """Files in a folder of kept contents that nobody needs; all of them can be deleted at any time."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.same = folder / NAME, Same(folder)

    def files(self) -> list[Path]:
        """Which there are."""
        return sorted(self._folder.iterdir()) if self._folder.is_dir() else []

    def put(self, file: Path) -> None:
        """Moves a file here, or deletes it where that cannot be done."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            file.rename(self._folder / file.name)
        except OSError:
            file.unlink(missing_ok=True)

    def take(self, size: int, to: Path, edition: str = "") -> list[range]:
        """Puts one there that nobody reads, to be written over: the one before `edition`, else the one next in size.

        It belongs to whom, and may be read by whom, a new file there would. Gives the places where it is known to hold
        what the edition holds, that with this SHA-256.
        """
        before = self.same.before(edition)
        for file in sorted(self.files(), key=lambda one: (one.name != before, abs(_size(one) - size), one)):
            with suppress(OSError):
                wanted = _new(to)
                file.rename(to)  # another process may have taken it
                if _is_nobodys(to, wanted):
                    return self.same.places(edition, to, file.name)
                to.unlink()
        return []

    def begin(self, files: Iterable[Path]) -> None:
        """Copies large files here, where no file ever was, unless the disk would be left with less room than that.

        They have their SHA-256s for names.
        """
        large = {file: size for file in files if (size := _size(file)) >= WORTH_IT}
        if not large or self._folder.is_dir() or not hasattr(fcntl, "F_SETLEASE"):
            return
        self._folder.mkdir(parents=True)
        if shutil.disk_usage(self._folder).free >= 2 * sum(large.values()):
            for file, size in large.items():
                self._copy(file, size)

    def _copy(self, file: Path, size: int) -> None:
        """Copies a file; nothing is left where the disk refuses, or where somebody changed it where it is published."""
        to = self._folder / file.name
        try:
            shutil.copyfile(file, to)
            if not _is_edition(to, file.name):
                to.unlink()
                return
            self.same.keep(file.name, State.of(to), file.name, [range(size)])
        except OSError:
            to.unlink(missing_ok=True)

    def tidy(self, published: Collection[str]) -> None:
        """Deletes the oldest that are more than the large files which are published: each can take the room of one.

        Of a file that did not change this time, the edition before it is room for its next one.
        """
        files = sorted(self.files(), key=_age)
        for file in files[: max(0, len(files) - len(published))]:
            file.unlink(missing_ok=True)
        self.same.tidy(published)

    def clear(self) -> None:
        """Deletes all."""
        self.tidy(())


def _age(file: Path) -> tuple[int, str]:
    with suppress(OSError):
        return file.stat().st_mtime_ns, file.name
    return 0, file.name


def _size(file: Path) -> int:
    with suppress(OSError):
        return file.stat().st_size
    return 0


def _is_edition(file: Path, digest: str) -> bool:
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest() == digest


def _new(place: Path) -> Owned:
    """What a new file there gets."""
    with place.open("xb") as opened:
        found = os.fstat(opened.fileno())
    place.unlink()
    return found.st_mode, found.st_uid, found.st_gid


def _is_nobodys(file: Path, wanted: Owned) -> bool:
    """Whether the file has no other name, and nobody has it open: who reads a former edition must be able to go on.

    Only Linux tells, by a lease that it gives to no other but the only one who has a file open (fcntl(2), F_SETLEASE).
    Whoever opens the file just then has a signal sent; the one it would be unasked, SIGIO, ends a process.
    """
    if not hasattr(fcntl, "F_SETLEASE"):
        return False
    try:
        with file.open("r+b") as opened:
            fcntl.fcntl(opened, fcntl.F_SETSIG, signal.SIGURG)  # which is passed over
            fcntl.fcntl(opened, fcntl.F_SETLEASE, fcntl.F_WRLCK)
            fcntl.fcntl(opened, fcntl.F_SETLEASE, fcntl.F_UNLCK)
            found = os.fstat(opened.fileno())
            return found.st_nlink == 1 and (found.st_mode, found.st_uid, found.st_gid) == wanted
    except OSError:
        return False
