"""Bytes that come in long runs, as a zlib stream: nearly as short as zlib makes it, in a fifth of its time.

There is nothing to search: each run is its first byte and copies of the byte before. Codes are made once, by how often
cards need each symbol, and so is what tells a reader of them.
Source: RFC 1950 and RFC 1951 (one block with codes of its own; distances are always 1).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from heapq import heapify, heappop, heappush

VALUES = 16  # bytes are smaller than this
END, FIRST, LAST = 256, 257, 285  # symbols: the end of the block, and those for lengths
SHORTEST, LONGEST = 3, 258  # of what a symbol copies
MODULUS = 65521
RUN = re.compile(b"|".join(re.escape(bytes([value])) + b"+" for value in range(VALUES)))  # one pass, nothing remembered
START = b"\x78\xda"
OFTEN = {  # on a card; what is not told stands there twice
    0: 800, 1: 10, 2: 700, 3: 37, 4: 15, 5: 6, 6: 6, 264: 116, 267: 6, 268: 17, 271: 24, 273: 16, 275: 10, 276: 6,
    277: 20, 278: 59, 279: 11, 280: 21, 281: 17, 282: 608, 283: 7, 284: 4, LAST: 2458,
}  # fmt: skip


def packed(pieces: Iterable[tuple[bytes, int]]) -> bytes:
    """The stream of all pieces, each as often as is told beside it."""
    bits, a, b = [_HEADER], 1, 0
    for piece, times in pieces:
        bits.append(_coded(piece) * times)
        sums = zlib.adler32(piece, 0)
        one, all_ = sums & 0xFFFF, sums >> 16
        b = (b + len(piece) * (times * a + one * (times * (times - 1) // 2)) + times * all_) % MODULUS
        a = (a + times * one) % MODULUS
    bits.append(_CODES[END])
    whole = "".join(bits)
    return START + int(whole[::-1], 2).to_bytes(-(-len(whole) // 8), "little") + (b << 16 | a).to_bytes(4, "big")


@lru_cache(maxsize=256)
def _coded(piece: bytes) -> str:
    return "".join([_run(run[0], len(run)) for run in RUN.findall(piece)])


@lru_cache(maxsize=20_000)
def _run(value: int, length: int) -> str:
    whole, rest = divmod(length - 1, LONGEST)
    return _CODES[value] + _COPIES[LONGEST] * whole + (_COPIES[rest] if rest >= SHORTEST else _CODES[value] * rest)


def _lengths(often: Mapping[int, int]) -> dict[int, int]:
    """Bits of each symbol's code, by Huffman's rule; of two that are as frequent the smaller number comes first."""
    heap: list[tuple[int, int, tuple[int, ...]]] = [(count, symbol, (symbol,)) for symbol, count in often.items()]
    found = dict.fromkeys(often, 0)
    heapify(heap)
    while len(heap) > 1:
        (few, first, some), (more, _, others) = heappop(heap), heappop(heap)
        for symbol in (*some, *others):
            found[symbol] += 1
        heappush(heap, (few + more, first, (*some, *others)))
    return found


def _codes(lengths: Mapping[int, int]) -> dict[int, str]:
    """The codes that a reader gives to symbols of these lengths."""
    codes, code, before = {}, 0, 0
    for length, symbol in sorted((length, symbol) for symbol, length in lengths.items()):
        code <<= length - before
        codes[symbol] = format(code, f"0{length}b")
        code, before = code + 1, length
    return codes


def _copies() -> Iterator[tuple[int, str]]:
    """Each length with its symbol's code, what is added to it, and the code of distance 1."""
    length = SHORTEST
    for symbol in range(FIRST, LAST):
        extra = max(0, (symbol - 261) // 4)
        for more in range(2**extra):
            yield length, _CODES[symbol] + _low_first(more, extra) + "0"
            length += 1
    yield LONGEST, _CODES[LAST] + "0"


def _header(lengths: Mapping[int, int]) -> str:
    """The last block, with codes of its own, told as lengths of four bits each; 18 stands for many zeros."""
    told = [0] * 3 + [4] * 16  # of the symbols 16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
    told[2], told[18] = 4, 0
    unused = "1111" + _low_first(138 - 11, 7) + "1111" + _low_first(END - VALUES - 138 - 11, 7)
    some = "".join(format(lengths[symbol], "04b") for symbol in range(VALUES))
    others = "".join(format(lengths[symbol], "04b") for symbol in range(END, LAST + 1))
    counts = _low_first(LAST + 1 - 257, 5) + _low_first(0, 5) + _low_first(len(told) - 4, 4)
    return "101" + counts + "".join(_low_first(n, 3) for n in told) + some + unused + others + format(1, "04b")


def _low_first(number: int, bits: int) -> str:
    return format(number, f"0{bits}b")[::-1] if bits else ""


_LENGTHS = _lengths({symbol: OFTEN.get(symbol, 2) for symbol in (*range(VALUES), *range(END, LAST + 1))})
_CODES = _codes(_LENGTHS)
_COPIES = dict(_copies())
_HEADER = _header(_LENGTHS)
