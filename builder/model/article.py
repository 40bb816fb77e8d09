"""One document of the archive, as it was read: metadata, blocks, and the text they make."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

BlockKind = Literal["paragraph", "heading", "quote", "item", "code"]
MarkKind = Literal["emphasis", "strong", "code", "link"]


class Cleanup(Struct, frozen=True, omit_defaults=True):
    """One change import or reading made to the text, so that it can be seen and undone.

    `before` are the words as they stood in the original, `after` what stands there now (empty: taken out),
    `prefix` the words before them.
    """

    kind: str
    before: str
    after: str = ""
    prefix: str = ""


class Mark(Struct, frozen=True):
    """Inline markup over [start, end) of the article's text; `url` only on links."""

    kind: MarkKind
    start: int
    end: int
    url: str = ""


class Block(Struct, frozen=True):
    """A block as a reader sees it: text[start:end]. `level` is a heading's, or an item's or quote's depth.

    Items with the same `list` number stand in one list; `ordered` tells which kind, `number` an ordered item's number
    as the author gave it.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    list: int = 0
    ordered: bool = False
    number: int = 0


class Article(Struct, frozen=True):
    """One document: `text` is its blocks joined by one blank line; offsets everywhere count in it."""

    slug: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    marks: tuple[Mark, ...] = ()
    path: str = ""  # of the file, from the archive's root, with forward slashes
    dek: str = ""
    byline: str = ""
    publisher: str = ""
    published: str | None = None  # EDTF
    captured: str | None = None  # EDTF
    url: str = ""
    archived_url: str = ""
    language: str = "en"
    rights: str = ""
    sensitive: str = ""  # the warning that stands before the text; empty: not folded
    original: str = ""  # from the archive's root
    original_sha256: str = ""
    cleanups: tuple[Cleanup, ...] = ()
    tags: tuple[str, ...] = ()
    lines: dict[str, int] = field(default_factory=dict)  # front matter key -> line, for problems
