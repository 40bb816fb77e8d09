"""A file of the published site, before anything is written."""

from __future__ import annotations

from msgspec import Struct


class OutputFile(Struct, frozen=True):
    """`path` is relative to the output folder, with forward slashes; `content` its bytes."""

    path: str
    content: bytes
