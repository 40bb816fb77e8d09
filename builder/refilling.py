"""An empty output folder is filled with the site as it was published last, beside whatever the build does meanwhile.

The site is put together in the working folder, by all processors. The build takes it for what is published, makes what
has changed since, and only then it goes to its place, as a whole. A file that is not kept, or was damaged, is missing,
and is made as any file is that somebody took away.
"""

# Every file of the site passes here: paths as objects would cost more than some of the disk's own work.
# ruff: noqa: PTH102

from __future__ import annotations

import errno
import gc
import multiprocessing
import os
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from builder.kept import FOLDER
from builder.kept.index import Index, Place, Reader
from builder.kept.large import Large
from builder.kept.listing import Listed, listed
from builder.kept.packs import Damaged
from builder.publish import MANIFEST, Published, Sweep, change, place_whole
from builder.publish.sweep import listing_digest
from builder.publish.within import is_within
from builder.whole import SIZE, STATES, Whole, state
from builder.work.machine import can_fork, processors
from builder.work.tied import bound

TOGETHER = 8  # blocks that one process reads: neighbours, since their files may lie in one folder
NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
BY_NUMBER = os.utime in os.supports_fd  # an open file's time can be set
Wanted = tuple[Listed, Place]


class Refilling:
    """`output` is the folder to build into: the published one itself, or, where that is empty, one that is filled."""

    def __init__(self, work: Path, output: Path, begun: Sweep | None = None) -> None:
        """`begun` is a look at the published folder that began before this build had it for itself."""
        self._work, self._published, self._kept = work, output, work / FOLDER
        self._is_needed = not _holds_anything(output) and bool(Index.packs(self._kept))
        change.cleared(work, change.FILLED)  # a killed build's
        self.output = change.emptied(work, change.FILLED) if self._is_needed else output
        self._sweep = _of_now(output, begun) if not self._is_needed else None
        self._fillers = list(self._begun()) if self._is_needed and can_fork() else []
        self._whole: Whole | None = None

    def _begun(self) -> Iterator[tuple[BaseProcess, Connection]]:
        context = multiprocessing.get_context("fork")
        of = processors()
        for number in range(of):
            receive, send = context.Pipe(duplex=False)
            process = context.Process(target=_share, args=(send, self._kept, self.output, number, of))
            process.start()
            send.close()
            yield process, receive

    def found(self) -> Whole:
        """How the files in it stand; waits for it."""
        if self._sweep:
            self._whole = self._whole or self._sweep.found()
        if self._whole is None:
            states = [_told(receive) for _, receive in self._fillers] or [fill(self._kept, self.output, 0, 1)]
            if None in states:  # a process was ended from outside, or the disk is full
                change.emptied(self._work, change.FILLED)
            total = sum(filter(None, states)) % STATES
            self._whole = Whole(listing_digest(self.output), total.to_bytes(SIZE))
        return self._whole

    def ready(self) -> None:
        """Waits until the folder is filled, where it was empty."""
        if self._is_needed:
            self.found()

    def publish(self, built: Published) -> Published:
        """Puts the site that was built into its place, if it is not there; gives what was done all in all."""
        if not self._is_needed:
            return built
        place_whole(self.output, self._work, self._published)
        return Published(built.written + built.unchanged, 0, 0)

    def close(self) -> None:
        """Ends the other processes, and leaves nothing that was not published."""
        for process, receive in self._fillers:
            receive.close()
            process.kill()
            process.join()
        if self._sweep:
            self._sweep.close()
        if self._is_needed:
            change.cleared(self._work, change.FILLED)


@contextmanager
def refilling(work: Path, output: Path, begun: Sweep | None = None) -> Iterator[Refilling]:
    """Fills an empty output folder, as long as this lasts; if it was published, it is in its place then."""
    with closing(Refilling(work, output, begun)) as one:
        yield one


