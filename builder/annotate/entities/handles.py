"""Accounts and hashtags, by rule: `@name` and `#topic` are what they are whoever runs them."""

from __future__ import annotations

from collections.abc import Iterator

from builder.annotate.engine import HANDLE, HASHTAG
from builder.annotate.entities.names import Name


def find(text: str) -> Iterator[Name]:
    """Yields every handle and hashtag of the unmasked text, marks included."""
    for match in HANDLE.finditer(text):
        yield Name(match.start(), match.end(), "account", 0.99)
    for match in HASHTAG.finditer(text):
        yield Name(match.start(), match.end(), "hashtag", 0.99)
