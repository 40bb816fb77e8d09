"""A mapping of an editor's file, with the lines it stands on."""

from __future__ import annotations

from typing import Any


class Record(dict[str, Any]):
    """A YAML mapping; `line` is its own first line (from 1), `lines` the line of each key."""

    line: int = 0
    lines: dict[str, int]
