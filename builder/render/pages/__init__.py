"""The kinds of page, one module each, in the order they are rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.render.pages import (
    about,
    article,
    articles,
    chronology,
    entities,
    home,
    notfound,
    quotations,
    search,
    sources,
)

if TYPE_CHECKING:
    from builder.render.template import Renderer

PAGES: tuple[Renderer, ...] = (
    home.render,
    articles.render,
    article.render,
    entities.render,
    quotations.render,
    sources.render,
    chronology.render,
    search.render,
    about.render,
    notfound.render,
)
