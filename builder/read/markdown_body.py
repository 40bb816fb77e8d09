"""Markdown to blocks. Nothing in an article is trusted as markup: HTML in it stays the text it is."""

from __future__ import annotations

import re
from functools import cache

from bs4 import BeautifulSoup, NavigableString, Tag
from markdown import Markdown
from markdown.blockprocessors import HashHeaderProcessor
from markdown.extensions import Extension

from builder.model.article import BlockKind, Cleanup, MarkKind
from builder.read.blocks import Assembly, Body, Run

EXTENSIONS = ("sane_lists", "fenced_code", "tables")
MARKS: dict[str, MarkKind] = {"em": "emphasis", "strong": "strong", "code": "code", "a": "link"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LISTS = ("ul", "ol")
CONTAINERS = ("blockquote", "table", "thead", "tbody", "div", "[document]")
# A web or mail address, or a path; browsers drop control characters, which would hide another scheme from this.
SAFE_URL = re.compile(r"(?i)(?:(?:https?:|mailto:)|(?![a-z][a-z0-9+.-]*:|//))[^\s\\\x00-\x1f\x7f-\x9f]+")
EMPTY_LINES = re.compile(r"\n(?=[ \t]*\n)[ \t]*")


class _Heading(HashHeaderProcessor):
    """A heading's `#` is followed by a space, as in CommonMark: `#hashtag` at a line's start is a word."""

    RE = re.compile(r"(?:^|\n)(?P<level>#{1,6})(?=[ \t\n]|$)(?P<header>(?:\\.|[^\\#]|#+(?=[^#\n]))*?)#*(?:\n|$)")


class _Untrusting(Extension):
    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.parser.blockprocessors.register(_Heading(md.parser), "hashheader", 70)


@cache
def _converter() -> Markdown:
    return Markdown(extensions=[*EXTENSIONS, _Untrusting()])


def markdown(text: str) -> Body:
    """Reads Markdown with lists, fenced code and tables (a row becomes a paragraph); images become their words.

    Raises RecursionError where lists or quotes are nested some hundred deep.
    """
    try:
        html = _converter().reset().convert(text)
    except RecursionError:
        _converter.cache_clear()  # it was left in the middle of its work
        raise
    return _Walk().read(BeautifulSoup(html, "html.parser"))


class _Walk:
    """Goes through the tree once. `quote` and `lists` say how deep it stands, `open` is the run being filled."""

    def __init__(self) -> None:
        self.assembly = Assembly()
        self.cleanups: list[Cleanup] = []
        self.run = Run()
        self.quote = 0
        self.lists: list[tuple[int, int | None]] = []  # number of the list, number of the item where it has one
        self.seen = 0

    def read(self, soup: BeautifulSoup) -> Body:
        self._blocks(soup)
        return self.assembly.body(tuple(self.cleanups))

    def _blocks(self, parent: Tag) -> None:
        """Children of a block: blocks of their own, or loose words, which make a block together."""
        for node in parent.children:
            if not isinstance(node, Tag):
                self._inline(node)
            elif node.name in HEADINGS:
                self._heading(node)
            elif node.name == "pre":
                self._code(node)
            elif node.name in LISTS:
                self._list(node)
            elif node.name in CONTAINERS:
                self._container(node)
            elif node.name in ("p", "tr"):
                self._paragraph(node)
            elif node.name != "hr":
                self._inline(node)
        self._close()

    def _heading(self, node: Tag) -> None:
        self._close()
        self._inline_children(node)
        self._close("heading", int(node.name[1]))

    def _code(self, node: Tag) -> None:
        self._close()
        # A space in an empty line keeps it from looking like the end of the block.
        text = EMPTY_LINES.sub("\n ", node.get_text().rstrip()).strip("\n")
        if text.strip():
            self.assembly.block("code", text)

    def _list(self, node: Tag) -> None:
        self._close()
        self.seen += 1
        number = self.seen
        first = int(str(node.get("start", 1))) if node.name == "ol" else None
        for place, item in enumerate(node.find_all("li", recursive=False)):
            self.lists.append((number, None if first is None else first + place))
            self._blocks(item)
            self.lists.pop()

    def _container(self, node: Tag) -> None:
        self._close()
        self.quote += node.name == "blockquote"
        self._blocks(node)
        self.quote -= node.name == "blockquote"

    def _paragraph(self, node: Tag) -> None:
        if self.lists:  # an item's further paragraphs stay under its one bullet
            self.run.line_break()
        else:
            self._close()
        self._inline_children(node)
        if not self.lists:
            self._close()

    def _inline_children(self, node: Tag) -> None:
        for child in node.children:
            self._inline(child)

    def _inline(self, node: object) -> None:
        if isinstance(node, NavigableString):
            self.run.add(str(node))
        elif isinstance(node, Tag) and node.name == "br":
            self.run.line_break()
        elif isinstance(node, Tag) and node.name == "img":
            self._image(node)
        elif isinstance(node, Tag):
            start = self.run.size
            self._inline_children(node)
            self._mark(node, start)
            if node.name in ("td", "th"):
                self.run.add(" ")

    def _mark(self, node: Tag, start: int) -> None:
        kind = MARKS.get(node.name)
        url = str(node.get("href", "")).strip()
        if kind and (kind != "link" or SAFE_URL.fullmatch(url)):
            self.run.mark(kind, start, url)

    def _image(self, node: Tag) -> None:
        words = str(node.get("alt", ""))
        self.cleanups.append(Cleanup("image", str(node.get("src", "")), words, "".join(self.run.parts)[-32:]))
        self.run.add(words)

    def _close(self, kind: BlockKind | None = None, level: int = 0) -> None:
        """Ends the block being filled; what it is follows from where it stands, unless `kind` says."""
        run, self.run = self.run, Run()
        if kind:
            self.assembly.run(run, kind, level)
        elif self.lists:
            number, item = self.lists[-1]
            self.assembly.run(run, "item", len(self.lists), number, item)
        else:
            self.assembly.run(run, "quote" if self.quote else "paragraph", self.quote)
