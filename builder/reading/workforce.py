"""Who does the reading: this process, others of this machine, or a cluster."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from itertools import chain, islice
from typing import Literal

from msgspec import Struct

from builder.work import Executor, InProcess
from builder.work.machine import workers

WORKER = 400_000_000  # bytes that a worker takes: the model, and a shard while it is parsed
FEW = 4  # shards that are done here: a worker takes as long to start
NEEDED = ("builder.annotate", "builder.annotate.engine", "spacy")

Engine = Literal["processes", "dask"]


class Workforce(Struct, frozen=True):
    """How an editor wants the work done; `jobs` 0 is as many as the machine bears, `scheduler` a cluster's address."""

    engine: Engine = "processes"
    jobs: int = 0
    scheduler: str = ""

    def run(self, task: Callable[[bytes], bytes], shards: Iterable[bytes]) -> Generator[bytes]:
        """Yields the results in order. What is soon done is done here, and nothing is started for it."""
        ahead = iter(shards)
        first = list(islice(ahead, FEW + 1))
        executor = self._executor() if len(first) > FEW or self.scheduler else InProcess()
        yield from executor.run(task, chain(first, ahead))

    def _executor(self) -> Executor:
        jobs = self.jobs or workers(WORKER)
        if self.engine == "dask":
            from builder.work.cluster import Cluster

            return Cluster(self.scheduler, jobs)
        if jobs == 1:
            return InProcess()
        from builder.work.processes import Processes

        return Processes(jobs, NEEDED)
