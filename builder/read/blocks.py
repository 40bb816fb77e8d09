"""The body as a reader sees it: blocks of text, where they stand, and the marks inside them.

No block's text begins or ends with a line break or holds an empty line, so that text and blocks say the same:
`"\\n\\n".join(text[b.start:b.end] for b in blocks) == text`.
"""

from __future__ import annotations

import re

from msgspec import Struct

from builder.model.article import Block, BlockKind, Cleanup, Mark, MarkKind

SPACES = re.compile(r"[ \t\n\r\f]+")  # what HTML collapses; a no-break space is the author's


class Body(Struct, frozen=True):
    """An article's text with its structure; `cleanups` are what reading itself left out (images)."""

    text: str
    blocks: tuple[Block, ...]
    marks: tuple[Mark, ...] = ()
    cleanups: tuple[Cleanup, ...] = ()


class Run:
    """One block's text in the making; spaces collapse as they come in, so each character is seen once."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.size = 0
        self.last = "\n"
        self.marks: list[Mark] = []

    def add(self, text: str) -> None:
        text = SPACES.sub(" ", text)
        self._put(text.lstrip(" ") if self.last in " \n" else text)

    def line_break(self) -> None:
        """A line break within the block; several in a row count once, for an empty line would part blocks."""
        if self.last == " ":
            cut = self.parts.pop()[:-1]
            self.size -= len(cut) + 1
            self.last = self.parts[-1][-1] if self.parts else "\n"
            self._put(cut)
        if self.last != "\n":
            self._put("\n")

    def mark(self, kind: MarkKind, start: int, url: str = "") -> None:
        self.marks.append(Mark(kind, start, self.size, url))

    def _put(self, text: str) -> None:
        if text:
            self.parts.append(text)
            self.size += len(text)
            self.last = text[-1]


class Assembly:
    """Blocks one after the other, and the text they make."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.blocks: list[Block] = []
        self.marks: list[Mark] = []
        self.size = 0

    def block(self, kind: BlockKind, text: str, level: int = 0, list_: int = 0, number: int | None = None) -> int:
        """Adds a block; returns the offset at which it starts."""
        start = self.size + 2 if self.texts else 0
        self.size = start + len(text)
        self.texts.append(text)
        self.blocks.append(Block(kind, start, self.size, level, list_, number is not None, number or 0))
        return start

    def run(self, run: Run, kind: BlockKind, level: int = 0, list_: int = 0, number: int | None = None) -> None:
        """Adds a run as a block, unless it is empty; marks shrink to the words they hold."""
        text = "".join(run.parts).strip(" \n")
        if not text:
            return
        start = self.block(kind, text, level, list_, number)
        for mark in sorted(run.marks, key=lambda m: (m.start, -m.end)):
            inside = text[mark.start : mark.end]
            first = mark.start + len(inside) - len(inside.lstrip())
            last = first + len(inside.strip())
            if first < last:
                self.marks.append(Mark(mark.kind, start + first, start + last, mark.url))

    def body(self, cleanups: tuple[Cleanup, ...] = ()) -> Body:
        return Body("\n\n".join(self.texts), tuple(self.blocks), tuple(self.marks), cleanups)


def plain(text: str) -> Body:
    """Literal text: paragraphs parted by blank lines, nothing in it is markup; line breaks and indents stay."""
    assembly = Assembly()
    lines: list[str] = []
    for line in [*text.split("\n"), ""]:
        if line.strip():
            lines.append(line.rstrip())
        elif lines:
            assembly.block("paragraph", "\n".join(lines))
            lines = []
    return assembly.body()
