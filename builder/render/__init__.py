"""From the joined archive to the site's files; pages and exports are the same thing to the build."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from builder.config import Config
from builder.model.archive import Archive
from builder.model.output import OutputFile
from builder.render import assets, cards
from builder.render.exports import EXPORTS
from builder.render.pages import PAGES
from builder.render.searching import render as search_index
from builder.render.template import Renderer, open_site

RENDERERS: tuple[Renderer, ...] = (assets.render, cards.render, *PAGES, *EXPORTS, search_index)


def render(archive: Archive, config: Config, root: Path) -> Iterator[OutputFile]:
    """Yields every file of the site, one at a time."""
    site = open_site(config, root)
    for renderer in RENDERERS:
        yield from renderer(archive, site)
