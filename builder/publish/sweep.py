"""How all published files stand, told at once by other processes, beside whatever the build does meanwhile.

Each file is a number, of its digest, size and time, and the site is their sum: one file's can be taken out of it and
another's put in, without looking at the rest.
"""

from __future__ import annotations

import os
import signal
import stat
from collections.abc import Sequence
from contextlib import suppress
from hashlib import file_digest, sha256
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple, NoReturn

import msgspec

from builder.publish.manifest import DIGITS, MANIFEST, PATH
from builder.whole import SIZE, STATES, Whole, state
from builder.work.machine import can_fork, processors

AT_ONCE = 1 << 12  # bytes that a pipe takes at once, and more than what is told
LEAST = 1 << 21  # bytes of the manifest for which another process is begun: some 18,000 files


def look(output: Path) -> Whole:
    """Looks at every file the manifest names; what is not there, or lies behind a link, is left out of the sum.

    Of a manifest that no build wrote the sum says nothing, since nobody knows the manifest.
    """
    return _look(output, 0, 1)


def _look(output: Path, number: int, of: int) -> Whole:
    """The same for one share of the files, by number; the first tells the manifest's digest, too."""
    try:
        with (output / MANIFEST).open("rb") as manifest:
            digest = file_digest(manifest, "sha256").hexdigest() if number == 0 else ""
            start, stop = (_line_at(manifest, one, of) for one in (number, number + 1))
            manifest.seek(start)
            share = manifest.read(stop - start)  # not all of it: on a large machine, many processes share
    except OSError:
        return Whole("", b"")
    total = _sum(output, share.decode("utf-8", "replace").split("\n")[:-1])
    return Whole(digest, total.to_bytes(SIZE))


def _line_at(file: BufferedReader, number: int, of: int) -> int:
    """Where the first line begins of one share of a file's bytes, of so many."""
    at = file.seek(0, os.SEEK_END) * number // of
    if not at:
        return 0
    file.seek(at - 1)
    return at - 1 + len(file.readline())


def _sum(output: Path, lines: Sequence[str]) -> int:
    """The sum of the states of the files in these lines: one loop, since of a large archive there are a million."""
    site, total, lstat = f"{output}/", 0, os.lstat
    for line in _reached(output, lines):
        try:
            found = lstat(site + line[PATH:])
            if stat.S_ISREG(found.st_mode):
                total += state(line[:DIGITS], found.st_size, found.st_mtime_ns)
        except (OSError, ValueError):  # the latter where a path or a digest is none
            continue
    return total % STATES


def _reached(output: Path, lines: Sequence[str]) -> Sequence[str]:
    """The lines whose files lie behind no link."""
    links = _Links(output)
    folders = {line[PATH : line.rfind("/") + 1] for line in lines}
    if not any(map(links.lie_in, {_above(folder) for folder in folders})):  # of them there are few
        return lines
    return [line for line in lines if not links.are_above(line[PATH : line.rfind("/") + 1])]


def _above(folder: str) -> str:
    """The folder that one lies in; both end with a slash, but for the site's own, which is empty."""
    return folder[: folder.rfind("/", 0, -1) + 1]


def listing_digest(output: Path) -> str:
    """The SHA-256 of the manifest; empty where there is none."""
    try:
        return sha256((output / MANIFEST).read_bytes()).hexdigest()
    except OSError:
        return ""


class _Links:
    """Which folders of the site are links: told by listing what lies in the one above, not by a look at each."""

    def __init__(self, output: Path) -> None:
        self._site = f"{output}/"
        self._in: dict[str, set[str] | None] = {}  # by folder, the names of links in it; None where it is behind one

    def are_above(self, folder: str) -> bool:
        """Whether it, or one that it is in, is a link."""
        if not folder:
            return False
        names = self._of(above := _above(folder))
        return names is None or folder[len(above) : -1] in names

    def lie_in(self, folder: str) -> bool:
        """Whether there are any in it, or it is behind one."""
        names = self._of(folder)
        return names is None or bool(names)

    def _of(self, folder: str) -> set[str] | None:
        if folder not in self._in:
            self._in[folder] = None if self.are_above(folder) else self._links(folder)
        return self._in[folder]

    def _links(self, folder: str) -> set[str]:
        try:
            with os.scandir(self._site + folder) as found:
                return {one.name for one in found if one.is_symlink()}
        except (OSError, ValueError):  # then nothing is in it
            return set()


class Sweep:
    """A look at the published folder that goes on beside the build, from the moment this is made."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self._begun_at = _manifest(output)
        self._children: list[_Child] = []
        try:
            self._begin()
        except OSError:  # no more processes, or no more files: this one looks
            self.close()

    def _begin(self) -> None:
        # not by `multiprocessing`, since this begins before anything is imported that takes long
        size = next(iter(self._begun_at), 0)
        of = max(1, min(processors(), size // LEAST)) if can_fork() else 0
        for number in range(of):
            self._children.append(_forked(self.output, number, of))

    def is_of_now(self) -> bool:
        """Whether it began when the manifest had been published that stands now: another build may have ended since.

        Saves time, no more: a look at two editions at once fits neither, and then every file is looked at again.
        """
        return _manifest(self.output) == self._begun_at

    def found(self) -> Whole:
        """What was found; waits for it. To be asked once."""
        told = [os.read(child.receive, AT_ONCE) for child in self._children]
        self.close()
        if not (told and all(told)):  # one of the other processes was ended from outside
            return look(self.output)
        shares = [msgspec.msgpack.decode(one, type=Whole) for one in told]
        total = sum(int.from_bytes(share.state) for share in shares) % STATES
        return Whole(shares[0].manifest, total.to_bytes(SIZE))

    def close(self) -> None:
        """Ends the other processes."""
        while self._children:
            child = self._children.pop()
            os.close(child.receive)
            with suppress(ChildProcessError):  # of its end nobody is told where whoever began this one ignores SIGCHLD
                if os.waitpid(child.process, os.WNOHANG) == (0, 0):
                    os.kill(child.process, signal.SIGKILL)
                    os.waitpid(child.process, 0)


class _Child(NamedTuple):
    process: int
    receive: int  # where to read what it tells


def _manifest(output: Path) -> tuple[int, ...]:
    """By what to know the file again: its size, time and number on the disk."""
    with suppress(OSError):
        found = (output / MANIFEST).stat()
        return found.st_size, found.st_mtime_ns, found.st_ino
    return ()


def _forked(output: Path, number: int, of: int) -> _Child:
    receive, send = os.pipe()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # the first process answers Ctrl-C
    try:
        process = os.fork()
        if process == 0:
            _tell(output, number, of, send)
    except OSError:
        os.close(receive)
        raise
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        os.close(send)
    return _Child(process, receive)


def _tell(output: Path, number: int, of: int, send: int) -> NoReturn:
    try:
        with suppress(OSError):
            os.chdir(output)  # so that no path needs to be followed from the root
            output = Path()
        os.write(send, msgspec.msgpack.encode(_look(output, number, of)))
    finally:
        os._exit(0)  # nothing else of the first process is to be ended here
