"""So long before or after a date that stands beside: `two days after Christmas`, `the day before last Tuesday`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from builder.annotate.times.lexicon import words
from builder.annotate.times.meaning import Context, Known, Meaning, Value, dated
from builder.annotate.times.period import Period, Unit, widen
from builder.annotate.times.relative import DayBeside
from builder.annotate.times.scan import Found

BESIDE = words(r" (?P<way>before|after|following|prior to) ")
SPACE = words(" ")
VALUE = re.compile(r"P(?P<count>\d+|X)(?P<unit>[DWMY])")
UNITS: dict[str, Unit] = {"D": "day", "W": "week", "M": "month", "Y": "year"}
# Before what lasts so long: not a date so long away.
LASTING = words(r"\b(?:for|in|within|during|throughout|of|every|per|least|most|than|up to) $")
DEFINITE = words(r"(?:the|these|those|this|that|his|her|their|its|every|each) ")
LIMIT = words(r"(?:at (?:least|most)|up to|(?:no )?(?:more|less|fewer|later|earlier) than|well over|under|within)\b")
WORKING = words(r"(?:trading|business|working|straight|consecutive)")
ABOUT = r"(?:about|around|almost|nearly|roughly|approximately|some|over|barely)"
VAGUE = words(rf"\b{ABOUT} *$")
OWN_VAGUE = words(rf"(?:[a-z]+ ){{0,3}}{ABOUT}\b")


class Step(NamedTuple):
    """How far from the date that follows: `steps` is negative before it, None where nobody counted."""

    unit: Unit
    steps: int | None

    def from_(self, period: Period) -> Period | None:
        """Gives the day, week, month or year so far from the period; None where that is coarser than the steps."""
        if self.steps is None or not _holds(self.unit, period.unit):
            return None
        return widen(period, self.unit).shift(self.steps)


def _holds(unit: Unit, finer: Unit) -> bool:
    order: tuple[Unit, ...] = ("day", "week", "month", "year")
    return finer in order and order.index(finer) <= order.index(unit)


def step(text: str, start: int, end: int, value: str) -> tuple[Step, int] | None:
    """Reads the length at text[start:end] with ` after ` behind it: the step and where that ends; None without."""
    way, amount = BESIDE.match(text, end), VALUE.fullmatch(value)
    if way is None or amount is None or LASTING.search(text, max(0, start - 20), start):
        return None
    if DEFINITE.match(text, start, end) or LIMIT.match(text, start, end):
        return None
    unsure = VAGUE.search(text, max(0, start - 20), start) or OWN_VAGUE.match(text, start, end)
    counted = not unsure and amount["count"] != "X" and not WORKING.search(text, start, end)
    sign = -1 if way["way"].lower() in ("before", "prior to") else 1
    return Step(UNITS[amount["unit"]], sign * int(amount["count"]) if counted else None), way.end()


@dataclass(frozen=True, slots=True)
class Beyond:
    """So many units before or after a date; the bare length where the date is not known as finely."""

    date: Meaning
    step: Step
    length: Value

    def resolve(self, at: Context) -> Value:
        period = self.date.resolve(at).period
        away = self.step.from_(period) if period else None
        return dated(away) if away else self.length


def from_dates(text: str, found: list[Found]) -> list[Found]:
    """Gives the expressions with `two days after` and the date that follows as one."""
    return list(_from_dates(text, found))


def _from_dates(text: str, found: list[Found]) -> Iterator[Found]:
    last: Found | None = None
    for one in found:
        away = _away(text, last, one) if last else None
        if last and away:
            last = Found(last.start, one.end, Beyond(one.meaning, away, last.meaning.resolve(NOWHERE)))
            continue
        if last:
            yield last
        last = one
    if last:
        yield last


NOWHERE = Context(today=None, narrative=False)


def _away(text: str, length: Found, date: Found) -> Step | None:
    if isinstance(length.meaning, DayBeside):
        beside = SPACE.fullmatch(text, length.end, date.start)
        return Step("day", length.meaning.sign) if beside and _is_date(date.meaning) else None
    if not isinstance(length.meaning, Known) or length.meaning.value.type != "DURATION":
        return None
    found = step(text, length.start, length.end, length.meaning.value.value)
    return found[0] if found and found[1] == date.start and found[0].steps and _is_date(date.meaning) else None


def _is_date(meaning: Meaning) -> bool:
    return not isinstance(meaning, Known) or meaning.value.period is not None
