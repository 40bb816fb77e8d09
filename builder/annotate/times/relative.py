"""What is counted from the day of publication or from the date last spoken of: yesterday, last week, two days later."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from builder.annotate.times.durations import duration
from builder.annotate.times.lexicon import CARDINAL, DAYPARTS, DIGITS, UNIT, YEAR, number, plain
from builder.annotate.times.lexicon import DAYPART as PART
from builder.annotate.times.meaning import Context, Meaning, Rule, Value, dated
from builder.annotate.times.period import Period, Unit, widen
from builder.annotate.times.reference import OPEN, spoken, untold
from builder.annotate.times.weekdays import WAYS, Weekend

Anchor = Literal["today", "reference"]


@dataclass(frozen=True, slots=True)
class Counted:
    """So many units from publication (`last week`: -1 week) or from the date last spoken of (`the next day`)."""

    unit: Unit
    count: int
    anchor: Anchor = "today"

    def resolve(self, at: Context) -> Value:
        start = at.today if self.anchor == "today" and not at.narrative else spoken(at, self.unit)
        if start is None or (self.anchor == "reference" and self.count > 0 and untold(at)):
            return Value("DATE", OPEN[self.unit])
        back = at.narrative and self.anchor == "reference" and self.count < 0  # a history looks back, and goes on
        return replace(dated(widen(start, self.unit).shift(self.count)), quiet=back)


@dataclass(frozen=True, slots=True)
class DayBeside:
    """`The day before` a happening: only what follows could tell which."""

    sign: int

    def resolve(self, at: Context) -> Value:
        return Value("DATE", OPEN["day"], quiet=True)


@dataclass(frozen=True, slots=True)
class YearBefore:
    """`A year ago`, `a year earlier`: the same day, month or quarter a year before the one spoken of."""

    count: int
    anchor: Anchor

    def resolve(self, at: Context) -> Value:
        spoken = at.reference
        if (
            spoken
            and spoken.unit in ("quarter", "half", "year")
            and (self.anchor == "reference" or spoken.unit == "quarter")
        ):
            return Value(
                "DATE",
                spoken.in_year(spoken.year + self.count).timex(),
                spoken.in_year(spoken.year + self.count),
                quiet=True,
            )
        start = at.today if not at.narrative else spoken
        if start is None:
            return Value("DATE", "XXXX")
        period = widen(start, "year").shift(self.count)
        return Value("DATE", period.timex(), period, quiet=True)


@dataclass(frozen=True, slots=True)
class SamePeriod:
    """`The same period last year`, `the 2011 quarter`: the quarter, half or month spoken of, in that year."""

    year: int | None = None  # None: the year before

    def resolve(self, at: Context) -> Value:
        spoken = at.reference if at.reference and at.reference.unit in ("quarter", "half", "month") else at.today
        if spoken is None:
            return Value("DATE", str(self.year or "XXXX"))
        year = self.year or spoken.year - 1
        period = spoken.in_year(year) if spoken is not at.today else Period("year", year)
        return Value("DATE", period.timex(), period, quiet=True)


@dataclass(frozen=True, slots=True)
class Same:
    """`That year`, `the same month`, `the year`: the one spoken of, or the present one."""

    unit: Unit
    fallback: bool  # count from publication where nothing fitting was spoken of

    def resolve(self, at: Context) -> Value:
        start = spoken(at, self.unit) if at.narrative or not self.fallback else at.today
        if start is None:
            return Value("DATE", OPEN[self.unit])
        return dated(widen(start, self.unit))


@dataclass(frozen=True, slots=True)
class PartOfDay:
    """The morning, afternoon, evening or night of a day."""

    day: Meaning
    part: str

    def resolve(self, at: Context) -> Value:
        value = self.day.resolve(at)
        if value.type == "SET":
            return Value("SET", value.value + "T" + self.part)
        if value.period is not None and value.period.unit != "day":
            return value
        return Value("TIME", f"{value.value}T{self.part}", value.period, value.edtf)


UNITS: dict[str, Unit] = {
    "day": "day", "week": "week", "month": "month", "quarter": "quarter", "year": "year", "decade": "decade",
    "century": "century", "weekend": "weekend",
}  # fmt: skip
DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0}
CALENDAR_UNIT = r"(?P<unit>day|week|month|quarter|year|decade|century|weekend)"


@dataclass(frozen=True, slots=True)
class Today:
    """Today: the day of publication, or in a history no day but the present."""

    def resolve(self, at: Context) -> Value:
        return Value("DATE", "PRESENT_REF") if at.narrative else Counted("day", 0).resolve(at)


# `Today’s youth` and `the people of tomorrow` have no day, `Russia Today` is a name.
GENERIC = re.compile(
    r"['’]s\s(?:world|youth|society|young|generations?|standards|children|kids|teenagers|students|computers)\b",
    re.IGNORECASE,
)
OF_DAY = re.compile(r"\b(?:people|leaders|men|women|world|children|cities|technology|generation)\sof\s$", re.IGNORECASE)
NAME = re.compile(r"\b[A-Z]\w+ $")


def _day(m: re.Match[str]) -> Meaning | None:
    word, part = plain(m["word"]), plain(m["part"])
    named = m["word"][0].isupper() and NAME.search(m.string, max(0, m.start() - 20), m.start())
    if named or GENERIC.match(m.string, m.end()) or OF_DAY.search(m.string, max(0, m.start() - 20), m.start()):
        return None
    day: Meaning = Today() if word == "today" else Counted("day", DAYS[word])
    if word == "tonight":
        return PartOfDay(day, "NI")
    return PartOfDay(day, DAYPARTS[part]) if part else day


def _part_of_day(m: re.Match[str]) -> Meaning | None:
    way, part = plain(m["way"]).removeprefix("the ").split(" ")[-1], DAYPARTS[m["part"].lower()]
    if way == "this":
        return PartOfDay(Counted("day", 0), part)
    if way == "last":
        return PartOfDay(Counted("day", -1), part)
    if way in ("next", "following"):
        return PartOfDay(Counted("day", 1, "reference"), part)
    if way == "previous":
        return PartOfDay(Counted("day", -1, "reference"), part)
    return PartOfDay(Same("day", fallback=False), part)


def _unit(m: re.Match[str]) -> Meaning | None:
    """Reads `last week`, `the following year`, `earlier this month`, `the past weekend`."""
    way, unit = plain(m["way"]), UNITS[m["unit"].lower()]
    if m["way"].startswith("This") and m["unit"][0].isupper():
        return None  # a programme or magazine: This Week
    definite = bool(m["the"])
    if unit == "weekend":
        return Weekend("this" if way.endswith("coming") else WAYS.get(way, ""))
    if way in ("past", "last", "next", "coming") and definite and unit != "day":
        # `the last year` is a stretch up to now, which the durations know
        return None if way != "next" else Counted(unit, 1, "reference")
    if unit == "day" and way in ("this", "last", "past", "current", "coming", "latest") and not definite:
        return None
    if way in ("following", "next", "previous", "preceding", "subsequent", "prior", "succeeding") and (
        definite or way != "next"
    ):
        return Counted(unit, -1 if way in ("previous", "preceding", "prior") else 1, "reference")
    if way in ("that", "that same", "same"):
        return Same(unit, fallback=False)
    if way == "latest":
        return Counted(unit, -1)
    return Counted(unit, {"last": -1, "past": -1, "next": 1, "coming": 1}.get(way.removeprefix("this "), 0))


@dataclass(frozen=True, slots=True)
class Away:
    """A number of units before or after publication (`ago`) or the date spoken of (`later`, `earlier`)."""

    unit: str
    count: float | None
    sign: int
    anchor: Anchor

    def resolve(self, at: Context) -> Value:
        vague = Value("DATE", "PAST_REF" if self.sign < 0 else "FUTURE_REF")
        if self.anchor == "reference" and not at.narrative and not (self.count and self.unit in UNITS):
            return Value("DURATION", duration(self.count, self.unit), quiet=True)
        if self.count is None or self.unit in ("second", "minute", "hour", "night"):
            return vague
        if self.anchor == "reference" and self.sign > 0 and untold(at):
            return Value("DURATION", duration(self.count, self.unit), quiet=True)
        unit, times = {"fortnight": ("week", 2), "century": ("year", 100), "decade": ("year", 10)}.get(
            self.unit, (self.unit, 1)
        )
        count = round(self.count * times)
        if self.count * times != count:
            return vague
        meaning: Meaning = Counted(UNITS[unit], self.sign * count, self.anchor)
        if unit == "year" and self.count == 1 and times == 1 and self.sign < 0:
            meaning = YearBefore(-1, self.anchor)
        value = meaning.resolve(at)
        if value.period is None:
            return value
        approx = f"{value.period.edtf()}~" if unit == "year" and times >= 10 else None
        aside = self.count == 1 if not at.narrative else self.anchor == "today"
        return Value("DATE", value.value, value.period, approx, quiet=aside or (unit == "year" and at.narrative))


def _away(m: re.Match[str]) -> Meaning | None:
    unit = m["unit"].lower().removesuffix("s")
    unit = {"centurie": "century"}.get(unit, unit)
    way = plain(m["way"])
    sign = -1 if way in ("ago", "earlier", "before", "previously", "prior", "back") else 1
    anchor: Anchor = "today" if way in ("ago", "from now", "hence", "from today", "back") else "reference"
    if way in ("before", "after") and not m["number"]:
        return None
    return Away(unit, number(m["number"]) if m["number"] else None, sign, anchor)


def _neighbour(m: re.Match[str]) -> Meaning:
    return Counted(UNITS[m["unit"].lower()], -1 if plain(m["way"]) == "before" else 1, "reference")


def _day_beside(m: re.Match[str]) -> Meaning:
    return DayBeside(-1 if plain(m["way"]) == "before" else 1)


def _year_ago(m: re.Match[str]) -> Meaning:
    return YearBefore(-1, "reference")


def _same_period(m: re.Match[str]) -> Meaning:
    return SamePeriod(int(m["year"]) if m["year"] else None)


PREFIX = (
    r"(?:(?:(?:only|just|about|around|almost|nearly|over|roughly|exactly|some|(?:more|less) than|well over|at least"
    r"|barely) )?"
)
COUNT = rf"(?P<number>{DIGITS}|an? couple(?: of)?|an? few|{CARDINAL}|several|many|some|an?|half an?)"

# Words behind `the day before` that do not say before what.
ALONE = (
    r"(?:in|at|on|to|from|for|with|by|and|or|but|when|where|was|were|had|has|is|as|about|over|during|because|while"
    r"|through|under|near|into)\b"
)
WAYS_AWAY = ("ago", "earlier", "later", "from", "hence", "previously", "back", "before", "after", "prior")

RULES = (
    Rule("word", rf"\b(?P<word>today|yesterday|tomorrow|tonight)\b(?! (?:(?-i:Show)|show\b.{{0,3}}host))(?: "
        rf"(?P<part>{PART}))?", _day, ("today", "yesterday", "tomorrow", "tonight")),
    Rule("word", r"\b(?:the )?day (?:before (?P<word>yesterday)|after (?P<next>tomorrow))\b",
        lambda m: Counted("day", -2 if m["word"] else 2)),
    Rule("word", r"\b(?:(?:early|late|later|earlier) )?(?P<way>this|last|that(?: same)?|the (?:next|following"
        r"|previous|same)) (?:early |late )?(?P<part>morning|afternoon|evening|night)\b", _part_of_day),
    Rule("word", r"\bovernight\b", lambda m: PartOfDay(Counted("day", -1), "NI")),
    Rule("unit", r"\b(?:(?:earlier|later|early|late|sometime|some time) )?(?P<the>the )?(?P<way>this(?: (?:past"
        r"|coming))?|last|past|previous|next|coming|following|current|that(?: same)?|same|latest|preceding"
        rf"|subsequent|prior|succeeding) (?:calendar |school |academic )?{CALENDAR_UNIT}\b(?!['’]s\b (?:quarter"
        r"|first|second|third|fourth))", _unit),
    Rule("unit", r"(?:(?:earlier|later|early|late) in |\b(?:the )?(?:beginning|end|start|middle|rest|remainder"
        rf"|close|turn|(?:latter|early|later|first|last) part) of )the {CALENDAR_UNIT}\b",
        lambda m: Weekend() if m["unit"].lower() == "weekend" else Same(UNITS[m["unit"].lower()], fallback=True)),
    Rule("unit", r"\bthe (?:full )?(?P<unit>week|month|year)\b(?! (?:of (?:the|his|her|my|(?-i:[A-Z]))|that|when"
        r"|after|before|in which|ended|ending)\b|[-\w])", lambda m: Same(UNITS[m["unit"].lower()], fallback=True)),
    Rule("unit", r"\b(?:the\s)?year(?:[-\s]|['’]s\s)end\b", lambda m: Same("year", fallback=True)),
    Rule("unit", rf"\b{PREFIX}{COUNT} )?(?:or so )?(?P<unit>{UNIT}s?)(?: or so)? (?P<way>ago|earlier|later|from now"
        r"|from today|hence|previously|back(?= [a-z]+ed)|before(?=[,.;)]| that\b)|after(?= that\b)|prior)\b",
        _away, WAYS_AWAY),
    Rule("unit", r"\b(?:an? |about an? |nearly an? )?quarter(?:[-\s]| of a )century ago\b",
        lambda m: Away("year", 25, -1, "today")),
    Rule("unit", rf"\bthe (?P<unit>day|week|month|year) (?:(?P<way>before|after)\b(?:(?! \w)|(?= {ALONE}))"
        r"|following\b(?! (?:the|an?|his|her|their|its|our|my|this|that|last|(?-i:[A-Z])\w+)\b))", _neighbour),
    Rule("unit", rf"\bthe day (?P<way>before|after)\b(?= \w)(?! {ALONE})", _day_beside),
    Rule("unit", r"\b(?:the )?(?:same|corresponding|comparable|equivalent) (?:\w+-month )?(?:period|quarter|half|month"
        rf"|week|time)(?:(?: (?:of|in))? (?:the )?(?:last|previous|prior) year| an? year (?:ago|earlier|before)"
        rf"| (?:of|in) (?P<year>{YEAR}))\b", _same_period, ("same", "corresponding", "comparable", "equivalent")),
    Rule("year", rf"\bthe (?P<year>{YEAR})(?: \w+)? (?:period|quarter)\b", _same_period),
    Rule("unit", r"\b(?:the )?(?:comparable |same )?year[-\s](?:ago|earlier|before)\b(?: (?:period|quarter))?",
        _year_ago),
)  # fmt: skip
