"""A stretch of the calendar (a day, a week, a month, a quarter …) and how TIMEX3 and EDTF write it."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Unit = Literal["day", "weekend", "week", "month", "quarter", "half", "season", "year", "fiscal", "decade", "century"]
SEASON_CODES = ("SP", "SU", "FA", "WI")
YEARS = {"year": 1, "fiscal": 1, "decade": 10, "century": 100}


def year_name(year: int) -> str:
    """Writes an astronomical year as TIMEX3 does: 44 BC, which is -43, as BC0044."""
    return f"{year:04d}" if year > 0 else f"BC{1 - year:04d}"


def edtf_year(year: int) -> str:
    """Writes an astronomical year as EDTF does."""
    return f"{year:04d}" if year >= 0 else f"-{-year:04d}"


@dataclass(frozen=True, slots=True)
class Period:
    """A unit of the calendar; `year` is astronomical (0 is 1 BC), of weeks the ISO year.

    `number` is the month, ISO week, quarter, half (1, 2) or season (0 spring to 3 winter).
    A decade or century is named by its first year, 1990 or 1900.
    """

    unit: Unit
    year: int
    number: int = 0
    day: int = 0

    def timex(self) -> str:
        """Gives the TIMEX3 value."""
        year = year_name(self.year)
        if self.unit in ("decade", "century"):
            return year[:-1] if self.unit == "decade" else year[:-2]
        return {
            "day": f"{year}-{self.number:02d}-{self.day:02d}",
            "month": f"{year}-{self.number:02d}",
            "week": f"{year}-W{self.number:02d}",
            "weekend": f"{year}-W{self.number:02d}-WE",
            "quarter": f"{year}-Q{self.number}",
            "half": f"{year}-H{self.number}",
            "season": f"{year}-{SEASON_CODES[self.number % 4]}",
        }.get(self.unit, year)

    def edtf(self) -> str:
        """Gives the EDTF form; weeks, quarters and halves as intervals, a fiscal year as about that year."""
        year = edtf_year(self.year)
        if self.unit in ("decade", "century") and self.year > 0:
            return f"{self.year // 10:03d}X" if self.unit == "decade" else f"{self.year // 100:02d}XX"
        if self.unit == "day":
            return f"{year}-{self.number:02d}-{self.day:02d}"
        if self.unit == "month":
            return f"{year}-{self.number:02d}"
        if self.unit == "season":
            return f"{year}-{21 + self.number}"
        if self.unit in ("year", "fiscal"):
            return year if self.unit == "year" else f"{year}~"
        lower, upper = self.limits()
        return f"{lower}/{upper}"

    def limits(self) -> tuple[str, str]:
        """Gives the EDTF dates at which the period begins and ends, no finer than it is itself."""
        if self.unit in ("week", "weekend"):
            return self.first().isoformat(), self.last().isoformat()
        if self.unit in ("quarter", "half"):
            first, last = self.first(), self.last()
            return f"{first:%Y-%m}".zfill(7), f"{last:%Y-%m}".zfill(7)
        if self.unit in ("decade", "century"):
            first_year, last_year = self._years()
            return edtf_year(first_year), edtf_year(last_year)
        own = self.edtf().rstrip("~")
        return own, own

    def _years(self) -> tuple[int, int]:
        span = YEARS.get(self.unit, 1)
        # 480s BC are 489 to 480 BC: years before Christ count down, so the named one comes last.
        if self.year > 0:
            return self.year, self.year + span - 1
        shifted = self.unit == "century"  # but the 5th century is 500 to 401 BC
        return self.year - span + 1 - shifted, self.year - shifted

    def first(self) -> date:
        """Gives the first day; ValueError before the year 1."""
        if self.unit == "day":
            return date(self.year, self.number, self.day)
        if self.unit in ("week", "weekend"):
            return date.fromisocalendar(self.year, self.number, 1 if self.unit == "week" else 6)
        if self.unit == "season":
            return date(self.year, 3 + 3 * self.number, 1)
        return date(self._years()[0], (self.number - 1) * _months(self.unit) + 1 if self.number else 1, 1)

    def last(self) -> date:
        """Gives the last day; ValueError before the year 1."""
        if self.unit == "day":
            return self.first()
        if self.unit in ("week", "weekend"):
            return date.fromisocalendar(self.year, self.number, 7)
        if self.unit == "season":
            end = date(self.year + self.number // 3, (5 + 3 * self.number) % 12, 1)
        else:
            end = date(self._years()[1], self.number * _months(self.unit) if self.number else 12, 1)
        return end.replace(day=calendar.monthrange(end.year, end.month)[1])

    def shift(self, count: int) -> Period:
        """Gives the period of the same unit that many units later; ValueError beyond the calendar."""
        if self.unit == "day":
            return of("day", self.first() + timedelta(days=count))
        if self.unit in ("week", "weekend"):
            return of(self.unit, self.first() + timedelta(weeks=count))
        if self.unit in YEARS:
            return Period(self.unit, self.year + count * YEARS[self.unit], self.number)
        per_year = {"month": 12, "quarter": 4, "half": 2, "season": 4}[self.unit]
        base = 0 if self.unit == "season" else 1
        whole = self.year * per_year + self.number - base + count
        return Period(self.unit, whole // per_year, whole % per_year + base)

    def in_year(self, year: int) -> Period:
        """Gives the same period of another year; ValueError on 29 February of a common year."""
        if self.unit == "day":
            return of("day", date(year, self.number, self.day))
        if self.unit in ("week", "weekend"):
            return of(self.unit, self.first() + timedelta(weeks=52 * (year - self.year)))
        return Period(self.unit, year, self.number)


def _months(unit: Unit) -> int:
    return {"month": 1, "quarter": 3, "half": 6}.get(unit, 12)


def of(unit: Unit, day: date) -> Period:
    """Gives the period of this unit that the day lies in."""
    if unit in ("week", "weekend"):
        iso = day.isocalendar()
        return Period(unit, iso.year, iso.week)
    if unit == "season":  # January and February belong to the winter that began the year before
        return Period("season", day.year - (day.month < 3), (day.month - 3) % 12 // 3)
    if unit in YEARS:
        return Period(unit, day.year // YEARS[unit] * YEARS[unit])
    if unit == "day":
        return Period("day", day.year, day.month, day.day)
    return Period(unit, day.year, (day.month - 1) // _months(unit) + 1)


def widen(period: Period, unit: Unit) -> Period:
    """Gives the period of a coarser unit that holds this one's first day."""
    if period.year > 0:
        return of(unit, period.first())
    if unit in YEARS and period.unit not in ("decade", "century"):
        before = 1 - period.year
        return Period(unit, 1 - before // YEARS[unit] * YEARS[unit])
    return Period(unit, period.year, period.number if period.unit in ("month", "day") and unit == "month" else 0)
