"""As much of CBOR as Pagefind's files use: whole numbers, text, bytes and lists.

Source: RFC 8949, sections 3.1 and 4.2 (shortest form of every number).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias

Value: TypeAlias = "int | str | bytes | list[Value]"
NUMBER, NEGATIVE, BYTES, TEXT, LIST = 0, 1, 2, 3, 4


def decode(data: bytes) -> Value:
    """The one value `data` holds; ValueError where it is anything else."""
    value, end = _value(data, 0)
    if end != len(data):
        raise ValueError(f"{len(data) - end} bytes too many")
    return value


def encode(value: Value) -> bytes:
    """The same bytes for the same value, always."""
    if isinstance(value, list):
        return joined([encode(item) for item in value])
    if isinstance(value, str):
        return string(value)
    if isinstance(value, int):
        return number(value)
    return _head(BYTES, len(value)) + value


def joined(items: Sequence[bytes]) -> bytes:
    """A list of values that are encoded already."""
    return listed(len(items)) + b"".join(items)


@lru_cache(maxsize=1 << 14)
def number(value: int) -> bytes:
    """A whole number."""
    return _head(NUMBER, value) if value >= 0 else _head(NEGATIVE, -1 - value)


def string(value: str) -> bytes:
    """A text."""
    raw = value.encode()
    length = len(raw)
    return (TEXTS[length] if length < FEW else _head(TEXT, length)) + raw


def listed(number: int) -> bytes:
    """How a list of so many values begins."""
    return LISTS[number] if number < FEW else _head(LIST, number)


def text(data: bytes, at: int) -> tuple[str, int]:
    """The text that stands there, and where it ends; ValueError where it is anything else."""
    major, length, start = head(data, at)
    if major != TEXT or start + length > len(data):
        raise ValueError(f"no text at byte {at}")
    return data[start : start + length].decode(), start + length


def _head(major: int, number: int) -> bytes:
    if number < 24:
        return bytes([major << 5 | number])
    for info, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if number < 1 << 8 * size:
            return bytes([major << 5 | info]) + number.to_bytes(size, "big")
    raise ValueError(f"too large: {number}")


def _value(data: bytes, at: int) -> tuple[Value, int]:
    major, number, at = head(data, at)
    if major == NUMBER:
        return number, at
    if major == NEGATIVE:
        return -1 - number, at
    if major in (BYTES, TEXT):
        raw = data[at : at + number]
        if len(raw) != number:
            raise ValueError("ends too early")
        return (raw if major == BYTES else raw.decode("utf-8")), at + number
    if major != LIST:
        raise ValueError(f"unexpected kind {major} at byte {at}")
    items = []
    for _ in range(number):
        item, at = _value(data, at)
        items.append(item)
    return items, at


FEW = 256
SIZES = {24: 1, 25: 2, 26: 4, 27: 8}  # bytes of a number, by what it begins with
LISTS, TEXTS = ([_head(kind, number) for number in range(FEW)] for kind in (LIST, TEXT))


def head(data: bytes, at: int) -> tuple[int, int, int]:
    """Which kind of value begins there, its number or length, and where that ends."""
    if at >= len(data):
        raise ValueError("ends too early")
    major, info = data[at] >> 5, data[at] & 31
    if info < 24:
        return major, info, at + 1
    if info == 24 and at + 1 < len(data):
        return major, data[at + 1], at + 2
    size = SIZES.get(info)
    if size is None:
        raise ValueError(f"unexpected length at byte {at}")
    return major, int.from_bytes(data[at + 1 : at + 1 + size], "big"), at + 1 + size
