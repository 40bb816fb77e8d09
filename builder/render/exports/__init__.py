"""The archive as data: one module a format; those that hold the whole archive are listed here."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from builder.model.archive import Archive
from builder.render import heads
from builder.render.exports import (
    annotation_lines,
    article_lines,
    calendar,
    feed,
    keyed_rows,
    pieces,
    registers,
    sitemap,
    sqlite,
    tables,
    timeline,
)
from builder.render.exports.schema import TABLES
from builder.render.unit import Only, Unit, is_wanted

if TYPE_CHECKING:
    from builder.render.template import Renderer, Site

EXPORTS: tuple[Renderer, ...] = (  # those that take longest first
    sqlite.render,
    tables.render,
    annotation_lines.render,
    article_lines.render,
    registers.render,
    calendar.render,
    timeline.render,
    feed.render,
    sitemap.render,
)


def units(archive: Archive, site: Site, only: Only = None) -> Iterator[Unit]:
    """Yields a unit for each format."""
    if only is None:
        _prepare(archive)
    for renderer in EXPORTS:
        if is_wanted(renderer.__module__, only):
            yield Unit(renderer.__module__, partial(renderer, archive, site), data=True)


def _prepare(archive: Archive) -> None:
    """Works out what is looked up for them, so that it is there before a build asks whether it has changed."""
    for table in TABLES:
        deque(chain(tables.parts(archive, table), keyed_rows.of(archive, table)), maxlen=0)
    pieces.of_dated(archive)
    registers.reported(archive)
    heads.articles(archive)
    heads.listed(archive)
    heads.sources(archive)
    heads.happenings(archive)
