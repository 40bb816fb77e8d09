"""Where something stands in a text: W3C Web Annotation's two text selectors.

All offsets are Unicode code points (Python string indices), half-open [start, end).
Source: https://www.w3.org/TR/annotation-model/#selectors
"""

from __future__ import annotations

from msgspec import Struct


class Span(Struct, frozen=True):
    """A stretch of the article's text: `exact` equals `text[start:end]`."""

    start: int
    end: int
    exact: str


class TextQuoteSelector(Struct, frozen=True, omit_defaults=True):
    """Words that can be found again after the text around them changed."""

    exact: str
    prefix: str = ""
    suffix: str = ""
