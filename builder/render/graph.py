"""Two small drawings of who stands with whom, as SVG: rows joined by lines, and one in the middle of many.

Both carry their title and description inside and need no script, style attribute or id, so that several can
stand on one page. They never say more than the list that stands beside them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain

from markupsafe import Markup
from msgspec import Struct

from builder.render.escaping import escaped
from builder.render.lettering import line, lines
from builder.render.words import Words


class Node(Struct, frozen=True):
    """One row or dot; `kind` becomes a class, `weight` is what it is sorted or sized by."""

    id: str
    label: str
    kind: str = ""
    weight: int = 1


class Edge(Struct, frozen=True):
    """A line from `tail` to `head`; one that only a machine read (`certain` False) is dashed."""

    tail: str
    head: str
    certain: bool = True


ROW = 30
LINE = 14
WIDTH = 288
SIZE = 14  # of its letters
LANE = 9  # between the lines of two that report
EDGE = 16  # from the last lane to the names

Row = tuple[float, Sequence[str]]  # the height a name stands at, and its words line by line


def diagram(nodes: Iterable[Node], edges: Iterable[Edge], said: Words) -> Markup:
    """Rows of names; a line from each down its own lane to those it passes on; as wide as the smallest phone.

    Edges to unknown nodes are left out. No nodes: no drawing.
    """
    kept = {node.id: node for node in nodes}
    drawn = [e for e in dict.fromkeys(edges) if e.tail in kept and e.head in kept and e.tail != e.head]
    if not kept:
        return Markup("")
    order = _downwards(list(kept), drawn)
    lanes = _lanes(order, drawn)
    left = EDGE + LANE * (max(lanes.values(), default=-1) + 1)
    rows, height = _rows([kept[id_] for id_ in order], WIDTH - left)
    arcs = "".join(_arc(rows[e.tail][0], rows[e.head][0], e.certain, left, lanes[e.tail]) for e in drawn)
    names = "".join(_row(kept[id_], left, *rows[id_]) for id_ in order)
    title = said.gettext("Who reports whom")
    head = f"<title>{escaped(title)}</title><desc>{escaped(_spelled(kept, drawn, said))}</desc>"
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    return Markup(f'<svg class="diagram" role="img" {size}>{head}<g aria-hidden="true">{arcs}{names}</g></svg>')


def _rows(nodes: Iterable[Node], room: float) -> tuple[dict[str, Row], int]:
    rows: dict[str, Row] = {}
    y = 0
    for node in nodes:
        words = lines(node.label or "—", room, SIZE)
        height = ROW + LINE * (len(words) - 1)
        rows[node.id] = (y + height / 2, words)
        y += height
    return rows, y


def _downwards(ids: list[str], edges: Sequence[Edge]) -> list[str]:
    """Those whom nobody reports first, each followed by those it reports: so lines are short and seldom cross."""
    heads: dict[str, list[str]] = {}
    for edge in edges:
        heads.setdefault(edge.tail, []).append(edge.head)
    reported = {edge.head for edge in edges}
    order: dict[str, None] = {}
    # A stack: what is reported by others, last one first, under those where lines begin.
    waiting = [*(i for i in reversed(ids) if i in reported), *(i for i in reversed(ids) if i not in reported)]
    while waiting:
        id_ = waiting.pop()
        if id_ not in order:
            order[id_] = None
            own = heads.get(id_, [])
            waiting += [h for h in reversed(own) if h in heads] + [h for h in reversed(own) if h not in heads]
    return list(order)


def _lanes(order: Sequence[str], edges: Iterable[Edge]) -> dict[str, int]:
    """Who reports -> its lane: short lines nearest to the names, and none over another's."""
    at = {id_: n for n, id_ in enumerate(order)}
    spans: dict[str, tuple[int, int]] = {}
    for edge in edges:
        rows = (at[edge.tail], at[edge.head], *spans.get(edge.tail, ()))
        spans[edge.tail] = (min(rows), max(rows))
    taken: list[list[tuple[int, int]]] = []
    lanes = {}
    for tail, (first, last) in sorted(spans.items(), key=lambda item: (item[1][1] - item[1][0], item[1])):
        free = (n for n, used in enumerate(taken) if all(last < a or b < first for a, b in used))
        lanes[tail] = next(free, len(taken))
        if lanes[tail] == len(taken):
            taken.append([])
        taken[lanes[tail]].append((first, last))
    return lanes


def _arc(start: float, end: float, certain: bool, left: int, lane: int) -> str:
    """Out of its row below the middle, along its lane, into the other's above the middle."""
    tail, head, edge = start + 4, end - 2, left - 6
    x = left - EDGE - LANE * lane + 1
    bend = 5 if head > tail else -5
    out, back = f"M{edge} {tail:g}H{x + 5}Q{x} {tail:g} {x} {tail + bend:g}", f"Q{x} {head:g} {x + 5} {head:g}"
    path = f"{out}V{head - bend:g}{back}H{edge - 6}"
    kind = "arc" if certain else "arc unsure"
    return f'<path class="{kind}" d="{path}"/><path class="tip" d="M{edge} {head:g}l-7 -3.5v7z"/>'


def _row(node: Node, left: int, y: float, words: Sequence[str]) -> str:
    top = y - LINE * (len(words) - 1) / 2 + 4.5
    spans = " ".join(f'<tspan x="{left}" y="{top + LINE * n:.1f}">{escaped(w)}</tspan>' for n, w in enumerate(words))
    full = f"<title>{escaped(node.label)}</title>" if " ".join(words) != node.label else ""
    return f'<g class="node {escaped(node.kind)}">{full}<text>{spans}</text></g>'


