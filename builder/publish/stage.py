"""Where changed files wait until all are there, beside the cache; several processes may put files at once."""

# Every file of the site passes here: paths as objects would cost more than some of the disk's own work.
# ruff: noqa: PTH102, PTH103, PTH116, PTH123

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BufferedReader
from pathlib import Path

from msgspec import Struct

from builder.model.output import OutputFile, Part
from builder.problems import Problem, Problems
from builder.publish.manifest import FOREIGN, MANIFEST, listed
from builder.publish.within import is_within, refuse_links

REMEMBERED = 4096  # folders that are known to be there, or to be no links
AT_ONCE = 1 << 17  # bytes of a large file that are copied at once: processors have them at hand


class Staged(Struct, frozen=True):
    """A file of the site and how it stands: `changed` when it waits in the stage, else as it was published.

    `digest` is the SHA-256 of its bytes; `size` and `time` (nanoseconds) are the file's own, to know it again by.
    """

    path: str
    digest: str
    size: int
    time: int
    changed: bool = False
    problems: tuple[Problem, ...] = ()


class Stage:
    """The files that differ from what is published in `output`; a manifest whose SHA-256 is `known` a build wrote."""

    def __init__(self, output: Path, folder: Path, known: str = "") -> None:
        self._output, self._folder = output, folder
        self.before = listed(output, known)
        self.empty = not (output.is_dir() and any(output.iterdir()))  # then nothing can be in a file's way
        self._safe: set[str] = set()
        self._made: set[str] = set()

    def put(self, file: OutputFile) -> Staged:
        """Stages a file unless the published one holds the same; raises Problems for a path that leaves the folder."""
        digest = hashlib.sha256(file.content).hexdigest()
        if problems := self._in_the_way(file.path):
            return Staged(file.path, digest, 0, 0, problems=problems)
        if found := self._standing(file):
            return Staged(file.path, digest, found.st_size, found.st_mtime_ns)
        staged = self._place(file.path)
        _write(staged, file.content)
        found = os.stat(staged)
        return Staged(file.path, digest, found.st_size, found.st_mtime_ns, True, self._foreign(file.path))

    def _standing(self, file: OutputFile) -> os.stat_result | None:
        """How the published file stands, where it holds the same."""
        if self.empty:
            return None
        published = f"{self._output}/{file.path}"
        try:
            found = os.stat(published)
        except (FileNotFoundError, NotADirectoryError):
            return None
        if not stat.S_ISREG(found.st_mode) or found.st_size != len(file.content):
            return None
        with open(published, "rb") as opened:
            return found if opened.read() == file.content else None

    def _place(self, path: str) -> str:
        """Where a file is staged; its folder is there."""
        folder = path.rpartition("/")[0]
        if folder not in self._made:
            place = f"{self._folder}/{folder}"
            try:
                os.mkdir(place)  # nearly always in one that is there
            except (FileExistsError, FileNotFoundError):
                os.makedirs(place, exist_ok=True)
            if len(self._made) >= REMEMBERED:
                self._made.clear()
            self._made.add(folder)
        return self.staged(path)

    def write(
        self,
        path: str,
        parts: Iterable[Part],
        source: BufferedReader | None = None,
        room: Callable[[Path], Sequence[range]] = lambda place: (),
    ) -> Staged:
        """Stages a file that comes in parts, of which one at a time is held, as `put` does; ranges are of `source`.

        `room` may put a file where it is staged, to be written over, and tell where that holds what `source` holds.
        """
        if problems := self._in_the_way(path):
            return Staged(path, "", 0, 0, problems=problems)
        staged, published = Path(self._place(path)), self._output / path
        digest = _written(staged, parts, source, room(staged))
        known = self.before.get(path, digest)  # where it is listed as another one, it need not be read
        if known == digest and published.is_file() and _digest(published, staged.stat().st_size) == digest:
            staged.unlink()
            return _as_it_is(path, digest, published)
        return _as_it_is(path, digest, staged, True, self._foreign(path))

    def place(self, staged: Staged) -> Path:
        """Where the file is, as it was staged."""
        return (self._folder if staged.changed else self._output) / staged.path

    def _in_the_way(self, path: str) -> tuple[Problem, ...]:
        """Links on the way to a file; raises Problems for a path that leaves the folder."""
        if not is_within(path):
            what = "this path would leave the published folder"
            raise Problems([Problem(path, what, "This is a defect: report it.")])
        if self.empty:
            return ()
        try:
            self._refuse_links(path)
        except Problems as error:
            return tuple(error.problems)
        return ()

    def _refuse_links(self, path: str) -> None:
        if len(self._safe) >= REMEMBERED:
            self._safe.clear()
        refuse_links(self._output, path, self._safe)

    def _foreign(self, path: str) -> tuple[Problem, ...]:
        """A file or folder at this place that is not the site's."""
        if self.empty:
            return ()
        published = self._output / path
        own = path in self.before or path == MANIFEST
        if not published.exists() or (own and not published.is_dir()):
            return ()
        return (Problem(str(published), "is in the way, and not Glossator's", FOREIGN),)

    def holds(self, kept: Staged) -> bool:
        """Whether the file stands published just as it was when it was staged last."""
        if self.before.get(kept.path) != kept.digest:  # so it is a path within the folder, too
            return False
        try:
            self._refuse_links(kept.path)
            found = os.stat(f"{self._output}/{kept.path}")
        except (Problems, OSError):
            return False
        return (found.st_size, found.st_mtime_ns) == (kept.size, kept.time)

    def staged(self, path: str) -> str:
        """Where the file at this path is staged, if it is."""
        return f"{self._folder}/{path}"

    def clear(self) -> None:
        """Takes the stage away."""
        shutil.rmtree(self._folder, ignore_errors=True)


