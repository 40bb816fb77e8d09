"""One way from a template to a file of the site.

What every template sees is listed in `environment.GLOBALS` and `Site.page`; the macros are in
`templates/partials/macros.html`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from builder import __version__
from builder.config import Config
from builder.model.archive import Archive
from builder.model.output import LargeFile, OutputFile
from builder.problems import Problems
from builder.render import links
from builder.render.ready import Ready
from builder.render.stamp import packaged_templates
from builder.render.words import N_, Words

if TYPE_CHECKING:  # Jinja is opened where the first page is made, not in a process that makes none
    from builder.render.macros import Quick

NOT_FOUND = "404.html"
NAVIGATION = (
    ("articles", N_("Articles"), "articles/index.html"),
    ("entities", N_("Names"), "entities/index.html"),
    ("quotations", N_("Quotations"), "quotations/index.html"),
    ("sources", N_("Sources"), "sources/index.html"),
    ("chronology", N_("Chronology"), "chronology/index.html"),
    ("search", N_("Search"), "search/index.html"),
    ("about", N_("About"), "about/index.html"),
)


class Here:
    """In a template, `href(path)`: the relative link from the page being rendered, also in macros that pages share."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.at("")

    def at(self, path: str) -> None:
        """Links lead from this page from now on."""
        self._path = path
        self.beside = path.rpartition("/")[0].rpartition("/")[0] or path  # the same where all ways out are the same
        self._own, self._known = links.out_of(path) if path != NOT_FOUND else ("", {})

    def __call__(self, to_path: str) -> str:
        known = self._known.get(to_path)  # most links of a page stand on those beside it, too
        if known is not None and not to_path.startswith(self._own):
            return known
        return links.relative(self._path, to_path) if self._own else _way(self.config, self._path, to_path)

    def is_at(self, path: str) -> bool:
        """Whether this is the page itself."""
        return path == self._path


@dataclass(frozen=True, eq=False)
class Site:
    """What every page needs besides the archive: configuration, templates, words, and the addresses between pages.

    `folders` are the places of templates and assets, the archive's own first: a file there replaces
    the packaged one of the same name.
    """

    config: Config
    words: Words
    version: str
    folders: tuple[Path, ...]
    here: Here
    ready: Ready
    work: Path | None = None  # the archive's working folder, where what is costly to make may be kept
    shared: dict[str, Any] = field(default_factory=dict)  # what makers of several units have in one process

    @cached_property
    def environment(self) -> Quick:
        """Where templates are found and rendered."""
        from builder.render.environment import opened

        return opened(self.folders, self.config, self.words, self.here, self.ready if self.work else None)

    def url(self, from_path: str, to_path: str) -> str:
        """A relative link between two files of the site; from the page for missing addresses, see `_way`."""
        return _way(self.config, from_path, to_path)

    def canonical(self, path: str) -> str:
        """The page's public address; empty where the archive names no `base_url` it could begin with."""
        return links.absolute(self.config.base_url, path) if self.config.base_url else ""

    def page(
        self,
        path: str,
        template: str,
        *,
        title: str,
        description: str = "",
        section: str = "",
        card: str = "card.png",
        jsonld: dict[str, Any] | None = None,
        **context: Any,
    ) -> OutputFile:
        """Renders a template to the file at `path`.

        `section` is the key in NAVIGATION that the page belongs to, `card` the path of its social card;
        `jsonld` describes it in schema.org's words
        (without: a plain WebPage). Title and description are plain text.
        """
        self.here.at(path)
        self.environment.page += 1
        context |= {
            "path": path,
            "title": title,
            "description": _one_line(description or self.config.description or title),
            "section": section,
            "card": card,
            "jsonld": jsonld or self._web_page(title, path),
            "canonical": self.canonical(path),
        }
        return OutputFile(path, self._rendered(template, context).encode("utf-8"))

    def prepare(self) -> None:
        """Has every template and the language at hand for processes that are forked from this one, and keeps both."""
        from jinja2 import TemplateError

        for name in self.environment.list_templates(extensions=["html"]):
            with suppress(TemplateError, UnicodeError, OSError):  # told when a page needs it
                self.environment.get_template(name)
        self.words.prepare()
        self.ready.save(self.folders)

    def _rendered(self, template: str, context: dict[str, Any]) -> str:
        """The page; a mistake in a template of the archive's own is raised as Problems."""
        try:
            return self.environment.get_template(template).render(context)
        except Exception as error:
            from builder.render import mistakes

            own = self.folders[0] if len(self.folders) > 1 else None
            if problem := mistakes.told(error, own):
                raise Problems([problem]) from error
            raise

    def _web_page(self, title: str, path: str) -> dict[str, Any]:
        site: dict[str, Any] = {"@type": "WebSite", "name": self.config.title}
        data: dict[str, Any] = {"@context": "https://schema.org", "@type": "WebPage", "name": title, "isPartOf": site}
        if self.config.base_url:
            data["url"] = self.canonical(path)
            site["url"] = self.canonical(links.HOME)
        return data


Renderer = Callable[[Archive, Site], Iterator[OutputFile | LargeFile]]


def open_site(config: Config, root: Path | None = None, work: Path | None = None) -> Site:
    """Makes the Site; `root` is the archive's folder, whose `templates/` goes before the packaged one."""
    own = (root / "templates",) if root and (root / "templates").is_dir() else ()
    folders = tuple(dict.fromkeys((*own, packaged_templates())))
    ready, here = Ready(work), Here(config)
    words = Words(config.language, ready)
    return Site(config, words, __version__, folders, here, ready, work)


def _way(config: Config, from_path: str, to_path: str) -> str:
    """Relative, but from 404.html, which a host shows at any depth: there it starts at the host's root, where known."""
    if from_path == NOT_FOUND and config.base_url:
        return urlsplit(config.base_url).path.rstrip("/") + "/" + links.relative(from_path, to_path)
    return links.relative(from_path, to_path)


def _one_line(text: str, limit: int = 300) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rsplit(" ", 1)[0] + "…"
