"""What decides a result besides its input, as one hash: sources of this program, and the libraries they lean on."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

PACKAGE = Path(__file__).parent
ENDING = ".dist-info"


@lru_cache
def fingerprint(sources: tuple[str, ...], libraries: tuple[str, ...] = ()) -> str:
    """A hash of files and folders of this package, and of the versions of distributions: an upgrade changes it."""
    whole = hashlib.sha256()
    for source in sources:
        for name in _files(source):
            with open(f"{PACKAGE}/{name}", "rb", buffering=0) as file:  # noqa: PTH123  # there are hundreds
                whole.update(name.encode() + b"\0" + file.read())
    for library in libraries:
        whole.update(f"{library} {version(library)}\0".encode())
    return whole.hexdigest()


def version(distribution: str) -> str:
    """The version of what is installed, as the folder beside it says.

    `importlib.metadata` says it too, but opens a parser of mails for that, which takes a tenth of what a build that
    finds nothing changed takes; it is asked where there is no such folder, and raises PackageNotFoundError.
    """
    found = _versions(tuple(sys.path)).get(_plain(distribution))
    if found is None:
        from importlib import metadata

        return metadata.version(distribution)
    return found


@lru_cache
def _versions(folders: tuple[str, ...]) -> dict[str, str]:
    """Versions by distribution: what comes first on the way to modules counts."""
    found: dict[str, str] = {}
    for folder in folders:
        with suppress(OSError):
            for name in sorted(os.listdir(folder or ".")):  # noqa: PTH208
                distribution, is_one, number = name.removesuffix(ENDING).rpartition("-")
                if is_one and name.endswith(ENDING):
                    found.setdefault(_plain(distribution), number)
    return found


def _plain(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


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
