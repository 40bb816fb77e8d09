"""The kinds of page, one module each.

PAGES are made whole; every page of the other modules is a unit of its own (see `units` there).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.render.pages import (
    about,
    articles,
    home,
    notfound,
    search,
)

if TYPE_CHECKING:
    from builder.render.template import Renderer

PAGES: tuple[Renderer, ...] = (
    home.render,
    articles.render,
    search.render,
    about.render,
    notfound.render,
)
