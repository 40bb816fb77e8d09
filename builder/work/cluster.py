"""Workers on other machines, through Dask: `glossator[dask]`."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager, suppress
from importlib import import_module
from typing import Any

from builder.problems import Problem, Problems
from builder.work import R, S, in_order
from builder.work.tied import no_ctrl_c

AHEAD = 2  # shards under way for each worker, so that none waits for the next
PATIENCE = 30  # seconds that a scheduler may take to answer
RETRIES = 2  # a task that fails on one machine may succeed on another
QUIETLY = {"dashboard_address": None, "silence_logs": logging.CRITICAL}
KEPT = "What was done is kept, and the next run goes on from there."


class Cluster:
    """A Dask cluster: the one at `address`, or without one as many local processes as are asked for.

    A worker that is lost is no loss: Dask gives what it had under way to another. Workers may join at any time.
    """

    def __init__(self, address: str = "", workers: int = 2) -> None:
        self._address, self._workers = address, workers

    def run(self, task: Callable[[S], R], shards: Iterable[S]) -> Iterator[R]:
        """Yields the results in order; raises Problems where there is no Dask or no cluster, or it is lost."""
        dask = _dask()
        with self._connected(dask) as client:
            threads = sum(client.nthreads().values()) or self._workers

            def submit(shard: S) -> Any:
                return client.submit(task, shard, pure=False, retries=RETRIES)

            def result(future: Any) -> R:
                try:
                    found: R = future.result()
                except dask.KilledWorker as error:
                    what = f"workers were lost again and again, with the same work under way: {error}"
                    raise Problems([Problem("the cluster", what, f"Have they too little memory? {KEPT}")]) from None
                except CancelledError:
                    raise Problems([Problem("the cluster", "its scheduler was lost", KEPT)]) from None
                return found

            yield from in_order(submit, result, shards, AHEAD * threads)

    @contextmanager
    def _connected(self, dask: Any) -> Iterator[Any]:
        with ExitStack() as stack:
            where: Any = self._address
            if not where:
                with no_ctrl_c():  # its processes would print what they think of it
                    local = dask.LocalCluster(self._workers, threads_per_worker=1, **QUIETLY)
                where = stack.enter_context(ending(local))
            try:
                client = stack.enter_context(dask.Client(where, timeout=PATIENCE))
            except (OSError, ValueError) as error:
                hint = "Start one with “dask scheduler”, and workers with “dask worker ADDRESS --nthreads 1”."
                raise Problems([Problem(self._address, f"no Dask scheduler answers: {error}", hint)]) from None
            yield client


@contextmanager
def ending(cluster: Any) -> Iterator[Any]:
    """Closes a local cluster at the end, and never hides by that what ended the work.

    Dask stumbles over a worker that was lost a moment ago and is just being started anew.
    """
    try:
        yield cluster
    finally:
        with suppress(AssertionError):
            cluster.close()


def _dask() -> Any:
    try:
        found = import_module("distributed")
    except ImportError:
        hint = "Install it with “pip install glossator[dask]”, here and on every worker."
        raise Problems([Problem("--engine dask", "Dask is not installed", hint)]) from None
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # what it would say is told as Problems
    return found
