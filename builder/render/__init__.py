"""From the joined archive to the site's files; pages and exports are the same thing to the build."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import msgspec

from builder.config import Config
from builder.fingerprint import fingerprint as program
from builder.model.archive import Archive
from builder.render import assets, cards, exports, searching
from builder.render.exports import web_annotations
from builder.render.pages import PAGES, article, chronology, entities, quotations, sources
from builder.render.template import Renderer, Site, open_site, packaged_templates
from builder.render.unit import Unit

__all__ = ["fingerprint", "open_site", "units"]

WHOLE: tuple[Renderer, ...] = (assets.render, *PAGES)
# Search first: it takes longest, and the other pages can be made beside it.
MANY: tuple[Callable[[Archive, Site], Iterator[Unit]], ...] = (
    searching.units,
    quotations.units,
    chronology.units,
    entities.units,
    sources.units,
)
OF_ARTICLES = (article.units, web_annotations.units, cards.units)  # each has a unit for every article
# What decides how a page looks; the version, in `__init__.py`, stands on every one.
SOURCES = ("__init__.py", "render", "model", "anchor.py", "config.py", "problems.py")
LIBRARIES = ("jinja2", "markupsafe", "babel", "lxml", "msgspec", "pagefind")


def units(archive: Archive, site: Site) -> Iterator[Unit]:
    """Yields every piece of the site, those that take long first."""
    yield from exports.units(archive, site)
    for renderer in WHOLE:
        yield Unit(renderer.__module__, partial(renderer, archive, site))
    for listed in MANY:
        yield from listed(archive, site)
    of_articles = [unit for listed in OF_ARTICLES for unit in listed(archive, site)]
    yield from sorted(of_articles, key=_article)  # beside each other, so that an article is opened once for all


def _article(unit: Unit) -> str:
    return unit.name.rpartition(" ")[2]


def fingerprint(config: Config, root: Path) -> str:
    """A hash of everything besides the archive's content that decides how its pages look.

    Templates as they stand now, the program as it was loaded: `serve` may run on while another is installed.
    """
    whole = hashlib.sha256(msgspec.json.encode(config) + program(SOURCES, LIBRARIES).encode())
    for folder in (packaged_templates(), root / "templates"):
        for name, file in sorted(_files(folder, frozenset())):
            content = file.read_bytes()
            whole.update(f"{name} {len(content)}\n".encode() + content)
        whole.update(b"\n")
    return whole.hexdigest()


def _files(folder: Path, within: frozenset[str]) -> Iterator[tuple[str, Path]]:
    """All files below, by path; links to folders are followed as templates' names are, but never round in a circle."""
    real = os.path.realpath(folder)
    for path in folder.iterdir() if folder.is_dir() and real not in within else ():
        if path.is_dir():
            yield from ((f"{path.name}/{name}", file) for name, file in _files(path, within | {real}))
        elif path.is_file():
            yield path.name, path
