"""Social cards: an article's page as it looks from afar, its words as bars, its readings underlined.

No font is needed, no word can be read, and no two articles have the same. What is folded is a blank box here too.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from builder.config import Config
from builder.model.annotation import Mention, Quotation, TimeExpression
from builder.model.archive import Archive, LinkedArticle, Reviewed
from builder.model.article import Block
from builder.model.output import OutputFile
from builder.render import words
from builder.render.heads import slugs
from builder.render.notes import Margin
from builder.render.png import Drawing
from builder.render.template import Site
from builder.render.unit import Only, Unit, files, is_wanted, of_kind

WIDTH, HEIGHT = 1200, 630
PAPER, INK, SOFT, RULE, ACCENT, QUOTE, TIME, SHEET = range(8)
COLOURS = ("#fcfaf5", "#4a443c", "#a49b8c", "#d9d1c2", "#8f2a1c", "#35586b", "#6a5410", "#f1ecdf")
LEFT, COLUMN, TOP = 90, 690, 78
NOTES, NOTE = 850, 260
LETTER, LINE, BAR = 11, 34, 12  # pixels: a letter's width, from line to line, a bar's height
UNDERLINES: dict[type, int] = {Mention: ACCENT, TimeExpression: TIME, Quotation: QUOTE}
SITE = "card.png"
WORD = re.compile(r"\S+")


def article(slug: str) -> str:
    """Where an article's card is."""
    return f"articles/{slug}/card.png"


def units(archive: Archive, site: Site, only: Only = None) -> Iterator[Unit]:
    """Yields the archive's card and one for each article; none where the archive has no address to show them at."""
    yield from whole(archive, site, only)
    yield from of_articles(archive, site, only)


def whole(archive: Archive, site: Site, only: Only = None) -> Iterator[Unit]:
    """Yields the archive's card."""
    if site.config.base_url and is_wanted("card", only):
        yield Unit("card", lambda: [OutputFile(SITE, emblem(site.config))])


def of_articles(archive: Archive, site: Site, only: Only = None) -> Iterator[Unit]:
    """Yields the card of each article."""
    if not site.config.base_url:
        return
    for slug in of_kind("card", slugs(archive), only):
        yield Unit(f"card {slug}", partial(_file, slug, archive, site.config))


def render(archive: Archive, site: Site) -> Iterator[OutputFile]:
    """Yields the files of all cards."""
    yield from files(units(archive, site))


def _file(slug: str, archive: Archive, config: Config) -> list[OutputFile]:
    return [OutputFile(article(slug), card(archive.open(slug), archive, config))]


def emblem(config: Config) -> bytes:
    """The archive's own card: the page with a gloss in its margin that is also its icon."""
    sheet = _sheet(config)
    for number, width in enumerate((396, 396, 396, 264)):
        sheet.box(330, 165 + 90 * number, width, 26, INK)
    sheet.box(790, 147, 22, 118, ACCENT)
    for y, width in ((184, 90), (345, 112)):
        sheet.box(790, y, width, 22, ACCENT)
    return sheet.png()


def card(linked: LinkedArticle, archive: Archive, config: Config) -> bytes:
    """One article's card; of one that is folded as a whole only the fold."""
    sheet, found = _sheet(config), linked.article
    mirrored = words.direction(found.language) == "rtl"
    pen = _Pen(sheet, mirrored)
    pen.title(found.title)
    if found.sensitive:
        pen.fold(5)
        return sheet.png()
    margin = Margin(linked, archive)
    for block in found.blocks:
        if pen.y > HEIGHT:
            break
        if margin.warning(block):
            pen.fold(2)
        else:
            pen.block(block, found.text, _inside(linked.reviewed.annotations, block))
    return sheet.png()


class _Pen:
    """Writes bars from line to line; in mirrored direction where the article's language is."""

    def __init__(self, sheet: Drawing, mirrored: bool) -> None:
        self.sheet, self.mirrored = sheet, mirrored
        self.y = float(TOP)

    def box(self, x: float, y: float, width: float, height: float, colour: int) -> None:
        self.sheet.box(WIDTH - x - width if self.mirrored else x, y, width, height, colour)

    def title(self, title: str) -> None:
        x = 0.0
        for word in title.split():
            width = len(word) * 19
            if x and x + width > COLUMN + 60:
                x, self.y = 0.0, self.y + 52
            self.box(LEFT + x, self.y, width, 28, INK)
            x += width + 16
        self.y += 92

    def fold(self, lines: int) -> None:
        height = lines * LINE
        self.box(LEFT, self.y - 8, COLUMN, height, RULE)
        self.box(LEFT + 3, self.y - 5, COLUMN - 6, height - 6, SHEET)
        self.box(LEFT, self.y - 8, 8, height, ACCENT)
        self.y += height + LINE * 0.8

    def block(self, block: Block, text: str, readings: Sequence[Reviewed]) -> None:
        top, x = self.y, 0.0
        indent = 40 if block.kind in ("item", "quote") else 0
        colour = INK if block.kind == "heading" else SOFT
        words = [word.span() for word in WORD.finditer(text, block.start, block.end)]
        underlined = _underlined(words, readings)
        for number, (start, end) in enumerate(words):
            if self.y > HEIGHT + 2 * LINE:  # nothing further down is seen, nor are its notes
                break
            width = (end - start) * LETTER - 3
            if x and x + width > COLUMN - indent:
                x, self.y = 0.0, self.y + LINE
            self.box(LEFT + indent + x, self.y, width, BAR, colour)
            for line in underlined.get(number, ()):
                self.box(LEFT + indent + x, self.y + BAR + 5, width, 4, line)
            x += width + LETTER
        self.y += LINE * 1.6
        self.notes(top, readings)

    def notes(self, top: float, readings: Sequence[Reviewed]) -> None:
        """Beside the block, a line for each reading, as many as it has room for."""
        room = int((self.y - top - LINE * 0.6) / 18)
        for number, reading in enumerate(readings[:room]):
            width = min(len(reading.annotation.exact) * 7, NOTE)
            self.box(NOTES + 16, top + 18 * number, width, 7, UNDERLINES[type(reading.annotation)])
        if readings[:room]:
            self.box(NOTES, top - 4, 2, 18 * len(readings[:room]), RULE)


def _underlined(words: Sequence[tuple[int, int]], readings: Iterable[Reviewed]) -> dict[int, list[int]]:
    """The colours of the lines under each word, by its number, in the order they are drawn."""
    starts, ends = [start for start, _ in words], [end for _, end in words]
    found: dict[int, list[int]] = {}
    for reading in readings:
        annotation = reading.annotation
        for number in range(bisect_right(ends, annotation.start), bisect_left(starts, annotation.end)):
            found.setdefault(number, []).append(UNDERLINES[type(annotation)])
    return found


def _inside(annotations: Sequence[Reviewed], block: Block) -> list[Reviewed]:
    """The readings of a block, names over quotations: the last one drawn is seen."""
    drawn = [
        r
        for r in annotations
        if type(r.annotation) in UNDERLINES and r.annotation.start < block.end and r.annotation.end > block.start
    ]
    return sorted(drawn, key=lambda r: (isinstance(r.annotation, Mention), r.annotation.start, r.annotation.end))


def _sheet(config: Config) -> Drawing:
    colours = list(COLOURS)
    colours[ACCENT] = config.theme.accent or COLOURS[ACCENT]
    sheet = Drawing(WIDTH, HEIGHT, colours)
    sheet.box(0, 0, WIDTH, 12, ACCENT)
    return sheet
