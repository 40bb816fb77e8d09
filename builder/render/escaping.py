"""Words as HTML, quickly: most have nothing to escape."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

import markupsafe
from markupsafe import Markup, escape

P = ParamSpec("P")
T = TypeVar("T")
SPECIAL = "a&<>\"'é"
KEPT = 5_000  # sentences with their figures and names
LONG = re.compile(r"\w{20,}")  # longer than half a line on a phone


def _seen_through(text: str) -> str:
    special = "&" in text or "<" in text or ">" in text or '"' in text or "'" in text
    return escape(text) if special else text


def _quickest() -> Callable[[str], str]:
    """MarkupSafe's own loop, without a `Markup` made for each text, where it has one by this name and does the same."""
    inner: Callable[[str], str] = getattr(markupsafe, "_escape_inner", _seen_through)
    return inner if inner(SPECIAL) == str(escape(SPECIAL)) else _seen_through


text = _quickest()  # what `escaped` does with a string


def escaped(value: object) -> str:
    """The value as HTML writes it, in text and in attributes; what is markup already stays as it is."""
    if type(value) is str:
        return text(value)
    if type(value) is int:
        return str(value)
    return value if type(value) is Markup else escape(value)


def marked(html: str) -> Markup:
    """What is known to be HTML, as `Markup(html)`, which looks first whether it is something that turns into HTML."""
    return str.__new__(Markup, html)


def breakable(text: str) -> Markup:
    """The words as HTML in which a long hashtag or file name may break after its underscores, and nowhere worse."""
    if "_" not in text:
        return str.__new__(Markup, escaped(text))
    return marked(LONG.sub(lambda word: word[0].replace("_", "_<wbr>"), escaped(text)))


def filled(message: str, values: Mapping[str, object]) -> Markup:
    """A trusted message with `%(name)s` replaced by values, which are escaped: as `Markup(message) % values` does."""
    parts = _parts(message)
    if parts is None:
        return Markup(message) % values
    return marked("".join([escaped(values[part]) if n % 2 else part for n, part in enumerate(parts)]))


def kept(say: Callable[P, T]) -> Callable[P, T]:
    """What was said last is said again without putting it together: pages count the same things in the same words."""
    known = lru_cache(maxsize=KEPT, typed=True)(say)  # by type, too: markup is escaped already

    @wraps(say)
    def said(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return known(*args, **kwargs)  # type: ignore[arg-type]
        except TypeError:  # of a value that cannot be looked up
            return say(*args, **kwargs)

    return said


@lru_cache(maxsize=2000)
def _parts(message: str) -> tuple[str, ...] | None:
    """Words and names in turn; None where the message has any other mark of a format."""
    parts = re.split(r"%\((\w+)\)s", message)
    return None if any("%" in words for words in parts[::2]) else tuple(parts)
