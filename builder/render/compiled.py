"""Templates as Python, kept from build to build: compiling them takes longer than making many a page.

One file in the archive's working folder. It may always be lost; a damaged one, or one of another program, is not used.
"""

from __future__ import annotations

import importlib.util
import marshal
from contextlib import suppress
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import msgspec
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from builder.fingerprint import fingerprint

FILE = "templates.bin"
SIZE = sha256().digest_size
COMPILER = (("render",), ("jinja2", "markupsafe", "babel"))  # what makes Python of templates
_codes = msgspec.msgpack.Decoder(dict[str, bytes])


class Compiled(BytecodeCache):
    """Compiled templates by all they were compiled from; messages are in the archive's language already."""

    def __init__(self, folder: Path, language: str) -> None:
        self._file, self._language = folder / FILE, language
        self._used: dict[str, bytes] = {}

    @cached_property
    def _kept(self) -> dict[str, bytes]:
        return _read(self._file)

    @cached_property
    def _made(self) -> bytes:
        return f"{importlib.util.MAGIC_NUMBER!r} {self._language} {fingerprint(*COMPILER)}".encode()

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """A template's name and its file, which stands in what is told of its mistakes."""
        return f"{name}\n{filename}"

    def get_source_checksum(self, source: str) -> str:
        """All that decides what becomes of the template."""
        return sha256(self._made + source.encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Takes what is kept."""
        code = self._kept.get(_key(bucket))
        if code is not None:
            bucket.code = marshal.loads(code)
            self._used[_key(bucket)] = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Notes what was compiled; `save` keeps it."""
        if bucket.code:
            self._used[_key(bucket)] = marshal.dumps(bucket.code)

    def save(self) -> None:
        """Keeps what this build has used, and nothing else, where it is not what is kept already."""
        if self._used == self._kept:
            return
        codes = msgspec.msgpack.encode(self._used)
        temporary = self._file.with_name(f"{FILE}.new")
        with suppress(OSError):  # the next build compiles them again
            self._file.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(sha256(codes).digest() + codes)
            temporary.replace(self._file)


def _key(bucket: Bucket) -> str:
    return f"{bucket.key}\n{bucket.checksum}"


def _read(file: Path) -> dict[str, bytes]:
    """What is kept; nothing where a byte of it is not as it was written, which Python would not survive."""
    try:
        whole = file.read_bytes()
        return _codes.decode(whole[SIZE:]) if sha256(whole[SIZE:]).digest() == whole[:SIZE] else {}
    except (OSError, msgspec.DecodeError):
        return {}
