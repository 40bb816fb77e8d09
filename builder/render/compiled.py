"""Templates as Python, kept from build to build: compiling them takes longer than making many a page."""

from __future__ import annotations

import marshal
from hashlib import sha256

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from builder.render.ready import Ready


class Compiled(BytecodeCache):
    """Compiled templates by all they were compiled from; messages are in the archive's language already."""

    def __init__(self, ready: Ready, language: str) -> None:
        self._ready, self._language = ready, language

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """A template's name and its file, which stands in what is told of its mistakes."""
        return f"{name}\n{filename}"

    def get_source_checksum(self, source: str) -> str:
        """All that decides what becomes of the template."""
        return sha256(f"{self._ready.made} {self._language}{source}".encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Takes what is kept."""
        code = self._ready.get(_key(bucket))
        if code is not None:
            bucket.code = marshal.loads(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Notes what was compiled."""
        if bucket.code:
            self._ready.put(_key(bucket), marshal.dumps(bucket.code))


def _key(bucket: Bucket) -> str:
    return f"{bucket.key}\n{bucket.checksum}"
