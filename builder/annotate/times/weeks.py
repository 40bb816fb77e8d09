"""A day and its week: `4 March 2007 (Sunday)`, `the week of 6 March`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from builder.annotate.times.dates import Dated
from builder.annotate.times.lexicon import words
from builder.annotate.times.meaning import Context, Known, Meaning, Value, dated
from builder.annotate.times.period import Unit, widen
from builder.annotate.times.reference import OPEN
from builder.annotate.times.scan import Found
from builder.annotate.times.weekdays import Weekday

APPOSED = words(r", | \(")
WEEK_OF = words(r"\b(?:the )?(?P<unit>week|weekend) of (?:the )?$")


def with_weekday(text: str, found: list[Found]) -> list[Found]:
    """`4 March 2007, Sunday`, `4 March (Sunday)`: the weekday is that of the day before it."""
    joined: list[Found] = []
    for one in found:
        last = joined[-1] if joined else None
        meaning = _on(last.meaning, one.meaning) if last and APPOSED.fullmatch(text, last.end, one.start) else None
        if last and meaning and not text[one.end : one.end + 2].lstrip(" ")[:1].isalnum():
            closed = text[one.end : one.end + 1] == ")" and text[one.start - 1] == "("
            joined[-1] = Found(last.start, one.end + closed, meaning)
        else:
            joined.append(one)
    return joined


def _on(day: Meaning, named: Meaning) -> Meaning | None:
    if not isinstance(named, Weekday) or named.direction:
        return None
    if isinstance(day, Dated) and day.day and not day.weekday:
        return replace(day, weekday=named.number)
    period = day.value.period if isinstance(day, Known) else None
    fits = period and period.unit == "day" and period.year > 0 and period.first().isoweekday() == named.number
    return day if fits else None


@dataclass(frozen=True, slots=True)
class WeekOf:
    """`The week of 6 March`: the one that holds the day."""

    unit: Unit
    day: Meaning

    def resolve(self, at: Context) -> Value:
        period = self.day.resolve(at).period
        return dated(widen(period, self.unit)) if period and period.unit == "day" else Value("DATE", OPEN[self.unit])


def of_week(text: str, found: list[Found]) -> list[Found]:
    joined: list[Found] = []
    for one in found:
        week = WEEK_OF.search(text, max(0, one.start - 25), one.start) if _is_day(one.meaning) else None
        if week:
            while joined and joined[-1].end > week.start():
                joined.pop()
            unit: Unit = "weekend" if week["unit"].lower() == "weekend" else "week"
            one = Found(week.start(), one.end, WeekOf(unit, one.meaning))
        joined.append(one)
    return joined


def _is_day(meaning: Meaning) -> bool:
    if isinstance(meaning, Known):
        return meaning.value.period is not None and meaning.value.period.unit == "day"
    return isinstance(meaning, Weekday) or (isinstance(meaning, Dated) and meaning.day > 0)
