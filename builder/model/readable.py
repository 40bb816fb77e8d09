"""Which characters a text may hold that pages, feeds and data files will carry."""

from __future__ import annotations

import re

# C0 and C1 controls, lone surrogates and Unicode's noncharacters: no page, feed or TEI file may carry them.
UNREADABLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)


def unreadable(text: str) -> tuple[int, str] | None:
    """The first character that no text may hold: its offset, and words that name it."""
    found = UNREADABLE.search(text)
    if not found:
        return None
    number = ord(found.group())
    name = "NUL byte" if number == 0 else f"control character U+{number:04X}"
    return found.start(), f"{name} in the text"
