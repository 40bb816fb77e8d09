"""Several processes of this machine, each of which loads what it needs once."""

from __future__ import annotations

import multiprocessing
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Generic

from builder.problems import Problem, Problems
from builder.work import R, S
from builder.work.tied import tied

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
        yield from _Run(self._workers, self._pool, task).results(iter(shards))

    def _pool(self, workers: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(workers, self._context, initializer=tied)


class _Run(Generic[S, R]):
    """One run: shards under way with their futures, and the pool that does them for now."""

    def __init__(self, workers: int, pool: Callable[[int], ProcessPoolExecutor], task: Callable[[S], R]) -> None:
        self._workers, self._new_pool, self._task = workers, pool, task
        self._pool = pool(workers)
        self._waiting: deque[tuple[S, Future[R]]] = deque()
        self._losses = 0

    def results(self, shards: Iterator[S]) -> Iterator[R]:
        try:
            for shard in shards:
                self._submit(shard)
                if len(self._waiting) >= AHEAD * self._workers:
                    yield self._next()
            while self._waiting:
                yield self._next()
        finally:  # also when nobody wants more: what has not begun does not begin
            self._pool.shutdown(cancel_futures=True)

    def _submit(self, shard: S) -> None:
        try:
            self._waiting.append((shard, self._pool.submit(self._task, shard)))
        except BrokenProcessPool:
            self._recover()
            self._submit(shard)

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
        self._pool = self._new_pool(self._workers)
        again, self._waiting = self._waiting, deque()
        for shard, _ in again:
            self._submit(shard)
