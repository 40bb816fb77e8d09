"""The date last spoken of, and how TIMEX3 writes a date that cannot be told."""

from __future__ import annotations

from builder.annotate.times.meaning import Context
from builder.annotate.times.period import Period, Unit

OPEN: dict[Unit, str] = {
    "day": "XXXX-XX-XX", "weekend": "XXXX-WXX-WE", "week": "XXXX-WXX", "month": "XXXX-XX", "quarter": "XXXX-QX",
    "half": "XXXX-HX", "season": "XXXX-XX", "year": "XXXX", "fiscal": "XXXX", "decade": "XXX", "century": "XX",
}  # fmt: skip


def spoken(at: Context, unit: Unit) -> Period | None:
    """Gives the date last spoken of, where it is fine enough to count such units from."""
    order: tuple[Unit, ...] = (
        "day",
        "weekend",
        "week",
        "month",
        "season",
        "quarter",
        "half",
        "year",
        "fiscal",
        "decade",
        "century",
    )
    if at.reference is None:
        return at.today if not at.narrative else None
    return at.reference if order.index(at.reference.unit) <= order.index(unit) else None


def untold(at: Context) -> bool:
    """True where what lies behind `later` has begun on no date the text names: it is not the day of publication."""
    return at.reference is None and not at.narrative and at.tense == "past"
