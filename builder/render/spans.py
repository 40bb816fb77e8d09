"""Ranges over a text become properly nested pieces: nested where they nest, split where they cross.

Nothing here knows of HTML; `markup` turns the steps into elements.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Range(NamedTuple, Generic[T]):
    """text[start:end] belongs to `item`. Of two with the same ends the lower `rank` is the outer one.

    Where ranges cross, one that is `whole` stays in one piece if the other can be split instead.
    """

    start: int
    end: int
    rank: int
    item: T
    whole: bool = False


class Step(NamedTuple, Generic[T]):
    """`open` or `close` a piece of `range`, or (`range` None) the text[start:end] that comes next.

    A piece is closed with `end` at its range's end, or earlier when it is split there.
    """

    action: str
    start: int
    end: int
    range: Range[T] | None = None


def nest(ranges: Iterable[Range[T]], start: int, end: int) -> Iterator[Step[T]]:
    """Yields the steps that write text[start:end] with its ranges; every piece holds at least one character."""
    clipped = [
        r if r.start >= start and r.end <= end else r._replace(start=max(r.start, start), end=min(r.end, end))
        for r in ranges
    ]
    waiting = sorted((r for r in clipped if r.start < r.end), key=lambda r: (-r.start, r.end, -r.rank))
    stack: list[Range[T]] = []
    at = start
    while at < end:
        taken = _closing(stack, at)
        yield from (Step("close", at, at, r) for r in reversed(taken))
        new = []
        while waiting and waiting[-1].start <= at:
            new.append(waiting.pop())
        split = _make_room(stack, new)
        yield from (Step("close", at, at, r) for r in split)
        for r in sorted([*(r for r in taken if r.end > at), *split, *new], key=lambda r: (-r.end, r.rank)):
            stack.append(r)
            yield Step("open", at, at, r)
        until = min([r.end for r in stack] + [waiting[-1].start if waiting else end, end])
        yield Step("text", at, until)
        at = until
    yield from (Step("close", at, at, r) for r in reversed(stack))


def _closing(stack: list[Range[T]], at: int) -> list[Range[T]]:
    """Takes off the stack all that ends here, with what stands above it (to be opened again)."""
    ending = [i for i, r in enumerate(stack) if r.end <= at]
    if not ending:
        return []
    taken = stack[ending[0] :]
    del stack[ending[0] :]
    return taken


def _make_room(stack: list[Range[T]], new: Sequence[Range[T]]) -> list[Range[T]]:
    """Takes off what would otherwise cut a new range that should stay whole, innermost first."""
    reach = max((r.end for r in new if r.whole), default=0)
    split = []
    while stack and stack[-1].end < reach and not stack[-1].whole:
        split.append(stack.pop())
    return split
