"""What running a program costs: seconds by the clock, seconds of the processors, and the most memory at one time."""

from __future__ import annotations

import os
import resource
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

EVERY = (0.02, 0.25)  # seconds between two looks at the memory: of a program that began just now, and later


class Cost(NamedTuple):
    """`wall` and `cpu` in seconds; `memory` in megabytes, of all its processes together where that can be told."""

    wall: float
    cpu: float
    memory: float


class Failed(Exception):
    """The program did not end well; what it said is the message."""


def run(command: Sequence[str | Path], cwd: Path, input: bytes = b"", extra: Mapping[str, str] | None = None) -> Cost:
    """Runs a program to its end and gives what it cost; raises Failed with its last words."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    child = subprocess.Popen(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **(extra or {})},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    watch = Watch(child.pid)
    said, _ = child.communicate(input)
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if child.returncode:
        raise Failed(f"{command[0]}: {said.decode(errors='replace')[-2000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, watch.most())


class Watch:
    """Looks at the memory of a process and of all it started until they end."""

    def __init__(self, pid: int) -> None:
        self._most = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, args=(pid,), daemon=True)
        self._thread.start()

    def most(self) -> float:
        """The most megabytes seen at one time; on other systems than Linux, of its largest process."""
        self._ended.set()
        self._thread.join()
        if not self._most:
            return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        return self._most / 1024

    def _look(self, pid: int) -> None:
        began = time.perf_counter()
        while not self._ended.wait(EVERY[time.perf_counter() - began > 2]):
            self._most = max(self._most, sum(map(_kilobytes, _family(pid))))


def _family(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        for file in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += map(int, file.read_text().split())
            except OSError:
                continue  # it ended
    return found


def _kilobytes(pid: int) -> int:
    """The process's share: what several of them share is divided among them."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    except OSError:
        return 0


def middle(costs: Sequence[Cost]) -> Cost:
    """The median of each figure."""
    return Cost(*(median(figures) for figures in zip(*costs, strict=True)))
