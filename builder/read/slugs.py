"""What can be an article's slug: part of an address, and the name of a folder on any system."""

from __future__ import annotations

from builder.model.slug import DEVICES, VALID, slugify

LONGEST = 100  # a folder of this name has to fit every file system, with the archive's own path before it


def is_slug(value: str) -> bool:
    """True for words of a to z and 0 to 9 joined by single hyphens that every file system can hold."""
    return bool(VALID.fullmatch(value)) and len(value) <= LONGEST and value not in DEVICES


def suggested(words: str) -> str:
    """A slug of the words that `is_slug` accepts; bytes that are no text count as such."""
    slug = slugify(words.encode("utf-8", "backslashreplace").decode())
    return slug if is_slug(slug) else f"{slug}-article"
