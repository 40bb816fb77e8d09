"""The kinds of page, one module each.

PAGES makes each register whole; the page of every article, name and source is a unit of its own (see `units` there).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.render.pages import (
    about,
    articles,
    chronology,
    home,
    notfound,
    quotations,
    search,
)

if TYPE_CHECKING:
    from builder.render.template import Renderer

PAGES: tuple[Renderer, ...] = (
    home.render,
    articles.render,
    quotations.render,
    chronology.render,
    search.render,
    about.render,
    notfound.render,
)
