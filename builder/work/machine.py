"""How many workers this machine bears: by its processors, and by the memory that is free."""

from __future__ import annotations

import os
import sys
from pathlib import Path

UNKNOWN = 4  # workers at most, where the system does not tell its memory


def workers(each: int) -> int:
    """How many workers of `each` bytes can be at work at once; at least one."""
    free = free_memory()
    return max(1, min(processors(), UNKNOWN if free is None else free // each))


def processors() -> int:
    """The processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def free_memory() -> int | None:
    """Bytes that new processes can have without pushing others out; None where nobody tells."""
    known = [found for found in (_available(), _allowed(), _half()) if found is not None]
    return min(known, default=None)


def _available(meminfo: Path = Path("/proc/meminfo")) -> int | None:
    """What Linux thinks it can give."""
    try:
        lines = meminfo.read_text("ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, ValueError, StopIteration):
        return None


def _allowed(group: Path = Path("/sys/fs/cgroup")) -> int | None:
    """What is left of a container's share."""
    try:
        limit, used = ((group / name).read_text("ascii") for name in ("memory.max", "memory.current"))
        return max(0, int(limit) - int(used))
    except (OSError, ValueError):  # no container, or one without a limit (“max”)
        return None


def _half() -> int | None:
    """Half of the machine's memory, where the system tells no more than how much there is."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2 if not _available() else None
    except (AttributeError, ValueError, OSError):
        return None


def can_fork() -> bool:
    """Whether a process can be forked here: Apple's libraries do not stand it, Windows has none."""
    return sys.platform != "darwin" and hasattr(os, "fork")
