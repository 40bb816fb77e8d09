"""Days of the week and weekends: the tense tells which."""

from __future__ import annotations

import re
from dataclasses import dataclass

from builder.annotate.times.dates import Direction
from builder.annotate.times.lexicon import WEEKDAY, plain, weekday, words
from builder.annotate.times.meaning import Context, Meaning, Rule, Value, dated
from builder.annotate.times.period import of
from builder.annotate.times.reference import OPEN, spoken

WAYS: dict[str, Direction] = {
    "last": "last", "past": "last", "previous": "last", "this past": "last", "next": "next", "coming": "next",
    "this coming": "next", "following": "next", "this": "this",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, told by the tense: the last one up to the day of publication, or the next."""

    number: int
    direction: Direction = ""

    def resolve(self, at: Context) -> Value:
        start = at.today if not at.narrative else spoken(at, "day")
        if start is None:
            return Value("DATE", f"XXXX-WXX-{self.number}")
        here = start.first().isoweekday()
        back, ahead = (here - self.number) % 7, (self.number - here) % 7
        if self.direction == "last":
            return dated(start.shift(-(back or 7)))
        if self.direction == "next" or (at.tense == "future" and self.direction == ""):
            return dated(start.shift(ahead or 7 * (self.direction == "next")))
        if self.direction == "this":
            return dated(start.shift(ahead if at.tense != "past" else -back))
        return dated(start.shift(-back))


@dataclass(frozen=True, slots=True)
class Weekend:
    """The weekend: the last one whose Saturday has come, or the next where the tense looks ahead."""

    direction: Direction = ""

    def resolve(self, at: Context) -> Value:
        if at.today is None or at.narrative:
            return Value("DATE", OPEN["weekend"])
        today = at.today.first()
        this = of("weekend", today)
        within = today.isoweekday() >= 6
        if self.direction == "last":
            return dated(this.shift(-1))
        if self.direction == "next":
            return dated(this.shift(1 if within else 0) if at.tense != "future" else this.shift(1))
        if within or at.tense == "future" or (self.direction == "this" and at.tense != "past"):
            return dated(this)
        return dated(this.shift(-1))


@dataclass(frozen=True, slots=True)
class AfterReference:
    """`The following Friday`, `the previous Monday`: counted from the date spoken of."""

    number: int
    step: int

    def resolve(self, at: Context) -> Value:
        start = spoken(at, "day")
        if start is None:
            return Value("DATE", f"XXXX-WXX-{self.number}")
        days = (self.number - start.first().isoweekday()) * self.step % 7 or 7
        return dated(start.shift(days * self.step))


# Days with a name of their own, whose date no weekday tells, and programmes.
NAMED = re.compile(r"\b(?:Black|Bloody|Super|Cyber|Giving|Fat|Shrove|Maundy|Holy|Whit|News|Ruby|Small Business)\s$")


# `Monday and Tuesday nights` are no one Monday; how often it is, `durations` knows.
OFTEN = words(rf"(?:,? (?:and|or|through|to) | *[-–/] *){WEEKDAY} (?:mornings|afternoons|evenings|nights)\b")


def _weekday(m: re.Match[str]) -> Meaning | None:
    word = m["weekday"]
    if not m["way"] and OFTEN.match(m.string, m.end()):
        return None
    if word.rstrip(".").lower() in (
        "sat",
        "sun",
        "wed",
        "mon",
        "tue",
        "thu",
        "fri",
        "tues",
        "thur",
        "thurs",
    ) and not word.endswith("."):
        return None
    if not m["way"] and NAMED.search(m.string, max(0, m.start("weekday") - 12), m.start("weekday")):
        return None
    way = plain(m["way"]).removeprefix("the ")
    if way in ("following", "previous"):
        return AfterReference(weekday(word), 1 if way == "following" else -1)
    return Weekday(weekday(word), WAYS.get(way, ""))


RULES = (
    Rule("unit", r"\b(?:over |during )?the (?P<unit>weekend)\b", lambda m: Weekend()),
    Rule("weekday", r"\b(?:(?:early|late|earlier|later) )?(?P<way>the (?:following|previous)|this(?: (?:past"
        rf"|coming))?|last|past|next|coming)?(?: )?(?P<weekday>{WEEKDAY})(?!\w| (?:Times|Telegraph|Mirror|Express"
        r"|Herald|Mail|Post|Independent|Review|Sun|Group)\b)", _weekday),
)  # fmt: skip
