"""What is published stays within its folder, whatever a manifest, a note or a link on the disk says."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from builder.problems import Problem, Problems

LONGEST = 240  # bytes of a file's name; file systems hold 255
PLAIN = re.compile(r"(?:[A-Za-z0-9_-][\w.-]{0,239}/)*[A-Za-z0-9_-][\w.-]{0,239}", re.ASCII)  # what nearly all are


def is_within(path: str) -> bool:
    """True for a relative path with forward slashes that names a file below its folder on every system."""
    if PLAIN.fullmatch(path):
        return True
    parts = path.split("/")
    odd = any(c in '\\:"<>|?*' or not c.isprintable() for c in path)
    long = any(len(part.encode("utf-8", "replace")) > LONGEST for part in parts)
    return bool(path) and not odd and not long and all(part not in ("", ".", "..") for part in parts)


def refuse_links(folder: Path | str, path: str, safe: set[str]) -> None:
    """Raises Problems where a folder on the way to folder/path is a link or no folder.

    `safe` remembers those of `folder` that were seen, so that a folder is looked at once for all its files.
    """
    parent = path.rpartition("/")[0]
    if not parent or parent in safe:
        return
    refuse_links(folder, parent, safe)
    place = f"{folder}/{parent}"
    try:
        found = os.lstat(place)
    except (FileNotFoundError, NotADirectoryError):
        pass  # nothing is there yet
    else:
        if not stat.S_ISDIR(found.st_mode):
            hint = "Take it away: what is published stands in the folder itself."
            raise Problems([Problem(place, "is in the way: a link, or no folder", hint)])
    safe.add(parent)


def reaches(folder: Path, path: str, safe: set[str]) -> bool:
    """True where folder/path can be touched without leaving the folder; `safe` as for `refuse_links`."""
    if not is_within(path):
        return False
    try:
        refuse_links(folder, path, safe)
    except Problems:
        return False
    return True
