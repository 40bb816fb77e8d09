"""What decides a result besides its input, as one hash: sources of this program, and the libraries they lean on."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib import metadata
from pathlib import Path

PACKAGE = Path(__file__).parent


@lru_cache
def fingerprint(sources: tuple[str, ...], libraries: tuple[str, ...] = ()) -> str:
    """A hash of files and folders of this package, and of the versions of distributions: an upgrade changes it."""
    whole = hashlib.sha256()
    for source in sources:
        for file in _files(PACKAGE / source):
            whole.update(file.relative_to(PACKAGE).as_posix().encode() + b"\0" + file.read_bytes())
    for library in libraries:
        whole.update(f"{library} {metadata.version(library)}\0".encode())
    return whole.hexdigest()


def _files(source: Path) -> list[Path]:
    if not source.is_dir():
        return [source]
    return sorted(file for file in source.rglob("*") if file.is_file() and file.suffix != ".pyc")
