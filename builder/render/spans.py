"""Ranges over a text become properly nested pieces: nested where they nest, split where they cross.

Nothing here knows of HTML; `markup` turns the steps into elements.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

T = TypeVar("T")


class Range(Struct, Generic[T], frozen=True, gc=False):
    """text[start:end] belongs to `item`. Of two with the same ends the lower `rank` is the outer one.

    Where ranges cross, one that is `whole` stays in one piece if the other can be split instead.
    """

    start: int
    end: int
    rank: int
    item: T
    whole: bool = False


class Step(Struct, Generic[T], frozen=True, gc=False):
    """`open` or `close` a piece of `range`, or (`range` None) the text[start:end] that comes next.

    A piece is closed with `end` at its range's end, or earlier when it is split there.
    """

    action: str
    start: int
    end: int
    range: Range[T] | None = None


def nest(ranges: Collection[Range[T]], start: int, end: int) -> list[Step[T]]:
    """The steps that write text[start:end] with its ranges; every piece holds at least one character."""
    waiting = _inside(ranges, start, end)
    stack: list[Range[T]] = []
    steps: list[Step[T]] = []
    at = start
    while at < end:
        again = _closed(stack, at, steps) if stack else []
        if waiting and waiting[-1].start <= at:
            again += _begun(waiting, stack, at, steps)
        if len(again) > 1:
            again.sort(key=_outer_first)
        for r in again:
            stack.append(r)
            steps.append(Step("open", at, at, r))
        until = waiting[-1].start if waiting else end
        for r in stack:
            if r.end < until:
                until = r.end
        steps.append(Step("text", at, until))
        at = until
    return steps + [Step("close", at, at, r) for r in reversed(stack)]


def _inside(ranges: Collection[Range[T]], start: int, end: int) -> list[Range[T]]:
    """Those that hold some of text[start:end], cut at its ends, the first one last."""
    inside = [r for r in ranges if start <= r.start < r.end <= end]
    if len(inside) < len(ranges):
        inside = list(_clipped(ranges, start, end))
    if len(inside) > 1:
        inside.sort(key=_last_first)
    return inside


def _closed(stack: list[Range[T]], at: int, steps: list[Step[T]]) -> list[Range[T]]:
    """Closes all that ends here, with what stands above it, which is given back to be opened again."""
    taken = _closing(stack, at)
    for r in reversed(taken):
        steps.append(Step("close", at, at, r))
    return [r for r in taken if r.end > at]


def _begun(waiting: list[Range[T]], stack: list[Range[T]], at: int, steps: list[Step[T]]) -> list[Range[T]]:
    """Those that begin here, and those that they split, which are closed."""
    new = [waiting.pop()]
    while waiting and waiting[-1].start <= at:
        new.append(waiting.pop())
    if not stack:
        return new
    split = _make_room(stack, new)
    for r in split:
        steps.append(Step("close", at, at, r))
    return split + new


def _clipped(ranges: Iterable[Range[T]], start: int, end: int) -> Iterator[Range[T]]:
    for r in ranges:
        if max(r.start, start) < min(r.end, end):
            yield Range(max(r.start, start), min(r.end, end), r.rank, r.item, r.whole)


def _last_first(r: Range[T]) -> tuple[int, int, int]:
    return -r.start, r.end, -r.rank


def _outer_first(r: Range[T]) -> tuple[int, int]:
    return -r.end, r.rank


def _closing(stack: list[Range[T]], at: int) -> list[Range[T]]:
    """Takes off the stack all that ends here, with what stands above it (to be opened again)."""
    for n, r in enumerate(stack):
        if r.end <= at:
            taken = stack[n:]
            del stack[n:]
            return taken
    return []


def _make_room(stack: list[Range[T]], new: Sequence[Range[T]]) -> list[Range[T]]:
    """Takes off what would otherwise cut a new range that should stay whole, innermost first."""
    reach = max((r.end for r in new if r.whole), default=0)
    split = []
    while stack and stack[-1].end < reach and not stack[-1].whole:
        split.append(stack.pop())
    return split
