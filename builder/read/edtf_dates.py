"""Dates as EDTF (ISO 8601-2, levels 0 to 2), checked with the `edtf` library."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from builder.model.interval import valid

ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
PLAIN_INTERVAL = re.compile(r"([0-9]{4}(?:-[0-9]{2}){0,2})/([0-9]{4}(?:-[0-9]{2}){0,2})")
LONGEST = 100


@lru_cache(maxsize=4096)
def is_edtf(value: str) -> bool:
    """True for a date, uncertain or approximate date, season, interval or set that EDTF knows and a calendar has."""
    if ISO_DAY.fullmatch(value):
        return _is_day(value)
    if len(value) > LONGEST or not value.isascii() or _runs_backwards(value):
        return False
    return valid(value)


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _runs_backwards(value: str) -> bool:
    """The library lets an interval end before it begins."""
    found = PLAIN_INTERVAL.fullmatch(value)
    return bool(found and found[1] > found[2] and not found[1].startswith(found[2]))
