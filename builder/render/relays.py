"""On whose word an article stands: who is heard directly and who through another, as a list and as a small drawing."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from builder.render.lettering import lines
from builder.render.notes import QuotationNote, Voice

WIDTH = 492  # of the drawing, which is as wide as the room beside the list: so its letters keep their size
SIZE, LINE, ROW = 15, 17, 30
NAME, BEND = 14, 20  # from a column's edge to its names, and from the end of their room to the next column
DEEP, FLAT = (0, 164, 334), (0, 200)  # where columns begin, with and without voices that others pass on
MOST = 14  # rows the drawing shows; the list beside it is complete


class Heard(Struct, frozen=True):
    """A voice and how many of the article's quotations it speaks; `passed` are the voices it passes on."""

    voice: Voice
    count: int
    passed: tuple[Heard, ...] = ()


class Dot(Struct, frozen=True):
    """A dot at the left edge of its name, which is set in `lines`: words, and the height they stand at."""

    x: int
    y: int
    lines: tuple[tuple[str, int], ...]
    kind: str


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
        if note.via is not None and not _itself(note.via, note.speaker, publisher):
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


def _itself(via: Voice, speaker: Voice | None, publisher: str) -> bool:
    """True where nobody stands between: the article passes on what it heard, or somebody what they say themselves."""
    return via.name.casefold() == publisher.casefold() or (speaker is not None and _key(via) == _key(speaker))


def _key(voice: Voice) -> str:
    return voice.source.id if voice.source else f"words {voice.name}"


def draw(root: str, voices: Sequence[Heard], folded: str = "") -> Drawing:
    """Columns from left to right: the article, whom it hears, whom they pass on; `folded` in place of folded names."""
    columns = DEEP if any(one.passed for one in voices) else FLAT
    shown = [_named(one, folded) for one in _shown(voices)]
    dots, ends, bottom = _placed(shown, columns, 0)
    roots = _lines(root, columns, 0)
    own = _above(0, (ends[0][0] + ends[-1][0]) // 2 if ends else ROW, roots, "publication")
    if own.lines[0][1] < SIZE:  # a long name over few rows: everything moves down
        dots, ends, bottom = _placed(shown, columns, SIZE - own.lines[0][1])
        own = _above(0, own.y + SIZE - own.lines[0][1], roots, "publication")
    curves = [_curve(columns, 0, own.y, y) for y, _ in ends]
    curves += [_curve(columns, 1, y, end) for y, passed in ends for end in passed]
    return Drawing(WIDTH, bottom + LINE // 2, (own, *dots), tuple(curves), len(voices) - len(shown))


def _named(one: Heard, folded: str) -> Heard:
    hidden = one.voice.source is not None and one.voice.source.sensitive
    voice = replace(one.voice, name=folded) if hidden else one.voice
    return replace(one, voice=voice, passed=tuple(_named(other, folded) for other in one.passed))


def _placed(
    voices: Sequence[Heard], columns: Sequence[int], bottom: int
) -> tuple[list[Dot], list[tuple[int, list[int]]], int]:
    """The voices from `bottom` on: dots, the height of each with those of whom it passes on, and where they end."""
    dots: list[Dot] = []
    ends: list[tuple[int, list[int]]] = []
    for one in voices:
        bottom, heights, found = _passed(one, columns, bottom)
        own = _lines(one.voice.name, columns, 1)
        if heights:
            y, beside = (heights[0] + heights[-1]) // 2, _above
        else:
            (bottom, y), beside = _row(bottom, (), own), _beside
        ends.append((y, heights))
        dots += [beside(columns[1], y, own, one.voice.kind), *found]
    return dots, ends, bottom


def _passed(one: Heard, columns: Sequence[int], bottom: int) -> tuple[int, list[int], list[Dot]]:
    """Those whom a voice passes on, below one another: where they end, and at what heights they stand."""
    own = _lines(one.voice.name, columns, 1) if len(one.passed) == 1 else ()
    heights, dots = [], []
    for other in one.passed[:MOST]:
        name = _lines(other.voice.name, columns, 2)
        bottom, y = _row(bottom, own, name)
        heights.append(y)
        dots.append(_beside(columns[2], y, name, other.voice.kind))
    return bottom, heights, dots


def _shown(voices: Sequence[Heard]) -> Sequence[Heard]:
    """As many as there are rows for, and one at least."""
    rows = 0
    for n, one in enumerate(voices):
        rows += max(1, len(one.passed[:MOST]))
        if n and rows > MOST:
            return voices[:n]
    return voices


def _lines(name: str, columns: Sequence[int], column: int) -> tuple[str, ...]:
    last = column == len(columns) - 1
    room = (WIDTH if last else columns[column + 1] - BEND) - columns[column] - NAME
    return lines(name, room, SIZE, 3)


def _row(top: int, above: Sequence[str], beside: Sequence[str]) -> tuple[int, int]:
    """Where a row ends that begins at `top`, and where its dot stands: below the name above it, if there is one."""
    before = max(LINE * len(above), LINE * (len(beside) - 1) // 2)
    return top + ROW + before + LINE * (len(beside) - 1) // 2, top + ROW // 2 + before


def _above(x: int, y: int, words: Sequence[str], kind: str) -> Dot:
    return _dot(x, y, words, kind, y - 6 - LINE * (len(words) - 1))


def _beside(x: int, y: int, words: Sequence[str], kind: str) -> Dot:
    return _dot(x, y, words, kind, y + 5 - LINE * (len(words) - 1) // 2)


def _dot(x: int, y: int, words: Sequence[str], kind: str, first: int) -> Dot:
    return Dot(x, y, tuple((line, first + LINE * n) for n, line in enumerate(words)), kind)


def _curve(columns: Sequence[int], column: int, y1: int, y2: int) -> str:
    """From the dot along below its name, and on to the next column."""
    start, end = columns[column] + 8, columns[column + 1]
    bend, middle = end - BEND - 8, end - BEND // 2 - 4
    return f"M{start} {y1}H{bend}C{middle} {y1} {middle} {y2} {end} {y2}"
