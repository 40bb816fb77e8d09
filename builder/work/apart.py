"""Work in a process of its own, whose memory is given back whole when it ends."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from builder.problems import Problem, Problems
from builder.work.machine import can_fork
from builder.work.tied import Leash, at_work, tied

ENDED = Problem("a worker process", "was ended from outside", "Is there too little memory? The site is as it was.")
_work: Callable[[], None] | None = None  # set before the process is forked, and read in it


@contextmanager
def forked(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that have all that is there now, and end with this; raises Problems where one is ended from outside.

    Whatever is raised meanwhile, Ctrl-C too, ends them in the midst of their work.
    """
    context = multiprocessing.get_context("fork")
    leash = Leash(context)
    try:
        with ProcessPoolExecutor(workers, context, tied, leash.ends) as pool:
            try:
                yield pool
            except BaseException:
                leash.cut()
                pool.shutdown(cancel_futures=True)
                raise
    except BrokenProcessPool:
        raise Problems([ENDED]) from None


def apart(work: Callable[[], None]) -> None:
    """Does it in a forked process, which has all that is there now; raises what it raises, Problems where it is ended.

    Where processes cannot be forked, it is done here.
    """
    global _work
    if not can_fork():
        work()
        return
    _work = work
    try:
        with forked(1) as pool:
            pool.submit(at_work, _do).result()
    finally:
        _work = None


def _do() -> None:
    assert _work is not None
    _work()
