"""From the joined archive to the site's files; pages and exports are the same thing to the build."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import partial
from importlib.metadata import version
from pathlib import Path

import msgspec

from builder.config import Config
from builder.model.archive import Archive
from builder.render import assets, cards, searching
from builder.render.exports import EXPORTS, web_annotations
from builder.render.pages import PAGES, article, chronology, entities, quotations, sources
from builder.render.template import PACKAGE, Renderer, Site, open_site, packaged_templates
from builder.render.unit import Unit

WHOLE: tuple[Renderer, ...] = (*EXPORTS, assets.render, *PAGES)
# Search first: it takes longest, and the other pages can be made beside it.
MANY: tuple[Callable[[Archive, Site], Iterator[Unit]], ...] = (
    searching.units,
    quotations.units,
    chronology.units,
    entities.units,
    sources.units,
    article.units,
    web_annotations.units,
    cards.units,
)
SOURCES = ("render", "model", "anchor.py", "config.py", "problems.py")  # what decides how a page looks
LIBRARIES = ("jinja2", "markupsafe", "babel", "lxml", "msgspec", "pagefind")


def units(archive: Archive, config: Config, root: Path, work: Path | None = None) -> Iterator[Unit]:
    """Yields every piece of the site, those that take long first; `work` may keep what is costly to make."""
    site = open_site(config, root, work)
    for renderer in WHOLE:
        yield Unit(renderer.__module__, partial(renderer, archive, site))
    for listed in MANY:
        yield from listed(archive, site)


def fingerprint(config: Config, root: Path) -> str:
    """A hash of everything besides the archive's content that decides how its pages look."""
    whole = hashlib.sha256(msgspec.json.encode(config))
    for library in LIBRARIES:
        whole.update(f"{library} {version(library)}\n".encode())
    for folder in (*(PACKAGE / name for name in SOURCES), packaged_templates(), root / "templates"):
        for file in sorted(folder.rglob("*")) if folder.is_dir() else [folder]:
            if file.is_file() and file.suffix != ".pyc":
                whole.update(f"{file.relative_to(folder)} {file.stat().st_size}\n".encode() + file.read_bytes())
    return whole.hexdigest()
