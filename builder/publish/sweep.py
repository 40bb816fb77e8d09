"""How all published files stand, told at once by another process, beside whatever the build does meanwhile.

Each file is a number, of its digest, size and time, and the site is their sum: one file's can be taken out of it and
another's put in, without looking at the rest.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import stat
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from builder.ledger import SIZE, STATES, Whole, state
from builder.publish.manifest import DIGITS, MANIFEST, PATH
from builder.work.machine import can_fork


def look(output: Path) -> Whole:
    """Looks at every file the manifest names; what is not there, or lies behind a link, is left out of the sum.

    Of a manifest that no build wrote the sum says nothing, since nobody knows the manifest.
    """
    try:
        manifest = (output / MANIFEST).read_bytes()
    except OSError:
        return Whole("", b"")
    total = _sum(output, manifest.decode("utf-8", "replace").split("\n")[:-1])
    return Whole(sha256(manifest).hexdigest(), total.to_bytes(SIZE))


def _sum(output: Path, lines: Iterable[str]) -> int:
    """The sum of the states of the files in these lines: one loop, since of a large archive there are a million."""
    site, links, folder, is_within, total = f"{output}/", _Links(output), "", True, 0
    for line in lines:
        path = line[PATH:]
        above = path[: path.rfind("/") + 1]
        if above != folder:
            folder, is_within = above, not links.are_above(above)
        try:
            found = os.lstat(site + path)
            if is_within and stat.S_ISREG(found.st_mode):
                total += state(line[:DIGITS], found.st_size, found.st_mtime_ns)
        except (OSError, ValueError):  # the latter where a path or a digest is none
            continue
    return total % STATES


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
        """Whether it, or one that it is in, is a link; it ends with a slash, or is the site's own, which is empty."""
        if not folder:
            return False
        end = folder.rfind("/", 0, -1) + 1
        above = folder[:end]
        if above not in self._in:
            self._in[above] = None if self.are_above(above) else self._links(above)
        names = self._in[above]
        return names is None or folder[end:-1] in names

    def _links(self, folder: str) -> set[str]:
        try:
            with os.scandir(self._site + folder) as found:
                return {one.name for one in found if one.is_symlink()}
        except (OSError, ValueError):  # then nothing is in it
            return set()


class Sweep:
    """A look at the published folder that goes on beside the build."""

    def __init__(self, output: Path) -> None:
        self._output = output
        self._receive: Connection | None = None
        if can_fork():
            context = multiprocessing.get_context("fork")
            self._receive, send = context.Pipe(duplex=False)
            self._process = context.Process(target=_tell, args=(output, send), daemon=True)
            self._process.start()
            send.close()

    def found(self) -> Whole:
        """What was found; waits for it."""
        if self._receive is None:
            return look(self._output)
        try:
            found: Whole = msgspec.msgpack.decode(self._receive.recv_bytes(), type=Whole)
        except EOFError:  # the other process was ended from outside
            return look(self._output)
        finally:
            self.close()
        return found

    def close(self) -> None:
        """Ends the other process."""
        if self._receive is not None:
            self._receive.close()
            self._process.kill()
            self._process.join()
            self._receive = None


def _tell(output: Path, send: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process answers Ctrl-C, and ends this one
    with suppress(OSError):
        os.chdir(output)  # so that no path needs to be followed from the root
        output = Path()
    send.send_bytes(msgspec.msgpack.encode(look(output)))
