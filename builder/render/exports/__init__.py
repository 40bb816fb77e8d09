"""The archive as data: one module a format, all of them listed here in the order they are made."""

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
    web_annotations,
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
    web_annotations.render,
    feed.render,
    sitemap.render,
)
