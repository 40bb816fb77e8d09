"""The archive as data: one module a format; those that hold the whole archive are listed here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.render.exports import (
    annotation_lines,
    article_lines,
    calendar,
    feed,
    registers,
    sitemap,
    sqlite,
    tables,
    timeline,
)

if TYPE_CHECKING:
    from builder.render.template import Renderer

EXPORTS: tuple[Renderer, ...] = (
    article_lines.render,
    annotation_lines.render,
    registers.render,
    tables.render,
    sqlite.render,
    calendar.render,
    timeline.render,
    feed.render,
    sitemap.render,
)
