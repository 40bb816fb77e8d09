"""Worker processes that end with the one that started them, however that one ends."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import TypeVar

T = TypeVar("T")


class Leash:
    """What workers are held by: `tied(*leash.ends)` is called in each, and does its work through `at_work`."""

    def __init__(self, context: BaseContext) -> None:
        self.ends: tuple[Connection, Connection] = context.Pipe(duplex=False)

    def cut(self) -> None:
        """Ends workers in the midst of their work, which nobody need wait for."""
        self.ends[1].close()


_busy = False  # in a worker: whether it is at work


def tied(held: Connection, holding: Connection) -> None:
    """Called in a new worker that is held by a leash, whose ends these are; as `bound` does."""
    holding.close()  # this process's own, so that the last one is the first process's
    threading.Thread(target=_end_when_cut, args=(held,), daemon=True).start()
    bound()


def bound() -> None:
    """Called in a new worker. One that outlived a killed build would write among the files of the next.

    Ctrl-C reaches every process of a terminal; only the first one answers it, and ends the others in order.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if (parent := multiprocessing.parent_process()) is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def at_work(task: Callable[..., T], *arguments: object) -> T:
    """Does the task, in a worker that can be ended meanwhile."""
    global _busy
    _busy = True
    try:
        return task(*arguments)
    finally:
        _busy = False


def _end_when_cut(held: Connection) -> None:
    with suppress(EOFError, OSError):
        held.recv()  # nothing ever comes; it ends when the other end is closed
    while not _busy:  # half a result would be waited for for ever
        time.sleep(0.01)
    os._exit(1)


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


@contextmanager
def no_ctrl_c() -> Iterator[None]:
    """Processes and threads that begin in here are never interrupted by a terminal; this one is a moment later.

    Half a worker that nobody knows of, or one that is not yet `tied`, would print what it thinks of it.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # it would let Ctrl-C through again if it began in here
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
