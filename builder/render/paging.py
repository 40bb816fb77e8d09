"""Long registers in pages of whole groups: the first stands at the register itself, the others below `page/`."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import accumulate, groupby, pairwise
from typing import Generic, TypeVar

from msgspec import Struct

T = TypeVar("T")
U = TypeVar("U")
FEW = 20  # pages that each lead to all others


class Group(Struct, Generic[T], frozen=True):
    """Items under one heading; `id` is the heading's fragment, the same on every build."""

    id: str
    label: str
    items: tuple[T, ...]
    continued: bool = False  # the heading began on the page before


class Page(Struct, Generic[T], frozen=True):
    """One page of a register: `folder` from the site's root with a slash at the end; numbers count from 1."""

    number: int
    folder: str
    label: str
    groups: tuple[Group[T], ...]


def paged(
    groups: Iterable[Group[T]], limit: int, folder: str, size: Callable[[T], int] = lambda item: 1
) -> tuple[Page[T], ...]:
    """Whole groups up to `limit` a page; only a group larger than that is cut, and goes on with `continued`.

    An item counts as its `size`; one that is larger than a page stands on it alone. There is always a first page,
    empty where there is nothing.
    """
    pages: list[list[Group[T]]] = [[]]
    room = limit
    for group in groups:
        sums = list(accumulate(map(size, group.items), initial=0))  # how much the first items take together
        at, part = 0, 1
        while at < len(group.items):
            if pages[-1] and (sums[at + 1] - sums[at] > room or room < sums[-1] - sums[at] <= limit):
                pages.append([])
                room = limit
            end = max(at + 1, bisect_right(sums, sums[at] + room) - 1)
            id_ = group.id if part == 1 else f"{group.id}-{part}"
            pages[-1].append(Group(id_, group.label, group.items[at:end], continued=part > 1))
            room, at, part = room - (sums[end] - sums[at]), end, part + 1
    return tuple(_page(number, tuple(content), folder) for number, content in enumerate(pages, 1))


def _page(number: int, groups: tuple[Group[T], ...], folder: str) -> Page[T]:
    first, last = (groups[0].label, groups[-1].label) if groups else ("", "")
    label = first if first == last else f"{first} – {last}"
    return Page(number, folder_of(number, folder), label, groups)


def folder_of(number: int, folder: str) -> str:
    """Where a page of the register in `folder` stands."""
    return folder if number == 1 else f"{folder}page/{number}/"


def near(number: int, total: int) -> list[int]:
    """The pages that a page leads to, 0 where some are left out: few of very many, and every other in a few steps.

    If each page led to each other, the links alone would outgrow everything else.
    """
    steps = [step * 10**power for power in range(len(str(total))) for step in (1, 2, 5)]
    shown = (
        range(1, total + 1) if total <= FEW else {1, number, total, *(number + d * s for s in steps for d in (-1, 1))}
    )
    kept = sorted(n for n in shown if 1 <= n <= total)
    gaps = [[0, n] if n - before > 1 else [n] for before, n in pairwise([0, *kept])]
    return [n for part in gaps for n in part]


def contents(pages: Iterable[Page[T]]) -> tuple[Page[T], ...]:
    """The pages without what stands on them: what each of them tells of the others."""
    return tuple(Page(page.number, page.folder, page.label, ()) for page in pages)


def filled(page: Page[T], of: Callable[[T], U]) -> Page[U]:
    """The page with what is made of each item in its place."""
    groups = (Group(g.id, g.label, tuple(map(of, g.items)), g.continued) for g in page.groups)
    return Page(page.number, page.folder, page.label, tuple(groups))


def keys(page: Page[str]) -> list[str]:
    """All that stands on the page."""
    return [key for group in page.groups for key in group.items]


def alphabetical(items: Iterable[T], name: Callable[[T], str]) -> tuple[Group[T], ...]:
    """Items under the first letter of their name, accents and leading marks left aside; figures under 0–9."""
    ordered = sorted(items, key=lambda item: (_rank(letter(name(item))), sort_key(name(item)), name(item)))
    return tuple(
        Group(_anchor(initial), initial, tuple(members))
        for initial, members in groupby(ordered, key=lambda item: letter(name(item)))
    )


def letter(name: str) -> str:
    """The heading a name stands under: its first letter in capitals, "0–9", or "#" where it has neither."""
    for char in unicodedata.normalize("NFKD", name):
        if char.isalpha():
            return char.upper()[0]
        if char.isdigit():
            return "0–9"
    return "#"


@lru_cache(maxsize=50_000)
def sort_key(name: str) -> str:
    """Orders names as a printed index does: case, accents and marks do not count, figures count as numbers."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = re.sub(r"[^\w ]+", "", plain).strip()
    return re.sub(r"\d+", lambda number: number[0].zfill(9), words)


def _rank(initial: str) -> tuple[int, str]:
    return (2 if initial == "#" else 1 if initial == "0–9" else 0, initial)


def _anchor(initial: str) -> str:
    named = {"0–9": "figures", "#": "marks"}.get(initial)
    return f"letter-{named or (initial.lower() if initial.isascii() else format(ord(initial), 'x'))}"
