"""What is published stays within its folder, whatever a manifest, a note or a link on the disk says."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from builder.problems import Problem, Problems

LONGEST = 240  # bytes of a file's name; file systems hold 255


def is_within(path: str) -> bool:
    """True for a relative path with forward slashes that names a file below its folder on every system."""
    parts = path.split("/")
    odd = any(c in '\\:"<>|?*' or not c.isprintable() for c in path)
    long = any(len(part.encode("utf-8", "replace")) > LONGEST for part in parts)
    return bool(path) and not odd and not long and all(part not in ("", ".", "..") for part in parts)


def refuse_links(folder: Path, path: str, safe: set[Path]) -> None:
    """Raises Problems where a folder on the way to folder/path is a link or no folder; `safe` remembers those seen."""
    for parent in reversed(PurePosixPath(path).parents[:-1]):
        place = folder / parent
        if place in safe:
            continue
        if place.is_symlink() or (place.exists() and not place.is_dir()):
            hint = "Take it away: what is published stands in the folder itself."
            raise Problems([Problem(str(place), "is in the way: a link, or no folder", hint)])
        safe.add(place)


def reaches(folder: Path, path: str) -> bool:
    """True where folder/path can be touched without leaving the folder."""
    try:
        refuse_links(folder, path, set())
    except Problems:
        return False
    return is_within(path)