def _written(to: Path, parts: Iterable[Part], source: BufferedReader | None, same: Sequence[range]) -> str:
    """Writes a file, over what may stand there, and gives its SHA-256.

    Where what stands there is the `same` as in `source`, it is read instead: the SHA-256 is always that of the file.
    """
    whole = hashlib.sha256()
    room = memoryview(bytearray(AT_ONCE))
    with open(to, "wb", opener=_uncut) as file, open(to, "rb") as standing:
        for part in parts:
            if isinstance(part, bytes):
                whole.update(part)
                file.write(part)
                continue
            for some, stands in _parted(part, same) if part.start == file.tell() else [(part, False)]:
                for copied in _copied(standing if stands else source, some, room):
                    whole.update(copied)
                    if not stands:
                        file.write(copied)
                if stands:
                    file.seek(some.stop)
        file.truncate()
    return whole.hexdigest()


def _uncut(path: str, flags: int) -> int:
    return os.open(path, flags & ~os.O_TRUNC, 0o666)


def _parted(part: range, same: Sequence[range]) -> Iterator[tuple[range, bool]]:
    """Yields where the places that are the same, which are in order, begin and end in a part; and whether it is one."""
    end = part.start
    for place in same:
        start, stop = max(place.start, end), min(place.stop, part.stop)
        if start < stop:
            if end < start:
                yield range(end, start), False
            yield range(start, stop), True
            end = stop
    if end < part.stop:
        yield range(end, part.stop), False


def _copied(source: BufferedReader | None, part: range, room: memoryview) -> Iterator[memoryview]:
    assert source
    source.seek(part.start)
    left = len(part)
    while left:
        found = source.readinto(room[:left])
        if not found:
            hint = "Build again."
            raise Problems([Problem(source.name, "was cut short while it was read", hint)])
        yield room[:found]
        left -= found


def _write(place: str, content: bytes) -> None:
    """Writes a new file at once, without what Python asks about a file that is written bit by bit."""
    with open(place, "wb", buffering=0) as opened:
        left = memoryview(content)
        while left:
            left = left[opened.write(left) :]


def _digest(file: Path, size: int) -> str:
    """The SHA-256 of a file that has this size, else nothing."""
    with file.open("rb") as opened:
        found = os.fstat(opened.fileno())
        return hashlib.file_digest(opened, "sha256").hexdigest() if found.st_size == size else ""


def _as_it_is(path: str, digest: str, file: Path, changed: bool = False, problems: tuple[Problem, ...] = ()) -> Staged:
    found = file.stat()
    return Staged(path, digest, found.st_size, found.st_mtime_ns, changed, problems)
