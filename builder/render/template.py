"""One way from a template to a file of the site: the only module that makes a Jinja environment.

What every template sees is listed in `GLOBALS` and `Site.page`; the macros are in `templates/partials/macros.html`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from markupsafe import Markup

from builder import __version__
from builder.config import Config
from builder.model.archive import Archive
from builder.model.output import LargeFile, OutputFile
from builder.problems import Problems
from builder.render import dates, links, mistakes
from builder.render.compiled import Compiled
from builder.render.escaping import breakable, filled, kept
from builder.render.macros import Quick
from builder.render.paging import near
from builder.render.ready import Ready
from builder.render.stamp import packaged_templates
from builder.render.words import N_, Words

NOT_FOUND = "404.html"
KEPT = 100  # pieces that pages beside each other share
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


class Once:
    """In a template, `once(file, section=section)`: what a file writes for all pages that stand beside each other.

    It sees what all pages see, and the values it is given; `href` and `is_here` are for places outside these pages.
    """

    def __init__(self, environment: Quick, here: Here) -> None:
        self._environment, self._here = environment, here
        self._written: dict[tuple[object, ...], Markup] = {}

    def __call__(self, file: str, **values: object) -> Markup:
        key = (file, self._here.beside, *values.items())
        written = self._written.get(key)
        if written is None:
            if len(self._written) >= KEPT:
                self._written.clear()
            written = self._written[key] = Markup(self._environment.get_template(file).render(values))
        return written


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """What every page needs besides the archive: configuration, templates, words, and the addresses between pages.

    `folders` are the places of templates and assets, the archive's own first: a file there replaces
    the packaged one of the same name.
    """

    config: Config
    environment: Quick
    words: Words
    version: str
    folders: tuple[Path, ...]
    here: Here
    ready: Ready
    work: Path | None = None  # the archive's working folder, where what is costly to make may be kept
    shared: dict[str, Any] = field(default_factory=dict)  # what makers of several units have in one process

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
        for name in self.environment.list_templates(extensions=["html"]):
            with suppress(TemplateError, UnicodeError, OSError):  # told when a page needs it
                self.environment.get_template(name)
        self.words.prepare()
        self.ready.save()

    def _rendered(self, template: str, context: dict[str, Any]) -> str:
        """The page; a mistake in a template of the archive's own is raised as Problems."""
        try:
            return self.environment.get_template(template).render(context)
        except Exception as error:
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
    environment = Quick(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=Compiled(ready, words.spoken + words.marked) if work else None,
    )
    environment.globals["absolute"] = partial(links.absolute, config.base_url)
    environment.filters["breakable"] = breakable
    environment.policies["ext.i18n.trimmed"] = True
    environment.newstyle_gettext = True  # type: ignore[attr-defined]  # `{% trans %}` hands its values to gettext
    environment.globals.update(GLOBALS, **_spoken(words), href=here, config=config, version=__version__)
    environment.globals.update(is_here=here.is_at, once=Once(environment, here))
    return Site(config, environment, words, __version__, folders, here, ready, work)


def _spoken(words: Words) -> dict[str, Any]:
    """What templates say in the archive's language. Messages are trusted as the templates are; values are escaped."""

    @kept
    def gettext(message: str, **values: Any) -> Markup:
        return filled(words.translations.gettext(message), values)

    @kept
    def ngettext(one: str, many: str, num: int, **values: Any) -> Markup:
        return filled(words.translations.ngettext(one, many, num), {**values, "num": words.number(num)})

    return {
        "_": gettext,
        "gettext": gettext,
        "ngettext": ngettext,
        "say": lambda text: Markup("<span{}>{}</span>").format(words.marked, text) if words.marked else text,
        "spoken": words.marked,  # attributes of an element that holds nothing but words of the interface
        "words": words,  # words.kind(label), words.confidence(0.9), words.number(1204) ...
        "when": lambda edtf, text="", class_="": dates.html(edtf, words, text, class_),
        "date_words": lambda edtf: dates.readable(edtf, words),
    }


def json_for_script(data: Any) -> Markup:
    """JSON that cannot end the `<script>` it stands in, whatever its strings hold."""
    text = msgspec.json.encode(data).decode()
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # every character that HTML could read as markup is escaped above


def _way(config: Config, from_path: str, to_path: str) -> str:
    """Relative, but from 404.html, which a host shows at any depth: there it starts at the host's root, where known."""
    if from_path == NOT_FOUND and config.base_url:
        return urlsplit(config.base_url).path.rstrip("/") + "/" + links.relative(from_path, to_path)
    return links.relative(from_path, to_path)


def _one_line(text: str, limit: int = 300) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rsplit(" ", 1)[0] + "…"


GLOBALS: dict[str, Any] = {
    "to": links,  # to.article(slug, annotation), to.entity(id), to.source(id), to.quotation(id), to.event(id)
    "is_live": links.is_live,
    "host": links.host,
    "json_for_script": json_for_script,
    "near": near,
    "dot": Markup('<span class="dot">\u202f· </span>'),  # between two on a line; not seen where the line ends there
    "navigation": NAVIGATION,
}
