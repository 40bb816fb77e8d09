"""Large files are kept whole, under their SHA-256: as another name of the published file, which takes no room.

Where the disk gives no second name, as a copy. A file that somebody changed where it is published is changed here too:
it is known by its size, its time and, before it is used, by its content.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from hashlib import file_digest
from pathlib import Path

from builder.kept.spare import Spare

NAME = "large"


class Large:
    """The large files in a folder of kept contents."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.spare = folder / NAME, Spare(folder)

    def digests(self) -> list[str]:
        """The SHA-256s that files are kept under."""
        return sorted(os.listdir(self._folder)) if self._folder.is_dir() else []  # noqa: PTH208

    def hold(self, digest: str, file: Path) -> None:
        """Keeps a file as it stands; what cannot be kept is not."""
        kept = self._folder / digest
        if _state(kept) == _state(file):
            return
        new = kept.with_name(f"{digest}.{os.getpid()}")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            _same_or_copy(file, new)
            new.replace(kept)
        except OSError:
            new.unlink(missing_ok=True)

    def give(self, digest: str, to: Path, time: int) -> bool:
        """Puts the file there, with this time; False where it is not as it was kept.

        One that is published in another folder too is copied: whoever changes it there changes only that.
        """
        kept = self._folder / digest
        try:
            with kept.open("rb") as file:
                if file_digest(file, "sha256").hexdigest() != digest:
                    return False
                (_same_or_copy if os.fstat(file.fileno()).st_nlink == 1 else shutil.copyfile)(kept, to)
        except OSError:
            to.unlink(missing_ok=True)
            return False
        os.utime(to, ns=(time, time))
        return True

    def tidy(self, published: Iterable[str]) -> None:
        """Takes away what is not published: it is room for what comes next."""
        kept = frozenset(self.digests())
        stay = kept.intersection(published)
        for name in sorted(kept - stay):
            self.spare.put(self._folder / name)
        self.spare.tidy(stay)

    def double(self) -> None:
        """Has room made for what comes after the first edition."""
        self.spare.begin(self._folder / name for name in self.digests())

    def size(self) -> int:
        """Bytes of files that are kept as copies, or whose published one is gone."""
        found = (file.stat() for file in (*(self._folder / name for name in self.digests()), *self.spare.files()))
        return sum(file.st_size for file in found if file.st_nlink == 1)


def _state(file: Path) -> tuple[int, int] | None:
    with suppress(OSError):
        found = file.stat()
        return found.st_size, found.st_mtime_ns
    return None


def _same_or_copy(file: Path, to: Path) -> None:
    """Gives a file a second name, or copies it with its time."""
    try:
        os.link(file, to)
    except OSError:
        shutil.copyfile(file, to)
        shutil.copystat(file, to)
