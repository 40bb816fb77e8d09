"""What days an EDTF value can mean, for sorting and for telling whether two overlap."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import NamedTuple

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

Day = tuple[int, int, int]  # year, month, day


PLAIN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?", re.ASCII)  # seasons are months 21 and later
DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Bounds(NamedTuple):
    """The first and last day a value can mean; None where it is open or unknown on that side."""

    first: Day | None
    last: Day | None

    @property
    def earliest(self) -> str:
        """The earliest possible day as YYYY-MM-DD, empty where open."""
        return _iso(self.first)

    @property
    def latest(self) -> str:
        """The latest possible day as YYYY-MM-DD, empty where open."""
        return _iso(self.last)


def _iso(day: Day | None) -> str:
    if day is None:
        return ""
    year = f"{day[0]:04d}" if day[0] >= 0 else f"-{-day[0]:04d}"
    return f"{year}-{day[1]:02d}-{day[2]:02d}"


def valid(edtf: str) -> bool:
    """Whether the words are EDTF (level 0 to 2)."""
    return bounds(edtf) is not None


@lru_cache(maxsize=50_000)
def bounds(edtf: str) -> Bounds | None:
    """Gives the earliest and latest day an EDTF value can mean; None where it is not EDTF."""
    if plain := PLAIN.fullmatch(edtf):
        return _plain(*plain.groups())
    try:
        parsed = parse_edtf(edtf)
        return Bounds(_day(parsed.lower_strict()), _day(parsed.upper_strict()))
    except (EDTFParseException, ValueError, AttributeError, TypeError, OverflowError):
        return None


def _plain(year: str, month: str | None, day: str | None) -> Bounds | None:
    """A year, month or day: nearly every value, and the library's grammar takes 24 ms for one."""
    y, m, d = int(year), int(month or 0), int(day or 0)
    if month is None:
        return Bounds((y, 1, 1), (y, 12, 31))
    last = DAYS[m - 1] + (m == 2 and (y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)))
    if day is None:
        return Bounds((y, m, 1), (y, m, last))
    return Bounds((y, m, d), (y, m, d)) if 1 <= d <= last else None


def _day(moment: object) -> Day | None:
    if moment is None or (isinstance(moment, float) and math.isinf(moment)):
        return None
    return (moment.tm_year, moment.tm_mon, moment.tm_mday)  # type: ignore[attr-defined]


NEVER = (10**9, 0, 0)


def order(edtf: str | None) -> tuple[Day, Day]:
    """A sort key: earliest possible day, then the narrower value first; undated last.

    A value open at its start sorts by its end.
    """
    found = bounds(edtf) if edtf else None
    if found is None:
        return (NEVER, NEVER)
    return (found.first or found.last or NEVER, found.last or NEVER)
