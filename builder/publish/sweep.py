"""How all published files stand, told at once by another process, beside whatever the build does meanwhile.

Each file is a number, of its path, size and time, and the site is their sum: one file's can be taken out of it and
another's put in, without looking at the rest.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import stat
from hashlib import sha256
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from builder.ledger import SIZE, STATES, Whole, state
from builder.problems import Problems
from builder.publish.manifest import MANIFEST, Lines
from builder.publish.within import refuse_links
from builder.work.machine import can_fork


def look(output: Path) -> Whole:
    """Looks at every file the manifest names; what is not there, or lies behind a link, is left out of the sum.

    Of a manifest that no build wrote the sum says nothing, since nobody knows the manifest.
    """
    try:
        manifest = (output / MANIFEST).read_bytes()
    except OSError:
        return Whole("", b"")
    safe: set[str] = {""}
    folder = str(output)
    total = sum(_state(folder, path, safe) for path in Lines.parted(manifest)) % STATES
    return Whole(sha256(manifest).hexdigest(), total.to_bytes(SIZE))


def listing_digest(output: Path) -> str:
    """The SHA-256 of the manifest; empty where there is none."""
    try:
        return sha256((output / MANIFEST).read_bytes()).hexdigest()
    except OSError:
        return ""


def _state(output: str, path: str, safe: set[str]) -> int:
    try:
        if path.rpartition("/")[0] not in safe:
            refuse_links(output, path, safe)
        found = os.lstat(f"{output}/{path}")
    except (Problems, OSError, ValueError):  # the last where a path is none
        return 0
    return state(path, found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else 0


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
    send.send_bytes(msgspec.msgpack.encode(look(output)))
