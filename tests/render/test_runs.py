"""Runs of bytes are packed so that everyone's zlib gives them back."""

from __future__ import annotations

import zlib

from hypothesis import given
from hypothesis import strategies as st

from builder.render import runs

lengths = st.one_of(st.integers(1, 12), st.integers(250, 265), st.integers(510, 524), st.integers(1, 1300))
pieces = st.lists(st.tuples(st.integers(0, 15), lengths), max_size=6).map(
    lambda parts: b"".join(bytes([value]) * length for value, length in parts)
)


@given(st.lists(st.tuples(pieces, st.integers(0, 40)), max_size=5))
def test_what_was_packed_is_unpacked(given_pieces: list[tuple[bytes, int]]) -> None:
    """Pieces of any runs, each any number of times, with the checksum that a reader compares."""
    assert zlib.decompress(runs.packed(given_pieces)) == b"".join(piece * times for piece, times in given_pieces)


def test_every_length_of_a_run_is_told_right() -> None:
    """From one byte to beyond the longest copy, and every value."""
    pieces = [(bytes([length % 16]) * length, 1) for length in range(1, 600)]
    assert zlib.decompress(runs.packed(pieces)) == b"".join(piece for piece, _ in pieces)


def test_a_long_run_takes_next_to_nothing() -> None:
    """A million bytes alike are a few kilobytes."""
    assert len(runs.packed([(bytes(1000), 1000)])) < 4000
