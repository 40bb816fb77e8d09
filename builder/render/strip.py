"""How the dated happenings lie in time, as one SVG: columns of those a unit holds, bars for those that reach further.

Positions are percentages and type keeps its size, so the strip fits a phone without shrinking its words.
Stretches in which nothing happens are cut out and marked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup, escape
from msgspec import Struct

from builder.model.archive import ChronologyRecord
from builder.render import dates
from builder.render.derived import through
from builder.render.words import Words
from builder.render.years import year_label

MONTHLY = 30  # months with something in them, up to which months are the unit
YEARLY = 90  # the same for years; beyond, decades
GAP = 3  # empty units in a row from which time is cut out
LANES = 12
FEW = 8  # slots up to which columns have a fixed width, in pixels that fit a phone
BASE = 84
TOP = 14
LANE = 7


class Unit(Struct, frozen=True, order=True):
    """A month, year or decade: its number counted in units, and its name."""

    number: int
    label: str


class Scale(Struct, frozen=True):
    """Units in order with None for each cut; `size` is months a unit, `at` the slot of each unit number."""

    size: int
    slots: tuple[Unit | None, ...]
    at: dict[int, int]

    def percent(self, slot: float) -> str:
        return f"{slot / len(self.slots) * 100:.2f}%"


class Span(Struct):
    """Of a happening, when it was."""

    id: str
    edtf: str | None
    earliest: str
    latest: str


def strip(records: Sequence[ChronologyRecord], words: Words) -> Markup:
    """The drawing, with title and description inside; nothing where nothing is dated."""
    scale = _scale(_dated(records), words)
    if not scale.slots:
        return Markup("")
    inside, reaching = _sorted_out(_dated(records), scale)
    lanes = _lanes(reaching, scale)
    height = BASE + 18 + LANE * (len({lane for lane, *_ in lanes}) + 1)
    title, said = words.gettext("Happenings over time"), _described(inside, reaching, scale, words)
    head = f"<title>{escape(title)}</title><desc>{escape(said)}</desc>"
    bars = (_bar(lane, scale, reach, dates.readable(reach[4].edtf, words)) for lane, reach in lanes)
    body = _columns(inside, scale) + _axis(scale) + "".join(bars)
    return Markup(
        f'<svg class="strip" role="img" width="100%" height="{height}">{head}<g aria-hidden="true">{body}</g></svg>'
    )


def _dated(records: Sequence[ChronologyRecord]) -> Iterator[Span]:
    """Yields those that have a day, none of which is held: gone through twice, they are still less than all at once."""
    return (span for _, span in through(records, Span) if span.earliest or span.latest)


def month_number(day: str) -> int:
    """Months since year 0 of an ISO day, which may have a minus sign."""
    year, month = day[1:].split("-")[:2] if day.startswith("-") else day.split("-")[:2]
    return (-int(year) if day.startswith("-") else int(year)) * 12 + int(month) - 1


def _scale(records: Iterable[Span], words: Words) -> Scale:
    months = {month_number(day) for r in records for day in (r.earliest, r.latest) if day}
    size = 1 if len(months) <= MONTHLY and max(months, default=0) - min(months, default=0) < 240 else 12
    size = 120 if len({m // 12 for m in months}) > YEARLY else size
    used = sorted({m // size for m in months})
    slots: list[Unit | None] = []
    for number in used:
        last = slots[-1].number if slots and slots[-1] else number - 1
        if number - last > GAP:
            slots.append(None)
        else:
            slots.extend(Unit(n, _label(n, size, words)) for n in range(last + 1, number))
        slots.append(Unit(number, _label(number, size, words)))
    return Scale(size, tuple(slots), {unit.number: n for n, unit in enumerate(slots) if unit})


def _label(number: int, size: int, words: Words) -> str:
    if size == 1:
        month, year = words.month(number % 12 + 1, short=True), year_label(number // 12, words)
        return words.gettext("%(month)s %(year)s", month=month, year=year)
    if size == 12 or number < 0:  # decades before our era begin with no round year
        return year_label(number * size // 12, words)
    return words.gettext("%(decade)ss", decade=number * 10)


Reach = tuple[int, int, bool, bool, Span]  # first slot, last slot, open before, open after


def _sorted_out(records: Iterable[Span], scale: Scale) -> tuple[Counter[int], list[Reach]]:
    inside: Counter[int] = Counter()
    reaching = []
    for r in records:
        first = scale.at[month_number(r.earliest or r.latest) // scale.size]
        last = scale.at[month_number(r.latest or r.earliest) // scale.size]
        if r.earliest and r.latest and first == last:
            inside[first] += 1
        else:
            reaching.append((first, last, not r.earliest, not r.latest, r))
    return inside, reaching


def _lanes(reaching: Sequence[Reach], scale: Scale) -> list[tuple[int, Reach]]:
    """Bars stand in the first lane where they are clear of others; beyond the last lane none is drawn."""
    ends = [-1.0] * LANES
    placed = []
    for reach in sorted(reaching, key=lambda r: (r[0], r[1], r[4].id)):
        first, last = (0 if reach[2] else reach[0]), (len(scale.slots) if reach[3] else reach[1])
        lane = next((n for n, end in enumerate(ends) if end < first), None)
        if lane is not None:
            ends[lane] = last
            placed.append((lane, reach))
    return placed


def _columns(inside: Counter[int], scale: Scale) -> str:
    most = max(inside.values(), default=1)
    drawn = []
    for slot, count in sorted(inside.items()):
        unit = scale.slots[slot]
        height = max(4.0, (BASE - TOP) * count / most)
        place = f'x="{scale.percent(slot + 0.12)}" width="{scale.percent(0.76)}"'
        if len(scale.slots) <= FEW:
            place = f'x="{scale.percent(slot + 0.5)}" width="28" transform="translate(-14)"'
        said = f"<title>{escape(unit.label if unit else '')}: {count}</title>"
        drawn.append(f'<rect class="column" {place} y="{BASE - height:.1f}" height="{height:.1f}">{said}</rect>')
    return "".join(drawn)


def _axis(scale: Scale) -> str:
    """The line, its cuts, and as many names as fit; those that do not fit a phone have the class `minor`."""
    line = f'<line class="axis" x1="0" x2="100%" y1="{BASE}.5" y2="{BASE}.5"/>'
    cuts = "".join(
        f'<svg x="{scale.percent(n + 0.5)}" y="{BASE - 6}" overflow="visible">'
        '<rect class="hole" x="-6" width="12" height="12"/>'
        '<text class="cut" y="10" text-anchor="middle">⁄⁄</text></svg>'
        for n, unit in enumerate(scale.slots)
        if unit is None
    )
    units = [n for n, unit in enumerate(scale.slots) if unit]
    wide = _every(units, len(scale.slots), 9)
    narrow = _every(wide, len(scale.slots), 4)
    names = []
    for n in wide:
        unit = scale.slots[n]
        outer = {0: "start", len(scale.slots) - 1: "end"} if len(scale.slots) > FEW else {}
        anchor = outer.get(n, "middle")
        spot = n if anchor == "start" else n + 1 if anchor == "end" else n + 0.5
        kind = "label" if n in narrow else "label minor"
        text = escape(unit.label if unit else "")
        names.append(
            f'<text class="{kind}" x="{scale.percent(spot)}" y="{BASE + 15}" text-anchor="{anchor}">{text}</text>'
        )
    return line + cuts + "".join(names)


def _every(units: Sequence[int], total: int, most: int) -> list[int]:
    """Slots whose names stand far enough apart: at least a `most`-th of the width between two."""
    apart = total / most
    chosen: list[int] = []
    for slot in units:
        if not chosen or slot - chosen[-1] >= apart:
            chosen.append(slot)
    return chosen


def _bar(lane: int, scale: Scale, reach: Reach, words: str) -> str:
    first, last, before, after, _ = reach
    left, right = (0.0 if before else first + 0.2), (len(scale.slots) if after else last + 0.8)
    kind = "reach open" if before or after else "reach"
    y = BASE + 24 + lane * LANE
    said = f"<title>{escape(words)}</title>"
    return (
        f'<line class="{kind}" x1="{scale.percent(left)}" x2="{scale.percent(right)}" y1="{y}" y2="{y}">{said}</line>'
    )


def _described(inside: Counter[int], reaching: Sequence[Reach], scale: Scale, words: Words) -> str:
    return " ".join(_sentences(inside, reaching, scale, words))


def _sentences(inside: Counter[int], reaching: Sequence[Reach], scale: Scale, words: Words) -> Iterator[str]:
    units = [unit.label for unit in scale.slots if unit]
    dated = inside.total() + len(reaching)
    number = words.ngettext("%(num)s dated happening", "%(num)s dated happenings", dated)
    if len(units) > 1:
        yield words.gettext("From %(first)s to %(last)s: %(number)s.", first=units[0], last=units[-1], number=number)
    else:
        yield words.gettext("All in %(unit)s: %(number)s.", unit=units[0], number=number)
    if inside:
        slot, count = max(inside.items(), key=lambda pair: (pair[1], -pair[0]))
        unit = scale.slots[slot]
        yield words.gettext("Most are in %(unit)s: %(number)s.", unit=unit.label if unit else "", number=count)
    if reaching:
        yield words.ngettext(
            "%(num)s reaches beyond one column or has an open end; it is drawn as a bar below the line.",
            "%(num)s reach beyond one column or have an open end; they are drawn as bars below the line.",
            len(reaching),
        )
    if None in scale.slots:
        yield words.gettext("Stretches without any are cut out.")
