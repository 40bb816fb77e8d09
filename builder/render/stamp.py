"""Everything besides the archive's content that decides how its pages look, as one hash."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from builder.config import Config
from builder.fingerprint import fingerprint as program

PACKAGE = Path(__file__).resolve().parent.parent
# What decides how a page looks; the version, in `__init__.py`, stands on every one.
SOURCES = ("__init__.py", "render", "model", "anchor.py", "config.py", "problems.py")
LIBRARIES = ("jinja2", "markupsafe", "babel", "lxml", "msgspec", "pagefind")


def fingerprint(config: Config, root: Path) -> str:
    """A hash of everything besides the archive's content that decides how its pages look.

    Templates as they stand now, the program as it was loaded: `serve` may run on while another is installed.
    """
    whole = hashlib.sha256(msgspec.json.encode(config) + program(SOURCES, LIBRARIES).encode())
    for folder in (packaged_templates(), root / "templates"):
        for name, file in sorted(_files(folder, frozenset())):
            content = file.read_bytes()
            whole.update(f"{name} {len(content)}\n".encode() + content)
        whole.update(b"\n")
    return whole.hexdigest()


def _files(folder: Path, within: frozenset[str]) -> Iterator[tuple[str, Path]]:
    """All files below, by path; links to folders are followed as templates' names are, but never round in a circle."""
    real = os.path.realpath(folder)
    for path in folder.iterdir() if folder.is_dir() and real not in within else ():
        if path.is_dir():
            yield from ((f"{path.name}/{name}", file) for name, file in _files(path, within | {real}))
        elif path.is_file():
            yield path.name, path


def packaged_templates() -> Path:
    """The templates that travel with the program: inside the package in a wheel, beside it in a checkout."""
    inside = PACKAGE / "templates"
    return inside if inside.is_dir() else PACKAGE.parent / "templates"
