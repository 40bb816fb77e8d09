"""Lists too long for the page of an article, a name or a source: they begin there and stand whole elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from builder.model.output import OutputFile
from builder.render.paging import Group, Page, folder_of, paged
from builder.render.template import Site

SHOWN = 20  # of a list, on the page it begins on
LONGEST = SHOWN + SHOWN // 2  # of a list that stays whole: one that is a few longer than its beginning
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

    def path_of(self, number: int) -> str:
        """The page of its own that the item of this number stands on, from 1; empty where it is among the shown."""
        return "" if number <= len(self.shown) else f"{folder_of((number - 1) // LIMIT + 1, self.folder)}index.html"

    @property
    def pages(self) -> tuple[Page[Any], ...]:
        """The pages of its own, none where nothing is left out."""
        groups = (Group(self.key, self.title, tuple(self.items)),)
        return paged(groups, LIMIT, self.folder) if self.folder else ()


def parts(folder: str, lists: Iterable[tuple[str, str, Sequence[Any]]]) -> dict[str, Part]:
    """Lists (key, title, items) of the page in `folder`; one of up to LONGEST items stays whole."""
    return {k: Part(k, title, items, f"{folder}{k}/" if len(items) > LONGEST else "") for k, title, items in lists}


def render(
    name: str, home: str, parts: Iterable[Part], site: Site, template: str = "list.html", **context: Any
) -> Iterator[OutputFile]:
    """Yields the pages of every list that is continued; `home` is the page they belong to, of what is called `name`."""
    for part in parts:
        pages = part.pages
        title = site.words.gettext("%(name)s: %(list)s", name=name, list=part.title)
        for page in pages:
            yield site.page(
                f"{page.folder}index.html",
                template,
                title=title
                if page.number == 1
                else site.words.gettext("%(name)s: page %(page)s", name=title, page=page.number),
                description=title,
                name=name,
                home=home,
                part=part,
                page=page,
                pages=pages,
                items=[item for group in page.groups for item in group.items],
                **context,
            )