def _spelled(nodes: dict[str, Node], edges: Sequence[Edge], said: Words) -> str:
    if not edges:
        names = ", ".join(node.label for node in nodes.values())
        return said.gettext("Nobody passes on anyone else’s words: %(names)s.", names=names)
    reports = [(nodes[e.tail].label, nodes[e.head].label) for e in edges]
    return "; ".join(said.gettext("%(one)s passes on %(other)s", one=a, other=b) for a, b in reports) + "."


FEW = 3  # fewer need no drawing
MOST = 100  # dots around the middle
NAMED = 28  # up to here names fit beside the dots
HALF, NAME = 243, 13  # from the middle to where names end, and the size of their letters
TIES = 60  # lines among the dots; more say nothing but that there are many
RINGS = ((56, (88.0, 145.0)), (MOST, (72.0, 112.0, 150.0)))  # up to how many, how far from the middle
MIDDLE, RADIUS = 180, 125


def ego(centre: Node, others: Sequence[Node], ties: Mapping[tuple[str, str], int], title: str, note: str) -> Markup:
    """One in the middle, up to 100 numbered dots around it, nearer where they share more; ties among these as lines.

    The numbers are those of the list beside it, in the order given (most first). `ties` count what two dots share;
    where there are too many lines to follow, those that share least are left out, all alike.
    """
    if len(others) < FEW:
        return Markup("")
    shown = list(others[:MOST])
    at = {node.id: number for number, node in enumerate(shown)}
    begins, ends, rays, circles = _frame(len(shown))
    if not at.keys() >= {*chain.from_iterable(ties)}:
        ties = {pair: shared for pair, shared in ties.items() if pair[0] in at and pair[1] in at}
    between = "".join([f'<line class="tie" {begins[at[a]]} {ends[at[b]]}/>' for a, b in _strongest(ties)])
    names = _names(shown) if len(shown) <= NAMED else [""] * len(shown)
    dots = "".join(map(_dot, shown, circles, names))
    hub = f'<g class="node hub {escaped(centre.kind)}"><circle cx="{MIDDLE}" cy="{MIDDLE}" r="9"/></g>'
    head = f"<title>{escaped(title)}</title><desc>{escaped(note)}</desc>"
    box = "-63 38 486 284" if len(shown) <= NAMED else "18 18 324 324"
    width, height = box.split()[2:]
    return Markup(
        f'<svg class="ego" role="img" viewBox="{box}" width="{width}" height="{height}">'
        f'{head}<g aria-hidden="true">{between}{rays}{hub}{dots}</g></svg>'
    )


def _strongest(ties: Mapping[tuple[str, str], int]) -> list[tuple[str, str]]:
    """As many as can be told apart; of those that share equally much all or none."""
    if len(ties) <= TIES:
        return list(ties)
    least, kept, having = math.inf, 0, Counter(ties.values())
    for shared in sorted(having, reverse=True):
        kept += having[shared]
        if kept > TIES:
            break
        least = shared
    return [pair for pair, shared in ties.items() if shared >= least]


def _spots(count: int) -> list[tuple[float, float]]:
    """On one, two or three rings, as evenly as their lengths allow, the nearest first; with names line by line."""
    if count <= NAMED:
        return list(_sides(count))
    radii = next(radii for most, radii in RINGS if count <= most)
    left, spots = count, []
    for n, radius in enumerate(radii):
        size = round(left * radius / sum(radii[n:]))
        left -= size
        for step in range(size):
            angle = 2 * math.pi * (step + 0.5) / size - math.pi / 2
            spots.append((round(MIDDLE + radius * math.cos(angle), 1), round(MIDDLE + radius * math.sin(angle), 1)))
    return spots


def _sides(count: int) -> Iterator[tuple[float, float]]:
    """Down the right side of a ring and up the left, at even heights: so that no name comes near another."""
    for step in range(count):
        right = step < (count + 1) // 2
        n, size = (step, (count + 1) // 2) if right else (count - 1 - step, count // 2)
        rise = RADIUS * (1 - (2 * n + 1) / size)
        across = math.sqrt(RADIUS**2 - rise**2)
        yield round(MIDDLE + (across if right else -across), 1), round(MIDDLE - rise, 1)


@cache
def _frame(count: int) -> tuple[list[str], list[str], str, list[str]]:
    """What is the same in all drawings of so many: where a line begins and ends, the rays, and the numbered circles."""
    spots = _spots(count)
    ends = [f'x2="{x}" y2="{y}"' for x, y in spots]
    rays = "".join([f'<line class="ray" x1="{MIDDLE}" y1="{MIDDLE}" {end}/>' for end in ends])
    circles = [
        f'<circle cx="{x}" cy="{y}" r="9"/>'
        f'<text class="number" x="{x}" y="{y + 3.5}" text-anchor="middle">{number}</text>'
        for number, (x, y) in enumerate(spots, 1)
    ]
    return [f'x1="{x}" y1="{y}"' for x, y in spots], ends, rays, circles


def _names(nodes: Sequence[Node]) -> Iterator[str]:
    for node, (begin, room) in zip(nodes, _places(len(nodes)), strict=True):
        yield f"{begin}{escaped(line(node.label, room, NAME))}</text>"


@cache
def _places(count: int) -> list[tuple[str, float]]:
    """For each name the beginning of its element, and how much room there is."""
    found = []
    for x, y in _spots(count):
        right = x >= MIDDLE
        side = f'x="{x + 13 if right else x - 13:.1f}" text-anchor="{"start" if right else "end"}"'
        found.append((f'<text class="name" {side} y="{y + 4}">', HALF - abs(x - MIDDLE) - 13))
    return found


def _dot(node: Node, circle: str, name: str) -> str:
    return f'<g class="node {escaped(node.kind)}"><title>{escaped(node.label)}</title>{circle}{name}</g>'
