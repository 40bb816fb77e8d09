"""What a time expression means before it is counted from a date, and what it comes to."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from builder.annotate.times.period import Period
from builder.model.annotation import TimexType

Tense = Literal["past", "future", "unknown"]
Family = Literal["month", "weekday", "year", "unit", "season", "clock", "word", "numeric"]


@dataclass(frozen=True, slots=True)
class Value:
    """A TIMEX3 type and value; `period` is the stretch of the calendar it names, None where that is not known."""

    type: TimexType
    value: str
    period: Period | None = None
    edtf: str | None = None  # where the period alone does not say it
    quiet: bool = False  # later expressions are not counted from it


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is counted from: the day of publication, and the date last spoken of."""

    today: Period | None
    narrative: bool
    tense: Tense = "unknown"
    reference: Period | None = None
    year: int | None = None  # said by the words that follow: `June last year`


class Meaning(Protocol):
    """Says what the words come to in their context; ValueError for a day no calendar has."""

    def resolve(self, at: Context) -> Value: ...


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and what its words mean; `family` is the kind of word without which it cannot match.

    `build` returns None where the words turn out to be no time expression. Where none of `needs` (in lower case)
    stands near, the pattern is not tried, which is dearer than to look for them.
    """

    family: Family
    pattern: str
    build: Callable[[re.Match[str]], Meaning | None]
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """Means the same in any context: a duration, a set, a date that is written out."""

    value: Value

    def resolve(self, at: Context) -> Value:
        return self.value


def dated(period: Period, type: TimexType = "DATE") -> Value:
    """Gives the value of a known stretch of the calendar."""
    return Value(type, period.timex(), period)
