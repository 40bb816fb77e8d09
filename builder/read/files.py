"""An editor's file as bytes: a regular file of bearable size, or a problem that says what it is instead."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from builder.problems import Problem, Problems

LARGEST_FILE = 20_000_000  # bytes


def contents(path: Path, where: str, hint: str = "") -> bytes:
    """The file's bytes; raises Problems for folders, pipes, loops of links and the unreadable.

    `hint` says what to do about a file that is too large.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Problems([Problem(where, "not a file")])
        if status.st_size > LARGEST_FILE:
            raise Problems([Problem(where, f"{status.st_size:,} bytes; {LARGEST_FILE:,} is the limit", hint)])
        return path.read_bytes()
    except OSError as error:
        raise Problems([Problem(where, f"cannot be read: {error.strerror}")]) from None


def bytes_of(path: Path, root: Path) -> bytes:
    """An article's bytes; raises Problems where it is no file of the archive, or too large."""
    where = shown(root, path)
    with contextlib.suppress(OSError, RuntimeError):  # a link that leads nowhere is told below
        if not path.resolve(strict=True).is_relative_to((root / "content").resolve()):
            raise Problems([Problem(where, "a link to a file outside content/", "Put the article here itself.")])
    return contents(path, where, "Part it into several articles.")


def folder(path: Path, where: str) -> list[Path]:
    """What stands in a folder, sorted; nothing where there is none. Raises Problems where it cannot be read."""
    try:
        return sorted(path.iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise Problems([Problem(where, f"cannot be read: {error.strerror}")]) from None


def shown(root: Path, path: Path) -> str:
    """A file's path from the archive's root with forward slashes, fit to be printed on one line."""
    with contextlib.suppress(ValueError):
        path = path.relative_to(root)
    return printable(path.as_posix())


def printable(path: str) -> str:
    """A path with its line breaks, control characters and undecodable bytes escaped; other letters stay."""
    if path.isprintable():
        return path
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in path)


def is_there(path: Path) -> bool:
    """True also of a link that leads nowhere: that is a mistake to be told, not a file that was never written."""
    return os.path.lexists(path)
