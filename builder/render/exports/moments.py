"""A date as the moment that feeds want, where the date is a day or coarser and certain."""

from __future__ import annotations

import re

PLAIN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?(?:T(\d{2}:\d{2})(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?")


def moment(edtf: str | None) -> str | None:
    """RFC 3339: the beginning of the year, month or day; None for uncertain, open or missing dates."""
    match = PLAIN.fullmatch(edtf or "")
    if not match or match[1] == "0000":
        return None
    year, month, day, time, seconds, zone = match.groups()
    clock = f"{time}{seconds or ':00'}{zone or 'Z'}" if time else "00:00:00Z"
    return f"{year}-{month or '01'}-{day or '01'}T{clock}"