def _of_now(output: Path, begun: Sweep | None) -> Sweep:
    """The look that has begun, or where another build published since, one that begins now."""
    return begun if begun and begun.is_of_now() else Sweep(output)


def _holds_anything(folder: Path) -> bool:
    return folder.is_dir() and any(folder.iterdir())


def _share(send: Connection, kept: Path, folder: Path, number: int, of: int) -> None:
    bound()
    gc.disable()  # there is nothing to be found
    with suppress(OSError):
        send.send_bytes(fill(kept, folder, number, of).to_bytes(SIZE))


def _told(receive: Connection) -> int | None:
    try:
        return int.from_bytes(receive.recv_bytes())
    except EOFError:
        return None


def fill(kept: Path, folder: Path, number: int, of: int) -> int:
    """Writes a share of the files, each with the time it was published at, and gives the sum of their states.

    With the first share comes the manifest.
    """
    index, large, folders = Index(kept), Large(kept), _Folders(folder)
    if number == 0:
        _write_manifest(kept, folder)
    whole, packed = _wanted(kept, index, frozenset(large.digests()), number, of)
    total = sum(_placed(file, large, folders) for file in sorted(whole, key=_largest_first)[number::of])
    with Reader() as reader:
        for file, place in sorted(packed, key=_place):  # beside each other what is in one block
            total += _written(file, place, index, reader, folders)
    return total % STATES


def _wanted(
    kept: Path, index: Index, large: Collection[str], number: int, of: int
) -> tuple[list[Listed], list[Wanted]]:
    """All large files, and of those in packs the ones of a share: those in some of the blocks."""
    whole: list[Listed] = []
    packed: list[Wanted] = []
    for file in listed(kept):
        if not is_within(file.path):
            continue
        if file.digest in large:
            whole.append(file)
        elif (place := index.place(file.digest)) and place[0] // TOGETHER % of == number:
            packed.append((file, place))
    return whole, packed


def _largest_first(file: Listed) -> tuple[int, str]:
    return -file.size, file.path


def _place(wanted: Wanted) -> Place:
    return wanted[1]


def _write_manifest(kept: Path, folder: Path) -> None:
    with (folder / MANIFEST).open("w", encoding="utf-8", newline="\n") as manifest:
        manifest.writelines(f"{file.digest}  {file.path}\n" for file in listed(kept))


class _Folders:
    """The folders of the site, each made when the first file goes there."""

    def __init__(self, site: Path) -> None:
        self._site = str(site)
        self._made = {""}

    def place(self, path: str) -> str:
        """Where a file of the site is; its folder is there."""
        self._make(path.rpartition("/")[0])
        return f"{self._site}/{path}"

    def _make(self, folder: str) -> None:
        if folder not in self._made:
            self._make(folder.rpartition("/")[0])
            with suppress(FileExistsError):  # another process was there first
                os.mkdir(f"{self._site}/{folder}")
            self._made.add(folder)


def _placed(file: Listed, large: Large, folders: _Folders) -> int:
    """Puts a large file in its place, and gives the number of its state; 0 where it was damaged, and is none."""
    to = Path(folders.place(file.path))
    if not large.give(file.digest, to, file.time):
        return 0
    stands = to.stat()
    return state(file.digest, stands.st_size, stands.st_mtime_ns)


def _written(file: Listed, at: Place, index: Index, reader: Reader, folders: _Folders) -> int:
    """Writes a file, and gives the number of its state; writes none, and gives 0, where it was damaged."""
    block, start, size = at
    try:
        content = memoryview(reader.read(index.blocks[block]))[start : start + size]
    except Damaged:
        return 0
    place = folders.place(file.path)
    to = os.open(place, NEW, 0o666)
    try:
        if os.write(to, content) != size:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), place)
        os.utime(to if BY_NUMBER else place, ns=(file.time, file.time))
        stands = os.fstat(to)
    finally:
        os.close(to)
    return state(file.digest, stands.st_size, stands.st_mtime_ns)
