"""A small map of the places whose coordinates are known: land, dots, and as many names as have room.

Projection: Equal Earth (B. Šavrič, T. Patterson, B. Jenny, 2018, https://doi.org/10.1080/13658816.2018.1504949).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TypeVar

from markupsafe import Markup, escape
from msgspec import Struct

from builder.model.archive import EntityRecord
from builder.render import lettering
from builder.render.heads import Named
from builder.render.words import Words

OUTLINE = Path(__file__).with_name("outline.txt")
WIDTH, HEIGHT = 800, 400  # of the drawing
WORLD = 5.42  # its width in the projection's units, from side to side
CLOSEST = 0.55  # the narrowest stretch shown: the coastline is too coarse for less
SIZE, LINE, DOT = 18, 21, 5
TERMS = (1.340264, -0.081106, 0.000893, 0.003796)

Point = tuple[float, float]
P = TypeVar("P", EntityRecord, Named)


class Frame(Struct, frozen=True):
    """The stretch of the world that is shown: its upper left corner and width in the projection's units."""

    left: float
    top: float
    width: float

    def at(self, point: Point) -> Point:
        """A projected point in the drawing."""
        scale = WIDTH / self.width
        return (point[0] - self.left) * scale, (self.top - point[1]) * scale


def known(records: Iterable[P]) -> list[P]:
    """Those that can be shown, most mentioned first: with coordinates, and not folded."""
    found = [r for r in records if r.coordinates and not r.sensitive]
    return sorted(found, key=lambda r: (-len(r.occurrences), r.id))


def draw(places: Sequence[P], words: Words) -> Markup:
    """The map of these places; nothing where there are none. It says no more than the list beside it."""
    spots = [project(*place.coordinates) for place in places if place.coordinates]
    if not spots:
        return Markup("")
    frame = _frame(spots)
    at = [frame.at(spot) for spot in spots]
    dots = "".join(_dot(place.name, spot) for place, spot in zip(places, at, strict=True))
    names = "".join(_names([place.name for place in places], at))
    title, said = words.gettext("Map of places"), words.ngettext("%(num)s place", "%(num)s places", len(places))
    note = f"{said}: {', '.join(place.name for place in places)}."
    head = f"<title>{escape(title)}</title><desc>{escape(note)}</desc>"
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    land = f'<path class="land" d="{_land(frame)}"/>'
    return Markup(f'<svg class="map" role="img" {size}>{head}<g aria-hidden="true">{land}{dots}{names}</g></svg>')


def project(latitude: float, longitude: float) -> Point:
    """Degrees to the projection's units."""
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    a1, a2, a3, a4 = TERMS
    slope = 9 * a4 * theta**8 + 7 * a3 * theta**6 + 3 * a2 * theta**2 + a1
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(theta) / (3 * slope)
    return x, a4 * theta**9 + a3 * theta**7 + a2 * theta**3 + a1 * theta


def _frame(spots: Sequence[Point]) -> Frame:
    """All spots with some land around them; the whole world where they are far apart."""
    xs, ys = [x for x, _ in spots], [y for _, y in spots]
    width = max(1.5 * (max(xs) - min(xs)), 3 * (max(ys) - min(ys)), CLOSEST)
    if width > 0.75 * WORLD:
        return Frame(-WORLD / 2, WORLD / 4, WORLD)
    middle = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return Frame(middle[0] - width / 2, middle[1] + width / 4, width)


@cache
def _rings() -> tuple[tuple[Point, ...], ...]:
    lines = OUTLINE.read_text("utf-8").splitlines()
    return tuple(tuple(_ring(line)) for line in lines if not line.startswith("#"))


def _ring(line: str) -> Iterator[Point]:
    numbers = [int(number) for number in line.split()]
    for x, y in zip(accumulate(numbers[::2]), accumulate(numbers[1::2]), strict=True):
        yield project(y / 10, x / 10)


def _land(frame: Frame) -> str:
    return "".join(_path([frame.at(point) for point in ring]) for ring in _rings())


def _path(ring: Sequence[Point]) -> str:
    """Whole pixels, each step from the one before; nothing for land that is out of sight or too small to see."""
    spots = [(round(x), round(y)) for x, y in ring]
    if _hidden([x for x, _ in spots], WIDTH) or _hidden([y for _, y in spots], HEIGHT):
        return ""
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(spots)]
    seen = [f"{x},{y}" for x, y in steps if x or y]
    return f"M{spots[0][0]},{spots[0][1]}l{' '.join(seen)}z" if len(seen) > 2 else ""


def _hidden(values: Sequence[int], size: int) -> bool:
    return max(values) < 0 or min(values) > size


def _dot(name: str, spot: Point) -> str:
    return f'<g><title>{escape(name)}</title><circle cx="{spot[0]:.1f}" cy="{spot[1]:.1f}" r="{DOT}"/></g>'


def _names(names: Sequence[str], spots: Sequence[Point]) -> Iterator[str]:
    """Beside its dot, right or left, where it covers no other name and no dot; else it stands in the list only."""
    taken = [(x - DOT, y - DOT, x + DOT, y + DOT) for x, y in spots]
    for name, (x, y) in zip(names, spots, strict=True):
        length = lettering.width(name, SIZE)
        for anchor, left in (("start", x + 8), ("end", x - 8 - length)):
            box = (left, y - LINE / 2, left + length, y + LINE / 2)
            if left > 0 and box[2] < WIDTH and not any(_meet(box, other) for other in taken):
                taken.append(box)
                edge = x + 8 if anchor == "start" else x - 8
                yield f'<text x="{edge:.1f}" y="{y + 6:.1f}" text-anchor="{anchor}">{escape(name)}</text>'
                break


Box = tuple[float, float, float, float]


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
