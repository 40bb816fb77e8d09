"""The page a host shows for an address that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from builder.model.archive import Archive
from builder.model.output import OutputFile
from builder.render.template import NOT_FOUND, Site


def render(archive: Archive, site: Site) -> Iterator[OutputFile]:
    """Yields `404.html`.

    A host shows it at any depth, where relative links break: with a base URL its links start at the host's root.
    """
    gettext = site.words.gettext
    title, description = gettext("Page not found"), gettext("There is no page at this address.")
    yield site.page(NOT_FOUND, "404.html", title=title, description=description)
