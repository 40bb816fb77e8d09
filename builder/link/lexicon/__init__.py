"""Word lists for comparing headlines: plain text, one list a file; lines that begin with # are comments."""

from __future__ import annotations

from importlib.resources import files


def words(*names: str) -> frozenset[str]:
    """Gives the entries of the named lists."""
    return frozenset(word for name in names for line in lines(name) for word in line.split())


def lines(name: str) -> list[str]:
    """Gives the lines of the named list that are no comments."""
    text = (files(__name__) / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
