"""An article as one input file gives it, before the editor's own metadata."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from builder.model.article import Cleanup


class Draft(Struct, frozen=True):
    """`metadata` holds front matter keys as the file states them; `messages` what the editor should know."""

    metadata: dict[str, Any]
    body: str
    cleanups: tuple[Cleanup, ...] = ()
    messages: tuple[str, ...] = ()
