"""The days on which an article may have been published, read from its EDTF."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from edtf import EDTFParseException, parse_edtf


@dataclass(frozen=True, slots=True)
class Published:
    """The first and last possible day; `qualifier` is EDTF's ?, ~ or % where the date itself is doubted."""

    first: date
    last: date
    qualifier: str = ""


def read(published: str | None) -> Published | None:
    """Gives the possible days of publication; None where there is no date, or one that is open or no EDTF."""
    if not published:
        return None
    text = re.sub(r"T[\d:.+Z-]*", "", published.strip())
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):  # by far the commonest, and the EDTF parser takes its time
        with suppress(ValueError):
            return Published(date.fromisoformat(text), date.fromisoformat(text))
    try:
        parsed = parse_edtf(text)
        lower, upper = parsed.lower_strict(), parsed.upper_strict()
        first, last = date(*lower[:3]), date(*upper[:3])
    except (EDTFParseException, TypeError, ValueError, AttributeError, OverflowError):
        return None
    if first > last:
        return None
    qualifiers = set(text) & set("?~%")
    return Published(first, last, "%" if len(qualifiers) > 1 else "".join(qualifiers))
