"""Two small drawings of who stands with whom, as SVG: rows joined by arcs, and one in the middle of many.

Both carry their title and description inside and need no script, style attribute or id, so that several can
stand on one page. They never say more than the list that stands beside them.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Sequence
from functools import cache

from markupsafe import Markup
from msgspec import Struct

from builder.render.escaping import escaped
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
GUTTER = 68
WIDTH = 288
CHARACTERS = 29


def diagram(nodes: Iterable[Node], edges: Iterable[Edge], said: Words) -> Markup:
    """Rows of names with an arrow from each to those it passes on; as wide as the smallest phone.

    Edges to unknown nodes are left out. No nodes: no drawing.
    """
    kept = {node.id: node for node in nodes}
    lines = [e for e in dict.fromkeys(edges) if e.tail in kept and e.head in kept and e.tail != e.head]
    if not kept:
        return Markup("")
    order = _downwards(list(kept), lines)
    rows, y = {}, 0
    for id_ in order:
        words = _wrap(kept[id_].label)
        height = ROW + LINE * (len(words) - 1)
        rows[id_] = (y + height / 2, words)
        y += height
    arcs = "".join(_arc(rows[e.tail][0], rows[e.head][0], e.certain, n) for n, e in enumerate(lines))
    names = "".join(_row(kept[id_], *rows[id_]) for id_ in order)
    title = said.gettext("Who reports whom")
    head = f"<title>{escaped(title)}</title><desc>{escaped(_spelled(kept, lines, said))}</desc>"
    size = f'viewBox="0 0 {WIDTH} {y}" width="{WIDTH}" height="{y}"'
    return Markup(f'<svg class="diagram" role="img" {size}>{head}{arcs}{names}</svg>')


def _downwards(ids: list[str], edges: Sequence[Edge]) -> list[str]:
    """Those who report before those they report; where reports run in a circle, as they came."""
    left, order = list(ids), []
    while left:
        waiting = set(left)
        free = [i for i in left if not any(e.head == i and e.tail in waiting for e in edges)]
        nxt = free or left[:1]
        order += nxt
        left = [i for i in left if i not in set(nxt)]
    return order


def _wrap(label: str) -> list[str]:
    return textwrap.wrap(label, CHARACTERS, max_lines=2, placeholder=" …") or ["—"]


def _arc(start: float, end: float, certain: bool, number: int) -> str:
    """Longer reaches bow out further; starts and ends are a little apart, so that lines do not hide each other."""
    tail, head = start + 3 + number % 2, end - 3 - number % 2
    bow = GUTTER - 8 - min(GUTTER - 22, 12 + abs(head - tail) ** 0.75)
    edge = GUTTER - 6
    kind = "arc" if certain else "arc unsure"
    path = f"M{edge} {tail:.1f}C{bow:.1f} {tail:.1f} {bow:.1f} {head:.1f} {edge - 5} {head:.1f}"
    tip = f"M{edge} {head:.1f}l-7 -3.5v7z"
    return f'<path class="{kind}" d="{path}"/><path class="tip" d="{tip}"/>'


def _row(node: Node, y: float, words: Sequence[str]) -> str:
    top = y - LINE * (len(words) - 1) / 2 + 4.5
    spans = "".join(f'<tspan x="{GUTTER}" y="{top + LINE * n:.1f}">{escaped(w)}</tspan>' for n, w in enumerate(words))
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
NAMED = 14  # up to here names fit beside the dots
RINGS = ((16, 74.0), (34, 112.0), (50, 150.0))  # how many, how far from the middle
MIDDLE = 180


def ego(centre: Node, others: Sequence[Node], ties: Iterable[tuple[str, str]], title: str, note: str) -> Markup:
    """One in the middle, up to 100 numbered dots around it, nearer where they share more; ties among these as lines.

    The numbers are those of the list beside it, in the order given (most first).
    """
    if len(others) < FEW:
        return Markup("")
    shown = list(others[:MOST])
    spots = _spots(len(shown))
    at = {node.id: number for number, node in enumerate(shown)}
    begins, ends = _ends(len(shown))
    rays = "".join([f'<line class="ray" x1="{MIDDLE}" y1="{MIDDLE}" {end}/>' for end in ends])
    known = [(at[a], at[b]) for a, b in ties if a in at and b in at and a < b]
    between = "".join([f'<line class="tie" {begins[a]} {ends[b]}/>' for a, b in known])
    dots = "".join([_dot(n, node, spots[n - 1], len(shown) <= NAMED) for n, node in enumerate(shown, 1)])
    hub = f'<g class="node hub {escaped(centre.kind)}"><circle cx="{MIDDLE}" cy="{MIDDLE}" r="9"/></g>'
    head = f"<title>{escaped(title)}</title><desc>{escaped(note)}</desc>"
    box, height = ("-60 40 480 280", 233) if len(shown) <= NAMED else ("18 18 324 324", 400)
    return Markup(
        f'<svg class="ego" role="img" viewBox="{box}" width="400" height="{height}">'
        f"{head}{between}{rays}{hub}{dots}</svg>"
    )


@cache
def _spots(count: int) -> list[tuple[float, float]]:
    """Few dots stand on one wide ring; more fill three, the nearest first."""
    rings = [(count, 120.0)] if count <= RINGS[0][0] else []
    left = 0 if rings else count
    for size, radius in RINGS:
        if left:
            rings.append((min(size, left), radius))
            left -= min(size, left)
    spots = []
    for size, radius in rings:
        for n in range(size):
            angle = 2 * math.pi * (n + 0.5) / size - math.pi / 2
            spots.append((round(MIDDLE + radius * math.cos(angle), 1), round(MIDDLE + radius * math.sin(angle), 1)))
    return spots


@cache
def _ends(count: int) -> tuple[list[str], list[str]]:
    """A line's attributes where it begins and where it ends at each spot."""
    spots = _spots(count)
    return [f'x1="{x}" y1="{y}"' for x, y in spots], [f'x2="{x}" y2="{y}"' for x, y in spots]


def _dot(number: int, node: Node, spot: tuple[float, float], named: bool) -> str:
    x, y = spot
    name = ""
    if named:
        right = x >= MIDDLE
        words = textwrap.shorten(node.label, 19, placeholder=" …") if len(node.label) > 19 else node.label
        side = f'x="{x + 13 if right else x - 13:.1f}" text-anchor="{"start" if right else "end"}"'
        name = f'<text class="name" {side} y="{y + 4}">{escaped(words)}</text>'
    circle = f'<circle cx="{x}" cy="{y}" r="9"/>'
    figure = f'<text class="number" x="{x}" y="{y + 3.5}" text-anchor="middle">{number}</text>'
    return f'<g class="node {escaped(node.kind)}"><title>{escaped(node.label)}</title>{circle}{figure}{name}</g>'
