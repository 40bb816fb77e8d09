"""What decides a result besides its input, as one hash: sources of this program, and the libraries they lean on."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from functools import lru_cache
from importlib import metadata
from pathlib import Path

PACKAGE = Path(__file__).parent


@lru_cache
def fingerprint(sources: tuple[str, ...], libraries: tuple[str, ...] = ()) -> str:
    """A hash of files and folders of this package, and of the versions of distributions: an upgrade changes it."""
    whole = hashlib.sha256()
    for source in sources:
        for name in _files(source):
            with open(f"{PACKAGE}/{name}", "rb", buffering=0) as file:  # noqa: PTH123  # there are hundreds
                whole.update(name.encode() + b"\0" + file.read())
    for library in libraries:
        whole.update(f"{library} {metadata.version(library)}\0".encode())
    return whole.hexdigest()


def _files(source: str) -> list[str]:
    """Its files by their path from the package; without making an object of each: this goes through half of it."""
    if not (PACKAGE / source).is_dir():
        return [source]
    return sorted(_below(source), key=lambda name: name.split("/"))


def _below(folder: str) -> Iterator[str]:
    with os.scandir(PACKAGE / folder) as found:
        for one in found:
            name = f"{folder}/{one.name}"
            if one.is_dir(follow_symlinks=False):
                yield from _below(name)
            elif one.is_file() and not name.endswith(".pyc"):
                yield name
