"""On whose word an article stands: who is heard directly and who through another, as a list and as a small drawing."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from builder.render.notes import QuotationNote, Voice

ROW, TOP, WIDTH = 32, 24, 580
COLUMNS = (0, 200, 400)
BOX = 168  # of a name's column, in the drawing's units
DOT = 8
LETTERS = 22  # that fit into it
MOST = 14  # rows the drawing shows; the list beside it is complete


class Heard(Struct, frozen=True):
    """A voice and how many of the article's quotations it speaks; `passed` are the voices it passes on."""

    voice: Voice
    count: int
    passed: tuple[Heard, ...] = ()


class Dot(Struct, frozen=True):
    """A name in the drawing, at the middle of its left edge; where lines go on from it the name stands `above` them."""

    x: int
    y: int
    label: str
    kind: str
    above: bool


class Drawing(Struct, frozen=True):
    """Names and the curves between them in a box of `width` by `height`; `left_out` rows are in the list only."""

    width: int
    height: int
    dots: tuple[Dot, ...]
    curves: tuple[str, ...]
    left_out: int


def heard(quotations: Sequence[QuotationNote], publisher: str) -> tuple[Heard, ...]:
    """The voices of an article in order of appearance, those passed on below who passes them on.

    What the article's own publisher passes on is heard by the article itself.
    """
    direct: dict[str, list[Voice]] = {}
    through: dict[str, dict[str, list[Voice]]] = {}
    voices: dict[str, Voice] = {}
    for note in quotations:
        if note.via is not None and note.via.name.casefold() != publisher.casefold():
            voices.setdefault(_key(note.via), note.via)
            passed = through.setdefault(_key(note.via), {})
            if note.speaker is not None:
                passed.setdefault(_key(note.speaker), []).append(note.speaker)
        elif note.speaker is not None:
            voices.setdefault(_key(note.speaker), note.speaker)
            direct.setdefault(_key(note.speaker), []).append(note.speaker)
    return tuple(
        Heard(
            voice,
            len(direct.get(key, ())),
            tuple(Heard(said[0], len(said)) for said in through.get(key, {}).values()),
        )
        for key, voice in voices.items()
    )


def _key(voice: Voice) -> str:
    return voice.source.id if voice.source else f"words {voice.name}"


def draw(root: str, voices: Sequence[Heard]) -> Drawing:
    """Three columns from left to right: the article, whom it hears, whom they pass on."""
    deep = any(one.passed for one in voices)
    dots: list[Dot] = []
    curves: list[str] = []
    heights: list[int] = []
    row = 0
    for one in voices:
        passed = one.passed[:MOST]
        if row and row + len(passed) > MOST:
            break
        y = _height(row + max(len(passed) - 1, 0) / 2)
        heights.append(y)
        dots.append(_dot(1, y, one.voice, letters=LETTERS if deep else 2 * LETTERS, above=bool(passed)))
        for n, other in enumerate(passed):
            dots.append(_dot(2, _height(row + n), other.voice))
            curves.append(_curve(1, y, _height(row + n)))
        row += max(1, len(passed))
    middle = (heights[0] + heights[-1]) // 2 if heights else TOP
    dots.insert(0, Dot(COLUMNS[0], middle, _short(root, LETTERS), "publication", bool(heights)))
    curves[:0] = [_curve(0, middle, y) for y in heights]
    return Drawing(WIDTH, 2 * TOP + max(row - 1, 0) * ROW, tuple(dots), tuple(curves), len(voices) - len(heights))


def _height(row: float) -> int:
    return int(TOP + row * ROW)


def _dot(column: int, y: int, voice: Voice, letters: int = LETTERS, above: bool = False) -> Dot:
    return Dot(COLUMNS[column], y, _short(voice.name, letters), voice.kind, above)


def _short(name: str, letters: int) -> str:
    return name if len(name) <= letters else name[: letters - 1].rstrip() + "…"


def _curve(column: int, y1: int, y2: int) -> str:
    """From the dot along below its name, and on to the next column."""
    start, bend, end = COLUMNS[column] + DOT, COLUMNS[column] + BOX, COLUMNS[column + 1]
    middle = (bend + end) // 2
    return f"M{start} {y1}H{bend}C{middle} {y1} {middle} {y2} {end} {y2}"
