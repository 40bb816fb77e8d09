"""The days on which an article may have been published, read from its EDTF."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from builder.model.interval import bounds


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
    days = bounds(text)
    if days is None or days.first is None or days.last is None:
        return None
    try:
        first, last = date(*days.first), date(*days.last)
    except ValueError:  # before the year 1, or beyond 9999
        return None
    qualifiers = set(text) & set("?~%")
    return Published(first, last, "%" if len(qualifiers) > 1 else "".join(qualifiers))
