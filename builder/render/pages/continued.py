"""Lists too long for the page of a name or a source: their beginning stands there, the whole in pages of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from builder.model.archive import EntityRecord, SourceRecord
from builder.model.output import OutputFile
from builder.render.paging import Group, Page, paged
from builder.render.template import Site

SHOWN = 20  # of a list, on the page it begins on
LIMIT = 100  # of a list, on each page of its own
KEYS = ("said", "disputed", "about", "dates", "told", "published")  # how lists.html lays their items out


class Part(Struct, frozen=True):
    """A list of a page: its heading and items; `folder` is where the whole stands, empty if nothing is left out."""

    key: str
    title: str
    items: Sequence[Any]
    folder: str

    @property
    def shown(self) -> Sequence[Any]:
        """What stands on the page the list begins on."""
        return self.items[:SHOWN] if self.folder else self.items

    @property
    def path(self) -> str:
        """The first page of the whole list."""
        return f"{self.folder}index.html"


def parts(folder: str, lists: Iterable[tuple[str, str, Sequence[Any]]]) -> dict[str, Part]:
    """Lists (key, title, items) of the page in `folder`; one that is a few longer than its beginning stays whole."""
    long = SHOWN + SHOWN // 2
    return {k: Part(k, title, items, f"{folder}{k}/" if len(items) > long else "") for k, title, items in lists}


def render(
    record: EntityRecord | SourceRecord, home: str, parts: Iterable[Part], site: Site, **context: Any
) -> Iterator[OutputFile]:
    """Yields the pages of every list that is continued; `home` is the page of the record they belong to."""
    name = record.sensitive or record.name
    for part in parts:
        pages: tuple[Page[Any], ...] = ()
        if part.folder:
            pages = paged((Group(part.key, part.title, tuple(part.items)),), LIMIT, part.folder)
        for page in pages:
            title = site.words.gettext("%(name)s: %(list)s", name=name, list=part.title)
            yield site.page(
                f"{page.folder}index.html",
                "list.html",
                title=title
                if page.number == 1
                else site.words.gettext("%(name)s: page %(page)s", name=title, page=page.number),
                description=title,
                record=record,
                home=home,
                part=part,
                page=page,
                pages=pages,
                items=[item for group in page.groups for item in group.items],
                **context,
            )
