"""Who is told how far a build is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Progress = Callable[[str, int, int], None]  # stage, done, of how many
Ahead = Callable[[Mapping[str, str]], None]  # where changed pages are staged, before data files are made
