"""What is needed again only later in a build, written aside: in a file without a name that is gone with its build."""

from __future__ import annotations

import os
from array import array
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Generic, Protocol, TypeVar

import msgspec

T = TypeVar("T")
AT_ONCE = 1 << 16  # bytes that wait until they are written
_encode = msgspec.msgpack.encode


class Aside(Generic[T]):
    """Values by number, in the order they came: of each only where it ends is held, eight bytes.

    A forked process reads them too, if nothing is put aside any more.
    """

    def __init__(self, of: type[T], folder: Path | None = None) -> None:
        """Of values of this type; the file is in `folder`, or where the system has such files."""
        self._file = _without_name(folder)
        self._decode = msgspec.msgpack.Decoder(of).decode
        self._ends = array("Q", [0])
        self._waiting = bytearray()
        self._written = 0

    def __len__(self) -> int:
        return len(self._ends) - 1

    def put(self, value: T) -> int:
        """Puts a value aside; gives its number."""
        self._waiting += _encode(value)
        self._ends.append(self._written + len(self._waiting))
        if len(self._waiting) >= AT_ONCE:
            self._file.write(self._waiting)
            self._file.flush()
            self._written += len(self._waiting)
            self._waiting.clear()
        return len(self._ends) - 2

    def __getitem__(self, number: int) -> T:
        if not 0 <= number < len(self):
            raise IndexError(number)
        start, end = self._ends[number], self._ends[number + 1]
        if start >= self._written:
            return self._decode(self._waiting[start - self._written : end - self._written])
        return self._decode(_read(self._file, start, end - start))


class Asides(Protocol):
    """Gives a place for values of a type."""

    def __call__(self, of: type[T]) -> Aside[T]: ...


def _without_name(folder: Path | None) -> IO[bytes]:
    """One in a folder that cannot be written to is the system's."""
    try:
        return TemporaryFile(dir=folder)
    except OSError:
        return TemporaryFile()


def _read(file: IO[bytes], start: int, length: int) -> bytes:
    """Without moving in the file where that can be: forked processes have the place in it in common."""
    if hasattr(os, "pread"):
        return os.pread(file.fileno(), length, start)
    place = file.tell()
    file.seek(start)
    found = file.read(length)
    file.seek(place)
    return found
