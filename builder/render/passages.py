"""The text of an article cut into passages: what stands side by side with its own margin notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup
from msgspec import Struct

from builder.model.article import Block
from builder.render.markup import TextWriter
from builder.render.notes import Margin, Notes
from builder.render.unsaid import unsaid
from builder.render.words import Words

TAGS = {"paragraph": "p", "quote": "blockquote", "item": "li", "code": "pre"}
LONGEST_REACH = 5  # passages a note may run past; a style for each is in the sheet
FAR = 6  # links after which the margin gives a way out of the text, for who goes from link to link


class Line(Struct, frozen=True):
    """One block element: `html` is its inside, `value` an ordered item's number where it is not the next one.

    `keep` is a class that preserves what HTML would swallow: `lines`, or `indents` and lines.
    """

    tag: str
    html: Markup
    keep: str
    level: int
    value: int


class Passage(Struct, frozen=True):
    """A block or a whole list, its notes, and the warning it is folded behind.

    `list` is `ul`, `ol` or empty; `reach` counts the passages a note can stand beside: itself and those
    after it that have no notes of their own. `out` asks for a way out of the text before the notes.
    """

    list: str
    start: int
    lines: tuple[Line, ...]
    notes: Notes
    warning: str
    reach: int
    out: bool


def passages(blocks: Sequence[Block], writer: TextWriter, margin: Margin, words: Words) -> list[Passage]:
    """Writes every block, in order."""
    headings = sorted({block.level for block in blocks if block.kind == "heading"})
    groups = list(grouped(blocks))
    lines, told = [], []
    for group in groups:
        lines.append(tuple(_lines(group, writer, headings)))
        told.append(writer.names())
    notes = list(unsaid(map(margin.beside, groups), told, words))
    reaches = _reaches([bool(beside) for beside in notes])
    outs = _ways_out(map(_links, lines, notes))
    return [
        Passage(
            list=_list(group[0]),
            start=group[0].number or 1,
            lines=written,
            notes=beside,
            warning=next(filter(None, (margin.warning(block) for block in group)), ""),
            reach=reach,
            out=out,
        )
        for group, written, beside, reach, out in zip(groups, lines, notes, reaches, outs, strict=True)
    ]


def grouped(blocks: Sequence[Block]) -> Iterator[tuple[Block, ...]]:
    """The items of a list together, every other block alone."""
    group: list[Block] = []
    for block in blocks:
        if group and not (block.kind == group[-1].kind == "item" and block.list == group[-1].list):
            yield tuple(group)
            group = []
        group.append(block)
    if group:
        yield tuple(group)


def _list(block: Block) -> str:
    if block.kind != "item":
        return ""
    return "ol" if block.ordered else "ul"


def _lines(group: Sequence[Block], writer: TextWriter, headings: Sequence[int]) -> Iterator[Line]:
    expected = group[0].number or 1
    for block in group:
        tag = TAGS.get(block.kind) or f"h{min(2 + headings.index(block.level), 6)}"
        value = block.number if block.ordered and block.number and block.number != expected else 0
        expected = (block.number or expected) + 1
        keep = "" if block.kind == "code" else _keep(writer.text[block.start : block.end])
        yield Line(tag, writer.block(block), keep, block.level, value)


def _links(lines: Sequence[Line], notes: Notes) -> int:
    """How many links a passage has: in its words, and about how many in its notes."""
    written = sum(line.html.count("<a ") for line in lines)
    return written + 2 * len(notes.numbered) + len(notes.dates) + len(notes.names)


def _ways_out(links: Iterable[int]) -> Iterator[bool]:
    passed = 0
    for number in links:
        passed += number
        yield passed >= FAR
        if passed >= FAR:
            passed = 0


def _keep(text: str) -> str:
    if "\n" not in text:
        return "indents" if text[:1].isspace() else ""
    if any(line[:1].isspace() for line in text.split("\n")):
        return "indents"
    return "lines"


def _reaches(noted: Sequence[bool]) -> list[int]:
    reaches, after = [], 0  # passages without notes up to the next that has some
    for has in reversed(noted):
        reaches.append(min(1 + after, LONGEST_REACH) if has else 1)
        after = 0 if has else after + 1
    return reaches[::-1]
