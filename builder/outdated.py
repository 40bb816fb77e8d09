"""Which pieces of a large file looked up something that has changed: found in what was noted of them, hardly opened.

A large archive has a hundred thousand pieces, and a changed word is for one of each file. So what was noted is gone
through as it lies, as bytes, for what stands there of pieces that saw the change; only those are opened.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate

import msgspec

from builder.digests import ALL, ANY, LISTED
from builder.ledger import Run, looked_up
from builder.render.lookups import Lookups

MOST = 256  # changes; where there are more, every piece is opened
FIXED, NIL, LONGER = b"\xa0", b"\xc0", b"\xd9"  # how MessagePack begins short texts, what comes next, and longer texts
_encode = msgspec.msgpack.encode


def outdated(runs: Sequence[Run], lookups: Lookups) -> Iterator[int]:
    """Yields the places of pieces that would not find what they found, among all."""
    for place in _suspects(runs, lookups):
        if not lookups.would_find(runs[place].digest, looked_up(runs[place])):
            yield place


def _suspects(runs: Sequence[Run], lookups: Lookups) -> Iterable[int]:
    """The places of all these pieces and of some others."""
    changed = lookups.changed
    if changed is None or sum(map(len, changed.values())) > MOST:
        return range(len(runs))
    noted = [bytes(run.reads) for run in runs]
    whole, ends = b"".join(noted), list(accumulate(map(len, noted)))
    signs = {sign for register, keys in changed.items() for sign in _signs(register, keys, whole, lookups)}
    return sorted({place for sign in signs for place in _holding(sign, whole, ends)})


def _signs(register: str, keys: Collection[str], whole: bytes, lookups: Lookups) -> Iterator[bytes]:
    """Yields bytes of which one at least stands in what was noted of a piece that looked up any of these."""
    name = _encode(register)
    if name not in whole:
        return
    yield name + _encode([ALL])
    yield from (name if key == ANY else _encode(key) for key in keys if key != ALL)
    for of_lists in _lists(name, whole):
        lists = lookups.naming(of_lists, register)
        yield from (name,) if lists is None else map(_encode, lists)


def _lists(name: bytes, whole: bytes) -> list[str]:
    """The registers of lists that were noted in the place of a register's keys."""
    head = name + _encode([LISTED, ""])[:-1]
    found, at = dict[str, None](), whole.find(head)
    while at >= 0:
        at += len(head)
        found[_text(whole, at)] = None
        at = whole.find(head, at)
    return list(found)


def _text(whole: bytes, at: int) -> str:
    """The text that is encoded there, of which a byte tells the length; nothing for any other value."""
    kind, size = whole[at : at + 1], whole[at + 1 : at + 2]
    if FIXED <= kind < NIL:
        return whole[at + 1 : at + 1 + kind[0] - FIXED[0]].decode(errors="replace")
    return whole[at + 2 : at + 2 + size[0]].decode(errors="replace") if kind == LONGER and size else ""


def _holding(sign: bytes, whole: bytes, ends: Sequence[int]) -> Iterator[int]:
    """Yields the places of the pieces whose part of the whole has it."""
    at = whole.find(sign)
    while at >= 0:
        place = bisect_right(ends, at)
        yield place
        at = whole.find(sign, ends[place])
