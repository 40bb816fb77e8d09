"""Word lists of the entity annotator: plain text, one list a file; lines that begin with # are comments.

An underscore stands for a space inside an entry.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from builder.model.annotation import EntityKind

ANNOUNCED: dict[str, EntityKind] = {
    "organization": "organization",
    "person": "person",
    "place": "place",
    "product": "product",
}


@cache
def words(name: str) -> frozenset[str]:
    """Gives the entries of the named list, as written."""
    return frozenset(word.replace("_", " ") for line in _lines(name) for word in line.split())


@cache
def either(name: str) -> str:
    """Gives a regular expression, without a group of its own, for any entry of the named list; longer ones first."""
    return "|".join(re.escape(word) for word in sorted(words(name), key=lambda w: (-len(w), w)))


@cache
def nouns() -> dict[str, EntityKind]:
    """Gives the kind that a common noun announces: `analyst` a person, `newspaper` an organization."""
    found: dict[str, EntityKind] = {}
    for line in _lines("nouns"):
        kind, *rest = line.split()
        found.update((noun, ANNOUNCED[kind]) for noun in rest if noun not in found)
    return found


def _lines(name: str) -> list[str]:
    text = (files(__name__) / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
