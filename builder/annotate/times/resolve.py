"""Counts every expression of a text from what came before it and from each possible day of publication."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from builder.annotate.times.bounds import Bounded
from builder.annotate.times.meaning import Context, Known, Tense, Value
from builder.annotate.times.period import Period, of
from builder.annotate.times.published import Published
from builder.annotate.times.reference import OPEN

LAST_YEAR = 9999  # EDTF writes no later year with four digits


def values(
    found: list[Bounded], tenses: list[Tense], published: Published | None, narrative: bool, asides: Sequence[bool]
) -> list[tuple[Value, str | None] | None]:
    """Gives each expression's value and EDTF in order; None for one that names no possible date."""
    if published is None:
        return _finish(found, _run(found, tenses, None, narrative, asides))
    values = _run(found, tenses, published.first, narrative, asides)
    if published.first != published.last:
        values = [
            _both(a, b) for a, b in zip(values, _run(found, tenses, published.last, narrative, asides), strict=True)
        ]
    return _finish(found, values, published.qualifier)


def _run(
    found: list[Bounded], tenses: list[Tense], today: date | None, narrative: bool, asides: Sequence[bool]
) -> list[Value | None]:
    day = of("day", today) if today else None
    values: list[Value | None] = []
    reference: Period | None = None
    for one, tense, aside in zip(found, tenses, asides, strict=True):
        context = Context(day, narrative, tense, reference)
        value = _resolve(one, context) or _resolve(one, replace(context, today=None, reference=None))
        values.append(value)
        mentioned = narrative and (one.bound == "and" or (aside and reference is not None))
        if value and value.period and not value.quiet and not mentioned:
            reference = _spoken(reference, value.period)
    return values


def _resolve(one: Bounded, context: Context) -> Value | None:
    """Gives the value; None for a day that no calendar has, or that lies beyond its ends."""
    try:
        value = one.found.meaning.resolve(context)
        if value.period:
            value.period.limits()  # ValueError beyond the ends of the calendar
    except (ValueError, OverflowError, KeyError):
        return None
    return None if value.period and value.period.year > LAST_YEAR else value


def _spoken(before: Period | None, now: Period) -> Period:
    """Gives the date the text now speaks of; a bare year adds nothing to a month of that year.

    Nor does the day on which a quarter closes: `the quarter ended Sept. 30`.
    """
    if before and now.unit == "year" and before.year == now.year:
        return before
    return before if before and before.unit == "quarter" and now.unit == "day" and now.first() == before.last() else now


def _both(early: Value | None, late: Value | None) -> Value | None:
    """Joins what an expression comes to on the first and on the last possible day of publication."""
    if early is None or late is None or early == late:
        return early
    if early.period is None or late.period is None:
        return early
    lower, upper = early.period, late.period
    hull = f"{lower.limits()[0]}/{upper.limits()[1]}"
    common: str = OPEN[lower.unit] if lower.year != upper.year else f"{lower.timex()[:4]}{OPEN[lower.unit][4:]}"
    if lower.unit == "day" and lower.timex()[:7] == upper.timex()[:7]:
        common = f"{lower.timex()[:7]}-XX"
    tail = early.value[len(lower.timex()) :]
    return Value(early.type, common + tail, None, hull)


def _finish(
    found: list[Bounded], values: list[Value | None], qualifier: str = ""
) -> list[tuple[Value, str | None] | None]:
    finished: list[tuple[Value, str | None] | None] = []
    for at, (one, value) in enumerate(zip(found, values, strict=True)):
        if value is None:
            finished.append(None)
            continue
        counted = qualifier if not isinstance(one.found.meaning, Known) else ""
        partner = values[at + 1] if one.bound == "between" else values[at - 1] if one.bound == "and" else None
        finished.append((value, _edtf(one, value, partner, counted)))
    return finished


def _edtf(one: Bounded, value: Value, partner: Value | None, qualifier: str) -> str | None:
    whole = value.edtf or (value.period.edtf() if value.period else None)
    if whole is None or value.type in ("DURATION", "SET"):
        return None
    unsure = qualifier or ("?" if value.period is None and one.bound else "")  # which of several days bounds it
    mark = _mark(unsure, one.approximate and value.type == "DATE")
    if partner and partner.period and value.period:
        ends = (value.period, partner.period) if one.bound == "between" else (partner.period, value.period)
        if _ordered(*ends):
            return f"{ends[0].limits()[0]}{mark}/{ends[1].limits()[1]}{mark}"
    if one.bound in ("since", "until"):
        first, last = value.period.limits() if value.period else (whole.split("/")[0], whole.split("/")[-1])
        return f"{first}{mark}/.." if one.bound == "since" else f"../{last}{mark}"
    if "/" in whole:
        return "/".join(part + mark for part in whole.split("/"))
    return whole.rstrip("~") + ("~" if whole.endswith("~") and not mark else mark)


def _ordered(first: Period, last: Period) -> bool:
    """False of `Monday to Friday` when the Monday counted is the later one, and of two hours of one day."""
    return first != last and (first.year, first.limits()[0]) <= (last.year, last.limits()[1])


def _mark(qualifier: str, approximate: bool) -> str:
    if qualifier == "?" and approximate:
        return "%"
    return qualifier or ("~" if approximate else "")
