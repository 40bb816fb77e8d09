"""Dates as files state them, to EDTF; nothing is read out of words, addresses or file times."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime

from builder.read.edtf_dates import is_edtf

MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{1,2}:\d{2}.*")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")


def edtf(value: str) -> str | None:
    """The day, or the EDTF, that a machine-readable date states (ISO 8601, RFC 2822); None where it states none.

    A moment becomes its day as written, in its own time zone.
    """
    value = value.strip()
    if found := MOMENT.fullmatch(value):
        value = found[1]
    elif found := COMPACT.fullmatch(value):
        value = "-".join(found.groups())
    elif "," in value or re.fullmatch(r"\d{1,2} \w{3} \d{4} .*", value):
        try:
            value = parsedate_to_datetime(value).date().isoformat()
        except (ValueError, TypeError, IndexError):
            return None
    return value if is_edtf(value) else None
