"""Where a build's time goes: `python -m tests.benchmarks.stages ROOT` profiles one build, from outside.

Prints seconds by the clock between the stages the build tells of, and processor seconds of this process by package:
what a function itself took, so that lines add up. What other processes took (Pagefind, workers) is one line.
"""

from __future__ import annotations

import cProfile
import pstats
import resource
import sys
import time
from collections import Counter
from pathlib import Path

from builder import pipeline


class Clock:
    """A build's progress: how long it was at each stage."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._stage, self._since = "starting", time.perf_counter()

    def __call__(self, stage: str, done: int, of: int) -> None:
        now = time.perf_counter()
        self.seconds[self._stage] += now - self._since  # type: ignore[assignment]
        self._stage, self._since = stage, now

    def total(self) -> Counter[str]:
        self(self._stage, 0, 0)
        return self.seconds


def profile(root: Path) -> None:
    """Builds and prints."""
    clock, profiler = Clock(), cProfile.Profile(time.process_time)
    before = _others()
    profiler.runcall(pipeline.build, root, progress=clock)
    _table("seconds by the clock, between what the build tells of", clock.total())
    by = _by_package(profiler)
    by["other processes"] = _others() - before  # type: ignore[assignment]
    _table("processor seconds, by package", by)


def _others() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _by_package(profiler: cProfile.Profile) -> Counter[str]:
    by: Counter[str] = Counter()
    for (file, _, name), (_, _, seconds, _, _) in pstats.Stats(profiler).stats.items():  # type: ignore[attr-defined]
        by[_package(file, name)] += seconds
    return by


def _package(file: str, name: str) -> str:
    """ "builder.render" for its modules, "jinja2" for a library's, "built in: decode" for what Python runs itself."""
    parts = Path(file).with_suffix("").parts
    if "builder" in parts:
        return ".".join(parts[parts.index("builder") :][:2])
    if "site-packages" in parts:
        return parts[parts.index("site-packages") + 1]
    if file.startswith("<template") or file.endswith(".html"):
        return "templates"
    return f"built in: {name}" if file == "~" else "Python's library"


def _table(title: str, by: Counter[str], lines: int = 24) -> None:
    print(f"\n{title}")
    for name, seconds in by.most_common(lines):
        if seconds >= 0.01:
            print(f"  {seconds:8.2f}  {name}")


if __name__ == "__main__":
    profile(Path(sys.argv[1]))
