"""The Jinja environment that pages are written in: the only module that makes one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import FileSystemLoader, StrictUndefined
from markupsafe import Markup

from builder import __version__
from builder.config import Config
from builder.render import dates, links
from builder.render.compiled import Compiled
from builder.render.escaping import breakable, filled, kept
from builder.render.macros import Quick
from builder.render.paging import near
from builder.render.ready import Ready
from builder.render.template import NAVIGATION, Here
from builder.render.words import Words

KEPT = 100  # pieces that pages beside each other share


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


def opened(folders: Sequence[Path], config: Config, words: Words, here: Here, ready: Ready | None) -> Quick:
    """Makes one that finds templates in these folders, the first one first; `ready` has those that are compiled."""
    environment = Quick(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=Compiled(ready, words.spoken + words.marked) if ready else None,
    )
    environment.globals["absolute"] = partial(links.absolute, config.base_url)
    environment.filters["breakable"] = breakable
    environment.policies["ext.i18n.trimmed"] = True
    environment.newstyle_gettext = True  # type: ignore[attr-defined]  # `{% trans %}` hands its values to gettext
    environment.globals.update(GLOBALS, **_spoken(words), href=here, config=config, version=__version__)
    environment.globals.update(is_here=here.is_at, once=Once(environment, here))
    return environment


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


GLOBALS: dict[str, Any] = {
    "to": links,  # to.article(slug, annotation), to.entity(id), to.source(id), to.quotation(id), to.event(id)
    "is_live": links.is_live,
    "host": links.host,
    "json_for_script": json_for_script,
    "near": near,
    "dot": Markup('<span class="dot">\u202f· </span>'),  # between two on a line; not seen where the line ends there
    "navigation": NAVIGATION,
}
