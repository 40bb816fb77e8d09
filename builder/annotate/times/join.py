"""Joins what belongs together: a clock time to its day, `morning` to `Friday`, the second day of `May 4 and 5`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from builder.annotate.times.beyond import from_dates
from builder.annotate.times.clock import Clock
from builder.annotate.times.dates import Dated
from builder.annotate.times.lexicon import DAYPART, DAYPARTS, words
from builder.annotate.times.meaning import Context, Known, Meaning, Value, dated
from builder.annotate.times.parts import PartOfYear
from builder.annotate.times.period import Period, Unit, of
from builder.annotate.times.reference import OPEN
from builder.annotate.times.relative import Away, Counted, PartOfDay, Same, Today
from builder.annotate.times.scan import Found
from builder.annotate.times.weekdays import Weekday
from builder.annotate.times.weeks import of_week, with_weekday

PART_AFTER = words(rf" (?:early |late )?(?P<part>{DAYPART})\b(?: hours)?")
PART_BEFORE = words(
    rf"(?:(?:early|late) in the |the )?(?:early |late )?(?P<part>{DAYPART}|(?:early|small) hours)"
    " (?:hours )?(?:of|on) $"
)
BETWEEN = words(r",? (?:\([^)]{1,20}\) )?(?:on |at |about |around )?$|,$")
DAY_AFTER = words(
    r"(?:(?:st|nd|rd|th)?(?: *[-–/] *|,? (?:and|or|to|through|until) ))(?P<day>[0-3]?\d)(?![\w%:/]|[,.]\d| (?!were"
    r"|was|and|in|at|had|to|or|of|the|on|when|after|by|for|with|from|during)[a-z])"
)
DAY_BEFORE = words(r"(?<![\w.,/:-])(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?: *[-–/] *|,? (?:and|or|to|until) )$")
COMMA = words(", *")
SAID = words(r"(?:this|last|next|that|the same|the (?:following|next|previous)) ")
AGO = words(r" (?:on )?")
OF_YEAR = words(r",? (?:of )?")
RANGE = words(r" *[-–/] *|,? (?:to|and|or|until|through|till|into) (?:the )?(?:early |late |mid[-\s])?$")


def joined(text: str, found: list[Found]) -> list[Found]:
    """Gives the expressions with their neighbours joined, in order."""
    found = _ago(text, with_weekday(text, _days(text, _clocks(text, _dayparts(text, found)))))
    return from_dates(text, of_week(text, _years(text, _of_year(text, found))))


def _dayparts(text: str, found: list[Found]) -> list[Found]:
    joined: list[Found] = []
    for one in found:
        last = joined[-1].end if joined else 0
        if one.start < last:
            continue
        if names_day(one.meaning):
            one = _with_part(text, one, last)
        while joined and joined[-1].start >= one.start:
            joined.pop()
        joined.append(one)
    return joined


def _with_part(text: str, one: Found, last: int) -> Found:
    after = PART_AFTER.match(text, one.end)
    if after:
        return Found(one.start, after.end(), PartOfDay(one.meaning, DAYPARTS[after["part"].lower()]))
    before = PART_BEFORE.search(text, max(0, one.start - 40), one.start)
    if before:
        return Found(before.start(), one.end, PartOfDay(one.meaning, DAYPARTS.get(before["part"].lower(), "MO")))
    return one


def names_day(meaning: Meaning) -> bool:
    """True of what names one day, without its time."""
    if isinstance(meaning, Known):
        return meaning.value.period is not None and meaning.value.period.unit == "day"
    if isinstance(meaning, Dated):
        return meaning.day > 0
    if isinstance(meaning, (Counted, Same)):
        return meaning.unit == "day"
    return isinstance(meaning, (Weekday, Today))


def _clocks(text: str, found: list[Found]) -> list[Found]:
    joined: list[Found] = []
    for one in found:
        before = joined[-1] if joined else None
        if before and BETWEEN.fullmatch(text, before.end, one.start):
            merged = _merge(before, one)
            if merged:
                joined[-1] = merged
                continue
        joined.append(one)
    return joined


def _merge(first: Found, second: Found) -> Found | None:
    for clock, day in ((first.meaning, second.meaning), (second.meaning, first.meaning)):
        if isinstance(clock, Clock) and clock.day is None:
            inner = day.day if isinstance(day, PartOfDay) else day
            if clock.half_open and isinstance(day, PartOfDay) and day.part in ("AF", "EV", "NI"):
                clock = replace(clock, time=f"{int(clock.time[:2]) % 12 + 12}{clock.time[2:]}")
            if names_day(inner):
                return Found(first.start, second.end, replace(clock, day=inner))
    return None


def _days(text: str, found: list[Found]) -> list[Found]:
    joined: list[Found] = []
    for at, one in enumerate(found):
        low = found[at - 1].end if at else 0
        high = found[at + 1].start if at + 1 < len(found) else len(text)
        before = DAY_BEFORE.search(text, max(low, one.start - 12), one.start)
        if before and text[one.start].isdigit() and _other_day(one.meaning, before["day"]):
            joined.append(
                Found(before.start("day"), before.end("day"), _other_day(one.meaning, before["day"]) or one.meaning)
            )
        joined.append(one)
        after = DAY_AFTER.match(text, one.end, min(high, one.end + 12))
        if after and _other_day(one.meaning, after["day"]):
            joined.append(
                Found(after.start("day"), after.end("day"), _other_day(one.meaning, after["day"]) or one.meaning)
            )
    return joined


def _other_day(meaning: Meaning, day: str) -> Meaning | None:
    if not 1 <= int(day) <= 31:
        return None
    if isinstance(meaning, Dated) and meaning.day:
        return replace(meaning, day=int(day), weekday=0)
    if isinstance(meaning, Known) and meaning.value.period and meaning.value.period.unit == "day":
        try:
            whole = replace(meaning.value.period, day=int(day))
            whole.first()
        except ValueError:
            return None
        return Known(dated(whole))
    return None


@dataclass(frozen=True, slots=True)
class OfYear:
    """`June last year`, `July 25 of that year`: a date whose year another expression says."""

    date: Dated | PartOfYear
    year: Counted | Same

    def resolve(self, at: Context) -> Value:
        year = self.year.resolve(at).period
        bare = (
            Dated(self.date.month, self.date.day)
            if isinstance(self.date, Dated)
            else PartOfYear(self.date.unit, self.date.number)
        )
        return bare.resolve(replace(at, year=year.year)) if year else bare.resolve(replace(at, today=None))


def _of_year(text: str, found: list[Found]) -> list[Found]:
    joined: list[Found] = []
    for one in found:
        last = joined[-1] if joined else None
        if (
            last
            and isinstance(last.meaning, (Dated, PartOfYear))
            and isinstance(one.meaning, (Counted, Same))
            and one.meaning.unit == "year"
            and SAID.match(text, one.start)
            and OF_YEAR.fullmatch(text, last.end, one.start)
        ):
            joined[-1] = Found(last.start, one.end, OfYear(last.meaning, one.meaning))
        elif last and isinstance(last.meaning, Dated) and _year_of(one) and COMMA.fullmatch(text, last.end, one.start):
            joined[-1] = Found(last.start, one.end, _in_year(last.meaning, _year_of(one)) or last.meaning)
        else:
            joined.append(one)
    return joined


@dataclass(frozen=True, slots=True)
class YearsAgo:
    """`Ten years ago this week`: the week, month or day of publication, so many years before."""

    unit: Unit
    years: int

    def resolve(self, at: Context) -> Value:
        if at.today is None or at.narrative:
            return Value("DATE", OPEN[self.unit])
        today = at.today.first()
        return dated(of(self.unit, today.replace(year=today.year - self.years)))


def _ago(text: str, found: list[Found]) -> list[Found]:
    joined: list[Found] = []
    for one in found:
        last = joined[-1] if joined else None
        meaning = _years_ago(last.meaning, one.meaning) if last and AGO.fullmatch(text, last.end, one.start) else None
        if last and meaning:
            joined[-1] = Found(last.start, one.end, meaning)
        else:
            joined.append(one)
    return joined


def _years_ago(away: Meaning, now: Meaning) -> YearsAgo | None:
    unit: Unit | None = "day" if isinstance(now, Today) else None
    if isinstance(now, Counted) and now.count == 0 and now.anchor == "today":
        unit = now.unit
    counted = isinstance(away, Away) and away.anchor == "today" and away.sign < 0 and away.unit in ("year", "decade")
    if unit is None or not counted or not isinstance(away, Away) or not away.count or away.count % 1:
        return None
    return YearsAgo(unit, int(away.count) * (10 if away.unit == "decade" else 1))


def _year_of(one: Found) -> Period | None:
    period = one.meaning.value.period if isinstance(one.meaning, Known) else None
    return period if period and period.unit == "year" else None


def _years(text: str, found: list[Found]) -> list[Found]:
    """`April to September 1957`: the first has the year of the second."""
    joined = list(found)
    for at in range(len(joined) - 2, -1, -1):
        one, after = joined[at], joined[at + 1]
        period = after.meaning.value.period if isinstance(after.meaning, Known) else None
        if period and period.unit in ("day", "month", "season") and RANGE.fullmatch(text, one.end, after.start):
            meaning = _in_year(one.meaning, period)
            if meaning:
                joined[at] = replace(one, meaning=meaning)
    return joined


def _in_year(meaning: Meaning, later: Period | None) -> Meaning | None:
    if later is None:
        return None
    try:
        if isinstance(meaning, Dated) and not meaning.direction:
            year = later.year - (later.unit in ("month", "day") and meaning.month > later.number)
            period = Period("day" if meaning.day else "month", year, meaning.month, meaning.day)
            period.first()
            return Known(dated(period))
        if isinstance(meaning, PartOfYear) and not meaning.direction and meaning.years is None:
            return Known(dated(Period(meaning.unit, later.year, meaning.number)))
    except ValueError:
        return None
    return None
