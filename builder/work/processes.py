"""Several processes of this machine, each of which loads what it needs once."""

from __future__ import annotations

import multiprocessing
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext
from typing import Generic

from builder.problems import Problem, Problems
from builder.work import R, S
from builder.work.arriving import Arriving
from builder.work.tied import Leash, at_work, no_ctrl_c, tied

LOSSES = 3  # times that a worker may be ended from outside before the work is given up
AHEAD = 2  # shards under way for each worker, so that none waits for the next


class Processes:
    """A pool of worker processes; when one is killed, what was under way is done again by fewer."""

    def __init__(self, workers: int, preload: tuple[str, ...] = ()) -> None:
        """`preload` names modules that workers need: they are imported once where the system can share them."""
        self._workers = workers
        # Never a fork of this process: it may have threads (serve), and on macOS forks of it crash.
        self._context = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
        self._context.set_forkserver_preload(list(preload))

    def run(self, task: Callable[[S], R], shards: Iterable[S]) -> Iterator[R]:
        """Yields the results in order; raises Problems when workers keep being ended."""
        yield from _Run(self._context, self._workers, task).results(iter(shards))

    def stream(self, task: Callable[[S], R], shards: Iterable[S]) -> Iterator[R]:
        """The same where shards are long in coming: no result waits for the shard after it."""
        arriving = Arriving(shards)
        yield from _Run(self._context, self._workers, task, arriving.wake).results(iter(arriving))


class _Run(Generic[S, R]):
    """One run: shards under way with their futures, and the pool that does them for now."""

    def __init__(
        self, context: BaseContext, workers: int, task: Callable[[S], R], done: Callable[[], None] = lambda: None
    ) -> None:
        self._context, self._workers, self._task, self._done = context, workers, task, done
        self._leash = Leash(context)
        self._pool = self._new_pool()
        self._waiting: deque[tuple[S, Future[R]]] = deque()
        self._losses = 0

    def results(self, shards: Iterator[S | None]) -> Iterator[R]:
        """In order; a None among the shards is none, but an occasion to look for results."""
        try:
            for shard in shards:
                if shard is not None:
                    self._submit(shard)
                while self._waiting and (self._full() or self._waiting[0][1].done()):
                    yield self._next()
            while self._waiting:
                yield self._next()
        except BaseException:  # also when nobody wants more
            self._leash.cut()
            raise
        finally:
            self._pool.shutdown(cancel_futures=True)

    def _new_pool(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._workers, self._context, tied, self._leash.ends)

    def _full(self) -> bool:
        return len(self._waiting) >= AHEAD * self._workers

    def _submit(self, shard: S) -> None:
        try:
            with no_ctrl_c():
                future = self._pool.submit(at_work, self._task, shard)
        except BrokenProcessPool:
            self._recover()
            self._submit(shard)
            return
        self._waiting.append((shard, future))
        future.add_done_callback(lambda _: self._done())

    def _next(self) -> R:
        while True:
            try:
                result = self._waiting[0][1].result()
            except BrokenProcessPool:
                self._recover()
                continue
            self._waiting.popleft()
            return result

    def _recover(self) -> None:
        """Does again what was under way. Most often memory ran out: half as many workers need half of it."""
        self._pool.shutdown(cancel_futures=True)
        self._losses += 1
        if self._losses > LOSSES:
            hint = "Is there too little memory? Try “--jobs 1”. What was done is kept."
            raise Problems([Problem("the worker processes", "were ended from outside again and again", hint)])
        self._workers = max(1, self._workers // 2)
        self._pool = self._new_pool()
        again, self._waiting = self._waiting, deque()
        for shard, _ in again:
            self._submit(shard)
