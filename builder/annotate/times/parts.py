"""Parts of years: seasons, quarters, halves, fiscal years; and the days that have names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from builder.annotate.times.dates import ERA, Direction
from builder.annotate.times.lexicon import SEASON, SEASONS, SPELLED_YEAR, YEAR, alternatives, ordinal, spelled_year
from builder.annotate.times.meaning import Context, Known, Meaning, Rule, Value, dated
from builder.annotate.times.period import Period, Unit, of, widen


@dataclass(frozen=True, slots=True)
class PartOfYear:
    """A season, quarter or half whose year the text leaves out, or says as last, this or next."""

    unit: Unit
    number: int
    direction: Direction = ""
    years: int | None = None  # counted from the year of publication: last year's third quarter is -1

    def resolve(self, at: Context) -> Value:
        known = Period(self.unit, 1, self.number)
        if self.years is not None and at.today:
            return dated(Period(self.unit, at.today.year + self.years, self.number))
        if at.year is not None and not self.direction:
            return dated(Period(self.unit, at.year, self.number))
        if at.narrative or not at.today:
            if at.narrative and at.reference:
                return dated(Period(self.unit, at.reference.year, self.number))
            return Value("DATE", "XXXX" + known.timex()[4:])
        return dated(Period(self.unit, self._year(at, at.today), self.number))

    def _year(self, at: Context, today: Period) -> int:
        now = of(self.unit, today.first())
        here, there = now.number, self.number
        year = now.year if self.unit == "season" else today.year
        if self.direction == "last":
            return year - (there >= here)
        if self.direction == "next":
            return year + (there <= here)
        if self.direction == "this" and not (self.unit == "season" and self.number == 3):
            return today.year
        if at.tense == "future" and (here - there) % (2 if self.unit == "half" else 4) != 1:
            return year + (there < here)  # but a part that has just ended is spoken of for a while
        return year - (there > here)


@dataclass(frozen=True, slots=True)
class Fiscal:
    """A fiscal year, which begins nobody here knows when: the year it is named for, in EDTF about that year."""

    years: int

    def resolve(self, at: Context) -> Value:
        if not at.today:
            return Value("DATE", "XXXX")
        return dated(Period("fiscal", at.today.year + self.years))


WAYS: dict[str, Direction] = {
    "last": "last",
    "past": "last",
    "previous": "last",
    "next": "next",
    "coming": "next",
    "this": "this",
}
YEARS_AWAY = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1, "following": 1}


def _season(m: re.Match[str]) -> Meaning | None:
    number = SEASONS[m["season"].lower()]
    if m["before"]:
        return Known(dated(Period("season", 1 - int(m["before"]), number)))
    if m["year"]:
        year = int(m["year"]) if m["year"].isdigit() else spelled_year(m["year"])
        return Known(dated(Period("season", year, number)))
    if m["way"]:
        return PartOfYear("season", number, WAYS.get(m["way"].lower().split()[-1], ""))
    if m["season"].lower() in ("spring", "fall"):
        lead = (m["lead"] or "").strip().lower()
        if lead in ("", "a", "to", "and", "that", "of") or OF.match(m.string, m.end()):
            return None  # water springs, cities fall
    return PartOfYear("season", number)


OF = re.compile(r"\s+(?:of|from|short|to)\b", re.IGNORECASE)


def _part(m: re.Match[str]) -> Meaning | None:
    groups = m.groupdict()
    unit: Unit = "half" if groups.get("half") else "quarter"
    word = groups.get("number") or "1"
    number = {"final": 4, "last": 2 if unit == "half" else 4, "latter": 2}.get(word.lower()) or ordinal(word)
    if not 1 <= number <= 4:
        return None
    year = groups.get("year") or groups.get("year_before")
    if year:
        return Known(dated(Period(unit, int(year), number)))
    way = groups.get("way") or groups.get("way_before") or ("last" if groups.get("ago") else None)
    return PartOfYear(unit, number, years=YEARS_AWAY[way.lower()] if way else None)


def _fiscal(m: re.Match[str]) -> Meaning | None:
    if m["year"]:
        year = int(m["year"])
        return Known(dated(Period("fiscal", year if year > 99 else 1900 + year + 100 * (year < 50))))
    return Fiscal(YEARS_AWAY.get((m["way"] or "this").lower(), 0))


def _nth(month: int, weekday: int, count: int) -> Callable[[int], date]:
    """Gives the count-th such weekday of the month in a year; -1 is the last."""

    def find(year: int) -> date:
        if count < 0:
            end = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
            return end - timedelta(days=(end.isoweekday() - weekday) % 7)
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (count - 1))

    return find


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def easter(year: int) -> date:
    """Gives Easter Sunday of the Gregorian calendar (the Meeus, Jones and Butcher reckoning)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    length = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * length) // 451
    month, day = divmod(h + length - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _from_easter(days: int) -> Callable[[int], date]:
    return lambda year: easter(year) + timedelta(days=days)


HOLIDAYS: dict[str, Callable[[int], date]] = {
    "new year's day": _fixed(1, 1), "martin luther king day": _nth(1, 1, 3), "valentine's day": _fixed(2, 14),
    "presidents' day": _nth(2, 1, 3), "st. patrick's day": _fixed(3, 17), "ash wednesday": _from_easter(-46),
    "palm sunday": _from_easter(-7), "good friday": _from_easter(-2), "easter": _from_easter(0),
    "easter sunday": _from_easter(0), "easter monday": _from_easter(1), "april fools' day": _fixed(4, 1),
    "may day": _fixed(5, 1), "memorial day": _nth(5, 1, -1), "bastille day": _fixed(7, 14),
    "independence day": _fixed(7, 4), "fourth of july": _fixed(7, 4), "labor day": _nth(9, 1, 1),
    "columbus day": _nth(10, 1, 2), "halloween": _fixed(10, 31), "all saints' day": _fixed(11, 1),
    "armistice day": _fixed(11, 11), "remembrance day": _fixed(11, 11), "veterans day": _fixed(11, 11),
    "thanksgiving": _nth(11, 4, 4), "thanksgiving day": _nth(11, 4, 4), "christmas eve": _fixed(12, 24),
    "christmas": _fixed(12, 25), "christmas day": _fixed(12, 25), "boxing day": _fixed(12, 26),
    "new year's eve": _fixed(12, 31), "bloomsday": _fixed(6, 16),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day with a name, in the year the context gives."""

    name: str
    direction: Direction = ""
    year: int | None = None

    def resolve(self, at: Context) -> Value:
        year = self.year or at.year or self._year(at)
        if year is None:
            return Value("DATE", "XXXX-XX-XX")
        period = of("day", HOLIDAYS[self.name](year))
        return Value("DATE", period.timex(), period, quiet=at.narrative)

    def _year(self, at: Context) -> int | None:
        if at.narrative or not at.today:
            return at.reference.year if at.narrative and at.reference and at.reference.year > 0 else None
        today = at.today.first()
        this = HOLIDAYS[self.name](today.year)
        if self.direction == "last" or (at.tense == "past" and self.direction == ""):
            return today.year - (this >= today if self.direction else this > today)
        if self.direction == "next" or at.tense == "future":
            return today.year + (this < today)
        return today.year + ((this - today).days < -182) - ((this - today).days > 182)


def _holiday(m: re.Match[str]) -> Meaning | None:
    if not m["name"][0].isupper() and m["name"][0].isalpha():
        return None
    name = " ".join(m["name"].lower().replace("’", "'").split())
    name = {
        "new years day": "new year's day",
        "new years eve": "new year's eve",
        "valentines day": "valentine's day",
    }.get(name, name)
    return Holiday(name, WAYS.get((m["way"] or "").lower().strip(), ""), int(m["year"]) if m["year"] else None)


def _attacks(m: re.Match[str]) -> Meaning | None:
    return Known(dated(Period("day", 2001, 9, 11)))


@dataclass(frozen=True, slots=True)
class ThatQuarter:
    """`The quarter`, `the latest quarter`: the one spoken of, else the last that is complete."""

    latest: bool = False
    current: bool = False

    def resolve(self, at: Context) -> Value:
        if self.current and at.today:
            return dated(widen(at.today, "quarter"))
        if at.reference and at.reference.unit in ("quarter", "half") and not self.latest:
            return dated(at.reference)
        if not at.today:
            return Value("DATE", "XXXX-QX")
        return dated(widen(at.today, "quarter").shift(-1))


def _that_quarter(m: re.Match[str]) -> Meaning:
    return ThatQuarter(latest=bool(m["new"]), current=bool(m["now"]) or m.group().lower().startswith("this"))


IN_YEAR = rf"(?:,? (?:(?:of|in) )?(?:fiscal (?:year )?)?(?P<year>{YEAR})\b)"
OF_WAY = r"(?: (?:of )?(?P<way>last|this|next) year)"
NAMED = alternatives(tuple(HOLIDAYS)).replace("'", "['’]?")
NO_HOLIDAY = r" (?:Island|Carol|card|tree|gift|present|pudding|dinner|shopp|party|decorat|egg|bunn)|-"
NO_SEASON = r"[-\w]|['’]s| (?:Olympi|Paralympi|Games|School)"
NUMBERS = r"(?P<number>first|second|third|fourth|final|1st|2nd|3rd|4th)"

RULES = (
    Rule("season", r"(?P<lead>\b(?:the|in|during|by|since|until|from|to|and|that|a|of|through|following)\s)?"
        r"(?P<way>(?:this\s)?(?:last|past|next|coming|this|previous)\s)?"
                   rf"(?:(?:early|late|mid)[-\s])?\b(?P<season>{SEASON})\b(?!{NO_SEASON})(?:[-–/]{SEASON})?(?:,? "
                       rf"(?:of )?(?:(?P<before>\d{{1,4}})(?= *B\.?C)|(?P<year>{YEAR}|{SPELLED_YEAR})\b)(?: *{ERA})?)?",
        _season),
    Rule("unit", rf"\b(?:(?:the|its|their|a) )?(?:(?:(?P<year_before>{YEAR})|(?:(?P<way_before>last|this"
        r"|next) year['’]s)|(?:comparable )?(?P<ago>year)(?:-| )(?:ago|earlier)) )?(?:"
        rf"(?:\w+ )?fiscal[-\s])?{NUMBERS}[-\s]quarter\b(?:{IN_YEAR}|{OF_WAY})?", _part),
    Rule("unit", rf"\b(?:the )?(?P<number>first|second|latter|last)[-\s](?P<half>half)\b(?:{IN_YEAR}|{OF_WAY}"
        r"| of the year\b)", _part),
    Rule("numeric", rf"\bQ(?P<number>[1-4])\b(?:{IN_YEAR})?", _part),
    Rule("unit", r"\b(?:the|its|this|that) (?:(?P<new>latest|most recent)|(?P<now>current)|same)? *quarter\b"
        r"(?!(?:[-\s]| of an? )(?:centur|hour|final))",
        _that_quarter),
    Rule("word", r"\bthe latest period\b", lambda m: ThatQuarter(), ("latest",)),
    Rule("word", r"\b(?:(?:the|its|their) )?(?:(?P<way>last|current|next|previous|this) )?fiscal(?:[-\s]year)?"
        rf"(?: (?P<year>{YEAR}|['’]?\d\d)\b|(?<=year))", _fiscal, ("fiscal",)),
    Rule("word", r"\bFY\s?['’]?(?P<year>(?:19|20)?\d\d)\b(?P<way>)", _fiscal),
    Rule("word", rf"(?P<way>\b(?:last|next|this|past)\s)?\b(?P<name>{NAMED})\b(?!{NO_HOLIDAY})(?:,? "
        rf"(?P<year>{YEAR})\b)?", _holiday),
    Rule("numeric", r"(?<![\w/])9/11(?![\w/])", _attacks),
    Rule("month", r"\bSept(?:\.|ember) 11(?= (?:\w+ )?(?:attack|hijack|terror))", _attacks),
)  # fmt: skip
