"""What can be an article's slug: part of an address, and the name of a folder on any system."""

from __future__ import annotations

from builder.model.slug import VALID

LONGEST = 100  # a folder of this name has to fit every file system, with the archive's own path before it
# Windows has no files of these names.
DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))})


def is_slug(value: str) -> bool:
    """True for words of a to z and 0 to 9 joined by single hyphens that every file system can hold."""
    return bool(VALID.fullmatch(value)) and len(value) <= LONGEST and value not in DEVICES
