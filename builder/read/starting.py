"""`glossator init`: a new archive's folders and commented starter files."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from builder.problems import Problem, Problems
from builder.read.importing.whole import write_all

STARTER = "starter"
ARCHIVE = "content/archive.toml"
FOLDERS = ("content/articles", "content/originals", "content/reviews")
UNTITLED = "An archive"


def init(folder: Path) -> list[str]:
    """Makes `folder` an archive; returns what was made, as paths from the folder, folders with a slash at the end.

    Raises Problems where an archive stands already, or a file is in the way: nothing is ever overwritten.
    """
    if (folder / ARCHIVE).exists():
        hint = "Go there and “glossator import FILE”, or name another folder."
        raise Problems([Problem(str(folder), "there is an archive here already", hint)])
    starters = {path: _filled(path, content, folder) for path, content in _starters("", files(__package__) / STARTER)}
    if there := [path for path in starters if (folder / path).exists()]:
        raise Problems([Problem(str(folder / path), "is in the way", "It would be overwritten.") for path in there])
    try:
        for name in FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Problems([Problem(str(folder), f"cannot be made: {error.strerror}")]) from None
    write_all([(folder / path, content) for path, content in starters.items()])
    return [*(f"{name}/" for name in FOLDERS), *starters]


def _starters(path: str, place: Traversable) -> list[tuple[str, bytes]]:
    """The starter files below a folder of the package, by name, so that archive.toml comes first."""
    found: list[tuple[str, bytes]] = []
    for child in sorted(place.iterdir(), key=lambda c: c.name):
        inner = f"{path}/{child.name}" if path else child.name
        found += _starters(inner, child) if child.is_dir() else [(inner, child.read_bytes())]
    return found


def _filled(path: str, content: bytes, folder: Path) -> bytes:
    """archive.toml gets the folder's name for a title, if that can stand in quotation marks."""
    name = folder.resolve().name.replace("-", " ").replace("_", " ").strip()
    if path != ARCHIVE or not name.isprintable() or '"' in name or "\\" in name:
        return content
    filled = content.replace(UNTITLED.encode(), (name[:1].upper() + name[1:]).encode("utf-8", "replace"), 1)
    return filled if tomllib.loads(filled.decode())["title"] else content
