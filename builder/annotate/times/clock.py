"""Times of the clock, alone; `scan` joins them to the day beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from builder.annotate.times.lexicon import CARDINAL, DAYPARTS, number
from builder.annotate.times.meaning import Context, Known, Meaning, Rule, Value
from builder.annotate.times.reference import OPEN
from builder.annotate.times.relative import Counted, Same


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, `10:35` or `TNI` in TIMEX3's way, on `day`, or on the day spoken of."""

    time: str
    day: Meaning | None = None
    half_open: bool = False  # nine o'clock, in the morning or at night

    def resolve(self, at: Context) -> Value:
        day = self.day or (Same("day", fallback=False) if at.narrative or self.follows(at) else Counted("day", 0))
        value = day.resolve(at)
        if value.type == "SET" or (value.period and value.period.unit != "day"):
            return Value("TIME", f"XXXX-XX-XXT{self.time}")
        return Value("TIME", f"{value.value}T{self.time}", value.period, value.edtf)

    @staticmethod
    def follows(at: Context) -> bool:
        return bool(at.reference and at.reference.unit == "day" and at.today and at.reference != at.today)


def _clock(m: re.Match[str]) -> Meaning | None:
    groups = m.groupdict()
    hour = int(number(m["hour"]) or 0)
    minute = int(groups.get("minute") or 0)
    half = (groups.get("half") or "").lower().replace(".", "")
    if groups.get("part"):
        half = "am" if m["part"].lower() == "morning" else "pm"
    if hour > 24 or minute > 59 or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + 12 * (half[0] == "p")
    half_open = not half and hour <= 12 and "clock" in m.group().lower()
    return Clock(f"{hour:02d}:{minute:02d}", _own_day(m), half_open)


def _own_day(m: re.Match[str]) -> Meaning | None:
    """A time alone on its line is today's, as in a running report; of `a 3 a.m. call` nobody says which day's."""
    alone = m.string[m.start() - 1 : m.start()] == "\n" and m.string[m.end() : m.end() + 1] == "\n"
    if alone:
        return Counted("day", 0)
    return Known(Value("DATE", OPEN["day"])) if ANY.search(m.string, max(0, m.start() - 4), m.start()) else None


ANY = re.compile(r"\ban?\s$", re.IGNORECASE)


def _named(m: re.Match[str]) -> Meaning:
    return Clock({"noon": "12:00", "midday": "12:00", "midnight": "24:00"}[m["word"].lower()])


def _part(m: re.Match[str]) -> Meaning:
    return Clock(DAYPARTS[m["part"].lower()])


ABOUT = r"(?:(?:about|around|just (?:before|after)|shortly (?:before|after)|nearly) )?"
NAMES = (
    r"(?:[ECMP][SD]?T|GMT|UTC|BST|CES?T|local time"
    r"|(?:Eastern|Central|Mountain|Pacific)(?: (?:Standard|Daylight))? [Tt]ime)"
)
# The zone, and the same time in another: `5 p.m. local time (1400 GMT)`.
ZONE = rf"(?:,? {NAMES}\b| \({NAMES}\))?(?: \(\d?\d[:.]?\d\d(?: [ap]\.?m\.?)? {NAMES}\))?"

RULES = (
    Rule("clock", rf"\b{ABOUT}(?<![\d:.$])(?P<hour>[01]?\d)(?:[:.](?P<minute>[0-5]\d))? *(?P<half>a\.?m"
        rf"|p\.?m)\b\.?{ZONE}", _clock),
    Rule("clock", rf"\b{ABOUT}(?<![\d:.$])(?P<hour>[012]?\d):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?![\d:]){ZONE}",
        _clock, (":",)),
    Rule("clock", rf"\b{ABOUT}(?P<hour>[01]?\d|{CARDINAL}) o['’]clock\b(?: in the (?P<part>morning|afternoon"
        rf"|evening)| at night)?{ZONE}", _clock, ("clock",)),
    Rule("clock", r"\b(?P<hour>1?\d) in the (?P<part>morning|afternoon|evening)\b", _clock),
    Rule("clock", rf"\b{ABOUT}(?P<word>noon|midday|midnight)\b{ZONE}", _named, ("noon", "midday", "midnight")),
    Rule("clock", r"\b(?:in the|mid|the)[-\s](?:early |late )?(?P<part>morning|afternoon|evening)(?: hours)?\b",
        _part),
)  # fmt: skip
