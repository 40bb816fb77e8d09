"""What takes longer to make than many a page, kept from build to build: templates as Python, how a language writes.

One file in the archive's working folder. It may always be lost; a damaged one, or one of another program, is not used.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from contextlib import suppress
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import msgspec

from builder.fingerprint import fingerprint
from builder.render.stamp import LIBRARIES, SOURCES

FILE = "templates.bin"
FOLDERS = "folders"  # the key of which ones the templates are in
SIZE = sha256().digest_size
Contents = dict[str, bytes | memoryview]
_contents = msgspec.msgpack.Decoder(dict[str, memoryview])  # nearly a megabyte, which need not be copied


class Ready:
    """Bytes by key, of this program alone; without a `folder` nothing is kept."""

    def __init__(self, folder: Path | None = None) -> None:
        self._file = folder / FILE if folder else None
        self._used: Contents = {}

    @cached_property
    def _kept(self) -> Contents:
        return _read(self._file) if self._file else {}

    @cached_property
    def made(self) -> str:
        """What every key must hold that stands for something this program made: another one may make it otherwise."""
        return f"{importlib.util.MAGIC_NUMBER!r} {fingerprint(SOURCES, LIBRARIES)}"

    def stands(self, folders: Iterable[Path]) -> bool:
        """Whether what an earlier build has kept was made of the templates in these folders."""
        return self.get(FOLDERS) == _told(folders)

    def get(self, key: str) -> bytes | memoryview | None:
        """What is kept under this key."""
        found = self._kept.get(key)
        if found is not None:
            self._used[key] = found
        return found

    def put(self, key: str, content: bytes) -> None:
        """Notes what was made; `save` keeps it."""
        self._used[key] = content

    def save(self, folders: Iterable[Path] = ()) -> None:
        """Keeps what this build has used, and nothing else, where it is not what is kept already.

        Compiled templates are of these folders, and of no use to a program that was moved.
        """
        self.put(FOLDERS, _told(folders))
        if self._file is None or self._used == self._kept:
            return
        contents = msgspec.msgpack.encode(self._used)
        temporary = self._file.with_name(f"{FILE}.new")
        with suppress(OSError):  # the next build makes them again
            self._file.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(sha256(contents).digest() + contents)
            temporary.replace(self._file)


def _told(folders: Iterable[Path]) -> bytes:
    return "\0".join(map(str, folders)).encode(errors="surrogateescape")


def _read(file: Path) -> Contents:
    """What is kept; nothing where a byte of it is not as it was written, which Python would not survive."""
    try:
        whole = memoryview(file.read_bytes())
        contents = whole[SIZE:]
        return {**_contents.decode(contents)} if sha256(contents).digest() == whole[:SIZE] else {}
    except (OSError, msgspec.DecodeError):
        return {}
