"""Where a build's time goes: `python -m tests.benchmarks.stages ROOT` builds once, in one process, and tells.

Seconds of the processor, children's too, by what the program was doing: a part in which another one runs is not charged
for it, so that lines add up. WHERE names the functions; a test fails when one of them is gone.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch

from builder import pipeline
from builder.reading import Workforce
from builder.render.unit import Unit

OTHER = "everything else (starting, configuration, removing)"
WHERE = (  # module, name in it, what it does; what `_make` does depends on the unit
    ("builder.pipeline", "content", "looking through content/"),
    ("builder.read.gather", "_Gathering._convert", "converting new files"),
    ("builder.reading.reader", "Reader.read", "reading new texts"),
    ("builder.shares", "Shares.gather", "gathering what articles give the registers"),
    ("builder.link.linking", "link", "joining"),
    ("builder.making", "_revised", "finding out what an edit changed"),
    ("builder.publish", "Sweep.found", "looking at what stands published"),
    ("builder.ledger", "Ledger.stand", "writing the registers down"),
    ("builder.rendering", "units", "listing what the site consists of"),
    ("builder.rendering", "_Work.divide", "finding the units that change"),
    ("builder.rendering", "_make", ""),
    ("builder.publish", "Edition.close", "publishing: moving files, manifest"),
    ("builder.ledger", "Ledger.put", "noting what was made of what"),
    ("builder.ledger", "Ledger.settle", "noting what was made of what"),
)


class Stopwatch:
    """Charges processor seconds to what is under way innermost."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self.times: Counter[str] = Counter()
        self._under_way = [OTHER]
        self._since = _now()

    @contextmanager
    def at(self, what: str) -> Iterator[None]:
        self._charge()
        self._under_way.append(what)
        try:
            yield
        finally:
            self._charge()
            self._under_way.pop()

    def _charge(self) -> None:
        now = _now()
        self.seconds[self._under_way[-1]] += now - self._since  # type: ignore[assignment]
        self._since = now

    def watched(self, function: Callable[..., Any], what: str) -> Callable[..., Any]:
        """The function, charged for its time; also for what a generator does when it is gone through."""

        @wraps(function)
        def called(*args: Any, **kwargs: Any) -> Any:
            charged = what or kind_of(next(arg for arg in args if isinstance(arg, Unit)).name)
            self.times[charged] += 1
            with self.at(charged):
                result = function(*args, **kwargs)
            return self._steps(result, charged) if isinstance(result, Iterator) else result

        return called

    def _steps(self, steps: Iterator[Any], what: str) -> Iterator[Any]:
        nothing = object()
        while True:
            with self.at(what):
                step = next(steps, nothing)
            if step is nothing:
                return
            yield step

    def total(self) -> Counter[str]:
        self._charge()
        return self.seconds


def _now() -> float:
    """Processor seconds of this process and of children that have ended."""
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + others.ru_utime + others.ru_stime


def kind_of(unit: str) -> str:
    """What a unit makes, by its name: “pages: entity”, “data files: tables”, “search”."""
    first = unit.partition(" ")[0]
    if first == "search":
        return "search"
    if ".exports." in unit:
        return f"data files: {unit.rpartition('.')[2]}"
    if unit.startswith("web annotations"):
        return "data files: web annotations"
    return f"pages: {unit.rpartition('.')[2] if first.startswith('builder.') else first}"


def profile(root: Path) -> dict[str, float]:
    """Builds, prints the table, and gives seconds by what was done."""
    watch = Stopwatch()
    with patched(watch) as missing:
        built = pipeline.build(root, workforce=Workforce(jobs=1))
    seconds = watch.total()
    whole = sum(seconds.values())
    print(f"\nwhere the time goes: {whole:.2f} processor seconds, {built.articles} articles, all in one process")
    print(f"{'':48} {'seconds':>9} {'share':>6} {'ms an article':>14} {'times':>7}")
    for what, spent in seconds.most_common():
        each = 1000 * spent / max(1, built.articles)
        print(f"{what:48} {spent:9.2f} {spent / whole:6.1%} {each:14.2f} {watch.times[what] or '':>7}")
    for name in missing:
        print(f"not found, so charged to what it is part of: {name}")
    return dict(seconds)


@contextmanager
def patched(watch: Stopwatch) -> Iterator[list[str]]:
    """Has the functions of WHERE charged, in one process; yields the names of those that are not there."""
    missing, undo = [], []
    for module, name, what in WHERE:
        *within, last = name.split(".")
        try:
            owner: Any = import_module(module)
            for part in within:
                owner = getattr(owner, part)
            undo.append(patch.object(owner, last, watch.watched(getattr(owner, last), what)))
        except (ImportError, AttributeError):
            missing.append(f"{module}.{name}")
    undo.append(patch("builder.rendering.processors", lambda: 1))
    for one in undo:
        one.start()
    try:
        yield missing
    finally:
        for one in undo:
            one.stop()


if __name__ == "__main__":
    profile(Path(sys.argv[1]))
