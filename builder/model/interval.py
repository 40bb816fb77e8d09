"""What days an EDTF value can mean, for sorting and for telling whether two overlap."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from functools import lru_cache
from io import StringIO
from itertools import product
from typing import NamedTuple

Day = tuple[int, int, int]  # year, month, day


# A year, month or day, with X for figures nobody knows and a mark for doubt; seasons are months 21 to 24.
SIMPLE = re.compile(r"([\dX]{4})(?:-([\dX]{2})(?:-([\dX]{2}))?)?[?~%]?", re.ASCII)
SEASONS = {"21": 3, "22": 6, "23": 9, "24": 12}  # the month each begins with
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
    if edtf.count("/") == 1 and edtf != "/":
        return _between(*edtf.split("/"))
    if simple := SIMPLE.fullmatch(edtf):
        year, month, day = simple.groups(default="")
        return _one_day(year, month, day) if (year + month + day).isdigit() and day else _simple(year, month, day)
    return _by_library(edtf)


def _between(start: str, end: str) -> Bounds | None:
    """An interval; nothing before or behind the stroke is an end nobody knows, `..` one that is open."""
    lower = Bounds(None, None) if start in ("", "..") else bounds(start)
    upper = Bounds(None, None) if end in ("", "..") else bounds(end)
    if lower is None or upper is None or (lower.first and upper.last and lower.first > upper.last):
        return None
    return Bounds(lower.first, upper.last)


def _one_day(year: str, month: str, day: str) -> Bounds | None:
    """One day, as most dates are."""
    only = int(year), int(month), int(day)
    known = 1 <= only[1] <= 12 and 1 <= only[2] <= length(only[0], only[1])
    return Bounds(only, only) if known else _simple(year, month, day)


def _simple(year: str, month: str, day: str) -> Bounds | None:
    """Nearly every value, and the library's grammar takes 24 ms for one."""
    if month.isdigit() and int(month) > 12:
        return _season(year, month) if year.isdigit() and not day else None
    months = [m for m in range(1, 13) if _fits(m, month)]
    days = [d for d in range(1, 32) if _fits(d, day)]
    first = ((y, m, d) for y in _years(year) for m in months for d in days if d <= length(y, m))
    last = ((y, m, d) for y in _years(year, -1) for m in months[::-1] for d in days[::-1] if d <= length(y, m))
    earliest, latest = next(first, None), next(last, None)
    return Bounds(earliest, latest) if earliest and latest else None


def _season(year: str, season: str) -> Bounds | None:
    """Three months; those of a winter reach into the next year. Other divisions of a year are left to the library."""
    month = SEASONS.get(season)
    if month is None:
        return _by_library(f"{year}-{season}")
    end = (int(year) + (month == 12), (month + 1) % 12 + 1)
    return Bounds((int(year), month, 1), (*end, length(*end)))


def _fits(number: int, figures: str) -> bool:
    return all(figure in ("X", own) for own, figure in zip(f"{number:02d}", figures, strict=False))


def _years(figures: str, step: int = 1) -> Iterator[int]:
    choices = ["0123456789"[::step] if figure == "X" else figure for figure in figures]
    return (int("".join(choice)) for choice in product(*choices))


def length(year: int, month: int) -> int:
    """How many days a month has."""
    return DAYS[month - 1] + (month == 2 and (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)))


def _by_library(edtf: str) -> Bounds | None:
    from edtf import parse_edtf  # its grammar takes a tenth of a second to import, and simple dates never need it
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        with redirect_stdout(StringIO()):  # it prints what it cannot read
            parsed = parse_edtf(edtf)
        return Bounds(_day(parsed.lower_strict()), _day(parsed.upper_strict()))
    except (EDTFParseException, ValueError, AttributeError, TypeError, OverflowError):
        return None


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
