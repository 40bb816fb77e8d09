"""What the workers of these tests do; worker processes import it from here."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from builder.problems import Problem, Problems
from builder.reading.shard import annotate_shard


def double(number: int) -> int:
    return 2 * number


def who(number: int) -> int:
    """The process that did it, which takes a moment."""
    time.sleep(0.05)
    return os.getpid()


def killed_once(step: tuple[str, int]) -> int:
    """The third step is ended from outside the first time that it is tried, as when memory runs out."""
    marker, number = step
    if number == 3 and not Path(marker).exists():
        Path(marker).write_text("")
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def annotated_but_killed_once(raw: bytes, marker: str) -> bytes:
    """Reads a shard; the first worker that begins one is ended from outside."""
    try:
        Path(marker).touch(exist_ok=False)
    except FileExistsError:
        return annotate_shard(raw)
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def always_killed(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


def refuses(number: int) -> int:
    raise Problems([Problem("a worker", f"cannot do {number}")])


def slow(step: tuple[str, int]) -> int:
    """Leaves a mark when it begins, and takes its time."""
    folder, number = step
    (Path(folder) / str(number)).write_text(str(os.getpid()))
    time.sleep(0.2)
    return number


def endless(step: tuple[str, int]) -> int:
    """Every step but the first leaves a mark when it begins, and is never done."""
    folder, number = step
    if number:
        (Path(folder) / str(number)).write_text("")
        time.sleep(60)
    return number
