"""Records as JSON bytes: UTF-8, keys in the order given, one record a line, so that two versions can be compared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

Record = dict[str, Any]

_encoder = msgspec.json.Encoder()


def compact(value: object) -> str:
    """A value as JSON text without spaces, as it stands in a table's cell."""
    return _encoder.encode(value).decode()


def lines(records: Iterable[Record]) -> bytes:
    """JSON Lines: one record a line; no records make an empty file."""
    out = bytearray()
    for record in records:
        out += _encoder.encode(record)
        out += b"\n"
    return bytes(out)


def items(records: Iterable[Record]) -> bytes:
    """What stands inside a JSON array with a record on each line."""
    return b",\n".join(map(_encoder.encode, records))


def array(records: Iterable[Record]) -> bytes:
    """One JSON array with a record on each line."""
    return b"[\n" + items(records) + b"\n]\n"


def document(head: Record, key: str, records: Iterable[Record]) -> bytes:
    """One JSON object: `head` on the first line, then the records under `key`, one a line."""
    before, after = around(head, key)
    return before + array(records)[:-1] + after + b"\n"


def around(head: Record, key: str) -> tuple[bytes, bytes]:
    """What stands before and after the array of a document's records."""
    return _encoder.encode(head)[:-1] + b',"' + key.encode() + b'":', b"}"


def indented(value: object) -> bytes:
    """One JSON document that people read."""
    return msgspec.json.format(_encoder.encode(value), indent=2) + b"\n"


def known(record: Record) -> Record:
    """The record with null where a value is empty text: what is unknown is null in every data file."""
    return {key: None if value == "" else value for key, value in record.items()}
