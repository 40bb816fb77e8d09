"""Where work is done: shards of it go in, their results come out in the same order, whatever does them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

S = TypeVar("S")
R = TypeVar("R")
F = TypeVar("F")


class Executor(Protocol):
    """Does a task for every shard. Shards are taken as they are needed, so that few wait in memory at a time.

    `task` is a function of a module, and doing it twice must do no harm: after the loss of a worker it is done again.
    Whoever stops taking results stops the work.
    """

    def run(self, task: Callable[[S], R], shards: Iterable[S]) -> Iterator[R]: ...


class InProcess:
    """One shard after the other, here."""

    def run(self, task: Callable[[S], R], shards: Iterable[S]) -> Iterator[R]:
        """Yields the results in order."""
        return map(task, shards)


def in_order(submit: Callable[[S], F], result: Callable[[F], R], shards: Iterable[S], width: int) -> Iterator[R]:
    """Keeps `width` shards under way and yields results in the order of the shards."""
    waiting: deque[F] = deque()
    for shard in shards:
        waiting.append(submit(shard))
        if len(waiting) >= width:
            yield result(waiting.popleft())
    while waiting:
        yield result(waiting.popleft())
